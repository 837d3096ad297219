"""What a model folder holds, read without torch."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open

from models.config import ModelConfig

# The files of a model folder; the modules that write them import torch.
CONFIG, WEIGHTS, TOKENIZER = "config.json", "model.safetensors", "tokenizer.json"
LEXICAL, CALIBRATION = "lexical.safetensors", "calibration.json"
FILES = (CONFIG, WEIGHTS, TOKENIZER, LEXICAL, CALIBRATION)


def describe(folder: Path) -> dict[str, Any]:
    """Name, version and size of the model of ``folder``.

    Raises:
        OSError: a file is missing.
        ValueError: a file is not what this code writes.
    """
    config = ModelConfig.load(folder / CONFIG)
    try:
        with safe_open(folder / WEIGHTS, framework="np") as file:
            shapes = [file.get_slice(name).get_shape() for name in file.keys()]  # noqa: SIM118  # it is no mapping
    except SafetensorError as error:
        raise ValueError(f"model.safetensors: {error}") from error
    return {
        "name": config.name,
        "version": config.version,
        "fingerprint": fingerprint(folder),
        "size": {
            "layers": config.encoder.layers,
            "hidden": config.encoder.hidden,
            "vocab": config.encoder.vocab_size,
            "parameters": round(sum(_count(shape) for shape in shapes) / 1e6, 1),
            "megabytes": round(sum(path.stat().st_size for path in _present(folder)) / 1e6, 1),
        },
    }


def fingerprint(folder: Path) -> str:
    """Sixteen hex digits of the weights and their calibration: which model it was that was measured."""
    found = hashlib.sha256()
    for path in _present(folder):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _present(folder: Path) -> list[Path]:
    return [folder / name for name in FILES if (folder / name).is_file()]


def _count(shape: list[int]) -> int:
    total = 1
    for size in shape:
        total *= size
    return total
