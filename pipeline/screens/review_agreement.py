"""Agreement on the review screen: the measured error, how far labellers agree, the posts in dispute first."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pipeline.human_labels import HumanLabel
from pipeline.report.agreement import (
    MODEL,
    Agreement,
    Interval,
    agreements,
    disagreeing,
    human_table,
)
from pipeline.report.charts import percent
from pipeline.report.tables import records
from pipeline.screens import label_rows, review_error, review_queue, state
from pipeline.screens.plain import markdown
from pipeline.screens.post_card import card
from pipeline.store import Filters
from pipeline.store.labels import LabelLog

_POSTS = 20


def draw() -> None:
    """Draw the part."""
    entries = LabelLog(state.store()).entries()
    human = human_table(entries)
    if human.empty:
        st.info(state.say("review.no_labels"))
        return
    model, decided = review_error.model_labels(human)
    review_error.draw(entries)
    _agreements(human, model, decided)
    _disputes(entries, human, decided)


def _agreements(human: pd.DataFrame, model: pd.DataFrame, decided: pd.DataFrame) -> None:
    st.subheader(state.say("review.agreement_title"))
    people = agreements(human)
    sure = [item for item in agreements(pd.concat([human, decided])) if MODEL in item.who]
    every = [item for item in agreements(pd.concat([human, model])) if MODEL in item.who]
    rows = [_row(item, "") for item in people]
    rows += [_row(item, state.say("review.all_labels")) for item in every]
    rows += [_row(item, state.say("review.decided_labels")) for item in sure]
    if not rows:
        st.info(state.say("review.no_pairs"))
        return
    review_error.table(rows, ("who", "field", "posts", "percent", "kappa", "alpha"))
    st.caption(state.say("review.agreement_note"))


def _row(item: Agreement, which: str) -> dict[str, str]:
    names = [state.say("review.the_model") if name == MODEL else name for name in item.who]
    who = " × ".join(names) + (f" ({which})" if which else "")
    return {
        "who": who,
        "field": label_rows.field_name(item.field),
        "posts": f"{item.n:,}",
        "percent": _share(item.percent),
        "kappa": "–" if item.kappa is None else _number(item.kappa),
        "alpha": _number(item.alpha),
    }


def _share(interval: Interval) -> str:
    if interval.value is None or interval.low is None or interval.high is None:
        return "–"
    return f"{percent(interval.value)} ({percent(interval.low)} – {percent(interval.high)})"


def _number(interval: Interval) -> str:
    if interval.value is None:
        return state.say("review.undefined")
    if interval.low is None or interval.high is None:
        return f"{interval.value:.2f}"
    return f"{interval.value:.2f} ({interval.low:.2f} – {interval.high:.2f})"


def _disputes(entries: Sequence[HumanLabel], human: pd.DataFrame, decided: pd.DataFrame) -> None:
    st.subheader(state.say("review.disputes_title"))
    ids = review_queue.disputed(Filters(), entries)[:_POSTS]
    if not ids:
        st.info(state.say("review.no_dispute"))
        return
    found = {row["id"]: row for row in records(state.posts(Filters(post_ids=tuple(ids))))}
    said = disagreeing(pd.concat([human, decided]))
    for post_id in ids:
        if post_id in found:
            st.html(card(found[post_id], state.targets(), state.lang(), human=True))
            for row in records(said[said["post_id"] == post_id]):
                st.markdown(f"- {markdown(_dispute(row['field'], row['labels']))}")


def _dispute(field: str, given: dict[str, str]) -> str:
    names = {name: state.say("review.the_model") if name == MODEL else name for name in given}
    parts = [f"{names[name]} = {label_rows.word(field, value)}" for name, value in given.items()]
    return f"{label_rows.field_name(field)}: {', '.join(parts)}"
