"""The lexical member on disk: one safetensors file beside the encoder's weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from models.config import SENTIMENTS, STANCES
from models.lexical import LexicalModel, Linear

FILE = "lexical.safetensors"
_SHARES = "shares"
_PARTS = {"stance": len(STANCES), "sentiment": len(SENTIMENTS)}


def save_lexical(folder: Path, model: LexicalModel) -> None:
    """Write both classifiers, hashes in 32 bits and weights in half precision, and their shares."""
    tensors = {_SHARES: np.array([model.stance_share, model.sentiment_share], np.float32)}
    for part in _PARTS:
        linear: Linear = getattr(model, part)
        for field in fields(Linear):
            value = getattr(linear, field.name)
            # safetensors writes the memory as it lies.
            value = np.ascontiguousarray(value, np.uint32 if field.name == "hashes" else np.float16)
            tensors[f"{part}.{field.name}"] = value
    save_file(tensors, folder / FILE)


def load_lexical(folder: Path) -> LexicalModel | None:
    """The lexical member of a model folder, None where it has none; raises ValueError where it does not fit."""
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        tensors = load_file(path)
        parts = {part: _linear(tensors, part, classes) for part, classes in _PARTS.items()}
        shares = tensors[_SHARES].tolist()
    except (SafetensorError, KeyError) as error:
        raise ValueError(f"{FILE}: {error}") from error
    return LexicalModel(parts["stance"], parts["sentiment"], float(shares[0]), float(shares[1]))


def _linear(tensors: Mapping[str, NDArray[Any]], part: str, classes: int) -> Linear:
    hashes = tensors[f"{part}.hashes"].astype(np.int64)
    idf, weights, bias = (tensors[f"{part}.{name}"].astype(np.float32) for name in ("idf", "weights", "bias"))
    if weights.shape != (len(hashes), classes) or idf.shape != hashes.shape or bias.shape != (classes,):
        raise ValueError(f"{FILE}: shapes of {part} do not fit {classes} labels")
    return Linear(hashes, idf, weights, bias)
