from __future__ import annotations

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer

from models.config import EncoderConfig, ModelConfig
from models.data import Example
from models.stance import StanceModel
from models.tokenizer import load_tokenizer
from pipeline.targets import Target, load_targets

WEIGHTS = Path(__file__).resolve().parents[2] / "models" / "weights"
TINY = EncoderConfig(vocab_size=16384, hidden=32, layers=2, heads=2, ffn=64, max_length=64)


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    return load_tokenizer(WEIGHTS / "tokenizer.json")


@pytest.fixture(scope="session")
def targets() -> tuple[Target, ...]:
    return load_targets()


@pytest.fixture
def tiny() -> StanceModel:
    torch.manual_seed(0)
    model = StanceModel(ModelConfig(encoder=TINY)).eval()
    # Larger weights than at the start of training, so that differences would show.
    with torch.no_grad():
        for weight in model.parameters():
            weight.mul_(3.0)
    return model


@pytest.fixture(scope="session")
def examples() -> list[Example]:
    none = {"us": "none", "russia": "none", "ukraine": "none"}
    return [
        Example("a", "ロシアを信じろと言うほうが無理だ。", none | {"russia": "against"}, "negative"),
        Example("b", "ウクライナの皆さん、どうか頑張ってください。", none | {"ukraine": "favor"}, "positive"),
        Example("c", "米国とロシアの会談は来週だそうです。", none | {"us": "neutral", "russia": "neutral"}, "neutral"),
        Example("d", "弁当がまた値上がりした。", none, "negative", sentiment_also=("neutral",)),
    ]
