"""Checkpoints of a pre-training: model, optimizers and the number of steps taken."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import torch

from models.encoder import MaskedLanguageModel
from models.replaced import ReplacedTokenModel

Trainee = MaskedLanguageModel | ReplacedTokenModel


def save_checkpoint(path: Path, step: int, model: Trainee, optimizers: Sequence[torch.optim.Optimizer]) -> None:
    """Write beside and rename, so that a crash leaves the last whole checkpoint."""
    part = path.with_suffix(".part")
    torch.save({"step": step, "model": model.state_dict(), "optimizers": [o.state_dict() for o in optimizers]}, part)
    os.replace(part, path)


def load_checkpoint(path: Path, model: Trainee, optimizers: Sequence[torch.optim.Optimizer]) -> int:
    """Restore model and optimizers (plain tensors only); returns the number of steps taken."""
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    for optimizer, saved in zip(optimizers, state["optimizers"], strict=True):
        optimizer.load_state_dict(saved)
    return int(state["step"])
