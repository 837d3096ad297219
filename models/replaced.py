"""Replaced-token pre-training: find the tokens that another model put in, and say what stood there.

A frozen masked language model (an earlier encoder of ours) fills the masks with samples; the model in training
tells for every token whether it was replaced (Clark et al. 2020, ELECTRA) and predicts the original at the
positions in question (Meng et al. 2021, COCO-LM), so that its own output layer goes on learning.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from models.encoder import Encoder, MaskedLanguageModel


@torch.no_grad()
def replace_tokens(
    generator: MaskedLanguageModel, ids: Tensor, masked: Tensor, labels: Tensor, seed: int
) -> tuple[Tensor, Tensor]:
    """Ids [B, T] with samples of the generator at the flat positions ``masked`` [M], and what was replaced [B, T].

    Args:
        ids: [B, T] with masks set.
        labels: [M] the tokens that stood at ``masked``; a sample equal to them counts as original.
    """
    logits = generator.logits_at(generator.encode(ids), masked).float()
    # By the inverse of the cumulative distribution: one random number a position instead of one a token.
    totals = logits.softmax(-1).cumsum(-1)
    draws = torch.rand(len(masked), 1, generator=torch.Generator().manual_seed(seed)) * totals[:, -1:]
    samples = torch.searchsorted(totals, draws).squeeze(-1).clamp_max_(logits.shape[-1] - 1)
    filled, replaced = ids.flatten().clone(), torch.zeros(ids.numel())
    filled[masked] = samples
    replaced[masked] = (samples != labels).float()
    return filled.view_as(ids), replaced.view(ids.shape)


class ReplacedTokenModel(nn.Module):
    """A masked language model and one more output: was this token replaced?"""

    def __init__(self, language: MaskedLanguageModel, weight: float) -> None:
        super().__init__()
        self.language = language
        self.detect = nn.Linear(language.encoder.config.hidden, 1)
        self.weight = weight

    @property
    def encoder(self) -> Encoder:
        """The encoder in training."""
        return self.language.encoder

    def forward(self, ids: Tensor, masked: Tensor, labels: Tensor, replaced: Tensor) -> Tensor:
        """Cross-entropy of the originals [M] plus ``weight`` times that of replaced [B, T], in nats."""
        hidden = self.language.encode(ids)
        found = functional.binary_cross_entropy_with_logits(self.detect(hidden).squeeze(-1).float(), replaced)
        return self.language.loss_at(hidden, masked, labels) + self.weight * found
