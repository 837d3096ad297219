from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from models.encoder import MaskedLanguageModel
from models.pretrain import masked_batch, train
from models.replaced import ReplacedTokenModel, replace_tokens
from tests.models.test_pretrain import PLAN, SMALL, _model, _rows


def test_replaced_is_told_of_masked_places_whose_sample_differs() -> None:
    ids, masked, labels = masked_batch(_rows(), PLAN, 3, 299)
    filled, replaced = replace_tokens(_model().eval(), ids, masked, labels, seed=5)
    original = ids.flatten().clone()
    original[masked] = labels
    assert torch.equal(replaced.flatten() > 0, filled.flatten() != original)
    outside = torch.ones(ids.numel(), dtype=torch.bool)
    outside[masked] = False
    assert torch.equal(filled.flatten()[outside], ids.flatten()[outside])
    again, _ = replace_tokens(_model().eval(), ids, masked, labels, seed=5)
    other, _ = replace_tokens(_model().eval(), ids, masked, labels, seed=6)
    assert torch.equal(filled, again)
    assert not torch.equal(filled, other)


def test_samples_follow_the_generators_distribution() -> None:
    generator = MaskedLanguageModel(SMALL).eval()
    with torch.no_grad():
        generator.output_bias.fill_(-30.0)
        generator.output_bias[[20, 21]] = torch.tensor([10.0, 10.0 + float(np.log(3))])
    ids, masked = torch.full((8, 64), 4), torch.arange(512)
    filled, _ = replace_tokens(generator, ids, masked, torch.full((512,), 20), seed=0)
    share = (filled == 21).float().mean().item()
    assert set(filled.unique().tolist()) == {20, 21}
    assert 0.68 < share < 0.82


def test_training_lowers_the_loss(tmp_path: Path) -> None:
    torch.manual_seed(1)
    model = ReplacedTokenModel(_model(), weight=5.0)
    losses = train(model, _rows(), _rows(), PLAN, tmp_path, generator=_model().eval())
    assert np.mean(losses[-5:]) < np.mean(losses[:5]) - 0.3
