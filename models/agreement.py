"""Agreement of the two annotators of the evaluation sets: percent, Cohen's kappa, and the F1 that one reaches
against the other, which is what a model can reasonably be asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from models.config import SENTIMENTS, STANCES
from models.data import read_examples
from models.measure import Answers, Ints, gold_labels, headline, score


def cohens_kappa(one: Ints, two: Ints, classes: int) -> float:
    """Agreement beyond chance (Cohen 1960) of labels [N]; not a number where chance alone explains all."""
    table = np.zeros((classes, classes))
    np.add.at(table, (one, two), 1)
    table /= table.sum()
    chance = float(table.sum(0) @ table.sum(1))
    return (float(np.trace(table)) - chance) / (1 - chance) if chance < 1 else float("nan")


def agreement(first: Path, second: Path, keys: list[str]) -> dict[str, Any]:
    """Agreement on one set, strict and where a label that the first annotator thought defensible too is accepted.

    Args:
        first: gold records.
        second: JSON Lines with id, stance and sentiment of the same comments.
        keys: targets.

    Raises:
        ValueError: the files are not of the same comments.
    """
    examples = read_examples(first)
    rows = {row["id"]: row for row in map(json.loads, second.read_text(encoding="utf-8").splitlines())}
    if rows.keys() != {example.id for example in examples}:
        raise ValueError(f"{second.name}: not the comments of {first.name}")
    gold = gold_labels(examples, keys)
    stance = np.array([[STANCES.index(rows[example.id]["stance"][key]) for key in keys] for example in examples])
    feeling = np.array([SENTIMENTS.index(rows[example.id]["sentiment"]) for example in examples])
    answers = Answers(stance, feeling)
    pairs = {key: (gold.stance[:, q], stance[:, q], 4) for q, key in enumerate(keys)}
    pairs |= {"stance": (gold.stance.ravel(), stance.ravel(), 4), "sentiment": (gold.sentiment, feeling, 3)}
    return {
        "comments": len(examples),
        "percent": {name: round(float(np.mean(a == b)), 3) for name, (a, b, _) in pairs.items()},
        "kappa": {name: round(cohens_kappa(a, b, classes), 3) for name, (a, b, classes) in pairs.items()},
        "strict": headline(score(gold, answers, keys, also=False, samples=0)),
        "also": headline(score(gold, answers, keys, also=True, samples=0)),
    }
