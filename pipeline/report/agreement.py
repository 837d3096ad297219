"""Agreement of labellers: percent, Cohen's kappa, Krippendorff's alpha (nominal), with bootstrap intervals.

A table of labels has the columns post_id, field, annotator, value: one row for each label in force. The model is an
annotator like another, under the name given by :data:`MODEL`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import krippendorff
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.human_labels import SENTIMENT, HumanLabel, Sample, in_force
from pipeline.report.tables import wilson

MODEL = "model"
_COLUMNS = ["post_id", "field", "annotator", "value"]
_RESAMPLES = 2000
_SEED = 20260101
_LEVEL = 0.95

Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its 95 % interval. ``value`` is None where the measure is not defined (all labels are one)."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two or more labellers agree on one field; ``n`` posts were labelled by at least two of them."""

    field: str
    who: tuple[str, ...]
    n: int
    percent: Interval
    kappa: Interval | None
    alpha: Interval


def human_table(log: Iterable[HumanLabel], sample: Sample | None = None) -> pd.DataFrame:
    """People's labels in force as a table of labels, oldest first.

    With ``sample`` only decisions made in that way count. A random sample stays one that way: what somebody labels
    later while looking at the model's estimate takes no post out of it and changes no label in it.
    """
    chosen = (entry for entry in log if sample is None or entry.sample == sample)
    entries = sorted(in_force(chosen).values(), key=lambda item: (item.at, item.uid))
    rows = [(item.post_id, item.field, item.annotator, item.value) for item in entries]
    return pd.DataFrame(rows, columns=_COLUMNS)


def model_table(posts: pd.DataFrame, targets: Sequence[str], *, decided_only: bool) -> pd.DataFrame:
    """The model's labels of the wide posts table; ``decided_only`` leaves out undecided stances."""
    parts = []
    for target in targets:
        column = f"stance_{target}"
        if column in posts:
            kept = posts[posts[f"{column}_review"].ne(True)] if decided_only else posts
            parts.append(kept[["id", column]].set_axis(["post_id", "value"], axis=1).assign(field=target))
    moods = posts[["id", SENTIMENT]].set_axis(["post_id", "value"], axis=1).assign(field=SENTIMENT)
    both = pd.concat([*parts, moods], ignore_index=True).dropna(subset=["value"])
    return both.assign(annotator=MODEL)[_COLUMNS]


def agreements(labels: pd.DataFrame) -> list[Agreement]:
    """Every pair of labellers, and all people together where there are more than two, for each field they share."""
    found = []
    people = sorted(set(labels["annotator"]) - {MODEL})
    groups: list[tuple[str, ...]] = [(person, MODEL) for person in people] + list(combinations(people, 2))
    if len(people) > 2:
        groups.append(tuple(people))
    for field in dict.fromkeys(labels["field"]):
        rows = labels[labels["field"] == field]
        grid = rows.pivot_table(index="post_id", columns="annotator", values="value", aggfunc="last")
        for group in groups:
            if set(group) <= set(grid.columns):
                measured = _measure(str(field), group, grid[list(group)])
                if measured.n:
                    found.append(measured)
    return found


def disagreeing(labels: pd.DataFrame) -> pd.DataFrame:
    """Posts and fields on which labellers differ, most evenly split first. Columns post_id, field, split, labels.

    ``split`` is the share of pairs of labellers that differ; ``labels`` is a dict of annotator to value.
    """
    rows = []
    for (post_id, field), group in labels.groupby(["post_id", "field"], sort=False):
        if group["value"].nunique() > 1:
            counts = group["value"].value_counts().to_numpy(dtype=float)
            n = counts.sum()
            split = 1 - float((counts * (counts - 1)).sum() / (n * (n - 1)))
            rows.append((post_id, field, split, dict(zip(group["annotator"], group["value"], strict=True))))
    frame = pd.DataFrame(rows, columns=["post_id", "field", "split", "labels"])
    return frame.sort_values("split", ascending=False, kind="stable", ignore_index=True)


def measured_error(drawn: pd.DataFrame, model: pd.DataFrame) -> pd.DataFrame:
    """The model's error on posts drawn by lot: columns field, n, wrong, error, low, high (Wilson, 95 %).

    ``drawn`` is :func:`human_table` of the random sample: a queue of doubtful posts would make the model look worse
    than it is. Where several people labelled a post, the label that was made last counts, as everywhere else.
    """
    newest = drawn.drop_duplicates(["post_id", "field"], keep="last")
    both = newest.merge(model, on=["post_id", "field"], suffixes=("", "_model"))
    rows = []
    for field, group in both.groupby("field", sort=False):
        wrong, n = int(group["value"].ne(group["value_model"]).sum()), len(group)
        rows.append((field, n, wrong, wrong / n, *wilson(wrong, n)))
    return pd.DataFrame(rows, columns=["field", "n", "wrong", "error", "low", "high"])


def _measure(field: str, who: tuple[str, ...], grid: pd.DataFrame) -> Agreement:
    shared = grid[grid.notna().sum(axis=1) >= 2]
    values = sorted({value for value in shared.to_numpy().ravel() if isinstance(value, str)})
    counts = (
        np.stack([(shared == value).sum(axis=1).to_numpy(dtype=float) for value in values], axis=1) if values else None
    )
    if counts is None:
        return Agreement(field, who, 0, Interval(None), None, Interval(None))
    weights = np.random.default_rng(_SEED).multinomial(len(shared), [1 / len(shared)] * len(shared), _RESAMPLES)
    percent = Interval(_percent(counts), *_interval(_percents(counts, weights)))
    alpha = krippendorff_alpha(counts)
    alphas = Interval(alpha, *(_interval(_alphas(counts, weights)) if alpha is not None else (None, None)))
    kappas = None
    if len(who) == 2:
        codes = np.array([[values.index(value) for value in shared[name]] for name in who])
        kappa = cohen_kappa(codes[0], codes[1])
        spread = [cohen_kappa(codes[0], codes[1], weight) for weight in weights] if kappa is not None else []
        kappas = Interval(kappa, *_interval(np.array([value for value in spread if value is not None])))
    return Agreement(field, who, len(shared), percent, kappas, alphas)


def cohen_kappa(
    first: NDArray[np.int64], second: NDArray[np.int64], weights: NDArray[np.int64] | None = None
) -> float | None:
    """Cohen's kappa of two labellers' codes from 0 (Cohen 1960); None where both gave one and the same label to all."""
    size = int(max(first.max(), second.max())) + 1
    table = np.zeros((size, size))
    np.add.at(table, (first, second), 1.0 if weights is None else weights)
    table /= table.sum()
    expected = float(table.sum(axis=0) @ table.sum(axis=1))
    return None if expected >= 1 - 1e-12 else float((np.trace(table) - expected) / (1 - expected))


def krippendorff_alpha(counts: Counts) -> float | None:
    """Alpha of a table units × labels of counts; None where only one label was ever given (it is 0/0 there)."""
    if (counts.sum(axis=0) > 0).sum() < 2:
        return None
    return float(krippendorff.alpha(value_counts=counts.astype(int), level_of_measurement="nominal"))


def _percent(counts: Counts) -> float:
    """Share of pairs of labellers that agree, the mean over posts."""
    return float(_pairs_agreeing(counts).mean())


def _pairs_agreeing(counts: Counts) -> Counts:
    n = counts.sum(axis=1)
    agreeing: Counts = (counts * (counts - 1)).sum(axis=1) / (n * (n - 1))
    return agreeing


def _percents(counts: Counts, weights: NDArray[np.int64]) -> Counts:
    shares: Counts = weights @ _pairs_agreeing(counts) / weights.sum(axis=1)
    return shares


def _alphas(counts: Counts, weights: NDArray[np.int64]) -> Counts:
    """Nominal alpha of every resample at once (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability")."""
    m = counts.sum(axis=1)
    within = (m**2 - (counts**2).sum(axis=1)) / (m - 1)
    total = weights @ m
    marginals = weights @ counts
    observed = weights @ within / total
    expected = (total**2 - (marginals**2).sum(axis=1)) / (total * (total - 1))
    defined = expected > 0
    alphas: Counts = 1 - observed[defined] / expected[defined]
    return alphas


def _interval(values: Counts) -> tuple[float | None, float | None]:
    if not len(values):
        return None, None
    low, high = np.quantile(values, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return float(low), float(high)
