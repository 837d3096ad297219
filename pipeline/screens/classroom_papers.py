"""A room on paper: the sheet, the teacher's key and the poster, as HTML and, where a browser can print, as PDF."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pipeline.classroom.room import Room
from pipeline.report.handout import make_sheet, poster_html, sheet_html
from pipeline.report.handout_key import key_html
from pipeline.report.pdf import find_browser, html_to_pdf
from pipeline.screens import room_live, state


def draw(room: Room, link: str) -> None:
    """Draw the buttons; a file is made when its button is pressed."""
    posts, targets, lang = room_live.post_rows(room), state.targets(), state.lang()
    if posts.empty:
        return
    sheet = make_sheet(posts, targets, lang)
    pages: dict[str, Callable[[], str]] = {
        "sheet": lambda: sheet_html(sheet, targets, lang),
        "key": lambda: key_html(sheet, posts, targets, lang),
        "poster": lambda: poster_html(room.code, link, lang),
    }
    printing = find_browser() is not None
    for place, (name, make) in zip(st.columns(len(pages)), pages.items(), strict=True):
        with place:
            st.markdown(f"**{state.say(f'classroom.paper_{name}')}**")
            file = f"tachiba_{name}"
            st.download_button("HTML", make, f"{file}.html", "text/html", on_click="ignore", key=f"{name}.html")
            if printing:
                pdf = _pdf(make)
                st.download_button("PDF", pdf, f"{file}.pdf", "application/pdf", on_click="ignore", key=f"{name}.pdf")
    if len(sheet.items) < sheet.chosen:
        st.caption(state.say("handout.left_out", chosen=sheet.chosen, n=len(sheet.items)))
    if not printing:
        st.caption(state.say("classroom.no_pdf"))


def _pdf(make: Callable[[], str]) -> Callable[[], bytes]:
    return lambda: html_to_pdf(make())
