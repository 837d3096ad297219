"""Scores of stance and sentiment labels against gold: macro-F1 and the mean F1 of favor and against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]


def class_f1(gold: Labels, guess: Labels, classes: int) -> NDArray[np.float64]:
    """F1 of each class [classes]; not a number for a class in neither gold nor guess."""
    scores = np.full(classes, np.nan)
    for label in range(classes):
        hit = int(((gold == label) & (guess == label)).sum())
        total = int((gold == label).sum() + (guess == label).sum())
        if total:
            scores[label] = 2 * hit / total
    return scores


def macro_f1(gold: Labels, guess: Labels, classes: int) -> float:
    """Mean F1 of the classes that occur."""
    return float(np.nanmean(class_f1(gold, guess, classes)))


def sides_f1(gold: Labels, guess: Labels) -> float:
    """Mean F1 of favor (0) and against (1)."""
    return float(np.nanmean(class_f1(gold, guess, 4)[:2]))
