"""Questions to talk about: those that the page puts to its readers, and some made by rule from the class's labels.

The rules name all labels in the same words and ask how a text was read, never which label is right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.classroom.room import Part, Phase, Role, visible
from pipeline.human_labels import SENTIMENT
from pipeline.records import Sentiment, Stance

_MOST = 3  # questions of one rule


@dataclass(frozen=True, slots=True)
class Question:
    """A question by rule: a key of the string table and what fills it. ``given`` is the page's own text instead.

    In ``params``, ``number`` is the post's number in the room, ``field`` a target's key or ``sentiment``, and what
    begins with ``label`` a stance or sentiment: the screen puts their words.
    """

    key: str = ""
    params: Mapping[str, str | int] | None = None
    given: str = ""


def questions(
    phase: Phase,
    prompts: Sequence[str],
    tallies: pd.DataFrame | None,
    model: Mapping[tuple[str, str], str],
    order: Sequence[str],
) -> list[Question]:
    """Questions that may be put in ``phase``: none speaks of what is still hidden.

    Args:
        prompts: the page's own questions.
        tallies: :meth:`Rooms.tallies` of the first round, or None.
        model: the model's shown stance by (post id, field).
        order: the room's post ids.
    """
    parts = visible(phase, Role.TEACHER)
    found = [Question(given=prompt) for prompt in dict.fromkeys(prompts)] if phase is not Phase.LOBBY else []
    if Part.CLASS in parts and tallies is not None and not tallies.empty:
        found += _splits(tallies, order)
        if Part.MODEL in parts:
            found += _surprises(tallies, model, order)
    for part in (Part.VOTES, Part.KIND, Part.CHANGE):
        if part in parts:
            found.append(Question(f"prompt.{part}", {}))
    return found


def split(counts: Sequence[int]) -> float:
    """How evenly answers are split: the share of pairs of pupils who differ, from 0; 0 for fewer than two."""
    numbers = np.array(counts, dtype=float)
    total = numbers.sum()
    return 0.0 if total < 2 else float(1 - (numbers * (numbers - 1)).sum() / (total * (total - 1)))


def most_split(tallies: pd.DataFrame) -> list[tuple[str, str]]:
    """(post id, field), the most evenly split first; unanimous ones are left out."""
    scores = {
        (str(post_id), str(field)): split(group["n"].tolist())
        for (post_id, field), group in tallies.groupby(["post_id", "field"], sort=True)
    }
    return sorted((key for key, score in scores.items() if score > 0), key=lambda key: -scores[key])


def _splits(tallies: pd.DataFrame, order: Sequence[str]) -> list[Question]:
    found = []
    for post_id, field in most_split(tallies)[:_MOST]:
        first, second = _ranked(tallies, post_id, field)[:2]
        params: dict[str, str | int] = {
            "number": order.index(post_id) + 1,
            "field": field,
            "label_1": first[0],
            "n_1": first[1],
            "label_2": second[0],
            "n_2": second[1],
        }
        found.append(Question("prompt.split", params))
    return found


def _surprises(tallies: pd.DataFrame, model: Mapping[tuple[str, str], str], order: Sequence[str]) -> list[Question]:
    found = []
    for (post_id, field), group in tallies.groupby(["post_id", "field"], sort=False):
        ranked = _ranked(tallies, str(post_id), str(field))
        estimated = model.get((str(post_id), str(field)))
        if estimated and ranked[0][0] != estimated and 2 * ranked[0][1] > int(group["n"].sum()):
            params: dict[str, str | int] = {
                "number": order.index(str(post_id)) + 1,
                "field": str(field),
                "label_1": ranked[0][0],
                "label_2": estimated,
            }
            found.append((ranked[0][1], Question("prompt.surprise", params)))
    found.sort(key=lambda pair: -pair[0])
    return [question for _, question in found[:_MOST]]


def _ranked(tallies: pd.DataFrame, post_id: str, field: str) -> list[tuple[str, int]]:
    """Labels of a post and field with their counts, most first; equal counts keep the labels' own order."""
    rows = tallies[(tallies["post_id"] == post_id) & (tallies["field"] == field)]
    counts = dict(zip(rows["value"], rows["n"].astype(int), strict=True))
    labels = [str(label) for label in (Sentiment if field == SENTIMENT else Stance)]
    return sorted(((label, counts[label]) for label in labels if label in counts), key=lambda pair: -pair[1])
