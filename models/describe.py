"""What a model folder holds, read without torch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from safetensors import safe_open

from models.config import ModelConfig


def describe(folder: Path) -> dict[str, Any]:
    """Name, version and size of the model of ``folder``.

    Raises:
        OSError: a file is missing.
        ValueError: the config is not this code's.
    """
    config = ModelConfig.load(folder / "config.json")
    with safe_open(folder / "model.safetensors", framework="np") as file:
        shapes = [file.get_slice(name).get_shape() for name in file.keys()]  # noqa: SIM118  # no mapping, has no iterator
    return {
        "name": config.name,
        "version": config.version,
        "size": {
            "layers": config.encoder.layers,
            "hidden": config.encoder.hidden,
            "vocab": config.encoder.vocab_size,
            "parameters": round(sum(_count(shape) for shape in shapes) / 1e6, 1),
            "megabytes": round(sum(path.stat().st_size for path in folder.iterdir()) / 1e6, 1),
        },
    }


def _count(shape: list[int]) -> int:
    total = 1
    for size in shape:
        total *= size
    return total
