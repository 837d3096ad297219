"""Screen 2: every post with its labels and evidence; what is shown can be saved exactly."""

from __future__ import annotations

import math

import streamlit as st

from pipeline.screens import address, downloads, filter_bar, overview, post_list, state
from pipeline.store import Filters, LabelSource, Order

PAGE = 20
# As they are offered; the first holds where nothing is chosen.
_ORDERS = (Order.KINDS, Order.ORIGINAL, Order.VOTES, Order.TIME, Order.CONFIDENCE)


def show() -> None:
    """Draw the screen."""
    st.title(state.say("posts.title"))
    if state.documents().empty:
        overview.empty()
        return
    filters = filter_bar.draw()
    found = state.count(filters)
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    left.subheader(state.say("posts.found", n=f"{found:,}"))
    with right:
        order = _order()
    if not found:
        st.info(state.say("frame.no_match"))
        return
    _first_page_of_another_view((filters, order))
    downloads.draw(filters, order, found)
    _pages(filters, order, found)


def _order() -> Order:
    key = address.bind("order", lambda codes: next((order for order in _ORDERS if codes == [order]), _ORDERS[0]))
    words = {order: state.say(f"order.{order}") for order in _ORDERS}
    chosen = st.selectbox(state.say("posts.order"), _ORDERS, format_func=words.__getitem__, key=key)
    order = chosen or _ORDERS[0]
    address.put("order", [] if order is _ORDERS[0] else [str(order)])
    return order


def _first_page_of_another_view(view: object) -> None:
    """A page number belongs to the filters and the order that it was turned to under."""
    if st.session_state.get("posts.view", view) != view:
        address.put("page", [])
    st.session_state["posts.view"] = view


def _pages(filters: Filters, order: Order, found: int) -> None:
    last = math.ceil(found / PAGE)
    page = min(last, max(1, _page()))
    offset = (page - 1) * PAGE
    shown = state.posts(filters, order, PAGE, offset)
    said = state.say("posts.range", first=f"{offset + 1:,}", last=f"{offset + len(shown):,}", n=f"{found:,}")
    if last > 1:
        st.caption(said)
    threaded = order in (Order.KINDS, Order.ORIGINAL)
    post_list.cards(shown, human=filters.labels is not LabelSource.MODEL, threaded=threaded)
    if last > 1:
        _turn(page, last, said)


def _page() -> int:
    try:
        return int("".join(address.get("page")[:1]) or 1)
    except ValueError:
        return 1


def _turn(page: int, last: int, said: str) -> None:
    left, middle, right = st.columns([1, 2, 1], vertical_alignment="center")
    before, after = state.say("posts.previous"), state.say("posts.next")
    left.button(before, key="previous", disabled=page == 1, on_click=_go, args=(page - 1,), width="stretch")
    middle.markdown(said, text_alignment="center")
    right.button(after, key="next", disabled=page == last, on_click=_go, args=(page + 1,), width="stretch")


def _go(page: int) -> None:
    address.put("page", [] if page == 1 else [str(page)])
