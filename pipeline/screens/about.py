"""What the tool shows and what it does not: for readers, teachers and newsrooms."""

from __future__ import annotations

import streamlit as st

from pipeline.screens import state

_SECTIONS = ("shows", "not", "estimate", "fair", "class")


def show() -> None:
    """Draw the screen."""
    st.title(state.say("about.title"))
    for section in _SECTIONS:
        st.subheader(state.say(f"about.{section}_title"))
        st.markdown(state.say(f"about.{section}"))
