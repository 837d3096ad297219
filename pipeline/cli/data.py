"""Commands on data: extract, label, run, export, dashboard.

A command imports what only it needs, because pandas, SQLAlchemy and trafilatura take seconds and help needs none.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import output
from pipeline.errors import NothingToDo, UnknownOutputFormat
from pipeline.label import Labeller, load_labeller
from pipeline.records import Kind
from pipeline.report.wording import Lang, text
from pipeline.targets import load_targets

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.run import Outcome

Paths = Annotated[
    list[str] | None, typer.Argument(help="Files, folders (read recursively), - or, with --allow-network, URLs")
]
Out = Annotated[Path | None, typer.Option("-o", "--output", help="File to write; its ending names the format")]
Model = Annotated[
    str | None, typer.Option("--model", help="Folder, Hugging Face id or nli:<id>; default the embedded model")
]
Targets = Annotated[Path | None, typer.Option("--targets", help="TOML file of targets; default US, Russia, Ukraine")]
Network = Annotated[bool, typer.Option("--allow-network", help="Allow addresses as PATH")]


# The founding documents stand beside the package in a checkout.
_SEEDS = Path(__file__).parents[2] / "seeds"


class Engine(StrEnum):
    """Where labelling runs."""

    LOCAL = "local"
    RAY = "ray"


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    for command in (extract, label, run, export, dashboard):
        app.command()(command)


def extract(paths: Paths = None, out: Out = None, allow_network: Network = False) -> int:
    """Read pages; write documents, posts and skipped parts as JSON Lines.

    Example: tachiba extract pages/ -o posts.jsonl
    """
    from pipeline.run import extract_sources
    from pipeline.serial import extraction_lines

    sources = _sources(paths or ["-"])
    tally = Tally()
    with output.writing(out) as file, output.progress("cli.reading", len(sources)) as bar:
        for outcome in extract_sources(sources, allow_network=allow_network):
            tally.add(outcome)
            for extraction in outcome.extractions:
                for line in extraction_lines(extraction):
                    file.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
            bar.advance(bar.task_ids[0])
        tally.require_one()
    return tally.finish()


def label(
    source: Annotated[str, typer.Argument(help="CSV, TSV, XLSX, JSONL or Parquet with a text column, or - for JSONL")],
    out: Out = None,
    column: Annotated[str | None, typer.Option("--text-column", help="Column that holds the texts")] = None,
    model: Model = None,
    targets: Targets = None,
    engine: Annotated[Engine, typer.Option("--engine", help="ray: the same on Ray Data")] = Engine.LOCAL,
    plain: Annotated[bool, typer.Option("--plain", help="CSV without byte-order mark")] = False,
) -> int:
    """Add stance and sentiment to every row of a table; columns and rows stay as they are.

    Example: tachiba label comments.csv -o labelled.csv
    """
    from pipeline.extract.tables import read_table, text_column
    from pipeline.report.export import WRITERS, csv_bytes

    suffix = _suffix(out) if out else ".jsonl"
    frame = read_table(source)
    column = text_column(frame, column, source)
    labeller = load_labeller(model, load_targets(targets))
    # The output is opened first: a folder that cannot be written is told before the labelling, not after it.
    with output.writing(out) as file:
        with output.progress("cli.labelling", len(frame)) as bar:
            labelled = _label(frame, column, labeller, engine, lambda n: bar.update(bar.task_ids[0], completed=n))
        file.write(csv_bytes(labelled, plain=True) if plain and suffix == ".csv" else WRITERS[suffix](labelled))
    name = f"{labeller.name} {labeller.version}"
    output.tell("cli.labelled", n=len(labelled), review=int(labelled["needs_review"].eq(True).sum()), model=name)
    return 0


def run(paths: Paths = None, model: Model = None, targets: Targets = None, allow_network: Network = False) -> int:
    """Extract, label and store pages (default: the seeds). A second run changes nothing.

    Example: tachiba run pages/
    """
    from pipeline.run import extract_sources, store_outcomes
    from pipeline.store import SaveResult, open_store

    sources = _sources(paths or [str(_SEEDS)])
    store = open_store()
    labeller = load_labeller(model, load_targets(targets) if targets else (*load_targets(), *store.own_targets()))
    tally, saved = Tally(), SaveResult()
    with output.progress("cli.reading", len(sources)) as bar:
        outcomes = extract_sources(sources, allow_network=allow_network)
        for outcome, result in store_outcomes(outcomes, labeller, store):
            tally.add(outcome)
            saved += result
            bar.advance(bar.task_ids[0])
    tally.require_one()
    output.tell(
        "cli.stored",
        added=saved.added,
        changed=saved.changed,
        gone=saved.gone,
        unchanged=saved.unchanged,
        store=store.name,
    )
    return tally.finish()


def export(
    out: Annotated[
        Path, typer.Argument(help="File to write: .csv .tsv .xlsx .parquet .jsonl; comments.csv: Polis form")
    ],
    names: Annotated[bool, typer.Option("--names", help="Authors' own names instead of pseudonyms")] = False,
    lang: Annotated[Lang, typer.Option("--lang", help="ja: Japanese headers and label words")] = "en",
    plain: Annotated[bool, typer.Option("--plain", help="CSV without byte-order mark")] = False,
) -> int:
    """Write all stored posts with their labels, and a data dictionary beside them.

    Example: tachiba export labelled.csv
    """
    from pipeline.report import export as tables
    from pipeline.store import open_store

    suffix = _suffix(out)
    store = open_store()
    posts = store.posts()
    if posts.empty:
        raise NothingToDo(detail=text("cli.empty_store", output.language()))
    targets = (*load_targets(), *store.own_targets())
    if out.name == "comments.csv":
        table = tables.polis_table(posts, lang)
    else:
        table = tables.export_table(posts, targets, lang, names=names)
        table = tables.japanese_headers(table, targets) if lang == "ja" else table
    with output.writing(out) as file:
        bare = plain and suffix == ".csv"
        file.write(tables.csv_bytes(table, plain=True) if bare else tables.WRITERS[suffix](table))
    dictionary = out.with_name(f"{out.stem}_dictionary.csv")
    with output.writing(dictionary) as file:
        polis = out.name == "comments.csv"
        file.write(tables.csv_bytes(tables.polis_dictionary() if polis else tables.dictionary_table(targets)))
    output.tell("cli.exported", n=len(posts), path=out, dictionary=dictionary)
    return 0


def dashboard(
    port: Annotated[int, typer.Option(help="Port on this machine")] = 8501,
    lan: Annotated[bool, typer.Option("--lan", help="Let pupils' devices in the local network join")] = False,
) -> int:
    """Open the dashboard in the browser. On an empty store, run the seeds first: tachiba run.

    Example: tachiba dashboard
    """
    spec = find_spec("dashboard")
    if spec is None or spec.origin is None:
        raise NothingToDo(detail="dashboard.py is not installed; run `pip install -e .` in the project folder")
    # Other devices then get classroom rooms only (pipeline.screens.access).
    if lan:
        os.environ["TACHIBA_LAN"] = "1"
    from pipeline.screens import serve

    serve.run(spec.origin, address="0.0.0.0" if lan else "127.0.0.1", port=port)
    return 0


def _sources(paths: Sequence[str]) -> list[str]:
    from pipeline.load import find_sources

    sources = find_sources(paths)
    if not sources:
        raise NothingToDo(detail=text("cli.no_inputs", output.language(), paths=", ".join(paths)))
    return sources


class Tally:
    """What came of all inputs, kept as numbers so that a folder of any size needs little memory."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, outcome: Outcome) -> None:
        """Count one outcome, and say at once what failed or held no comments."""
        self.counts["inputs"] += 1
        if outcome.error:
            self.counts["failed"] += 1
            output.error(outcome.error)
        for extraction in outcome.extractions:
            kinds = Counter(str(post.kind) for post in extraction.posts)
            self.counts += kinds
            self.counts["documents"] += 1
            self.counts["skipped"] += len(extraction.skipped)
            if not kinds[Kind.EXPERT] and not kinds[Kind.READER]:
                output.tell("cli.no_posts", source=outcome.source)

    def require_one(self) -> None:
        """Refuse to finish with nothing.

        Raises:
            NothingToDo: every input failed; each has been named already.
        """
        if self.counts["failed"] == self.counts["inputs"] == 1:
            raise typer.Exit(2)  # its error stands there already
        if self.counts["failed"] == self.counts["inputs"]:
            raise NothingToDo(detail=self._failed())

    def finish(self) -> int:
        """Say the sum; the exit code."""
        names = ("documents", "skipped", *map(str, Kind))
        output.tell("cli.extracted", **{name: self.counts[name] for name in names})
        if self.counts["failed"]:
            output.say(self._failed())
        return 1 if self.counts["failed"] else 0

    def _failed(self) -> str:
        return text("cli.failed", output.language(), failed=self.counts["failed"], total=self.counts["inputs"])


def _label(
    frame: pd.DataFrame, column: str, labeller: Labeller, engine: Engine, progress: Callable[[int], None]
) -> pd.DataFrame:
    if engine is Engine.RAY:
        from pipeline.scale import label_on_ray  # Ray is an optional extra and slow to import

        return label_on_ray(frame, column, labeller, progress)
    from pipeline.label_table import label_table

    return label_table(frame, column, labeller, progress)


def _suffix(path: Path) -> str:
    from pipeline.report.export import WRITERS

    suffix = path.suffix.lower()
    if suffix not in WRITERS:
        raise UnknownOutputFormat(path=path, known=" ".join(WRITERS))
    return suffix
