"""The groups that charts compare, and the dots of those that are small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pipeline.records import Kind
from pipeline.report import tables
from pipeline.report.charts_stance import Group
from pipeline.screens import state
from pipeline.store import Filters, LabelSource

KINDS = (str(Kind.EXPERT), str(Kind.READER))
_NO_POSTS = pd.DataFrame(columns=["id", "kind", "site", "votes", "text"])


def groups() -> list[Group]:
    """Experts and readers, named."""
    return [Group(kind, state.say(f"group.{kind}")) for kind in KINDS]


def dots(table: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Posts of the kinds that are few enough for dots, as :func:`tables.dot_table`."""
    totals = table.groupby("group")["total"].max()
    kinds = filters.kinds or KINDS
    small = tuple(kind for kind in KINDS if kind in kinds and 0 < totals[kind] < tables.FEW)
    keys = [target.key for target in state.targets()]
    wanted = replace(filters, kinds=small)
    posts = state.posts_without_authors(wanted, len(KINDS) * tables.FEW) if small else _NO_POSTS
    return tables.dot_table(posts, "kind", keys, human=_human(filters))


def columns(count: int) -> Sequence[DeltaGenerator]:
    """Places for charts, three beside each other, in large type one or two, so that none is left alone; more rows."""
    beside = 3 if not state.large() else 1 if count % 2 else 2
    places: list[DeltaGenerator] = []
    while len(places) < count:
        places += st.columns(beside)
    return places[:count]


def site_dots(table: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Posts of the sources that are few enough for dots."""
    totals = table.groupby("group")["total"].max()
    small = [site for site, total in totals.items() if site and 0 < total < tables.FEW]
    keys = [target.key for target in state.targets()]
    wanted = replace(filters, sites=tuple(str(site) for site in small))
    posts = state.posts_without_authors(wanted, len(small) * tables.FEW) if small else _NO_POSTS
    return tables.dot_table(posts, "site", keys, human=_human(filters))


def _human(filters: Filters) -> bool:
    return filters.labels is not LabelSource.MODEL


def table_of(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Dots of posts that carry their group in column ``group``."""
    keys = [target.key for target in state.targets()]
    posts = pd.concat(parts) if parts else _NO_POSTS.assign(group=[])
    return tables.dot_table(posts, "group", keys)
