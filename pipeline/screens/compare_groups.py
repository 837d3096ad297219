"""Choosing the two groups of a comparison; the choice stands in the address bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import streamlit as st

from pipeline.records import Kind
from pipeline.screens import address, blocks, state
from pipeline.store import Filters


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two groups."""

    name: str
    filters: Filters


Sides = tuple[Side, Side] | None


def choose() -> Sides:
    """Draw the choice; None where there are not two groups to choose from (and say so)."""
    key = address.bind("by", lambda codes: next((code for code in codes if code in _WAYS), "kind"))
    way = st.segmented_control(
        state.say("compare.by"),
        list(_WAYS),
        format_func=lambda code: state.say(f"compare.by_{code}"),
        required=True,
        key=key,
    )
    address.put("by", [] if way in (None, "kind") else [str(way)])
    sides = _WAYS[way or "kind"]()
    if sides is None:
        st.info(state.say("compare.one_only"))
    return sides


def _kinds() -> Sides:
    names = {str(kind): state.say(f"group.{kind}") for kind in Kind}
    return _two(list(names), names.__getitem__, lambda code: Filters(kinds=(code,)))


def _sites() -> Sides:
    sites = sorted(state.documents()["site"].dropna().unique())
    return _two(sites, str, lambda code: Filters(kinds=blocks.KINDS, sites=(code,)))


def _documents() -> Sides:
    documents = state.documents()
    titles = dict(zip(documents["id"], documents["title"].fillna(documents["source"]), strict=True))
    return _two(list(titles), titles.__getitem__, lambda code: Filters(kinds=blocks.KINDS, document_ids=(code,)))


def _periods() -> Sides:
    days = sorted(state.stance_counts(Filters(kinds=blocks.KINDS), "day")["day"].dropna().unique())
    days = [day for day in days if len(day) == len("2022-02-21")]
    if len(days) < 2:
        return None
    middle = date.fromisoformat(days[len(days) // 2])
    key = address.bind("cut", lambda codes: date.fromisoformat(codes[0]) if codes else middle)
    cut = st.date_input(state.say("compare.cut"), key=key, format="YYYY-MM-DD", help=state.say("compare.cut_help"))
    if not isinstance(cut, date):
        return None
    address.put("cut", [] if cut == middle else [cut.isoformat()])
    before = (cut - timedelta(days=1)).isoformat()
    return (
        Side(state.say("compare.before", day=cut), Filters(kinds=blocks.KINDS, until=before)),
        Side(state.say("compare.after", day=cut), Filters(kinds=blocks.KINDS, since=cut.isoformat())),
    )


def _two(codes: Sequence[str], words: Callable[[str], str], restrict: Callable[[str], Filters]) -> Sides:
    if len(codes) < 2:
        return None
    chosen = []
    for place, name, default in zip(st.columns(2), ("a", "b"), codes, strict=False):
        key = address.bind(name, partial(_first, codes, default))
        if st.session_state[key] not in codes:  # left over from another way of comparing
            st.session_state[key] = default
        code = place.selectbox(name.upper(), codes, format_func=words, key=key) or default
        address.put(name, [] if code == default else [code])
        chosen.append(Side(words(code), restrict(code)))
    return chosen[0], chosen[1]


def _first(codes: Sequence[str], default: str, held: Sequence[str]) -> str:
    return next((code for code in held if code in codes), default)


_WAYS: dict[str, Callable[[], Sides]] = {
    "kind": _kinds,
    "site": _sites,
    "doc": _documents,
    "period": _periods,
}
