"""Saving what is shown: all posts under the filters, in the order shown."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from pipeline.report.export import csv_bytes, dictionary_table, export_table, japanese_headers, xlsx_bytes
from pipeline.report.wording import LANGS, Lang
from pipeline.screens import state
from pipeline.store import Filters, Order, Store
from pipeline.targets import Target

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(filters: Filters, order: Order, found: int) -> None:
    """Buttons for CSV and XLSX; the file is made when its button is pressed."""
    with st.expander(state.say("posts.export", n=f"{found:,}"), icon=":material/download:"):
        st.caption(state.say("posts.export_note"))
        head = st.radio(
            state.say("posts.headers"),
            LANGS,
            index=LANGS.index(state.lang()),
            format_func={"ja": "日本語", "en": "English"}.__getitem__,
            horizontal=True,
        )
        targets = state.targets()
        make = maker(state.store(), filters, order, targets, head)
        left, right = st.columns(2)
        left.download_button(
            state.say("posts.csv"),
            lambda: csv_bytes(make()),
            "tachiba.csv",
            "text/csv",
            on_click="ignore",
            width="stretch",
        )
        right.download_button(
            state.say("posts.xlsx"),
            lambda: xlsx_bytes(make(), dictionary_table(targets)),
            "tachiba.xlsx",
            _XLSX,
            on_click="ignore",
            width="stretch",
        )


def maker(
    store: Store, filters: Filters, order: Order, targets: tuple[Target, ...], lang: Lang
) -> Callable[[], pd.DataFrame]:
    """A function that makes the table to save; it runs beside the screen, so all it needs is bound here."""

    def make() -> pd.DataFrame:
        table = export_table(store.posts(filters, order), targets, lang, names=False)
        return japanese_headers(table, targets) if lang == "ja" else table

    return make
