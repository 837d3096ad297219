"""The entry point ``tachiba.labellers``."""

from __future__ import annotations

from models.hub import open_model
from models.labelling import LogitLabeller
from pipeline.targets import Target


def load_labeller(model: str | None, targets: tuple[Target, ...]) -> LogitLabeller:
    """The embedded model where ``model`` is None, else the model of that folder, Hugging Face id or ``nli:<id>``.

    Raises:
        ModelUnavailable: there is no such model, or it cannot be loaded.
    """
    return open_model(model, targets)
