"""Labelled comments: read, checked, and made into tensors.

Shapes: B batch, T tokens, Q targets.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

from models.config import SENTIMENTS, STANCES
from models.mentions import Masked, mask_mentions
from models.tokenizer import CLS, PAD, SEP, encode
from pipeline.targets import Target

# Files of these names in the corpus are for measuring, never for training.
EVALUATION_PREFIXES = ("dev", "test", "quoteguard", "swap")


@dataclass(frozen=True)
class Example:
    """One labelled comment, as in ANNOTATION.md; ``also`` holds second defensible labels."""

    id: str
    text: str
    stance: Mapping[str, str]
    sentiment: str
    also: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sentiment_also: Sequence[str] = ()
    register: str = ""
    phenomena: Sequence[str] = ()
    group: str = ""


def read_examples(path: Path) -> list[Example]:
    """Records of one JSON Lines file.

    Raises ValueError naming the file and line where a record is no JSON, lacks a field or has an unknown label.
    """
    examples = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            examples.append(_example(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path.name}, line {number}: {type(error).__name__}: {error}") from error
    return examples


def _example(raw: Mapping[str, Any]) -> Example:
    labels = [*raw["stance"].values(), *(label for more in raw.get("also", {}).values() for label in more)]
    feelings = [raw["sentiment"], *raw.get("sentiment_also", [])]
    if not set(labels) <= set(STANCES) or not set(feelings) <= set(SENTIMENTS):
        raise ValueError(f"unknown label in {labels} {feelings}")
    return Example(**{key: value for key, value in raw.items() if key in Example.__dataclass_fields__})


def training_files(folder: Path) -> list[Path]:
    """The corpus files to train on: all but the evaluation sets."""
    return [path for path in sorted(folder.glob("*.jsonl")) if not path.name.startswith(EVALUATION_PREFIXES)]


@dataclass(frozen=True)
class Prepared:
    """One text ready for the model: token ids with [CLS] and [SEP], and the slot of each target or None."""

    ids: tuple[int, ...]
    slots: tuple[int | None, ...]


def prepare(
    tokenizer: Tokenizer, texts: Sequence[str], targets: Sequence[Target], max_length: int
) -> tuple[list[Prepared], list[Masked]]:
    """Mask names and tokenise. A text over ``max_length`` tokens keeps its first and last halves (the verdict of a
    long comment stands at its end)."""
    masked = [mask_mentions(text, targets) for text in texts]
    prepared = []
    for item, encoding in zip(masked, encode(tokenizer, [m.text for m in masked]), strict=True):
        ids = encoding.ids
        room = max_length - 2
        if len(ids) > room:
            ids = ids[: room // 2] + ids[-(room - room // 2) :]
        prepared.append(Prepared((CLS, *ids, SEP), item.slots))
    return prepared, masked


@dataclass(frozen=True)
class Batch:
    """ids [B, T] padded with PAD; slots [B, Q] with -1 where a target is not named."""

    ids: Tensor
    slots: Tensor


def collate(items: Sequence[Prepared], multiple: int = 8) -> Batch:
    """Pad to the longest, rounded up to a multiple, so that few shapes occur."""
    length = -(-max(len(item.ids) for item in items) // multiple) * multiple
    ids = torch.full((len(items), length), PAD)
    for row, item in enumerate(items):
        ids[row, : len(item.ids)] = torch.tensor(item.ids)
    slots = torch.tensor([[-1 if slot is None else slot for slot in item.slots] for item in items])
    return Batch(ids, slots.view(len(items), -1))


def length_batches(lengths: Sequence[int], max_tokens: int) -> Iterator[list[int]]:
    """Indices in batches of like length, longest first, of at most ``max_tokens`` padded tokens each."""
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    at = 0
    while at < len(order):
        size = max(1, max_tokens // max(1, lengths[order[at]]))
        yield order[at : at + size]
        at += size


def jittered_batches(lengths: Sequence[int], max_tokens: int, rng: random.Random) -> Iterator[list[int]]:
    """Indices in batches of like length, others at each call: items come in random order, and their lengths
    are jittered by up to 7 tokens."""
    order = rng.sample(range(len(lengths)), len(lengths))
    for batch in length_batches([lengths[i] + rng.randrange(8) for i in order], max_tokens):
        yield [order[at] for at in batch]


def soft_label(label: str, also: Sequence[str], names: Sequence[str], weight: float) -> list[float]:
    """One target distribution: ``weight`` shared by the labels of ``also``, the rest on the label."""
    others = [name for name in also if name != label]
    target = [0.0] * len(names)
    target[names.index(label)] = 1.0 - (weight if others else 0.0)
    for name in others:
        target[names.index(name)] += weight / len(others)
    return target


def soft_labels(example: Example, targets: Sequence[Target], weight: float) -> tuple[list[list[float]], list[float]]:
    """Stance [Q, 4] and sentiment [3] distributions of one example."""
    stances = [soft_label(example.stance[t.key], example.also.get(t.key, ()), STANCES, weight) for t in targets]
    return stances, soft_label(example.sentiment, example.sentiment_also, SENTIMENTS, weight)
