"""The command that moves people's labels between computers: out as a log or as gold records, and in again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli import output
from pipeline.errors import NothingToDo, UnknownOutputFormat, UnreadableInput
from pipeline.human_labels import Sample
from pipeline.report.agreement import human_table
from pipeline.report.gold import gold_jsonl, gold_records
from pipeline.report.label_files import labels_csv, labels_jsonl, read_labels
from pipeline.report.wording import text
from pipeline.store import Store, open_store
from pipeline.store.labels import LabelLog
from pipeline.targets import load_targets

_WRITERS = {".jsonl": labels_jsonl, ".csv": labels_csv}


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
    if out is not None and out.suffix.lower() not in ([".jsonl"] if gold else _WRITERS):
        raise UnknownOutputFormat(path=out, known=".jsonl" if gold else " ".join(_WRITERS))
    store = open_store()
    refused = sum(_merge(store, path) for path in merge or ())
    if out is not None:
        entries = LabelLog(store).entries()
        targets = [target.key for target in load_targets()]
        sample = Sample.RANDOM if random else None
        records = gold_records(store.posts(), human_table(entries, sample), targets) if gold else []
        content = gold_jsonl(records) if gold else _WRITERS[out.suffix.lower()](entries)
        with output.writing(out) as file:
            file.write(content)
        output.tell("cli.labels_written", n=len(records) if gold else len(entries), path=out)
    return 1 if refused else 0


def _merge(store: Store, path: Path) -> int:
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
