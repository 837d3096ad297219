"""What calibration fitted, and how it turns logits into the probabilities that are shown."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor

FILE = "calibration.json"
_HEADS = ("stance", "sentiment")


def unnamed_beside_others(named: Tensor) -> Tensor:
    """[N, Q] whether a text does not name a target but names another; named [N, Q]."""
    return ~named & named.any(1, keepdim=True)


@dataclass(frozen=True)
class Scaling:
    """Logits become ``logits / temperature + offsets``; plain temperature scaling where all offsets are 0."""

    temperature: float
    offsets: tuple[float, ...]

    def apply(self, logits: Tensor) -> Tensor:
        """Probabilities [..., C] of logits [..., C], float32."""
        return (logits.float() / self.temperature + torch.tensor(self.offsets)).softmax(-1)


@dataclass(frozen=True)
class Calibration:
    """What turns a model's logits into the probabilities it shows. The default is a model not yet calibrated."""

    stance: Scaling = Scaling(1.0, (0.0,) * 4)
    sentiment: Scaling = Scaling(1.0, (0.0,) * 3)
    # Added to the logit of none of a target that a text does not name while it names another: what a model knows of
    # the world must not pull a target into a text that speaks of others.
    aside: float = 0.0
    review_below: float = 0.5

    def stance_probabilities(self, logits: Tensor, named: Tensor) -> Tensor:
        """Probabilities [N, Q, C] of logits [N, Q, C]; named [N, Q] is whether a text names a target."""
        scaled = logits.float() / self.stance.temperature + torch.tensor(self.stance.offsets)
        scaled[..., -1] += self.aside * unnamed_beside_others(named)
        return scaled.softmax(-1)

    @staticmethod
    def load(path: Path) -> Calibration:
        """Read ``calibration.json``; raises ValueError where it is not what this code writes."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        try:
            stance, sentiment = (Scaling(raw[k]["temperature"], tuple(raw[k]["offsets"])) for k in _HEADS)
            found = Calibration(stance, sentiment, float(raw["aside"]), float(raw["review_below"]))
        except (KeyError, TypeError) as error:
            raise ValueError(f"{path.name}: {error!r}") from error
        if len(found.stance.offsets) != 4 or len(found.sentiment.offsets) != 3:
            raise ValueError(
                f"{path.name}: {len(found.stance.offsets)} stances, {len(found.sentiment.offsets)} feelings"
            )
        return found

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")


def load_calibration(folder: Path) -> Calibration:
    """The calibration of a model folder, the default where it has none; raises ValueError where it does not fit."""
    path = folder / FILE
    return Calibration.load(path) if path.is_file() else Calibration()
