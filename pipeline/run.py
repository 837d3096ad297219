"""The whole way for many inputs: load, extract, label, store. One bad input does not stop the others."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.errors import InternalFault, TachibaError
from pipeline.extract import extract, import_readers
from pipeline.label import Labeller, label_posts
from pipeline.load import load, load_bytes
from pipeline.records import Extraction, LabelledPost

if TYPE_CHECKING:
    from pipeline.store import SaveResult, Store

# Starting processes costs about as much as reading this many pages.
_WORTH_PROCESSES = 64
_PER_TASK = 16
_TASKS_AHEAD = 4  # for each process
# Labelled together: texts sorted by length fill the model's batches. Pages without posts do not hold up the others.
_GROUP_POSTS = 512
_GROUP_INPUTS = 64


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one input gave: extractions (an export holds several documents), or the error that stopped it."""

    source: str
    extractions: tuple[Extraction, ...] = ()
    error: TachibaError | None = None


def extract_source(source: str, *, allow_network: bool = False) -> Outcome:
    """Load and extract one input; what stopped it becomes part of the outcome."""
    try:
        return Outcome(source, extract(load(source, allow_network=allow_network)))
    except TachibaError as error:
        return Outcome(source, error=error)
    except Exception as error:  # a fault of ours in one page of thousands is named, and costs only that page
        return Outcome(source, error=InternalFault(path=source, detail=f"{type(error).__name__}: {error}"))


def extract_upload(data: bytes, name: str) -> Outcome:
    """Extract what was uploaded or pasted under a name; a known error becomes part of the outcome."""
    try:
        return Outcome(name, extract(load_bytes(data, name)))
    except TachibaError as error:
        return Outcome(name, error=error)


def extract_sources(sources: Sequence[str], *, allow_network: bool = False) -> Iterator[Outcome]:
    """Outcomes in the order of ``sources``; many inputs are read on all cores, a bounded number ahead of the caller.

    Labelling takes many times as long as reading: all that was read of a large folder would wait for it in memory.
    """
    workers = os.cpu_count() or 1
    if len(sources) < _WORTH_PROCESSES or workers == 1:
        yield from (extract_source(source, allow_network=allow_network) for source in sources)
        return
    import_readers()
    pool = ProcessPoolExecutor(workers)
    try:
        ahead: deque[Future[list[Outcome]]] = deque()
        for first in range(0, len(sources), _PER_TASK):
            ahead.append(pool.submit(_extract_offline, sources[first : first + _PER_TASK]))
            if len(ahead) > _TASKS_AHEAD * workers:
                yield from ahead.popleft().result()
        while ahead:
            yield from ahead.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _extract_offline(sources: Sequence[str]) -> list[Outcome]:
    return [extract_source(source) for source in sources]


def store_outcomes(
    outcomes: Iterable[Outcome], labeller: Labeller, store: Store
) -> Iterator[tuple[Outcome, SaveResult]]:
    """Label and save what inputs gave, one transaction a document; each comes back once all of it is stored.

    The posts of several inputs are labelled together. What is interrupted loses the labels of those in work; a second
    run takes the others from the store, where the same version of the model labelled the same text.
    """
    group: list[Outcome] = []
    posts = 0
    for outcome in outcomes:
        group.append(outcome)
        posts += sum(len(extraction.posts) for extraction in outcome.extractions)
        if posts >= _GROUP_POSTS or len(group) >= _GROUP_INPUTS:
            yield from _store_group(group, labeller, store)
            group, posts = [], 0
    yield from _store_group(group, labeller, store)


def _store_group(group: Sequence[Outcome], labeller: Labeller, store: Store) -> Iterator[tuple[Outcome, SaveResult]]:
    from pipeline.store import SaveResult  # not needed to read pages, and slow to import

    posts = [post for outcome in group for extraction in outcome.extractions for post in extraction.posts]
    targets = [target.key for target in labeller.targets]
    known = store.known_predictions(posts, labeller.name, labeller.version, targets)
    fresh = label_posts((post for post in posts if post.id not in known), labeller)
    labelled = (LabelledPost(post, known[post.id]) if post.id in known else next(fresh) for post in posts)
    for outcome in group:
        total = SaveResult()
        for extraction in outcome.extractions:
            total += store.save(extraction, list(islice(labelled, len(extraction.posts))))
        yield outcome, total


def relabel(store: Store, labeller: Labeller, progress: Callable[[int], None] = lambda _: None) -> int:
    """Label all stored posts anew, as after a new target or model; human labels stay. Returns how many."""
    done = 0
    for posts in store.iter_posts():
        store.save_predictions(list(label_posts(posts, labeller)))
        done += len(posts)
        progress(done)
    return done
