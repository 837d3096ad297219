"""Weights on disk: safetensors and JSON, no pickle; a mismatch is refused."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from models.config import EncoderConfig, ModelConfig
from models.encoder import Encoder, MaskedLanguageModel
from models.stance import StanceModel
from models.tokenizer import load_tokenizer

WEIGHTS = "model.safetensors"
CONFIG = "config.json"
TOKENIZER = "tokenizer.json"
PRETRAINED = "pretrained.safetensors"
PRETRAINED_CONFIG = "pretrained.json"


class WeightsError(ValueError):
    """A model folder that cannot be used: what was wrong and with which file."""


def save_model(folder: Path, model: StanceModel, tokenizer: Tokenizer) -> None:
    """Write weights (bfloat16: half the size, and what inference computes in), config and tokenizer."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {name: value.to(torch.bfloat16).contiguous() for name, value in model.state_dict().items()}
    save_file(tensors, folder / WEIGHTS, metadata={"format": "pt"})
    (folder / CONFIG).write_text(model.config.to_json(), encoding="utf-8")
    tokenizer.save(str(folder / TOKENIZER))


def _fill(module: nn.Module, tensors: dict[str, Tensor], where: str) -> None:
    own = {name: tuple(value.shape) for name, value in module.state_dict().items()}
    found = {name: tuple(value.shape) for name, value in tensors.items()}
    if own != found:
        different = sorted(name for name in own.keys() | found.keys() if own.get(name) != found.get(name))
        raise WeightsError(f"{where}: weights do not fit the config, first at {different[0]}")
    module.load_state_dict({name: value.float() for name, value in tensors.items()})


def load_model(folder: Path) -> tuple[StanceModel, Tokenizer]:
    """Model (float32, evaluation mode) and tokenizer; raises WeightsError where files are missing or do not fit."""
    try:
        config = ModelConfig.load(folder / CONFIG)
        tokenizer = load_tokenizer(folder / TOKENIZER)
        tensors = load_file(folder / WEIGHTS)
    except (OSError, SafetensorError, ValueError, TypeError, KeyError) as error:
        raise WeightsError(f"{folder}: {error}") from error
    if tokenizer.get_vocab_size() > config.encoder.vocab_size:
        raise WeightsError(f"{folder}: the tokenizer has more tokens than the config")
    model = StanceModel(config)
    _fill(model, tensors, str(folder / WEIGHTS))
    return model.eval(), tokenizer


def save_pretrained(folder: Path, model: MaskedLanguageModel) -> None:
    """Write the pre-trained model in bfloat16, from which fine-tuning starts and pre-training can go on."""
    tensors = {name: value.to(torch.bfloat16).contiguous() for name, value in model.state_dict().items()}
    save_file(tensors, folder / PRETRAINED, metadata={"format": "pt"})
    (folder / PRETRAINED_CONFIG).write_text(json.dumps(asdict(model.encoder.config), indent=2) + "\n", encoding="utf-8")


def load_pretrained(folder: Path) -> MaskedLanguageModel:
    """The pre-trained model (float32); raises WeightsError where files are missing or do not fit."""
    try:
        config = EncoderConfig(**json.loads((folder / PRETRAINED_CONFIG).read_text(encoding="utf-8")))
        tensors = load_file(folder / PRETRAINED)
    except (OSError, SafetensorError, ValueError, TypeError) as error:
        raise WeightsError(f"{folder}: {error}") from error
    model = MaskedLanguageModel(config)
    _fill(model, tensors, str(folder / PRETRAINED))
    return model


def new_stance_model(encoder: Encoder) -> StanceModel:
    """A stance model with fresh heads around a pre-trained encoder."""
    model = StanceModel(ModelConfig(encoder=encoder.config))
    model.encoder.load_state_dict(encoder.state_dict())
    return model
