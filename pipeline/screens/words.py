"""Tables of numbers in the words of the screen: what stands behind "Show the numbers"."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.report.charts import counted, percent
from pipeline.screens import state


def headers(*columns: str) -> dict[str, str]:
    """Column names and their headers."""
    return {name: state.say(f"table.{name}") for name in columns}


def stance_rows(table: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """A stance table in words; ``names`` name the groups. Columns of :func:`stance_headers`."""
    return pd.DataFrame(
        {
            "group": [names.get(group, group) for group in table["group"]],
            "stance": stances(table["stance"]),
            "n": table["n"],
            "share": [counted(n, total) for n, total in zip(table["n"], table["total"], strict=True)],
            "interval": [
                f"{percent(low)} – {percent(high)}" if total else "–"
                for low, high, total in zip(table["low"], table["high"], table["total"], strict=True)
            ],
            "votes": table["votes"],
            "n_with_votes": table["n_with_votes"],
            "vote_share": ["–" if pd.isna(share) else percent(share) for share in table["vote_share"]],
        }
    )


def stance_headers() -> dict[str, str]:
    """Headers of :func:`stance_rows`."""
    return headers("group", "stance", "n", "share", "interval", "votes", "n_with_votes", "vote_share")


def stances(codes: pd.Series) -> list[str]:
    """Stances in words."""
    return [state.say(f"stance.{code}") for code in codes]


def moods(codes: pd.Series) -> list[str]:
    """Sentiments in words."""
    return [state.say(f"sentiment.{code}") for code in codes]
