"""Screen 4: people label posts beside the model, see where they agree, and exchange their labels."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pipeline.screens import address, overview, review_agreement, review_files, review_label, state

_PARTS: dict[str, Callable[[], None]] = {
    "label": review_label.draw,
    "agreement": review_agreement.draw,
    "files": review_files.draw,
}


def show() -> None:
    """Draw the screen."""
    st.title(state.say("review.title"))
    st.caption(state.say("review.intro"))
    if state.documents().empty:
        overview.empty()
        return
    key = address.bind("part", lambda codes: next((code for code in codes if code in _PARTS), "label"))
    words = {code: state.say(f"review.part_{code}") for code in _PARTS}
    chosen = st.segmented_control(
        state.say("review.part"),
        list(_PARTS),
        format_func=words.__getitem__,
        required=True,
        key=key,
        label_visibility="collapsed",
    )
    part = chosen or "label"
    address.put("part", [] if part == "label" else [part])
    _PARTS[part]()
