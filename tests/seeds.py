"""The founding documents in a store, labelled by the embedded model."""

from __future__ import annotations

from pathlib import Path

from pipeline.label import load_labeller
from pipeline.load import find_sources
from pipeline.run import extract_sources, store_outcomes
from pipeline.store import Store
from pipeline.targets import load_targets

_SEEDS = Path(__file__).parent.parent / "seeds"


def store_seeds(store: Store) -> None:
    """Read, label and store them."""
    labeller = load_labeller(None, load_targets())
    for _ in store_outcomes(extract_sources(find_sources([str(_SEEDS)])), labeller, store):
        pass
