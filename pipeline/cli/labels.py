"""The command that moves people's labels between computers: out as a log or as gold records, and in again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import output
from pipeline.errors import NothingToDo, UnknownOutputFormat, UnreadableInput
from pipeline.human_labels import Sample
from pipeline.report.wording import text
from pipeline.targets import load_targets

if TYPE_CHECKING:
    from pipeline.store import Store

_WRITTEN = (".jsonl", ".csv")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(labels)


def labels(
    out: Annotated[Path | None, typer.Argument(help="File to write: .jsonl or .csv")] = None,
    merge: Annotated[list[Path] | None, typer.Option("--merge", help="Add the labels of this file first")] = None,
    gold: Annotated[bool, typer.Option("--gold", help="Write gold records for training and evaluation")] = False,
    random: Annotated[bool, typer.Option("--random", help="With --gold: only posts drawn by lot, a fair test")] = False,
) -> int:
    """Write people's labels, and merge those of others. The log is only ever added to.

    Example: tachiba labels mine.jsonl --merge colleague.jsonl
    """
    if out is None and not merge:
        raise NothingToDo(detail=text("cli.labels_what", output.language()))
    if out is not None and out.suffix.lower() not in ([".jsonl"] if gold else _WRITTEN):
        raise UnknownOutputFormat(path=out, known=".jsonl" if gold else " ".join(_WRITTEN))
    from pipeline.store import open_store  # takes seconds to import, as do the reports: help needs none of them

    store = open_store()
    refused = sum(_merge(store, path) for path in merge or ())
    if out is not None:
        content, n = _gold(store, Sample.RANDOM if random else None) if gold else _log(store, out.suffix.lower())
        with output.writing(out) as file:
            file.write(content)
        output.tell("cli.labels_written", n=n, path=out)
    return 1 if refused else 0


def _log(store: Store, suffix: str) -> tuple[bytes, int]:
    """The log as a file, and its length."""
    from pipeline.report.label_files import labels_csv, labels_jsonl
    from pipeline.store.labels import LabelLog

    entries = LabelLog(store).entries()
    return (labels_csv if suffix == ".csv" else labels_jsonl)(entries), len(entries)


def _gold(store: Store, sample: Sample | None) -> tuple[bytes, int]:
    """Gold records as a file, and how many."""
    from pipeline.report.agreement import human_table
    from pipeline.report.gold import gold_jsonl, gold_records
    from pipeline.store.labels import LabelLog

    targets = [target.key for target in load_targets()]
    records = gold_records(store.posts(), human_table(LabelLog(store).entries(), sample), targets)
    return gold_jsonl(records), len(records)


def _merge(store: Store, path: Path) -> int:
    from pipeline.report.label_files import read_labels
    from pipeline.store.labels import LabelLog

    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(path=path, detail=error.strerror or str(error)) from error
    found = read_labels(content, str(path))
    merged = LabelLog(store).merge(found.entries)
    output.tell(
        "cli.labels_merged", path=path, added=merged.added, known=merged.known, without_post=merged.without_post
    )
    for item in found.refused:
        reason = text(f"labels.fault.{item.fault}", output.language())
        output.tell("cli.labels_refused", path=path, line=item.line, reason=reason)
    return len(found.refused)
