"""Importing with progress: one broken file does not stop the others, and nothing is saved in part."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import streamlit as st

from pipeline.errors import TachibaError
from pipeline.label import Labeller, label_posts
from pipeline.records import Extraction
from pipeline.run import Outcome, extract_upload
from pipeline.screens import state
from pipeline.store import SaveResult, Store

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """One file or pasted text."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a job: the documents read and how many posts are new; or an error in both languages."""

    name: str
    extractions: tuple[Extraction, ...] = ()
    saved: SaveResult = field(default_factory=SaveResult)
    error: TachibaError | None = None
    unexpected: str = ""


def run(jobs: Sequence[Job], source: str) -> list[Result]:
    """Read, label and save; ``source`` names where the pages are from, "" keeps what the page says.

    Raises:
        ModelUnavailable, StoreUnavailable: before anything of the job in work was saved.
    """
    store = state.store()
    with st.spinner(state.say("import.loading_model"), show_time=True):
        labeller = state.labeller(state.known_targets())
    bar = st.progress(0.0)
    results = []
    for at, job in enumerate(jobs):

        def tell(share: float, at: int = at, name: str = job.name) -> None:
            bar.progress((at + share) / len(jobs), state.plain_say("import.working", name=name, at=at + 1, n=len(jobs)))

        tell(0.0)
        results.append(_one(job, labeller, store, source, tell))
    bar.empty()
    state.forget()
    return results


def _one(job: Job, labeller: Labeller, store: Store, source: str, tell: Callable[[float], None]) -> Result:
    try:
        outcome: Outcome = extract_upload(job.data, job.name)
        if outcome.error:
            return Result(job.name, error=outcome.error)
        saved = SaveResult()
        for at, extraction in enumerate(outcome.extractions):
            labelled = list(label_posts(extraction.posts, labeller))
            tell((at + 1) / len(outcome.extractions))
            saved += store.save(extraction, labelled)
            if source:
                store.rename_source(extraction.document.id, source)
        return Result(job.name, outcome.extractions, saved)
    except TachibaError as error:
        return Result(job.name, error=error)
    except Exception as error:  # a page that breaks a parser must not take the others' results away
        _LOG.exception("%s", job.name)
        return Result(job.name, unexpected=f"{type(error).__name__}: {error}")
