"""Opening a room: which posts, what is asked."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pipeline.classroom.choosing import choose, in_lot_order
from pipeline.classroom.picks import Pick
from pipeline.human_labels import SENTIMENT
from pipeline.report.masking import mask
from pipeline.screens import access, filter_bar, overview, room_live, state
from pipeline.screens.room_post import post_html
from pipeline.store import Filters, Order
from pipeline.store.labels import LabelLog

_HAND = "hand"
_PICKS = (str(Pick.CONTESTED), str(Pick.RANDOM), str(Pick.ORIGINAL), _HAND)
_MOST_POSTS = 12
# Posts that are looked at for the most doubtful ones, and that a list to choose from holds.
_LOOKED_AT = 300
_EXCERPT = 45


def draw() -> None:
    """Draw the form."""
    st.markdown(state.say("classroom.intro"))
    if not room_live.serves_network():
        st.warning(state.say("classroom.not_lan"))
    if state.documents().empty:
        overview.empty()
        return
    filters = filter_bar.draw()
    left, right = st.columns([3, 2], gap="medium")
    with left:
        chosen = _posts(filters)
    with right:
        sentiment = st.toggle(state.say("classroom.ask_sentiment"), key="classroom.sentiment")
        st.caption(state.say("classroom.ask_note"))
    if chosen.empty:
        st.info(state.say("frame.no_match"))
        return
    fields = [target.key for target in state.targets()] + ([SENTIMENT] if sentiment else [])
    ids = chosen["id"].tolist()
    st.button(
        state.say("classroom.open", n=len(ids)),
        key="classroom.open",
        type="primary",
        icon=":material/meeting_room:",
        on_click=_open,
        args=(ids, fields),
    )
    with st.expander(state.say("classroom.preview", n=len(ids)), expanded=True):
        for row in chosen.to_dict("records"):
            st.html(post_html({str(k): v for k, v in row.items()}, frozenset(), state.targets(), state.lang()))


def _posts(filters: Filters) -> pd.DataFrame:
    words = {code: state.say(f"classroom.pick_{code}") for code in _PICKS}
    how = st.segmented_control(
        state.say("classroom.pick"),
        _PICKS,
        format_func=words.__getitem__,
        required=True,
        key="classroom.pick",
        default=_PICKS[0],
    )
    if how == _HAND:
        return _by_hand(filters)
    count = st.slider(state.say("classroom.count"), 1, _MOST_POSTS, 5, key="classroom.count")
    if how == Pick.RANDOM:
        lot = st.number_input(
            state.say("review.lot"), 1, 999, 1, key="classroom.lot", help=state.say("review.lot_help")
        )
        everything = pd.DataFrame({"id": LabelLog(state.store()).post_ids(filters)})
        ids = tuple(in_lot_order(everything, str(lot))["id"].head(count))
        return state.posts(Filters(post_ids=ids)) if ids else everything
    order = Order.CONFIDENCE if how == Pick.CONTESTED else Order.ORIGINAL
    found = state.posts(filters, order, _LOOKED_AT)
    return choose(found, Pick(how or Pick.ORIGINAL), count, [target.key for target in state.targets()])


def _by_hand(filters: Filters) -> pd.DataFrame:
    found = state.posts(filters, Order.ORIGINAL, _LOOKED_AT)
    words = {
        key: _excerpt(n, content) for n, (key, content) in enumerate(zip(found["id"], found["text"], strict=True), 1)
    }
    chosen = st.multiselect(
        state.say("classroom.choose"),
        list(words),
        format_func=words.__getitem__,
        max_selections=_MOST_POSTS,
        placeholder=state.say("filter.choose"),
        key="classroom.hand",
    )
    return found[found["id"].isin(chosen)]


def _excerpt(number: int, content: str) -> str:
    line = " ".join(mask(content, state.lang()).split())
    return f"{number}. {line[:_EXCERPT]}{'…' if len(line) > _EXCERPT else ''}"


def _open(ids: Sequence[str], fields: Sequence[str]) -> None:
    if access.known("classroom"):  # a second click
        return
    with state.guard():
        opened = room_live.held().open(ids, fields)
        access.enter("classroom", room=opened.code, key=opened.secret)
