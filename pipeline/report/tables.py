"""Tidy tables behind every chart: the stance shown, shares with intervals, differences, vote weights.

All functions are pure: they take what the store counted and give a table, one row a mark of the chart.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd
from scipy.stats import binomtest

from pipeline.records import Stance
from pipeline.store.filters import REVIEW

# Left to right on every chart: against and favor at the two ends, what is no side between and after them.
SHOWN: tuple[str, ...] = (str(Stance.AGAINST), str(Stance.FAVOR), str(Stance.NEUTRAL), REVIEW, str(Stance.NONE))
SIDES: tuple[str, ...] = SHOWN[:2]
REST: tuple[str, ...] = SHOWN[2:]
# From this many posts on, shares are drawn as bars; below it one dot stands for one post.
FEW = 30

STANCE_COLUMNS = [
    "group",
    "target",
    "stance",
    "n",
    "total",
    "share",
    "low",
    "high",
    "votes",
    "n_with_votes",
    "votes_total",
    "with_votes_total",
    "vote_share",
]


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
    """Wilson's 95 % score interval of the share ``n / total``; (0, 1) where there is nothing to count."""
    if total == 0:
        return 0.0, 1.0
    interval = binomtest(n, total).proportion_ci(confidence_level=0.95, method="wilson")
    return float(interval.low), float(interval.high)


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
    """One row for each group, target and shown stance, zeros included; ``STANCE_COLUMNS``.

    Args:
        counts: :meth:`Store.stance_counts` with ``by`` among its groups.
        by: column of ``counts`` that names the group.
        targets: keys, in the order wanted.
        groups: values of ``by``, in the order wanted; a group without posts has total 0.

    ``vote_share`` is the share of votes among the posts that show votes; NaN where none does.
    """
    sums = counts.groupby([by, "target", "stance"], dropna=False)[["n", "votes", "n_with_votes"]].sum()
    found = {key: tuple(int(value) for value in row) for key, row in zip(sums.index, sums.to_numpy(), strict=True)}
    rows = [row for group in groups for target in targets for row in _stance_rows(found, group, target)]
    return pd.DataFrame(rows, columns=STANCE_COLUMNS)


def _stance_rows(found: dict[object, tuple[int, ...]], group: str, target: str) -> list[dict[str, object]]:
    cells = {stance: found.get((group, target, stance), (0, 0, 0)) for stance in SHOWN}
    total, votes_total, with_votes_total = (sum(cell[i] for cell in cells.values()) for i in range(3))
    rows = []
    for stance, (n, votes, n_with_votes) in cells.items():
        low, high = wilson(n, total)
        rows.append(
            {
                "group": group,
                "target": target,
                "stance": stance,
                "n": n,
                "total": total,
                "share": n / total if total else math.nan,
                "low": low,
                "high": high,
                "votes": votes,
                "n_with_votes": n_with_votes,
                "votes_total": votes_total,
                "with_votes_total": with_votes_total,
                "vote_share": votes / votes_total if votes_total else math.nan,
            }
        )
    return rows


def difference_table(table: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """Two groups of a stance table side by side.

    Columns: target, stance, n_1, total_1, share_1, n_2, total_2, share_2, difference (share_1 - share_2), low, high,
    clear (the interval leaves out 0), few (a group has under ``FEW`` posts).
    """
    one, two = (table[table["group"] == group].set_index(["target", "stance"]) for group in (first, second))
    rows = []
    for key in one.index:
        n_1, total_1 = int(one.loc[key, "n"]), int(one.loc[key, "total"])
        n_2, total_2 = int(two.loc[key, "n"]), int(two.loc[key, "total"])
        difference, low, high = newcombe(n_1, total_1, n_2, total_2)
        rows.append(
            {
                "target": key[0],
                "stance": key[1],
                "n_1": n_1,
                "total_1": total_1,
                "share_1": n_1 / total_1 if total_1 else math.nan,
                "n_2": n_2,
                "total_2": total_2,
                "share_2": n_2 / total_2 if total_2 else math.nan,
                "difference": difference,
                "low": low,
                "high": high,
                "clear": low > 0 or high < 0,
                "few": min(total_1, total_2) < FEW,
            }
        )
    return pd.DataFrame(rows)


def cross_table(counts: pd.DataFrame, target: str, moods: Sequence[str]) -> pd.DataFrame:
    """Stance against sentiment toward one target; columns stance, sentiment, n, zeros included."""
    of_target = counts[counts["target"] == target]
    found = of_target.groupby(["stance", "sentiment"])["n"].sum().to_dict()
    rows = [(stance, mood, int(found.get((stance, mood), 0))) for stance in SHOWN for mood in moods]
    return pd.DataFrame(rows, columns=["stance", "sentiment", "n"])


def speaker_matrix(counts: pd.DataFrame, targets: Sequence[str], limit: int = 15) -> pd.DataFrame:
    """Who speaks how of whom: quotations by speaker, target and stance; columns speaker, target, stance, n.

    ``none`` is left out: an empty cell means not mentioned. The ``limit`` speakers with most mentions come first.
    A quotation without a named speaker has speaker "".
    """
    mentions = counts[(counts["stance"] != Stance.NONE) & counts["target"].isin(targets)]
    mentions = mentions.assign(speaker=mentions["speaker"].fillna(""))
    table = mentions.groupby(["speaker", "target", "stance"], as_index=False)["n"].sum()
    order = table.groupby("speaker")["n"].sum().sort_values(ascending=False, kind="stable").index[:limit].tolist()
    kept = table[table["speaker"].isin(order)]
    return kept.sort_values(["speaker", "target", "stance"], key=_rank(order, list(targets))).reset_index(drop=True)


def _rank(speakers: Sequence[str], targets: Sequence[str]) -> Callable[[pd.Series], pd.Series]:
    orders = {"speaker": speakers, "target": list(targets), "stance": list(SHOWN)}
    return lambda column: column.map(orders[column.name].index)


def time_table(counts: pd.DataFrame, period: str, target: str) -> pd.DataFrame:
    """Stances toward one target by ``period`` ("month" or "day"); columns period, stance, n. Posts without a date go."""
    dated = counts[(counts["target"] == target) & counts[period].notna()]
    table = dated.groupby([period, "stance"], as_index=False)["n"].sum()
    return table.rename(columns={period: "period"}).sort_values("period").reset_index(drop=True)


def dot_table(posts: pd.DataFrame, by: str, targets: Sequence[str], *, human: bool = False) -> pd.DataFrame:
    """One row a post and target, for dots: id, group, target, stance, votes, text. A post without a label has no row."""
    rows = [
        {
            "id": row["id"],
            "group": row[by],
            "target": target,
            "stance": stance,
            "votes": None if pd.isna(row["votes"]) else int(row["votes"]),
            "text": row["text"],
        }
        for row in posts.to_dict("records")
        for target in targets
        if (stance := shown_stance(row, target, human=human)) is not None
    ]
    return pd.DataFrame(rows, columns=["id", "group", "target", "stance", "votes", "text"])
