from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from models.wordvectors import (
    add_knowledge,
    dictionary_form,
    fit_projection,
    known_words,
    merge_knowledge,
    piece_vectors,
)

KNOWN = {"裏切る": 0, "見捨てる": 1, "支援": 2, "持つ": 3, "傲慢": 4, "しょうがない": 5}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("裏切る", "裏切る"),
        ("裏切った", "裏切る"),
        ("持たない", "持つ"),
        ("傲慢な", "傲慢"),
        ("走った", None),
        ("った", None),
    ],
)
def test_dictionary_form(word: str, expected: str | None) -> None:
    assert dictionary_form(word, KNOWN) == expected


def test_words_of_a_token_leave_particles_out() -> None:
    assert known_words("を見捨て", KNOWN) == ["見捨てる"]
    assert known_words("支援を裏切る", KNOWN) == ["支援", "裏切る"]
    assert known_words("しょうがない", KNOWN) == ["しょうがない"]
    assert known_words("のにを", KNOWN) == []


def test_vectors_of_tokens_are_unit_or_zero() -> None:
    table = np.random.default_rng(0).normal(size=(6, 8)).astype(np.float32)
    vectors = piece_vectors({"支援": 1, "のに": 2, "支援し": 3}, KNOWN, table, 4)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [0, 1, 0, 1], atol=1e-5)
    np.testing.assert_allclose(vectors[1], vectors[3], atol=1e-6)


def test_projection_finds_a_linear_relation() -> None:
    generator = torch.Generator().manual_seed(1)
    vectors = nn.functional.normalize(torch.randn(400, 5, generator=generator), dim=1)
    true = torch.randn(5, 3, generator=generator)
    found = fit_projection(vectors @ true, vectors, torch.full((400,), 500.0), penalty=1e-4)
    torch.testing.assert_close(found, true, atol=0.05, rtol=0.05)


def _filled() -> tuple[nn.Embedding, torch.Tensor, torch.Tensor]:
    torch.manual_seed(2)
    vectors = nn.functional.normalize(torch.randn(50, 6), dim=1)
    vectors[40:] = 0
    counts = torch.full((50,), 1e6)
    counts[30:] = 0
    return nn.Embedding(50, 4), vectors, counts


def test_frequent_and_unknown_rows_stay_and_rare_ones_move() -> None:
    embedding, vectors, counts = _filled()
    before = embedding.weight.detach().clone()
    add_knowledge(embedding, vectors, counts)
    torch.testing.assert_close(embedding.weight[:30], before[:30], atol=0.01, rtol=0.01)
    torch.testing.assert_close(embedding.weight[40:], before[40:])
    assert (embedding.weight[30:40] - before[30:40]).abs().max() > 0.1


def test_merging_changes_no_embedding_and_leaves_one_table() -> None:
    embedding, vectors, counts = _filled()
    add_knowledge(embedding, vectors, counts)
    assert any("projection" in name for name, _ in embedding.named_parameters())
    before = embedding.weight.detach().clone()
    merge_knowledge(embedding)
    torch.testing.assert_close(embedding.weight.detach(), before)
    assert [name for name, _ in embedding.named_parameters()] == ["weight"]
