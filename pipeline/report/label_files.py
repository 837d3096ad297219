"""The log of people's labels as a file, JSON Lines or CSV: the same nine columns out and in, nothing lost between."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from pipeline.errors import BadLabels
from pipeline.human_labels import FIELDS, HumanLabel, fault, sealed
from pipeline.report.export import FORMULA_STARTS

# A label's file is small; a larger field than this is no reason that a person wrote.
csv.field_size_limit(10_000_000)


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that was not taken: its line (from 1) and why (a key of ``labels.fault.*``)."""

    line: int
    fault: str


@dataclass(frozen=True, slots=True)
class ReadLabels:
    """What a file held."""

    entries: tuple[HumanLabel, ...]
    refused: tuple[Refused, ...]


def labels_jsonl(entries: Iterable[HumanLabel]) -> bytes:
    """One entry a line, in the log's own columns."""
    return "".join(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in entries).encode()


def labels_csv(entries: Iterable[HumanLabel]) -> bytes:
    """UTF-8 with byte-order mark and CRLF; ``'`` stands before a cell that would run, or that begins with it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FIELDS)
    for entry in entries:
        writer.writerow([_guard(value) for value in asdict(entry).values()])
    return out.getvalue().encode("utf-8-sig")


def read_labels(content: bytes, name: str) -> ReadLabels:
    """Entries of a file written by :func:`labels_jsonl` or :func:`labels_csv`, in its order.

    An entry without ``uid`` is given one; one that was changed after it was written is refused.

    Raises:
        BadLabels: the file is no such log.
    """
    try:
        decoded = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadLabels(path=name, detail="not UTF-8") from error
    rows = _json_rows(decoded, name) if decoded.lstrip().startswith("{") else _csv_rows(decoded, name)
    entries: list[HumanLabel] = []
    refused: list[Refused] = []
    for line, row in rows:
        entry = _entry(row)
        problem = fault(entry) if entry else "missing"
        if entry and not problem:
            entries.append(entry if entry.uid else sealed(entry))
        else:
            refused.append(Refused(line, problem or "missing"))
    return ReadLabels(tuple(entries), tuple(refused))


def _guard(value: str | None) -> str:
    if value is None:
        return ""
    return f"'{value}" if value.startswith(("'", *FORMULA_STARTS)) else value


def _json_rows(decoded: str, name: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    # split, not splitlines: a reason may hold U+2028.
    for number, line in enumerate(decoded.split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise BadLabels(path=name, detail=f"line {number}: {error.msg}") from error
            yield number, row if isinstance(row, dict) else {}


def _csv_rows(decoded: str, name: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    reader = csv.DictReader(io.StringIO(decoded, newline=""))
    missing = {"post_id", "field", "annotator", "at"} - set(reader.fieldnames or ())
    if missing:
        raise BadLabels(path=name, detail=f"no column {', '.join(sorted(missing))}")
    try:
        for row in reader:
            yield reader.line_num, {key: _unguard(value) for key, value in row.items() if isinstance(key, str)}
    except csv.Error as error:
        raise BadLabels(path=name, detail=f"line {reader.line_num}: {error}") from error


def _unguard(value: object) -> object:
    if not isinstance(value, str) or not value:
        return None
    return value[1:] if value.startswith("'") and value[1:].startswith(("'", *FORMULA_STARTS)) else value


def _entry(row: Mapping[str, object]) -> HumanLabel | None:
    values = {name: row.get(name) for name in FIELDS}
    if any(value is not None and not isinstance(value, str) for value in values.values()):
        return None
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    return HumanLabel(
        texts.get("uid", ""),
        texts.get("post_id", ""),
        texts.get("field", ""),
        texts.get("value") or None,
        texts.get("annotator", ""),
        texts.get("at", ""),
        texts.get("reason") or None,
        texts.get("undoes") or None,
        texts.get("sample") or None,
    )
