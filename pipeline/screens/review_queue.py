"""Which post comes next for labelling: the least certain, those in dispute, or a sample drawn by lot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from pipeline.classroom.choosing import in_lot_order
from pipeline.human_labels import HumanLabel, Sample, in_force
from pipeline.report.agreement import disagreeing, human_table, model_table
from pipeline.screens import state
from pipeline.store import Filters, Order
from pipeline.store.labels import LabelLog

MODES = (Sample.CONFIDENCE, Sample.DISAGREEMENT, Sample.RANDOM)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Queue:
    """Posts to label in order, and how many of them this person has labelled in full."""

    post_ids: tuple[str, ...]
    done: int

    @property
    def waiting(self) -> tuple[str, ...]:
        """Posts not labelled and not passed over in this session."""
        passed: set[str] = st.session_state.setdefault("review.passed", set())
        finished: set[str] = st.session_state.get("review.finished", set())
        return tuple(key for key in self.post_ids if key not in passed and key not in finished)


def queue(mode: Sample, filters: Filters, who: str, asked: Sequence[str], size: int, lot: str) -> Queue:
    """The queue of ``who``. ``size`` and ``lot`` belong to a random sample; one lot is one sample for all."""
    log = LabelLog(state.store())
    entries = log.entries()
    ids = _ids(mode, filters, entries, size, lot)
    given: dict[str, set[str]] = {}
    # A post labelled while its estimate was shown is labelled again, blind, when it is drawn.
    counting = [entry for entry in entries if mode is not Sample.RANDOM or entry.sample == Sample.RANDOM]
    for post_id, field, annotator in in_force(counting):
        if annotator == who:
            given.setdefault(post_id, set()).add(field)
    finished = {key for key in ids if set(asked) <= given.get(key, set())}
    st.session_state["review.finished"] = finished
    return Queue(tuple(ids), len(finished))


def _ids(mode: Sample, filters: Filters, entries: Sequence[HumanLabel], size: int, lot: str) -> list[str]:
    if mode is Sample.RANDOM:
        everything = LabelLog(state.store()).post_ids(filters)
        return in_lot_order(pd.DataFrame({"id": everything}), lot)["id"].head(size).tolist()
    if mode is Sample.DISAGREEMENT:
        return disputed(filters, entries)
    return state.posts(filters, Order.CONFIDENCE, _LONGEST)["id"].tolist()


def disputed(filters: Filters, entries: Sequence[HumanLabel]) -> list[str]:
    """Posts on which people, or people and the model's decided labels, differ; the most evenly split first."""
    human = human_table(entries)
    labelled = set(LabelLog(state.store()).post_ids(filters)) & set(human["post_id"])
    if not labelled:
        return []
    posts = state.store().posts(Filters(post_ids=tuple(sorted(labelled))))
    targets = [target.key for target in state.targets()]
    both = pd.concat([human[human["post_id"].isin(labelled)], model_table(posts, targets, decided_only=True)])
    return list(dict.fromkeys(disagreeing(both)["post_id"]))
