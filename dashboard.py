"""Entry of the dashboard (``streamlit run dashboard.py``): page config, navigation, language."""

from __future__ import annotations

import streamlit as st

from pipeline.screens import access, address, frame, settle, state
from pipeline.screens.pages import offered

st.set_page_config(page_title="Tachiba 立場", page_icon=frame.ICON, layout="wide")
address.load()
pages = offered()
current = st.navigation(list(pages.values()))
address.turn(current.url_path)
frame.draw(pages)
access.guard_address(current.url_path)
with state.guard():
    current.run()
address.save()
settle.settle()
