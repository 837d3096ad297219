"""Entry of the dashboard (``streamlit run dashboard.py``): page config, navigation, language."""

from __future__ import annotations

import streamlit as st

from pipeline.screens import access, address, frame, settle, state
from pipeline.screens.pages import offered
from pipeline.screens.turns import turn

st.set_page_config(page_title="Tachiba 立場", page_icon=frame.ICON, layout="wide")
with turn() as mine:
    address.load()
    pages = offered()
    current = st.navigation(list(pages.values()))
    address.turn(current.url_path)
    frame.draw(pages)
    access.guard_address(current.url_path)
    if current.url_path not in access.ROOM_PAGES:  # other screens may take long
        mine.end()
    with state.guard():
        current.run()
    address.save()
settle.settle()
