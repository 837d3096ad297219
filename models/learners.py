"""What fine-tuning needs of a model: logits of a batch, its parameters, its dropout. One for each kind of encoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from models.backbone import BackboneModel
from models.data import collate, prepare
from models.stance import StanceModel, name_tokens
from models.tokenizer import MASK
from pipeline.targets import Target

_LAST_SPECIAL = 15
_MAX_LENGTH = 256


class Learner(Protocol):
    """A model in training; the parameters of heads have "head" in their name."""

    @property
    def model(self) -> nn.Module:
        """The module in training."""

    def prepare(self, texts: Sequence[str]) -> list[tuple[Any, int]]:
        """For each text the model's input, whatever it is, and its length in tokens."""

    def logits(self, inputs: Sequence[Any], hide: float, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Stance [B, Q, 4] and sentiment [B, 3] of one batch, a share ``hide`` of its ordinary tokens hidden."""

    def set_dropout(self, body: float, head: float) -> None:
        """Dropout of the encoder and of the heads."""


class EmbeddedLearner:
    """The embedded model."""

    def __init__(self, model: StanceModel, tokenizer: Tokenizer, targets: Sequence[Target]) -> None:
        self.model = model
        self._tokenizer, self._targets = tokenizer, targets
        self._names = name_tokens(tokenizer, targets)

    def prepare(self, texts: Sequence[str]) -> list[tuple[Any, int]]:
        inputs, _ = prepare(self._tokenizer, texts, self._targets, _MAX_LENGTH)
        return [(item, len(item.ids)) for item in inputs]

    def logits(self, inputs: Sequence[Any], hide: float, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        batch = collate(inputs)
        ids = hide_tokens(batch.ids, batch.ids > _LAST_SPECIAL, MASK, hide, generator)
        stance, sentiment = self.model(ids, batch.slots, self.model.name_vectors(self._names))
        return stance, sentiment

    def set_dropout(self, body: float, head: float) -> None:
        self.model.encoder.dropout, self.model.head_dropout = body, head


class BackboneLearner:
    """A model around an encoder of ``transformers``."""

    def __init__(self, model: BackboneModel, targets: Sequence[Target]) -> None:
        self.model = model
        self._targets = targets

    def prepare(self, texts: Sequence[str]) -> list[tuple[Any, int]]:
        return [(text, len(text)) for text in texts]

    def logits(self, inputs: Sequence[Any], hide: float, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Tokens are hidden only where the tokenizer has a mask token."""
        batch = self.model.prepare(inputs, self._targets)
        tokenizer = self.model.tokenizer
        if hide and tokenizer.mask_token_id is not None:
            special = torch.isin(batch.ids, torch.tensor(tokenizer.all_special_ids + list(self.model.slot_ids)))
            ids = hide_tokens(batch.ids, ~special, tokenizer.mask_token_id, hide, generator)
            batch = type(batch)(ids, batch.mask, batch.slots)
        stance, sentiment = self.model(batch, self.model.name_vectors(self._targets))
        return stance, sentiment

    def set_dropout(self, body: float, head: float) -> None:
        """The encoder keeps the dropout of its own configuration."""
        self.model.head_dropout = head


def hide_tokens(ids: Tensor, ordinary: Tensor, mask: int, share: float, generator: torch.Generator) -> Tensor:
    """Put ``mask`` over a share of the ``ordinary`` tokens [B, T], so that no single word decides."""
    return ids.masked_fill((torch.rand(ids.shape, generator=generator) < share) & ordinary, mask)
