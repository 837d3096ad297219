"""Posts as cards on a screen: one that was chosen in a chart, or a page of them with bookmarks."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pipeline.report.tables import records
from pipeline.screens import state
from pipeline.screens.post_card import card
from pipeline.store import Filters


def show_one() -> None:
    """The post chosen by a click on a dot, if there is one."""
    chosen = st.session_state.get("picked")
    if not chosen:
        return
    found = state.posts(Filters(post_ids=(chosen,)), limit=1)
    if found.empty:
        return
    left, right = st.columns([5, 1], vertical_alignment="center")
    left.subheader(state.say("overview.picked"))
    right.button(state.say("overview.close"), on_click=_drop, key="picked.close", width="stretch")
    cards(found, bookmarks=False)


def _drop() -> None:
    st.session_state["picked"] = None


def cards(posts: pd.DataFrame, *, bookmarks: bool = True, human: bool = False, threaded: bool = False) -> None:
    """Cards of a page of posts, each with a button for its bookmark; ``threaded`` where they stand as on the page."""
    targets, lang = state.targets(), state.lang()
    _model(posts)
    with st.container(key="cards" if bookmarks else "card"):
        for row in records(posts):
            st.html(card(row, targets, lang, human=human, model=False, threaded=threaded))
            if bookmarks:
                _bookmark(str(row["id"]), bool(row["bookmarked"]))


def _model(posts: pd.DataFrame) -> None:
    """Which model labelled these posts: a label without its model is no evidence."""
    models = (posts["model"] + " " + posts["model_version"]).dropna().unique()
    if len(models):
        st.caption(state.plain_say("posts.model", model=state.say("say.comma").join(models)))


def _bookmark(post_id: str, marked: bool) -> None:
    st.button(
        state.say("posts.unmark" if marked else "posts.mark"),
        key=f"mark.{post_id}",
        icon=":material/bookmark:" if marked else ":material/bookmark_border:",
        type="tertiary",
        on_click=_toggle,
        args=(post_id, not marked),
    )


def _toggle(post_id: str, on: bool) -> None:
    with state.guard():
        state.store().bookmark(post_id, on=on)
        state.forget()
