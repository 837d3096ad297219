"""Screen 3: two groups side by side, with the difference and its interval."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pipeline.report import charts_difference, charts_stance, sentences, tables
from pipeline.report.charts import counted, signed
from pipeline.report.charts_stance import Group
from pipeline.screens import blocks, figure, overview, state, words
from pipeline.screens.compare_groups import Side, choose
from pipeline.screens.post_list import show_one

_KEYS = ("A", "B")


def show() -> None:
    """Draw the screen."""
    st.title(state.say("compare.title"))
    if state.documents().empty:
        overview.empty()
        return
    sides = choose()
    if sides is None:
        return
    table = _table(sides)
    totals = [int(table.loc[table["group"] == key, "total"].max()) for key in _KEYS]
    if not all(totals):
        st.info(state.say("compare.empty", group=sides[totals.index(0)].name))
        return
    figure.say(" / ".join(f"{key}: {side.name} n={n:,}" for key, side, n in zip(_KEYS, sides, totals, strict=True)))
    if min(totals) < tables.FEW:
        st.warning(state.say("compare.few", few=tables.FEW), icon=":material/warning:")
    _charts(table, sides)


def _table(sides: tuple[Side, Side]) -> pd.DataFrame:
    counts = [
        state.stance_counts(side.filters, "kind").assign(group=key) for key, side in zip(_KEYS, sides, strict=True)
    ]
    keys = [target.key for target in state.targets()]
    return tables.stance_table(pd.concat(counts), "group", keys, _KEYS)


def _charts(table: pd.DataFrame, sides: tuple[Side, Side]) -> None:
    figure.legend()
    style = state.style()
    groups = [Group(key, f"{key} {side.name}") for key, side in zip(_KEYS, sides, strict=True)]
    found = tables.differences(table, *_KEYS, [target.key for target in state.targets()])
    full, widest = charts_stance.full_side(table), charts_difference.full_difference(found)
    dots = _dots(table, sides)
    places = blocks.columns(len(state.targets()))
    for target, place in zip(state.targets(), places, strict=True):
        with place:
            name = state.name_of(target)
            rows = table[table["target"] == target.key]
            head = style.say("chart.stance_toward", target=name)
            drawn = charts_stance.stance_chart(rows, dots[dots["target"] == target.key], groups, head, style, full=full)
            said = sentences.short_sentence(rows, groups, style.lang)
            figure.draw(drawn, said, f"compare.{target.key}.{style.lang}", pick=True)
    show_one()
    names = (sides[0].name, sides[1].name)
    # A row of its own: below sentences of different lengths the charts would not stand side by side.
    for target, place in zip(state.targets(), blocks.columns(len(places)), strict=True):
        with place:
            of_target = [item for item in found if item.target == target.key]
            head = style.say("chart.difference", target=state.name_of(target))
            drawn = charts_difference.difference_chart(of_target, head, widest, names, style)
            figure.draw(drawn, _said(of_target), f"difference.{target.key}")
            figure.numbers(_numbers(of_target), _headers(), f"difference_numbers.{target.key}")
    figure.say(state.say("compare.note", n=len(found)))


def _said(found: list[tables.Difference]) -> str:
    sided = [item for item in found if item.stance in tables.SIDES]
    return "\n".join(sentences.difference_sentence(item, _KEYS, state.lang()) for item in sided)


def _dots(table: pd.DataFrame, sides: tuple[Side, Side]) -> pd.DataFrame:
    found = []
    for key, side in zip(_KEYS, sides, strict=True):
        if 0 < int(table.loc[table["group"] == key, "total"].max()) < tables.FEW:
            found.append(state.posts(side.filters, limit=tables.FEW).assign(group=key))
    return blocks.table_of(found)


def _numbers(found: list[tables.Difference]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "stance": [state.say(f"stance.{item.stance}") for item in found],
            "first": [counted(item.n_1, item.total_1) for item in found],
            "second": [counted(item.n_2, item.total_2) for item in found],
            "difference": [signed(item.difference) for item in found],
            "interval": [f"{signed(item.low)} – {signed(item.high)}" for item in found],
        }
    )


def _headers() -> dict[str, str]:
    return {**words.headers("stance"), "first": "A", "second": "B", **words.headers("difference", "interval")}
