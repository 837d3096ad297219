"""Tidy tables behind every chart: the stance shown, shares with intervals, differences, vote weights.

All functions are pure: they take what the store counted and give a table, one row a mark of the chart.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from functools import lru_cache
from statistics import NormalDist
from typing import Any

import pandas as pd

from pipeline.records import Stance
from pipeline.store.filters import REVIEW as REVIEW

# Left to right on every chart: against and favor at the two ends, what is no side between and after them.
SHOWN: tuple[str, ...] = (str(Stance.AGAINST), str(Stance.FAVOR), str(Stance.NEUTRAL), REVIEW, str(Stance.NONE))
SIDES: tuple[str, ...] = SHOWN[:2]
REST: tuple[str, ...] = SHOWN[2:]
# From this many posts on, shares are drawn as bars; below it one dot stands for one post.
FEW = 30
_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class StanceCell:
    """One row of a stance table: a group's posts of one shown stance toward one target.

    ``share`` is ``n / total`` with its 95 % interval ``low`` to ``high``. Votes are summed over the posts that show
    some; ``vote_share`` is ``votes / votes_total``. A share of nothing is NaN.
    """

    group: str
    target: str
    stance: str
    n: int
    total: int
    share: float
    low: float
    high: float
    votes: int
    n_with_votes: int
    votes_total: int
    with_votes_total: int
    vote_share: float


STANCE_COLUMNS = [field.name for field in fields(StanceCell)]


def shown_stance(row: Mapping[str, Any], target: str, *, human: bool = False) -> str | None:
    """The stance as it may be shown: ``review`` where the model is not sure enough.

    With ``human`` a person's label comes first. None where the post has no label toward ``target``.
    """
    given = row.get(f"human_stance_{target}") if human else None
    if isinstance(given, str):
        return given
    estimated = row.get(f"stance_{target}")
    if not isinstance(estimated, str):
        return None
    return REVIEW if row.get(f"stance_{target}_review") in (True, 1) else estimated


@lru_cache(maxsize=4096)
def wilson(n: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % score interval of the share ``n / total``; (0, 1) where there is nothing to count.

    The roots of (p - n/N)^2 = z^2 p (1 - p) / N: E. B. Wilson, JASA 22 (1927), 209-212. Written out here because
    importing SciPy's takes a quarter of the time until the first screen; a test compares the two.
    """
    if total == 0:
        return 0.0, 1.0
    share, extra = n / total, _Z * _Z / total
    middle = (share + extra / 2) / (1 + extra)
    half = _Z * math.sqrt(share * (1 - share) / total + extra / (4 * total)) / (1 + extra)
    return max(0.0, middle - half), min(1.0, middle + half)


def newcombe(first: int, first_total: int, second: int, second_total: int) -> tuple[float, float, float]:
    """Difference of two independent shares with its 95 % interval: (difference, low, high).

    Newcombe's hybrid score interval (method 10 of R. G. Newcombe, Statistics in Medicine 17, 1998, 873-890), built
    from the Wilson interval of each share. (nan, -1, 1) where a group is empty.
    """
    if first_total == 0 or second_total == 0:
        return math.nan, -1.0, 1.0
    share_1, share_2 = first / first_total, second / second_total
    low_1, high_1 = wilson(first, first_total)
    low_2, high_2 = wilson(second, second_total)
    difference = share_1 - share_2
    low = difference - math.hypot(share_1 - low_1, high_2 - share_2)
    high = difference + math.hypot(high_1 - share_1, share_2 - low_2)
    return difference, low, high


def stance_table(counts: pd.DataFrame, by: str, targets: Sequence[str], groups: Sequence[str]) -> pd.DataFrame:
    """One row for each group, target and shown stance, zeros included; columns as :class:`StanceCell`.

    Args:
        counts: :meth:`Store.stance_counts` with ``by`` among its groups.
        by: column of ``counts`` that names the group.
        targets: keys, in the order wanted.
        groups: values of ``by``, in the order wanted; a group without posts has total 0.
    """
    sums = counts.groupby([by, "target", "stance"], dropna=False)[["n", "votes", "n_with_votes"]].sum()
    found: dict[object, tuple[int, ...]] = {
        key: tuple(int(value) for value in row) for key, row in zip(sums.index, sums.to_numpy(), strict=True)
    }
    rows = [cell for group in groups for target in targets for cell in _stance_cells(found, group, target)]
    return pd.DataFrame([astuple(cell) for cell in rows], columns=STANCE_COLUMNS)


def _stance_cells(found: Mapping[object, tuple[int, ...]], group: str, target: str) -> list[StanceCell]:
    counts = {stance: found.get((group, target, stance), (0, 0, 0)) for stance in SHOWN}
    total, votes_total, with_votes_total = (sum(cell[i] for cell in counts.values()) for i in range(3))
    return [
        StanceCell(
            group,
            target,
            stance,
            n,
            total,
            n / total if total else math.nan,
            *wilson(n, total),
            votes,
            n_with_votes,
            votes_total,
            with_votes_total,
            votes / votes_total if votes_total else math.nan,
        )
        for stance, (n, votes, n_with_votes) in counts.items()
    ]


def cells(table: pd.DataFrame, group: str, target: str | None = None) -> dict[str, StanceCell]:
    """One group's rows of a stance table by stance; of one target, where the table holds several. Empty if absent."""
    rows = table[table["group"] == group]
    if target is not None:
        rows = rows[rows["target"] == target]
    values = (StanceCell(*row) for row in rows[STANCE_COLUMNS].itertuples(index=False, name=None))
    return {cell.stance: cell for cell in values}


@dataclass(frozen=True, slots=True)
class Difference:
    """Two groups' shares of one stance toward one target: ``difference`` is first minus second, with its interval.

    ``clear``: the interval leaves out 0. ``few``: a group has under ``FEW`` posts.
    """

    target: str
    stance: str
    n_1: int
    total_1: int
    n_2: int
    total_2: int
    difference: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        return self.low > 0 or self.high < 0

    @property
    def few(self) -> bool:
        return min(self.total_1, self.total_2) < FEW


def differences(table: pd.DataFrame, first: str, second: str, targets: Sequence[str]) -> list[Difference]:
    """Two groups of a stance table compared, one item a target and stance."""
    found = []
    for target in targets:
        one, two = cells(table, first, target), cells(table, second, target)
        for stance in one:
            counts = (one[stance].n, one[stance].total, two[stance].n, two[stance].total)
            found.append(Difference(target, stance, *counts, *newcombe(*counts)))
    return found


def cross_table(counts: pd.DataFrame, target: str, moods: Sequence[str]) -> pd.DataFrame:
    """Stance against sentiment toward one target; columns stance, sentiment, n, zeros included."""
    of_target = counts[counts["target"] == target]
    found = of_target.groupby(["stance", "sentiment"])["n"].sum().to_dict()
    rows = [(stance, mood, int(found.get((stance, mood), 0))) for stance in SHOWN for mood in moods]
    return pd.DataFrame(rows, columns=["stance", "sentiment", "n"])


def speaker_matrix(counts: pd.DataFrame, targets: Sequence[str], limit: int | None = None) -> pd.DataFrame:
    """Who speaks how of whom: quotations by speaker, target and stance; columns speaker, target, stance, n.

    ``none`` is left out: an empty cell means not mentioned. Speakers with most mentions come first; with ``limit``,
    only so many. A quotation without a named speaker has speaker "".
    """
    mentions = counts[(counts["stance"] != Stance.NONE) & counts["target"].isin(targets)]
    mentions = mentions.assign(speaker=mentions["speaker"].fillna(""))
    table = mentions.groupby(["speaker", "target", "stance"])["n"].sum().reset_index()
    order = table.groupby("speaker")["n"].sum().sort_values(ascending=False, kind="stable").index[:limit].tolist()
    kept = table[table["speaker"].isin(order)]
    return kept.sort_values(["speaker", "target", "stance"], key=_rank(order, list(targets))).reset_index(drop=True)


def _rank(speakers: Sequence[str], targets: Sequence[str]) -> Callable[[pd.Series], pd.Series]:
    orders = {"speaker": speakers, "target": list(targets), "stance": list(SHOWN)}
    return lambda column: column.map(orders[str(column.name)].index)


def time_table(counts: pd.DataFrame, period: str, target: str) -> pd.DataFrame:
    """Stances toward one target by ``period`` ("month" or "day"), of dated posts; columns period, stance, n."""
    dated = counts[(counts["target"] == target) & counts[period].notna()]
    table = dated.groupby([period, "stance"])["n"].sum().reset_index()
    return table.rename(columns={period: "period"}).sort_values("period").reset_index(drop=True)


def dot_table(posts: pd.DataFrame, by: str, targets: Sequence[str], *, human: bool = False) -> pd.DataFrame:
    """One row a labelled post and target, for dots: id, group, target, stance, votes, text."""
    rows = [
        {
            "id": row["id"],
            "group": row[by],
            "target": target,
            "stance": stance,
            "votes": None if pd.isna(row["votes"]) else int(row["votes"]),
            "text": row["text"],
        }
        for row in records(posts)
        for target in targets
        if (stance := shown_stance(row, target, human=human)) is not None
    ]
    return pd.DataFrame(rows, columns=["id", "group", "target", "stance", "votes", "text"])


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a table as dictionaries by column name."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]
