"""A compact pre-norm transformer encoder in plain PyTorch: rotary positions, no biases, squared ReLU.

Shapes: B batch, T tokens, H hidden, A heads, D = H / A. Choices follow what was measured on CPUs: attention in
matrix products beats the fused kernel at short lengths, and the output layer runs on masked positions alone.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from models.config import EncoderConfig


class Norm(nn.Module):
    """Root-mean-square norm over the last axis, computed in float32."""

    def __init__(self, width: int, eps: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        """[..., H] to [..., H], in x's own type."""
        y = x.float()
        # y * y, as square() goes through a slow power on the CPU.
        y = y * torch.rsqrt((y * y).mean(-1, keepdim=True) + self.eps)
        return (y * self.weight).to(x.dtype)


def rotary_tables(positions: Tensor, width: int, base: float) -> tuple[Tensor, Tensor]:
    """Cosines and sines of rotary positions (Su et al. 2021): [..., T] to two of [..., T, width / 2]."""
    steps = torch.arange(0, width, 2, device=positions.device, dtype=torch.float32)
    angles = positions.float().unsqueeze(-1) * base ** (-steps / width)
    return angles.cos(), angles.sin()


def _rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    left, right = x.chunk(2, dim=-1)
    cos, sin = cos.to(x.dtype), sin.to(x.dtype)
    return torch.cat((left * cos - right * sin, right * cos + left * sin), dim=-1)


class Layer(nn.Module):
    """Self-attention and a feed-forward block, each after a norm and added to its input."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.heads = config.heads
        self.attention_norm = Norm(config.hidden, config.norm_eps)
        self.qkv = nn.Linear(config.hidden, 3 * config.hidden, bias=False)
        self.out = nn.Linear(config.hidden, config.hidden, bias=False)
        self.ffn_norm = Norm(config.hidden, config.norm_eps)
        self.up = nn.Linear(config.hidden, config.ffn, bias=False)
        self.down = nn.Linear(config.ffn, config.hidden, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, bias: Tensor | None, dropout: float) -> Tensor:
        """x [B, T, H]; cos and sin broadcast to [B, A, T, D / 2]; bias (added to scores) to [B, A, T, T]."""
        batch, length, hidden = x.shape
        qkv = self.qkv(self.attention_norm(x)).view(batch, length, 3, self.heads, hidden // self.heads)
        query, key, value = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        query = _rotate(query, cos, sin) / math.sqrt(hidden // self.heads)
        scores = query @ _rotate(key, cos, sin).transpose(-1, -2)
        if bias is not None:
            scores = scores + bias
        mixed = (scores.softmax(dim=-1).to(value.dtype) @ value).transpose(1, 2).reshape(batch, length, hidden)
        x = x + functional.dropout(self.out(mixed), dropout, self.training)
        inner = functional.relu(self.up(self.ffn_norm(x)))
        return x + functional.dropout(self.down(inner * inner), dropout, self.training)


class Encoder(nn.Module):
    """Token embeddings and a stack of layers."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.config = config
        self.dropout = 0.0
        self.embeddings = nn.Embedding(config.vocab_size, config.hidden)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers))
        self.final_norm = Norm(config.hidden, config.norm_eps)
        self._initialise()

    def _initialise(self) -> None:
        nn.init.normal_(self.embeddings.weight, std=0.02)
        residual = 0.02 / math.sqrt(2 * self.config.layers)
        for name, weight in self.named_parameters():
            if name.endswith(("qkv.weight", "up.weight")):
                nn.init.normal_(weight, std=0.02)
            elif name.endswith(("out.weight", "down.weight")):
                nn.init.normal_(weight, std=residual)

    def forward(self, embedded: Tensor, positions: Tensor, bias: Tensor | None = None) -> Tensor:
        """Run the stack.

        Args:
            embedded: [B, T, H] from ``embeddings``.
            positions: [T] or [B, T] positions of the tokens.
            bias: added to the attention scores, broadcast to [B, 1, T, T]; minus infinity hides a key.

        Returns:
            [B, T, H], normed.
        """
        width = self.config.hidden // self.config.heads
        cos, sin = rotary_tables(positions, width, self.config.rope_base)
        if positions.dim() == 2:
            cos, sin = cos.unsqueeze(1), sin.unsqueeze(1)
        x = functional.dropout(embedded, self.dropout, self.training)
        for layer in self.layers:
            x = layer(x, cos, sin, bias, self.dropout)
        out: Tensor = self.final_norm(x)
        return out


class MaskedLanguageModel(nn.Module):
    """Encoder with an output layer tied to the embeddings, for pre-training."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.encoder = Encoder(config)
        self.head = nn.Linear(config.hidden, config.hidden, bias=False)
        self.head_norm = Norm(config.hidden, config.norm_eps)
        self.output_bias = nn.Parameter(torch.zeros(config.vocab_size))
        nn.init.normal_(self.head.weight, std=0.02)

    def forward(self, ids: Tensor, masked: Tensor, labels: Tensor) -> Tensor:
        """Mean cross-entropy, in nats, over the masked positions.

        Args:
            ids: [B, T] token ids after masking.
            masked: [M] flat indices of the positions to predict.
            labels: [M] the tokens that stood there.
        """
        return self.loss_at(self.encode(ids), masked, labels)

    def encode(self, ids: Tensor) -> Tensor:
        """[B, T] token ids to [B, T, H]."""
        hidden: Tensor = self.encoder(self.encoder.embeddings(ids), torch.arange(ids.shape[1], device=ids.device))
        return hidden

    def logits_at(self, hidden: Tensor, masked: Tensor) -> Tensor:
        """Logits [M, V] over the vocabulary at the flat positions ``masked`` of hidden [B, T, H]."""
        inner = functional.relu(self.head(hidden.reshape(-1, hidden.shape[-1])[masked]))
        picked = self.head_norm(inner * inner)
        return functional.linear(picked, self.encoder.embeddings.weight, self.output_bias.to(picked.dtype))

    def loss_at(self, hidden: Tensor, masked: Tensor, labels: Tensor) -> Tensor:
        """Mean cross-entropy of ``labels`` [M] at the flat positions ``masked`` [M] of hidden [B, T, H]."""
        return functional.cross_entropy(self.logits_at(hidden, masked).float(), labels)
