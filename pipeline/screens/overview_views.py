"""The details under the overview: votes, tone, time, sources, quotations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from pipeline.records import Kind, Sentiment
from pipeline.report import charts_cross, charts_stance, charts_time, sentences, tables
from pipeline.report.charts_stance import Group
from pipeline.screens import blocks, figure, state, words
from pipeline.store import Filters

MOODS = [str(mood) for mood in (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)]
# Months where posts span more than this many days, else days.
_DAYS_SHOWN = 40
_SOURCES = 8
_SPEAKERS = 15


def votes(table: pd.DataFrame, filters: Filters) -> None:
    """The same stances with each vote counted once."""
    st.caption(state.say("overview.votes_intro"))
    dots, style = blocks.dots(table, filters), state.style()
    full = charts_stance.full_side(table, weighted=True)
    for target, place in zip(state.targets(), blocks.columns(len(state.targets())), strict=True):
        with place:
            rows = table[table["target"] == target.key]
            of_target = dots[dots["target"] == target.key]
            head = style.say("chart.weighted", target=state.name_of(target))
            drawn = charts_stance.stance_chart(rows, of_target, blocks.groups(), head, style, full=full, weighted=True)
            said = sentences.weighted_sentence(rows, blocks.groups(), style.lang)
            figure.draw(drawn, said, f"votes.{target.key}.{style.lang}", pick=True)


def mood(_table: pd.DataFrame, filters: Filters) -> None:
    """Stance against tone."""
    st.caption(state.say("overview.mood_intro"))
    counts, style = state.stance_counts(_commenters(filters), "sentiment"), state.style()
    for target, place in zip(state.targets(), blocks.columns(len(state.targets())), strict=True):
        with place:
            name = state.name_of(target)
            table = tables.cross_table(counts, target.key, MOODS)
            drawn = charts_cross.mood_chart(table, MOODS, style.say("chart.mood", target=name), style)
            figure.draw(drawn, sentences.mood_sentence(table, name, style.lang), f"mood.{target.key}")
            shown = table.assign(stance=words.stances(table["stance"]), sentiment=words.moods(table["sentiment"]))
            figure.numbers(shown, words.headers("stance", "sentiment", "n"), f"mood_numbers.{target.key}")


def time(_table: pd.DataFrame, filters: Filters) -> None:
    """Stances by month or day."""
    kept, style = _commenters(filters), state.style()
    counts = state.stance_counts(kept, "day")
    days = sorted(counts["day"].dropna().unique())
    period = "day" if len(days) <= _DAYS_SHOWN else "month"
    counts = counts if period == "day" else state.stance_counts(kept, "month")
    for target, place in zip(state.targets(), blocks.columns(len(state.targets())), strict=True):
        with place:
            name = state.name_of(target)
            table = tables.time_table(counts, period, target.key)
            of_target = counts[counts["target"] == target.key]
            said = sentences.time_sentence(table, int(of_target.loc[of_target[period].isna(), "n"].sum()), style.lang)
            if table.empty:
                figure.say(said)
                continue
            drawn = charts_time.time_chart(table, style.say("chart.time", target=name), style)
            figure.draw(drawn, said, f"time.{target.key}")
            shown = table.assign(stance=words.stances(table["stance"]))
            figure.numbers(shown, words.headers("period", "stance", "n"), f"time_numbers.{target.key}")


def source(_table: pd.DataFrame, filters: Filters) -> None:
    """Stances by source; the fullest sources first."""
    kept, style = _commenters(filters), state.style()
    counts = state.stance_counts(kept, "site")
    counts = counts.assign(site=counts["site"].fillna(""))
    one_target = counts[counts["target"] == state.targets()[0].key]
    order = one_target.groupby("site")["n"].sum().sort_values(ascending=False, kind="stable").index.tolist()
    shown = [Group(site, site or state.say("overview.no_site")) for site in order[:_SOURCES]]
    if len(order) > _SOURCES:
        st.caption(state.say("overview.other_sources", n=_SOURCES, total=len(order)))
    keys = [target.key for target in state.targets()]
    table = tables.stance_table(counts, "site", keys, [group.key for group in shown])
    dots = blocks.site_dots(table, filters=kept)
    full = charts_stance.full_side(table)
    for target, place in zip(state.targets(), blocks.columns(len(keys)), strict=True):
        with place:
            rows = table[table["target"] == target.key]
            head = style.say("chart.source", target=state.name_of(target))
            drawn = charts_stance.stance_chart(rows, dots[dots["target"] == target.key], shown, head, style, full=full)
            figure.draw(
                drawn,
                sentences.short_sentence(rows, shown, style.lang),
                f"source.{target.key}.{style.lang}",
                pick=True,
            )
            names = {group.key: group.name for group in shown}
            figure.numbers(words.stance_rows(rows, names), words.stance_headers(), f"source_numbers.{target.key}")


def quotes(_table: pd.DataFrame, filters: Filters) -> None:
    """Who speaks how of whom."""
    st.caption(state.say("overview.quotes_intro"))
    style = state.style()
    counts = state.stance_counts(replace(filters, kinds=(str(Kind.QUOTATION),)), "speaker")
    names = [(target.key, state.name_of(target)) for target in state.targets()]
    matrix = tables.speaker_matrix(counts, [key for key, _ in names])
    said = sentences.speaker_sentence(matrix, names, style.lang)
    if matrix.empty:
        figure.say(said)
        return
    drawn = tables.speaker_matrix(counts, [key for key, _ in names], _SPEAKERS)
    if len(drawn) < len(matrix):
        st.caption(state.say("overview.other_speakers", n=_SPEAKERS, total=matrix["speaker"].nunique()))
    figure.legend()
    figure.draw(charts_cross.speaker_chart(drawn, names, style.say("chart.speakers"), style), said, "speakers")
    shown = matrix.assign(
        speaker=[speaker or state.say("chart.nobody") for speaker in matrix["speaker"]],
        target=matrix["target"].map(dict(names)),
        stance=words.stances(matrix["stance"]),
    )
    figure.numbers(shown, words.headers("speaker", "target", "stance", "n"), "speakers_numbers")


def _commenters(filters: Filters) -> Filters:
    """The filters without quotations, which are counted apart."""
    kinds = tuple(kind for kind in blocks.KINDS if not filters.kinds or kind in filters.kinds)
    return replace(filters, kinds=kinds or ("",))


VIEWS: dict[str, Callable[[pd.DataFrame, Filters], None]] = {
    "votes": votes,
    "mood": mood,
    "time": time,
    "source": source,
    "quotes": quotes,
}
