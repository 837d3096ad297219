"""Configuration of the encoder and of the stance model, saved as JSON beside the weights."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

STANCES: tuple[str, ...] = ("favor", "against", "neutral", "none")
SENTIMENTS: tuple[str, ...] = ("positive", "neutral", "negative")
FORMAT_VERSION = 1


@dataclass(frozen=True)
class EncoderConfig:
    """Shape of the pre-norm transformer encoder.

    ``max_length`` counts the tokens of one comment, [CLS] and [SEP] included and queries not.
    """

    vocab_size: int = 16384
    hidden: int = 256
    layers: int = 6
    heads: int = 4
    ffn: int = 1024
    max_length: int = 512
    rope_base: float = 10000.0
    norm_eps: float = 1e-5

    def __post_init__(self) -> None:
        if self.hidden % self.heads or (self.hidden // self.heads) % 2:
            raise ValueError(f"hidden {self.hidden} must split into {self.heads} heads of even width")


@dataclass(frozen=True)
class ModelConfig:
    """Everything that the weights need to be read: encoder shape, label order and format version."""

    encoder: EncoderConfig
    name: str = "tachiba"
    version: str = "0.1.0"
    stances: tuple[str, ...] = STANCES
    sentiments: tuple[str, ...] = SENTIMENTS
    format_version: int = FORMAT_VERSION

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"

    @staticmethod
    def from_json(text: str) -> ModelConfig:
        """Read a configuration; raises ValueError where its keys, labels or version are not this code's."""
        raw = json.loads(text)
        known = {field.name for field in fields(ModelConfig)}
        if not isinstance(raw, dict) or set(raw) != known:
            raise ValueError(f"config keys are {sorted(raw)}, expected {sorted(known)}")
        config = ModelConfig(
            encoder=EncoderConfig(**raw["encoder"]),
            name=raw["name"],
            version=raw["version"],
            stances=tuple(raw["stances"]),
            sentiments=tuple(raw["sentiments"]),
            format_version=raw["format_version"],
        )
        if config.stances != STANCES or config.sentiments != SENTIMENTS:
            raise ValueError(f"label order {config.stances} / {config.sentiments}, expected {STANCES} / {SENTIMENTS}")
        if config.format_version != FORMAT_VERSION:
            raise ValueError(f"format version {config.format_version}, expected {FORMAT_VERSION}")
        return config

    @staticmethod
    def load(path: Path) -> ModelConfig:
        return ModelConfig.from_json(path.read_text(encoding="utf-8"))
