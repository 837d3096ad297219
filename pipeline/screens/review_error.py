"""The model's error as people's labels of a random sample measure it, with its interval."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pipeline.human_labels import HumanLabel, Sample
from pipeline.report.agreement import human_table, measured_error, model_table
from pipeline.report.charts import counted, percent
from pipeline.report.tables import records
from pipeline.screens import figure, label_rows, state
from pipeline.store import Filters


def draw(entries: Sequence[HumanLabel]) -> None:
    """Draw the error of a log of labels; says so where it holds no random sample."""
    st.subheader(state.say("review.error_title"))
    drawn = human_table(entries, Sample.RANDOM)
    rows = []
    if not drawn.empty:
        every, decided = model_labels(drawn)
        order = {field: place for place, field in enumerate(label_rows.fields())}
        rows = [
            {
                "field": label_rows.field_name(row["field"]),
                "which": state.say(f"review.{which}"),
                "wrong": counted(int(row["wrong"]), int(row["n"])),
                "interval": f"{percent(row['low'])} – {percent(row['high'])}",
            }
            for which, labels in (("all_labels", every), ("decided_labels", decided))
            for row in sorted(
                records(measured_error(drawn, labels)), key=lambda row: order.get(row["field"], len(order))
            )
        ]
    if not rows:
        st.info(state.say("review.no_sample"))
        return
    table(rows, ("field", "which", "wrong", "interval"))
    st.caption(state.say("review.error_note"))


def model_labels(human: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The model's labels of the posts that people labelled: all, and those it is sure enough of."""
    posts = state.store().posts(Filters(post_ids=tuple(sorted(set(human["post_id"])))))
    targets = [target.key for target in state.targets()]
    return model_table(posts, targets, decided_only=False), model_table(posts, targets, decided_only=True)


def table(rows: Sequence[dict[str, str]], columns: Sequence[str]) -> None:
    """Draw rows of words under the headers ``review.column_*``."""
    headers = {name: state.say(f"review.column_{name}") for name in columns}
    st.html(figure.html_table(pd.DataFrame(rows)[list(columns)].rename(columns=headers)))
