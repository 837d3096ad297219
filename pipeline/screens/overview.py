"""Screen 1: what was read, and who stands where, at one glance; details beneath."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pipeline.records import Stance
from pipeline.report import charts_stance, sentences, tables
from pipeline.report.charts import percent
from pipeline.screens import address, blocks, figure, filter_bar, frame, glance, overview_views, state, words
from pipeline.screens.plain import escape
from pipeline.screens.post_list import show_one
from pipeline.store import Filters, LabelSource

VIEWS = tuple(overview_views.VIEWS)
# Posts about a target are those that mention it.
_ABOUT = tuple(stance for stance in tables.SHOWN if stance != Stance.NONE)


def show() -> None:
    """Draw the screen."""
    st.title(state.say("overview.title"))
    documents = state.documents()
    if documents.empty:
        empty()
        return
    figure.fetch()
    filters = filter_bar.draw()
    table = stance_table(filters)
    _headline(table, documents, filters)
    _stances(table, filters)
    _details(table, filters)


def empty() -> None:
    """What to do while there is nothing to show."""
    st.html(f'<div class="empty">{escape(state.say("frame.empty"))}</div>')
    frame.link("import", state.say("frame.to_import"))


def stance_table(filters: Filters) -> pd.DataFrame:
    """Stances of experts and of readers toward all targets."""
    keys = [target.key for target in state.targets()]
    return tables.stance_table(state.stance_counts(filters, "kind"), "kind", keys, blocks.KINDS)


def _headline(table: pd.DataFrame, documents: pd.DataFrame, filters: Filters) -> None:
    groups = blocks.groups()
    posts = sum(_total(table, group.key) for group in groups)
    caveat = state.say("caveat.posts", n=f"{posts:,}") if posts else state.say("overview.only_quotations")
    counts = "".join(
        f"<div><b>{n:,}</b>{escape(state.say(f'overview.{name}'))}</div>" for name, n in _counts(documents, filters)
    )
    names = [(target.key, state.name_of(target)) for target in state.targets()]
    said = sentences.headline(table, names, state.lang())
    head = f'<p class="headline">{escape(said)}</p><div class="counts">{counts}</div>'
    glance_ = glance.table(table, groups) if posts else ""
    st.html(f"{head}{glance_}{figure.paragraph(caveat)}{figure.paragraph(_sure(filters))}")
    frame.link("model", state.say("overview.to_model"))
    silent = int(((documents["experts"] == 0) & (documents["readers"] == 0)).sum())
    if silent:
        st.caption(state.say("overview.no_comments", n=silent))


def _sure(filters: Filters) -> str:
    """Whose labels are shown, and how often the model's are right, as measured."""
    if filters.labels is LabelSource.HUMAN:
        return state.say("overview.human")
    measured = state.measured()
    if measured is None:
        said = state.say("overview.unsure")
    else:
        right = percent(measured.covered_accuracy)
        said = state.say("overview.sure", n=f"{measured.comments:,}", right=right)
    return f"{said} {state.say('overview.human_first')}" if filters.labels is LabelSource.HUMAN_FIRST else said


def _total(table: pd.DataFrame, group: str) -> int:
    return int(table.loc[table["group"] == group, "total"].max())


def _counts(documents: pd.DataFrame, filters: Filters) -> list[tuple[str, int]]:
    whole = Filters(document_ids=filters.document_ids, sites=filters.sites)
    read = documents
    if whole.document_ids:
        read = read[read["id"].isin(whole.document_ids)]
    if whole.sites:
        read = read[read["site"].isin(whole.sites)]
    names = ("experts", "readers", "quotations", "skipped")
    return [("documents", len(read)), *((name, int(read[name].sum())) for name in names)]


def _stances(table: pd.DataFrame, filters: Filters) -> None:
    if not table["total"].any():
        return
    figure.legend()
    dots = blocks.dots(table, filters)
    style = state.style()
    names = {group.key: group.name for group in blocks.groups()}
    full = charts_stance.full_side(table)
    for target, place in zip(state.targets(), blocks.columns(len(state.targets())), strict=True):
        with place:
            name = state.name_of(target)
            rows = table[table["target"] == target.key]
            head = style.say("chart.stance_toward", target=name)
            drawn = charts_stance.stance_chart(
                rows, dots[dots["target"] == target.key], blocks.groups(), head, style, full=full
            )
            said = sentences.stance_sentence(rows, blocks.groups(), style.lang)
            figure.draw(drawn, said, f"stance.{target.key}.{style.lang}", pick=True)
            figure.numbers(words.stance_rows(rows, names), words.stance_headers(), f"numbers.{target.key}")
            frame.link("posts", state.say("overview.read", target=name), target=target.key, stance=_ABOUT)
    few = bool(table["total"].between(1, tables.FEW - 1).any())
    st.caption(state.say("overview.few" if few else "overview.interval", few=tables.FEW))
    with st.expander(state.say("overview.how_title"), icon=":material/help:"):
        st.markdown(state.say("overview.how", few=tables.FEW))
    show_one()


def _details(table: pd.DataFrame, filters: Filters) -> None:
    key = address.bind("view", lambda codes: next((code for code in codes if code in VIEWS), None))
    st.divider()
    chosen = st.segmented_control(
        state.say("overview.more"), VIEWS, format_func=lambda name: state.say(f"overview.tab_{name}"), key=key
    )
    address.put("view", [chosen] if chosen else [])
    if chosen:
        overview_views.VIEWS[chosen](table, filters)
