"""The stance model: comment and target queries through one encoder in one pass.

Shapes: B batch, T tokens, Q targets, H hidden. Queries stand behind the comment at position 0. Comment tokens do
not see them and they do not see each other, so adding a target changes no other label, and all share one head.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from models.config import ModelConfig
from models.encoder import Encoder
from models.tokenizer import PAD, QUERY, SLOT_IDS, encode
from pipeline.targets import Target

_HIDDEN_KEY = -1e4


class Head(nn.Module):
    """One hidden layer and the logits."""

    def __init__(self, inputs: int, hidden: int, outputs: int) -> None:
        super().__init__()
        self.inner = nn.Linear(inputs, hidden)
        self.out = nn.Linear(hidden, outputs)

    def forward(self, x: Tensor, dropout: float) -> Tensor:
        """[..., inputs] to [..., outputs]."""
        x = functional.dropout(functional.gelu(self.inner(x)), dropout, self.training)
        logits: Tensor = self.out(x)
        return logits


def attention_bias(real: Tensor, queries: int) -> Tensor:
    """[B, 1, T + Q, T + Q] added to scores: padding is hidden from all, a query from all but itself.

    Args:
        real: [B, T] whether a token is no padding.
    """
    batch, length = real.shape
    keys = torch.cat((real, real.new_zeros(batch, queries)), dim=1)
    visible = keys.unsqueeze(1).expand(-1, length + queries, -1).clone()
    own = torch.arange(length, length + queries, device=real.device)
    visible[:, own, own] = True
    return torch.zeros(visible.shape, device=real.device).masked_fill(~visible, _HIDDEN_KEY).unsqueeze(1)


def name_tokens(tokenizer: Tokenizer, targets: Sequence[Target]) -> list[Tensor]:
    """Token ids of each target's Japanese name and aliases, [N] a target."""
    return [
        torch.tensor([i for e in encode(tokenizer, [target.ja, *target.aliases]) for i in e.ids]) for target in targets
    ]


class StanceModel(nn.Module):
    """Encoder, shared stance head and sentiment head."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        hidden = config.encoder.hidden
        self.config = config
        self.encoder = Encoder(config.encoder)
        self.stance_head = Head(3 * hidden, hidden, len(config.stances))
        self.sentiment_head = Head(2 * hidden, hidden, len(config.sentiments))
        self.head_dropout = 0.0

    def name_vectors(self, names: Sequence[Tensor]) -> Tensor:
        """[Q, H]: mean embedding of each target's names, which tells a target that the text does not name."""
        return torch.stack([self.encoder.embeddings(ids).mean(0) for ids in names])

    def forward(self, ids: Tensor, slots: Tensor, names: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of stance [B, Q, 4] and of sentiment [B, 3]; arguments as of ``features``."""
        asked, comment = self.features(ids, slots, names)
        stance, sentiment = self.stance_head(asked, self.head_dropout), self.sentiment_head(comment, self.head_dropout)
        return stance.float(), sentiment.float()

    def features(self, ids: Tensor, slots: Tensor, names: Tensor) -> tuple[Tensor, Tensor]:
        """What the heads read: of each target [B, Q, 3 H], and of each comment [B, 2 H].

        Args:
            ids: [B, T] token ids, PAD behind each comment.
            slots: [B, Q] slot of each target, -1 where the text does not name it.
            names: [Q, H] from ``name_vectors``.
        """
        length, queries = ids.shape[1], slots.shape[1]
        table = self.encoder.embeddings
        slot_ids = slots.clamp_min(0) + SLOT_IDS[0]
        named = (slots >= 0).unsqueeze(-1)
        identity = torch.where(named, table(slot_ids), names.unsqueeze(0).to(table.weight.dtype))
        query = identity + table.weight[QUERY]
        positions = torch.cat((torch.arange(length), torch.zeros(queries, dtype=torch.long)))
        real = ids != PAD
        hidden = self.encoder(torch.cat((table(ids), query), dim=1), positions, attention_bias(real, queries))
        comment, asked = hidden[:, :length], hidden[:, length:]
        mean = _masked_mean(comment, real.unsqueeze(1)).squeeze(1)
        mentions = _masked_mean(comment, (ids.unsqueeze(1) == slot_ids.unsqueeze(-1)) & named)
        whole = mean.unsqueeze(1).expand_as(asked)
        return torch.cat((asked, mentions, whole), dim=-1), torch.cat((comment[:, 0], mean), dim=-1)


def _masked_mean(hidden: Tensor, mask: Tensor) -> Tensor:
    """hidden [B, T, H], mask [B, Q, T] to [B, Q, H]; zero where the mask is empty."""
    weights = mask.to(hidden.dtype)
    return (weights @ hidden) / weights.sum(-1, keepdim=True).clamp_min(1.0)
