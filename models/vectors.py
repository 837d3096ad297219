"""Distributional start for the embeddings: positive pointwise mutual information, reduced by a truncated SVD.

Levy, Goldberg and Dagan (2015): with context smoothing 0.75 and the square root of the singular values these
vectors come close to word2vec, for a minute of work.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from models.text import Tokens
from models.tokenizer import SEP


def cooccurrence(rows: Tokens, vocab_size: int, window: int) -> Tensor:
    """[V, V] counts of tokens within ``window`` places in a row, each weighted by 1 / distance."""
    counts = torch.zeros(vocab_size * vocab_size)
    ids = torch.from_numpy(rows.astype(np.int64))
    for distance in range(1, window + 1):
        left, right = ids[:, 1:-distance].reshape(-1), ids[:, 1 + distance :].reshape(-1)
        keep = (left != SEP) & (right != SEP)
        pairs = left[keep] * vocab_size + right[keep]
        counts.index_add_(0, pairs, torch.full((len(pairs),), 1.0 / distance))
    square = counts.view(vocab_size, vocab_size)
    return square.add_(square.T.clone())


def ppmi_vectors(counts: Tensor, width: int, seed: int) -> Tensor:
    """[V, width] vectors of unit mean square norm; rows without a count are zero."""
    torch.manual_seed(seed)
    word = counts.sum(1).clamp_min_(1e-9)
    context = word.pow(0.75)
    context = context / context.sum()
    matrix = counts.div_(word.unsqueeze(1)).div_(context.unsqueeze(0)).log_().clamp_min_(0.0).nan_to_num_(0.0, 0.0, 0.0)
    left, values, _ = torch.svd_lowrank(matrix, q=width + 32, niter=2)
    vectors: Tensor = left[:, :width] * values[:width].sqrt()
    return vectors / vectors.square().sum(1).mean().sqrt()
