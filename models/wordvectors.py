"""What a large corpus knows of words, given to the token embeddings.

The vectors are those of the ``ja-ginza`` package (chiVe, Works Applications: word2vec over a web corpus of some
100 GB, 480,000 words on 20,000 vectors of 300 numbers). Each token's embedding becomes its own row plus a learned
projection of the mean vector of the words in it; merged before saving, so that inference knows nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.utils import parametrize

Floats = NDArray[np.float32]

# Endings of dictionary forms, in the order in which they are tried on the stem of an inflected word.
_ENDINGS = ("る", "う", "く", "ぐ", "す", "つ", "ぬ", "ぶ", "む", "い", "だ", "")
_INFLECTION = re.compile("[ぁ-ん]+$")
_CONTENT = re.compile("[一-龠々ァ-ヴーA-Za-z]")
_MAX_WORD = 10
_MIN_KANA_WORD = 3


def ginza_words() -> tuple[dict[str, int], Floats]:
    """Word to row, and the vectors [20000, 300], of the package ja-ginza; raises ImportError where it is missing."""
    import spacy  # type: ignore[import-not-found]  # the extra "words", needed for pre-training alone

    vocab = spacy.load("ja_ginza").vocab
    rows = {vocab.strings[key]: row for key, row in vocab.vectors.key2row.items() if key in vocab.strings}
    return rows, np.asarray(vocab.vectors.data, np.float32)


def dictionary_form(word: str, known: Mapping[str, int]) -> str | None:
    """``word`` or, where it is inflected, the first known form of its longest stem; None where nothing fits."""
    if word in known:
        return word
    tail = _INFLECTION.search(word)
    if tail is None or tail.start() == 0:
        return None
    for end in range(len(word), tail.start() - 1, -1):
        for ending in _ENDINGS:
            if word[:end] + ending in known:
                return word[:end] + ending
    return None


def known_words(piece: str, known: Mapping[str, int]) -> list[str]:
    """The words of one token in dictionary form, longest first from the left; particles are left out."""
    if piece in known:
        return [piece]
    words: list[str] = []
    at = 0
    while at < len(piece):
        content = _CONTENT.match(piece[at]) is not None
        shortest = 1 if content else _MIN_KANA_WORD
        for end in range(min(len(piece), at + _MAX_WORD), at + shortest - 1, -1):
            part = piece[at:end]
            word = dictionary_form(part, known) if content else (part if part in known else None)
            if word is not None:
                words.append(word)
                at = end
                break
        else:
            at += 1
    return words


def piece_vectors(pieces: Mapping[str, int], known: Mapping[str, int], table: Floats, rows: int) -> Floats:
    """[rows, D] unit vectors of the tokens; zero for those that hold no known word.

    Args:
        pieces: token to row of the result.
        known: word to row of ``table``.
        table: [W, D] word vectors.
    """
    unit = table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
    unit = unit - unit.mean(0)
    result = np.zeros((rows, table.shape[1]), np.float32)
    for piece, row in pieces.items():
        words = known_words(piece, known)
        if words:
            result[row] = np.mean([unit[known[word]] for word in words], axis=0)
    norms = np.linalg.norm(result, axis=1, keepdims=True)
    return np.asarray(result / np.maximum(norms, 1e-6), np.float32)


def fit_projection(embeddings: Tensor, vectors: Tensor, counts: Tensor, penalty: float = 10.0) -> Tensor:
    """[D, H] ridge regression from word vectors [V, D] to embeddings [V, H], tokens weighted by their counts [V]."""
    chosen = (vectors.abs().sum(1) > 0) & (counts >= 100)
    weights = counts[chosen].clamp_max(2000).sqrt().unsqueeze(1)
    inputs, outputs = vectors[chosen] * weights, (embeddings - embeddings[chosen].mean(0))[chosen] * weights
    identity = torch.eye(vectors.shape[1]) * penalty * weights.mean().square()
    projection: Tensor = torch.linalg.solve(inputs.T @ inputs + identity, inputs.T @ outputs)
    return projection


class WordKnowledge(nn.Module):
    """Parametrization of an embedding: its own rows [V, H] plus fixed vectors [V, D] times a projection [D, H]."""

    vectors: Tensor

    def __init__(self, vectors: Tensor, projection: Tensor) -> None:
        super().__init__()
        self.register_buffer("vectors", vectors, persistent=False)
        self.projection = nn.Parameter(projection.clone())

    def forward(self, own: Tensor) -> Tensor:
        """[V, H] to [V, H]."""
        return own + self.vectors @ self.projection

    def right_inverse(self, whole: Tensor) -> Tensor:
        """The own rows that leave the embedding as it is."""
        return whole - self.vectors @ self.projection


def add_knowledge(embedding: nn.Embedding, vectors: Tensor, counts: Tensor, keep: float = 1000.0) -> None:
    """Parametrize ``embedding``; rows seen ``counts`` [V] times move to their projection, rare ones most.

    A row of count n keeps n / (n + keep) of what it was.
    """
    own = embedding.weight.detach().clone()
    knowledge = WordKnowledge(vectors, fit_projection(own, vectors, counts))
    known = (vectors.abs().sum(1) > 0).unsqueeze(1)
    with torch.no_grad():
        guess = own[counts >= 100].mean(0) + vectors @ knowledge.projection
        share = (counts / (counts + keep)).unsqueeze(1)
        embedding.weight.copy_(torch.where(known, share * own + (1 - share) * guess, own))
    parametrize.register_parametrization(embedding, "weight", knowledge)


def merge_knowledge(embedding: nn.Embedding) -> None:
    """Back to one table that holds both."""
    parametrize.remove_parametrizations(embedding, "weight", leave_parametrized=True)
