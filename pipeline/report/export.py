"""Posts out: CSV, XLSX, Parquet, JSON Lines, a Polis-style CSV, and the data dictionary beside them."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

from pipeline.report.masking import mask
from pipeline.report.pseudonyms import pseudonymise
from pipeline.report.wording import Lang, text
from pipeline.targets import Target

# Characters that make a spreadsheet run a cell (OWASP, CSV injection), and their full-width forms.
FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
# XlsxWriter and Excel allow this many characters in a cell.
_XLSX_CELL = 32_767

_POST = ["id", "document_id", "site", "title", "url", "source", "kind", "author", "affiliation", "label"]
_PLACE = ["posted_at", "posted_at_how", "updated_at", "votes", "votes_kind", "votes_down", "parent_id", "depth"]
_WORDS = ["position", "text", "quote_kind", "speaker", "role", "anonymous", "via", "sentiment", "sentiment_confidence"]
_LAST = ["needs_review", "model", "model_version"]
_STANCE = ("", "_confidence", "_evidence", "_review")

POLIS_COLUMNS = (
    *("timestamp", "datetime", "comment-id", "author-id"),
    *("agrees", "disagrees", "moderated", "comment-body"),
)


def export_columns(targets: Sequence[Target]) -> list[str]:
    """Columns of every export, in their order."""
    stances = [f"stance_{target.key}{suffix}" for target in targets for suffix in _STANCE]
    human = ["human_sentiment", *(f"human_stance_{target.key}" for target in targets)]
    return [*_POST, *_PLACE, *_WORDS, *stances, *_LAST, *human]


def export_table(posts: pd.DataFrame, targets: Sequence[Target], lang: Lang, *, names: bool) -> pd.DataFrame:
    """The wide posts table as it may leave the program: pseudonyms, masked contact data, file names without folders.

    Evidence becomes the words themselves, joined by " / ". ``names`` keeps the authors' own names.
    """
    frame = posts if names else pseudonymise(posts, lang)
    frame = frame.assign(
        text=[mask(value, lang) for value in frame["text"]],
        source=[Path(value).name for value in frame["source"]],
        via=objects([" / ".join(value) if isinstance(value, list) else None for value in frame["via"]], frame),
    )
    for target in targets:
        column = f"stance_{target.key}_evidence"
        if column in frame:
            phrases = [evidence_words(*pair, lang) for pair in zip(posts["text"], posts[column], strict=True)]
            frame = frame.assign(**{column: objects(phrases, frame)})
    return frame.reindex(columns=export_columns(targets))


def objects(values: Sequence[object], like: pd.DataFrame) -> pd.Series:
    """A column that keeps None as None, with the index of ``like``."""
    return pd.Series(values, index=like.index, dtype=object)


def evidence_words(content: str, spans: object, lang: Lang) -> str | None:
    """The words at JSON spans ``[[start, end], …]`` of ``content``; None where there are none."""
    if not isinstance(spans, str):
        return None
    return " / ".join(mask(content[start:end], lang) for start, end in json.loads(spans)) or None


def japanese_headers(frame: pd.DataFrame, targets: Sequence[Target]) -> pd.DataFrame:
    """The export table with Japanese headers and label words; an undecided stance reads 判定保留."""
    shown = frame.copy()
    for target in targets:
        column = f"stance_{target.key}"
        words = [
            text("stance.review", "ja") if review is True else _word("stance", value)
            for value, review in zip(frame[column], frame[f"{column}_review"], strict=True)
        ]
        shown[column] = words
        shown[f"human_{column}"] = [_word("stance", value) for value in frame[f"human_{column}"]]
    for column in ("sentiment", "human_sentiment"):
        shown[column] = [_word("sentiment", value) for value in frame[column]]
    shown["kind"] = [_word("kind", value) for value in frame["kind"]]
    return shown.rename(columns={name: meaning(name, targets, "ja") for name in frame.columns})


def _word(group: str, value: object) -> str | None:
    return text(f"{group}.{value}", "ja") if isinstance(value, str) else None


def meaning(column: str, targets: Sequence[Target], lang: Lang) -> str:
    """What a column holds, in words; in Japanese it is short enough for a header."""
    for target in targets:
        name = target.ja if lang == "ja" else target.en
        for prefix in ("human_stance", "stance"):
            stem = f"{prefix}_{target.key}"
            if column == stem or column.startswith(f"{stem}_"):
                return text(f"column.{prefix}{column.removeprefix(stem)}", lang, target=name)
    return text(f"column.{column}", lang)


def dictionary_table(targets: Sequence[Target]) -> pd.DataFrame:
    """The data dictionary: one row a column of the export."""
    rows = [
        {"column": name, "ja": meaning(name, targets, "ja"), "en": meaning(name, targets, "en")}
        for name in export_columns(targets)
    ]
    rows.append({"column": "'", "ja": text("dictionary.guard", "ja"), "en": text("dictionary.guard", "en")})
    return pd.DataFrame(rows)


def polis_dictionary() -> pd.DataFrame:
    """The data dictionary of :func:`polis_table`: one row a column."""
    rows = [
        {"column": name, "ja": text(f"polis.{name}", "ja"), "en": text(f"polis.{name}", "en")} for name in POLIS_COLUMNS
    ]
    return pd.DataFrame(rows)


def guard_formulas(frame: pd.DataFrame) -> pd.DataFrame:
    """Prefix ``'`` to each text cell that a spreadsheet would run; numbers stay numbers."""
    return frame.map(lambda cell: f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell)


def csv_bytes(frame: pd.DataFrame, *, plain: bool = False, separator: str = ",") -> bytes:
    """CSV with CRLF, UTF-8 with a byte-order mark so that Excel reads it; ``plain`` leaves the mark out."""
    content = guard_formulas(frame).to_csv(index=False, lineterminator="\r\n", sep=separator)
    return content.encode("utf-8" if plain else "utf-8-sig")


def xlsx_bytes(frame: pd.DataFrame, notes: pd.DataFrame | None = None) -> bytes:
    """A workbook; ``notes`` becomes a second sheet. Text is written as text, so nothing in it runs."""
    buffer = io.BytesIO()
    options = {"options": {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}}
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs=options) as writer:
        frame.map(_fit_cell).to_excel(writer, sheet_name="posts", index=False, freeze_panes=(1, 0))
        if notes is not None:
            notes.to_excel(writer, sheet_name="notes", index=False)
    return buffer.getvalue()


def _fit_cell(cell: object) -> object:
    return cell[: _XLSX_CELL - 1] + "…" if isinstance(cell, str) and len(cell) > _XLSX_CELL else cell


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """Parquet."""
    buffer = io.BytesIO()
    try:
        frame.to_parquet(buffer, index=False)
    except pa.ArrowException:  # a workbook's column may hold numbers and words; Parquet has one type a column
        buffer = io.BytesIO()
        frame.assign(**{name: _one_type(frame[name]) for name in frame.columns}).to_parquet(buffer, index=False)
    return buffer.getvalue()


def _one_type(column: pd.Series) -> pd.Series:
    """The column as it is where Parquet takes it, else as text."""
    try:
        pa.Array.from_pandas(column)
    except pa.ArrowException:
        return column.map(lambda cell: cell if cell is None or cell != cell else str(cell))
    return column


def jsonl_bytes(frame: pd.DataFrame) -> bytes:
    """JSON Lines: the exact text and number, nothing guarded; a missing value is null, a date ISO 8601."""
    whole = frame.astype(object).where(frame.notna(), None)
    rows = (dict(zip(whole.columns, row, strict=True)) for row in whole.itertuples(index=False, name=None))
    return "".join(json.dumps(row, ensure_ascii=False, default=_json_value) + "\n" for row in rows).encode(
        "utf-8", "replace"
    )


def _json_value(value: object) -> object:
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)


def polis_table(posts: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Comments in the columns of a Polis export, contact data masked. Votes that the page does not show stay empty."""
    up = posts["votes"].where(posts["votes_kind"] == "up")
    down = posts["votes_down"].where(posts["votes_kind"] != "down", posts["votes"])
    table = pd.DataFrame(
        {
            "timestamp": pd.NA,
            "datetime": posts["posted_at"],
            "comment-id": posts["id"],
            "author-id": posts["author_number"],
            "agrees": up,
            "disagrees": down,
            "moderated": 0,
            "comment-body": [mask(value, lang) for value in posts["text"]],
        }
    )
    return table[list(POLIS_COLUMNS)]


WRITERS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    ".csv": csv_bytes,
    ".tsv": lambda frame: csv_bytes(frame, separator="\t"),
    ".xlsx": xlsx_bytes,
    ".parquet": parquet_bytes,
    ".jsonl": jsonl_bytes,
}
