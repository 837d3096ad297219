"""The screens in the order of the navigation: name (address and string ``page.NAME``), icon, function."""

from __future__ import annotations

import importlib
from collections.abc import Callable

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pipeline.screens import access, state


def _screen(module: str) -> Callable[[], None]:
    """The function of a screen, whose module is loaded when it is opened: the first screen need not wait for all."""

    def show() -> None:
        importlib.import_module(f"pipeline.screens.{module}").show()

    return show


PAGES: tuple[tuple[str, str, Callable[[], None]], ...] = (
    ("overview", ":material/dashboard:", _screen("overview")),
    ("posts", ":material/forum:", _screen("posts")),
    ("compare", ":material/compare_arrows:", _screen("compare")),
    ("review", ":material/rate_review:", _screen("review")),
    ("classroom", ":material/school:", _screen("classroom")),
    ("join", ":material/login:", _screen("classroom_join")),
    ("import", ":material/upload_file:", _screen("import_")),
    ("model", ":material/fact_check:", _screen("model")),
    ("about", ":material/info:", _screen("about")),
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
        chosen = (("home", ":material/login:", _screen("classroom_join")), *rooms)
    return {name: _page(name, icon, show, hidden=len(chosen) < len(PAGES)) for name, icon, show in chosen}


def _page(name: str, icon: str, show: Callable[[], None], *, hidden: bool) -> StreamlitPage:
    title = state.say("page.join" if name == "home" else f"page.{name}")
    shown = not hidden and name not in _HIDDEN
    return st.Page(show, title=title, icon=icon, url_path=name, visibility="visible" if shown else "hidden")
