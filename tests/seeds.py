"""The founding documents in a store, labelled by the embedded model."""

from __future__ import annotations

from pathlib import Path

from pipeline.label import load_labeller
from pipeline.load import find_sources
from pipeline.run import extract_source, store_outcome
from pipeline.store import Store
from pipeline.targets import load_targets

_SEEDS = Path(__file__).parent.parent / "seeds"


def store_seeds(store: Store) -> None:
    """Read, label and store them."""
    labeller = load_labeller(None, load_targets())
    for source in find_sources([str(_SEEDS)]):
        store_outcome(extract_source(source), labeller, store)
