from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from models.config import EncoderConfig
from models.encoder import MaskedLanguageModel
from models.pretrain import Plan, masked_batch, train
from models.text import Tokens, pack
from models.tokenizer import CLS, MASK
from models.vectors import cooccurrence, ppmi_vectors

SMALL = EncoderConfig(vocab_size=300, hidden=32, layers=2, heads=2, ffn=64)
PLAN = Plan(steps=40, rows=8, warmup=4, muon_lr=0.01)


def _rows() -> Tokens:
    """Rows that repeat two tokens in turn, so that there is something to learn."""
    rng = np.random.default_rng(0)
    pairs = rng.integers(16, 299, (32, 2))
    return np.concatenate((np.full((32, 1), CLS), np.tile(pairs, 8)), axis=1).astype(np.uint16)


def _model() -> MaskedLanguageModel:
    torch.manual_seed(0)
    return MaskedLanguageModel(SMALL)


def test_training_lowers_the_loss(tmp_path: Path) -> None:
    losses = train(_model(), _rows(), _rows(), PLAN, tmp_path)
    assert np.mean(losses[-5:]) < np.mean(losses[:5]) - 0.3


def test_resumed_equals_uninterrupted(tmp_path: Path) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    for folder in (whole, parts):
        folder.mkdir()
    expected = train(_model(), _rows(), _rows(), PLAN, whole, stop=10)
    found = train(_model(), _rows(), _rows(), PLAN, parts, stop=6) + train(
        _model(), _rows(), _rows(), PLAN, parts, stop=10
    )
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_a_batch_follows_from_seed_and_step() -> None:
    rows = _rows()
    one, two = masked_batch(rows, PLAN, 7, 299), masked_batch(rows, PLAN, 7, 299)
    other = masked_batch(rows, PLAN, 8, 299)
    assert all(torch.equal(a, b) for a, b in zip(one, two, strict=True))
    assert not torch.equal(one[0], other[0])
    ids, masked, labels = one
    assert len(masked) == int(PLAN.mask * ids.numel())
    assert (ids.flatten()[masked] == MASK).float().mean() > 0.6
    assert (labels > 5).all()


def test_rows_are_full_and_lose_nothing(tokenizer: Tokenizer) -> None:
    documents = ["ロシアの話", "アメリカの話" * 40, "短い"]
    rows = pack(tokenizer, documents, 16)
    assert rows.shape[1] == 16
    assert (rows[:, 0] == CLS).all()
    total = sum(len(tokenizer.encode(d, add_special_tokens=False).ids) + 1 for d in documents)
    assert rows[:, 1:].size == total // 15 * 15


def test_vectors_of_tokens_in_like_company_are_near() -> None:
    rng = np.random.default_rng(1)
    rows = np.full((400, 9), CLS, np.uint16)
    for row in rows:
        topic = rng.integers(2)
        row[1:] = rng.integers(20 + 10 * topic, 30 + 10 * topic, 8)
    vectors = ppmi_vectors(cooccurrence(rows, 64, 3), 4, 0)
    unit = vectors / vectors.norm(dim=1, keepdim=True).clamp_min(1e-6)
    same, other = (unit[20:30] @ unit[20:30].T).mean(), (unit[20:30] @ unit[30:40].T).mean()
    assert same > other + 0.5


def test_the_rate_warms_up_stays_and_falls_with_the_late_rows() -> None:
    plan = Plan(steps=100, warmup=10, decay=0.4)
    assert plan.rate(0) == 0.1
    assert plan.rate(plan.late_from - 1) == 1.0
    assert plan.late_from == 60
    assert plan.rate(80) == 0.5
    assert plan.rate(99) < 0.05


def test_the_late_rows_are_read_at_the_end(tmp_path: Path) -> None:
    rows = _rows()
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, late in ((one, rows), (two, rows[::-1].copy())):
        folder.mkdir()
        train(_model(), rows, late, PLAN, folder, stop=PLAN.late_from + 2)
    same = [torch.load(folder / "checkpoint.pt", weights_only=True)["model"]["head.weight"] for folder in (one, two)]
    assert not torch.equal(*same)
