"""Labelling: the protocol that a model fulfils, and posts in, labelled posts out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import entry_points
from itertools import islice
from typing import Protocol

from pipeline.errors import ModelUnavailable
from pipeline.records import LabelledPost, Post, Prediction
from pipeline.targets import Target

# Texts handed to the model at once: enough to sort by length within, small enough to show progress.
CHUNK = 1024


class Labeller(Protocol):
    """A model: texts in, predictions out, in the same order. It never sees who wrote a text."""

    @property
    def name(self) -> str:
        """Name shown beside every label."""

    @property
    def version(self) -> str:
        """Changes whenever the same text may get another label."""

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets that every prediction covers."""

    def predict(self, texts: Sequence[str], *, evidence: bool = True) -> list[Prediction]:
        """One prediction a text. ``evidence=False`` leaves evidence spans empty and is faster."""


def load_labeller(model: str | None, targets: tuple[Target, ...]) -> Labeller:
    """The labeller that an installed package offers under the entry point ``tachiba.labellers``.

    Args:
        model: None for the embedded model, else a folder, a hub id, or ``nli:<id>``.
        targets: what to label toward.

    Raises:
        ModelUnavailable: there is no such model, or it cannot be loaded.
    """
    offers = entry_points(group="tachiba.labellers", name="default")
    if not offers:
        raise ModelUnavailable(model=model or "default", detail="tachiba is not installed; run `pip install -e .`")
    # Threads that wait for one another sleep; by default they spin, and on a machine with other work they take the time
    # of those that they wait for (measured beside eight other programs: 40 texts in 4 s instead of more than 60 s).
    # The library of the threads reads it when it is loaded, so before the model.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    # PyTorch and the library of its matrix products each keep their code for the last 1,024 shapes, which comes to a
    # gigabyte where batches are of all lengths; with so few the rate was measured to be the same.
    os.environ.setdefault("LRU_CACHE_CAPACITY", "16")
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "64")
    labeller: Labeller = next(iter(offers)).load()(model, targets)
    return labeller


def label_posts(posts: Iterable[Post], labeller: Labeller, *, evidence: bool = True) -> Iterator[LabelledPost]:
    """Label posts in their order, ``CHUNK`` at a time, so that a stream of any length needs little memory."""
    stream = iter(posts)
    while chunk := list(islice(stream, CHUNK)):
        predictions = labeller.predict([post.text for post in chunk], evidence=evidence)
        yield from (LabelledPost(post, prediction) for post, prediction in zip(chunk, predictions, strict=True))
