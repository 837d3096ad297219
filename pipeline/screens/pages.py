"""The screens in the order of the navigation: name (address and string ``page.NAME``), icon, function."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pipeline.screens import (
    about,
    access,
    classroom,
    classroom_join,
    compare,
    import_,
    model,
    overview,
    posts,
    review,
    state,
)

PAGES: tuple[tuple[str, str, Callable[[], None]], ...] = (
    ("overview", ":material/dashboard:", overview.show),
    ("posts", ":material/forum:", posts.show),
    ("compare", ":material/compare_arrows:", compare.show),
    ("review", ":material/rate_review:", review.show),
    ("classroom", ":material/school:", classroom.show),
    ("join", ":material/login:", classroom_join.show),
    ("import", ":material/upload_file:", import_.show),
    ("model", ":material/fact_check:", model.show),
    ("about", ":material/info:", about.show),
)

# Pupils come by their link, and never by the navigation.
_HIDDEN = ("join", "home")


def offered() -> dict[str, StreamlitPage]:
    """Pages that this visitor may open, by name; Streamlit opens no other.

    While the dashboard serves a classroom, other devices get the rooms alone. The first page has no path of its own,
    so theirs is one more page that asks for the code.
    """
    chosen = PAGES
    if access.rooms_only():
        rooms = tuple(page for page in PAGES if page[0] in access.ROOM_PAGES)
        chosen = (("home", ":material/login:", classroom_join.show), *rooms)
    return {name: _page(name, icon, show, hidden=len(chosen) < len(PAGES)) for name, icon, show in chosen}


def _page(name: str, icon: str, show: Callable[[], None], *, hidden: bool) -> StreamlitPage:
    title = state.say("page.join" if name == "home" else f"page.{name}")
    shown = not hidden and name not in _HIDDEN
    return st.Page(show, title=title, icon=icon, url_path=name, visibility="visible" if shown else "hidden")
