"""Entry of the dashboard (``streamlit run dashboard.py``): page config, navigation, language."""

from __future__ import annotations

import streamlit as st

from pipeline.screens import address, frame, state
from pipeline.screens.pages import PAGES

st.set_page_config(page_title="Tachiba 立場", page_icon=":material/forum:", layout="wide")
address.load()
pages = {name: st.Page(show, title=state.say(f"page.{name}"), icon=icon, url_path=name) for name, icon, show in PAGES}
frame.draw(pages)
current = st.navigation(list(pages.values()))
with state.guard():
    current.run()
address.save()
