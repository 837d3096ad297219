"""What the model's maker measured: the files ``metrics.json`` and ``MODEL_CARD.md`` of the package that supplies it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from pipeline.report.tables import wilson
from pipeline.report.wording import LANGS, Lang

_BETWEEN_LANGUAGES = "\n\n---\n\n"
_SETS = ("test", "seeds", "dev")  # the strictest measure first


@dataclass(frozen=True, slots=True)
class ReliabilityPoint:
    """Labels of about one confidence: how many, which share was right, and its 95 % interval."""

    confidence: float
    accuracy: float
    n: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The share of labels shown, and which share of those was right."""

    coverage: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class TargetScore:
    """How well stances toward one target were told: share right, its interval, and the mean F1 of the four stances."""

    target: str
    accuracy: tuple[float, float, float]
    macro_f1: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class WrongLabel:
    """A text that the model labels wrongly; ``shown`` is false where it holds its label back."""

    text: str
    target: str
    gold: str
    model: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """The numbers of one evaluation; ``comments`` is how many texts it was made with."""

    name: str
    comments: int
    targets: tuple[TargetScore, ...]
    reliability: tuple[ReliabilityPoint, ...]
    curve: tuple[CurvePoint, ...]
    covered: float
    covered_accuracy: float
    wrong: tuple[WrongLabel, ...]


def load_measured() -> Measured | None:
    """The measured numbers; None where the model has none, or they cannot be read."""
    text = _read("metrics.json")
    if text is None:
        return None
    try:
        return parse(json.loads(text))
    except (ValueError, KeyError, TypeError, StopIteration):
        return None


def load_card(lang: Lang) -> str | None:
    """The model card in one language, as Markdown; None where there is none."""
    text = _read("MODEL_CARD.md")
    if text is None:
        return None
    parts = text.split(_BETWEEN_LANGUAGES)
    return parts[LANGS.index(lang)] if len(parts) == len(LANGS) else text


def parse(metrics: Mapping[str, Any]) -> Measured:
    """Numbers of the strictest set measured.

    Raises:
        KeyError, TypeError, ValueError, StopIteration: it is of another form.
    """
    name = next(name for name in _SETS if name in metrics["sets"])
    found = metrics["sets"][name]
    calibration = found["calibration"]
    return Measured(
        name=name,
        comments=int(found["comments"]),
        targets=tuple(
            TargetScore(key, _interval(scores["accuracy"]), _interval(scores["macro_f1"]))
            for key, scores in found["strict"]["targets"].items()
        ),
        reliability=tuple(_reliability(row) for row in calibration["reliability"] if row["n"]),
        curve=tuple(CurvePoint(float(row["coverage"]), float(row["accuracy"])) for row in calibration["risk_coverage"]),
        covered=float(calibration["covered"]),
        covered_accuracy=float(calibration["covered_accuracy"]),
        wrong=tuple(
            WrongLabel(row["text"], row["target"], row["gold"], row["model"], bool(row["shown"]))
            for row in metrics["limits"]["wrong"]
        ),
    )


def _reliability(row: Mapping[str, Any]) -> ReliabilityPoint:
    n, accuracy = int(row["n"]), float(row["accuracy"])
    return ReliabilityPoint(float(row["confidence"]), accuracy, n, *wilson(round(n * accuracy), n))


def _interval(value: Any) -> tuple[float, float, float]:
    middle, low, high = (float(part) for part in value)
    return middle, low, high


def _read(name: str) -> str | None:
    file = _folder(name)
    try:
        return file.read_text(encoding="utf-8") if file is not None else None
    except (OSError, UnicodeDecodeError):
        return None


def _folder(name: str) -> Traversable | None:
    # The card lies in the package whose entry point supplies the labeller: pipeline itself knows no model.
    offer = next(iter(entry_points(group="tachiba.labellers", name="default")), None)
    if offer is None:
        return None
    try:
        return files(offer.module.partition(".")[0]) / name
    except ModuleNotFoundError:
        return None
