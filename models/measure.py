"""Labels measured against gold: F1 with bootstrap intervals, strict and with the second labels, calibration.

Shapes: N comments, Q targets, C classes, R bootstrap samples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.config import SENTIMENTS, STANCES
from models.data import Example
from pipeline.records import Prediction

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Report = dict[str, Any]

SAMPLES = 1000
_SEED = 11
# Scores of fewer comments say nothing.
SMALLEST_GROUP = 20


@dataclass(frozen=True)
class Answers:
    """A system's labels: stance [N, Q], sentiment [N], and, of a model that has them, confidence and review flags.

    ``confidence`` is [N, Q], ``sentiment_confidence`` [N], ``review`` [N, Q].
    """

    stance: Ints
    sentiment: Ints
    confidence: Floats | None = None
    sentiment_confidence: Floats | None = None
    review: Bools | None = None


@dataclass(frozen=True)
class Gold:
    """Labels of people: stance [N, Q], sentiment [N], and which further labels count as right [N, Q, 4], [N, 3]."""

    stance: Ints
    sentiment: Ints
    also: Bools
    sentiment_also: Bools


def gold_labels(examples: Sequence[Example], keys: Sequence[str]) -> Gold:
    """Gold arrays for the targets ``keys``."""
    also = np.zeros((len(examples), len(keys), len(STANCES)), dtype=bool)
    sentiment_also = np.zeros((len(examples), len(SENTIMENTS)), dtype=bool)
    for row, example in enumerate(examples):
        for column, key in enumerate(keys):
            also[row, column, [STANCES.index(name) for name in example.also.get(key, ())]] = True
        sentiment_also[row, [SENTIMENTS.index(name) for name in example.sentiment_also]] = True
    return Gold(
        np.array([[STANCES.index(example.stance[key]) for key in keys] for example in examples]).reshape(-1, len(keys)),
        np.array([SENTIMENTS.index(example.sentiment) for example in examples], dtype=np.int64),
        also,
        sentiment_also,
    )


def model_answers(predictions: Sequence[Prediction], keys: Sequence[str]) -> Answers:
    """Answers of a labeller's predictions."""
    scores = [[prediction.stances[key] for key in keys] for prediction in predictions]
    return Answers(
        stance=np.array([[STANCES.index(score.stance) for score in row] for row in scores]),
        sentiment=np.array([SENTIMENTS.index(prediction.sentiment.sentiment) for prediction in predictions]),
        confidence=np.array([[score.confidence for score in row] for row in scores]),
        sentiment_confidence=np.array([prediction.sentiment.confidence for prediction in predictions]),
        review=np.array([[score.needs_review for score in row] for row in scores]),
    )


def credit(gold: Ints, also: Bools, guess: Ints) -> Ints:
    """Gold with the guess in its place wherever the guess is one of the second labels."""
    accepted = np.take_along_axis(also, guess[..., None], -1)[..., 0]
    return np.where(accepted, guess, gold)


def confusion(gold: Ints, guess: Ints, classes: int, weights: Floats) -> Floats:
    """Weighted confusion [R, C, C] (gold, guess) of labels [N], for R rows of weights [R, N]."""
    cells = np.eye(classes * classes)[gold * classes + guess]
    table: Floats = (weights @ cells).reshape(-1, classes, classes)
    return table


def f1_of(table: Floats) -> Floats:
    """F1 of each class [R, C]; not a number where a class is in neither gold nor guess."""
    hit = np.diagonal(table, axis1=1, axis2=2)
    total = table.sum(1) + table.sum(2)
    f1: Floats = np.divide(2 * hit, total, out=np.full(total.shape, np.nan), where=total > 0)
    return f1


def _interval(values: Floats) -> list[float] | None:
    """[value, low, high]: row 0 is the sample itself, the rest its bootstrap; 95 % between percentiles.

    None where the sample has no value, as the F1 of classes that do not occur.
    """
    if np.isnan(values[0]):
        return None
    low, high = np.nanpercentile(values[1:] if len(values) > 1 else values, [2.5, 97.5])
    return [round(float(value), 4) for value in (values[0], low, high)]


def _weights(n: int, samples: int) -> Floats:
    rng = np.random.default_rng(_SEED)
    drawn = rng.multinomial(n, np.full(n, 1 / n), samples).astype(np.float64)
    return np.vstack([np.ones((1, n)), drawn])


def _mean(f1: Floats) -> Floats:
    """Mean over the classes that occur [R]; not a number where none does, as in a small resample."""
    counted = (~np.isnan(f1)).sum(1)
    mean: Floats = np.divide(np.nansum(f1, axis=1), counted, out=np.full(len(f1), np.nan), where=counted > 0)
    return mean


def _summary(table: Floats, names: Sequence[str], *, sides: bool) -> Report:
    f1 = f1_of(table)
    summary: Report = {"macro_f1": _interval(_mean(f1))}
    if sides:
        summary["sides_f1"] = _interval(_mean(f1[:, :2]))
    summary["accuracy"] = _interval(np.trace(table, axis1=1, axis2=2) / table.sum((1, 2)))
    summary["f1"] = {name: None if np.isnan(x) else round(float(x), 4) for name, x in zip(names, f1[0], strict=True)}
    return summary


def score(gold: Gold, answers: Answers, keys: Sequence[str], *, also: bool, samples: int = SAMPLES) -> Report:
    """All scores with [value, low, high]; comments, not labels, are drawn, as a comment's labels hang together."""
    weights = _weights(len(gold.sentiment), samples)
    stance = credit(gold.stance, gold.also, answers.stance) if also else gold.stance
    feeling = credit(gold.sentiment, gold.sentiment_also, answers.sentiment) if also else gold.sentiment
    tables = {key: confusion(stance[:, q], answers.stance[:, q], 4, weights) for q, key in enumerate(keys)}
    pooled = np.sum(list(tables.values()), axis=0)
    return {
        "pooled": _summary(pooled, STANCES, sides=True),
        "targets": {key: _summary(table, STANCES, sides=True) for key, table in tables.items()},
        "sentiment": _summary(confusion(feeling, answers.sentiment, 3, weights), SENTIMENTS, sides=False),
    }


def headline(report: Report) -> dict[str, float | None]:
    """The three numbers that systems are compared by; None where the sample has no such value."""
    pooled, sides = report["pooled"], report["pooled"]["sides_f1"]
    return {
        "stance_macro_f1": pooled["macro_f1"][0],
        "sides_f1": sides[0] if sides else None,
        "sentiment_macro_f1": report["sentiment"]["macro_f1"][0],
    }


def _subset(gold: Gold, answers: Answers, rows: Ints) -> tuple[Gold, Answers]:
    return (
        Gold(gold.stance[rows], gold.sentiment[rows], gold.also[rows], gold.sentiment_also[rows]),
        Answers(answers.stance[rows], answers.sentiment[rows]),
    )


def grouped(
    examples: Sequence[Example], gold: Gold, answers: Answers, keys: Sequence[str]
) -> Mapping[str, dict[str, Report]]:
    """Headline scores, strict, of each register and each phenomenon that 20 comments or more have."""
    groups: dict[str, dict[str, list[int]]] = {"registers": {}, "phenomena": {}}
    for row, example in enumerate(examples):
        groups["registers"].setdefault(example.register or "unknown", []).append(row)
        for name in example.phenomena:
            groups["phenomena"].setdefault(name, []).append(row)
    return {
        kind: {
            name: {
                "n": len(rows),
                **headline(score(*_subset(gold, answers, np.array(rows)), keys, also=False, samples=0)),
            }
            for name, rows in sorted(parts.items())
            if len(rows) >= SMALLEST_GROUP
        }
        for kind, parts in groups.items()
    }
