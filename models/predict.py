"""The entry point ``tachiba.labellers``: which labeller a name of a model means."""

from __future__ import annotations

from pathlib import Path

from models.embedded import EmbeddedLabeller
from models.weights_io import WeightsError
from pipeline.errors import ModelUnavailable
from pipeline.label import Labeller
from pipeline.targets import Target

EMBEDDED = Path(__file__).with_name("weights")


def load_labeller(model: str | None, targets: tuple[Target, ...]) -> Labeller:
    """The embedded model where ``model`` is None, else the model of that folder.

    Raises:
        ModelUnavailable: there is no such model, or it cannot be loaded.
    """
    folder = EMBEDDED if model is None else Path(model)
    try:
        return EmbeddedLabeller(folder, targets)
    except WeightsError as error:
        raise ModelUnavailable(model=model or "default", detail=str(error)) from error
