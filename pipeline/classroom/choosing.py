"""Which posts a class reads: in the page's order, by lot, or those on which the model is least sure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipeline.classroom.picks import Pick


def choose(posts: pd.DataFrame, how: Pick, n: int, targets: Sequence[str], *, seed: str = "0") -> pd.DataFrame:
    """At most ``n`` rows of the wide posts table.

    ``CONTESTED`` takes the highest :func:`doubt` first; ``RANDOM`` depends on ``seed`` and the posts' ids alone: the
    same seed gives the same posts however the table is sorted.
    """
    if how is Pick.CONTESTED:
        order = doubt(posts, targets).sort_values(ascending=False, kind="stable").index
        return posts.loc[order[:n]]
    if how is Pick.RANDOM:
        return in_lot_order(posts, seed).head(n)
    return posts.head(n)


def in_lot_order(posts: pd.DataFrame, seed: str) -> pd.DataFrame:
    """All rows in an order drawn by ``seed``. A post added later takes its own place and moves no other."""
    lots = [hashlib.sha256(f"{seed}/{key}".encode()).hexdigest() for key in posts["id"]]
    return posts.iloc[sorted(range(len(lots)), key=lots.__getitem__)]


def doubt(posts: pd.DataFrame, targets: Sequence[str]) -> pd.Series:
    """How unsure the model is of each post: the mean over targets of the entropy of its stances, from 0 to 1.

    0 where there is no prediction.
    """
    columns = [f"stance_{target}_probabilities" for target in targets]
    found = [posts[column].map(_entropy) for column in columns if column in posts]
    return sum(found, start=pd.Series(0.0, index=posts.index)) / max(1, len(found))


def _entropy(probabilities: object) -> float:
    if not isinstance(probabilities, str):
        return 0.0
    shares = np.array(json.loads(probabilities), dtype=float)
    positive = shares[shares > 0]
    return float(-(positive * np.log(positive)).sum() / np.log(len(shares)))
