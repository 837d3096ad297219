"""Labels out and in on the review screen: the log for a colleague, gold records for training and evaluation."""

from __future__ import annotations

import streamlit as st

from pipeline.human_labels import Sample
from pipeline.report.agreement import human_table
from pipeline.report.gold import gold_jsonl, gold_records
from pipeline.report.label_files import labels_csv, labels_jsonl, read_labels
from pipeline.screens import state
from pipeline.screens.plain import markdown
from pipeline.store.labels import LabelLog

_JSONL = "application/x-ndjson"
_FAULTS_SHOWN = 20


def draw() -> None:
    """Draw the part."""
    entries = LabelLog(state.store()).entries()
    out, into = st.columns(2, gap="large")
    with out:
        st.subheader(state.say("review.out_title"))
        st.caption(state.say("review.out_note", n=len(entries)))
        store, targets = state.store(), [target.key for target in state.targets()]

        def gold(sample: Sample | None) -> bytes:
            return gold_jsonl(gold_records(store.posts(), human_table(entries, sample), targets))

        files = (
            ("log_jsonl", lambda: labels_jsonl(entries), "tachiba_labels.jsonl", _JSONL),
            ("log_csv", lambda: labels_csv(entries), "tachiba_labels.csv", "text/csv"),
            ("gold_all", lambda: gold(None), "tachiba_gold.jsonl", _JSONL),
            ("gold_random", lambda: gold(Sample.RANDOM), "tachiba_gold_random.jsonl", _JSONL),
        )
        for name, make, file, mime in files:
            label = state.say(f"review.{name}")
            st.download_button(label, make, file, mime, on_click="ignore", disabled=not entries, width="stretch")
        st.caption(state.say("review.gold_note"))
    with into:
        st.subheader(state.say("review.in_title"))
        st.caption(state.say("review.in_note"))
        _merge()


def _merge() -> None:
    given = st.file_uploader(state.say("review.in_file"), type=["jsonl", "csv"], key="review.file")
    if given is None:
        return
    found = read_labels(given.getvalue(), given.name)
    if st.button(state.say("review.in_merge", n=len(found.entries)), type="primary", disabled=not found.entries):
        merged = LabelLog(state.store()).merge(found.entries)
        state.forget()
        st.success(state.say("review.merged", added=merged.added, known=merged.known, without_post=merged.without_post))
    if found.refused:
        st.warning(state.say("review.refused", n=len(found.refused)))
        for item in found.refused[:_FAULTS_SHOWN]:
            reason = state.say(f"labels.fault.{item.fault}")
            st.markdown(f"- {markdown(state.say('review.refused_line', line=item.line, reason=reason))}")
