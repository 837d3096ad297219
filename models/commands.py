"""Commands on the model: ``tachiba evaluate`` and ``tachiba model``. Torch is imported only when one needs it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.errors import ModelUnavailable, NoSuchInput, UnreadableInput
from pipeline.targets import load_targets

if TYPE_CHECKING:
    from models.data import Example

HERE = Path(__file__).resolve().parent
model = typer.Typer(help="What the embedded model is and what it can be trusted with.", no_args_is_help=True)


class Language(StrEnum):
    """Languages of the model card."""

    JA = "ja"
    EN = "en"


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Gold records as JSON Lines: text, stance, also, sentiment")],
    name: Annotated[str | None, typer.Option("--model", help="Folder, Hugging Face id or nli:<id>")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything that was measured, as JSON")] = False,
) -> None:
    """Score a model on labelled texts: strict, with second labels, with 95 % intervals.

    Example: tachiba evaluate seeds/gold.jsonl
    """
    examples = _read_gold(gold)
    from models.evaluate import evaluate as measure  # imports torch
    from models.predict import load_labeller

    labeller = load_labeller(name, load_targets())
    report = measure(labeller, examples)
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        typer.echo(f"{labeller.name} {labeller.version}, {gold}: {len(examples)} comments\n")
        typer.echo(_table(report))


def _read_gold(path: Path) -> list[Example]:
    from models.data import read_examples  # imports torch

    if not path.is_file():
        raise NoSuchInput(path=path)
    expected = 'expected lines like {"text": "…", "stance": {"us": "against", …}, "sentiment": "negative"}'
    try:
        examples = read_examples(path)
    except ValueError as error:
        raise UnreadableInput(path=path, detail=f"{error}; {expected}") from error
    keys = [target.key for target in load_targets()]
    for number, example in enumerate(examples, 1):
        if absent := [key for key in keys if key not in example.stance]:
            raise UnreadableInput(path=path, detail=f"record {number} has no stance toward {absent}; {expected}")
    if not examples:
        raise UnreadableInput(path=path, detail=f"no record; {expected}")
    return examples


def _table(report: dict[str, Any]) -> str:
    """Scores as lines of even columns: value [low, high]."""
    rows = [("", "macro-F1", "with also", "favor/against F1", "with also", "accuracy")]
    strict, also = report["strict"], report["also"]
    names = ["pooled", *strict["targets"], "sentiment"]
    for name in names:
        one, two = (part["targets"].get(name) or part[name] for part in (strict, also))
        sides = [_interval(part.get("sides_f1")) for part in (one, two)]
        rows.append((name, _interval(one["macro_f1"]), _interval(two["macro_f1"]), *sides, _interval(one["accuracy"])))
    lines = ["  ".join(cell.ljust(20 if i else 10) for i, cell in enumerate(row)).rstrip() for row in rows]
    found = report["calibration"]
    share, right = found["covered"], found["covered_accuracy"]
    lines += ["", f"calibration error: stance {found['stance_ece']}, sentiment {found['sentiment_ece']}"]
    lines.append(f"kept without review: {share:.1%}" + (f", right in {right:.1%}" if right is not None else ""))
    return "\n".join(lines)


def _interval(value: Sequence[float] | None) -> str:
    return "-" if value is None else f"{value[0]:.3f} [{value[1]:.3f}, {value[2]:.3f}]"


@model.command()
def card(
    lang: Annotated[Language | None, typer.Option("--lang", help="ja or en; default the system's")] = None,
) -> None:
    """Print the model card: data, scores, calibration, limits.

    Example: tachiba model card --lang en
    """
    from models.card import load_metrics, render_language

    asked = os.environ.get("TACHIBA_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    chosen = lang or (Language.JA if asked.lower().startswith("ja") else Language.EN)
    try:
        metrics = load_metrics()
    except (OSError, ValueError) as error:
        raise ModelUnavailable(model="default", detail=f"no measured numbers: {error}") from error
    typer.echo(render_language(metrics, "ja" if chosen is Language.JA else "en"))


@model.command()
def info(
    folder: Annotated[Path | None, typer.Argument(help="Folder of a model; default the embedded one")] = None,
) -> None:
    """Print name, version and size of a model as JSON.

    Example: tachiba model info
    """
    from models.describe import describe

    place = folder or HERE / "weights"
    try:
        typer.echo(json.dumps(describe(place), indent=2))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnavailable(model=place, detail=str(error)) from error
