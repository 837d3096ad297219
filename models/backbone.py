"""The stance model around any encoder of ``transformers``, and its saved form.

Names become slots as in the embedded model, so the encoder reads a comment once for all targets. Beside the encoder's
own files (``save_pretrained``) the folder holds ``tachiba.json`` (label order, length) and ``heads.safetensors``.
Shapes: B batch, T tokens, Q targets, H hidden.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from models.calibration import load_calibration
from models.config import SENTIMENTS, STANCES
from models.labelling import LogitLabeller, digest
from models.mentions import mask_mentions
from models.stance import Head
from models.tokenizer import SLOT_COUNT, SLOT_PIECES
from models.weights_io import WeightsError
from pipeline.targets import Target

CONFIG = "tachiba.json"
HEADS = "heads.safetensors"
SLOT_TOKENS: tuple[str, ...] = tuple(f"[slot{i}]" for i in range(SLOT_COUNT))
_BATCH = 16


@dataclass(frozen=True)
class BackboneConfig:
    """What the heads need to be read."""

    name: str
    version: str = "0.1.0"
    max_length: int = 256
    stances: tuple[str, ...] = STANCES
    sentiments: tuple[str, ...] = SENTIMENTS
    format_version: int = 1


@dataclass(frozen=True)
class Inputs:
    """ids and mask [B, T]; slot token of each target [B, Q], -1 where the text does not name it."""

    ids: Tensor
    mask: Tensor
    slots: Tensor


class BackboneModel(nn.Module):
    """An encoder of ``transformers`` with this project's heads."""

    def __init__(self, config: BackboneConfig, encoder: Any, tokenizer: Any) -> None:
        super().__init__()
        hidden = int(encoder.config.hidden_size)
        self.config, self.encoder, self.tokenizer = config, encoder, tokenizer
        self.slot_ids = tokenizer.convert_tokens_to_ids(list(SLOT_TOKENS))
        self.stance_head = Head(3 * hidden, hidden, len(STANCES))
        self.sentiment_head = Head(2 * hidden, hidden, len(SENTIMENTS))
        self.head_dropout = 0.0

    def prepare(self, texts: Sequence[str], targets: Sequence[Target]) -> Inputs:
        """Mask names and tokenise one batch; a text over the length keeps its beginning."""
        masked = [mask_mentions(text, targets) for text in texts]
        table = str.maketrans(dict(zip(SLOT_PIECES, SLOT_TOKENS, strict=True)))
        encoded = self.tokenizer(
            [item.text.translate(table) for item in masked],
            padding=True,
            truncation=True,
            max_length=self.config.max_length,
            return_tensors="pt",
        )
        slots = [[-1 if slot is None else self.slot_ids[slot] for slot in item.slots] for item in masked]
        return Inputs(encoded["input_ids"], encoded["attention_mask"], torch.tensor(slots))

    def name_vectors(self, targets: Sequence[Target]) -> Tensor:
        """[Q, H]: mean input embedding of each target's names."""
        table = self.encoder.get_input_embeddings().weight
        ids = [self.tokenizer(" ".join([t.ja, *t.aliases]), add_special_tokens=False)["input_ids"] for t in targets]
        return torch.stack([table[torch.tensor(row)].mean(0) for row in ids])

    def forward(self, inputs: Inputs, names: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of stance [B, Q, 4] and sentiment [B, 3]. names [Q, H]."""
        hidden = self.encoder(input_ids=inputs.ids, attention_mask=inputs.mask).last_hidden_state
        first = hidden[:, 0]
        mean = _mean(hidden, inputs.mask.unsqueeze(1)).squeeze(1)
        found = (inputs.ids.unsqueeze(1) == inputs.slots.unsqueeze(-1)) & inputs.mask.bool().unsqueeze(1)
        seen = found.any(-1, keepdim=True)
        mentions = torch.where(seen, _mean(hidden, found), names.to(hidden.dtype).expand(len(hidden), -1, -1))
        whole = torch.cat((first, mean), dim=-1)
        each = whole.unsqueeze(1).expand(-1, mentions.shape[1], -1)
        stance = self.stance_head(torch.cat((mentions, each), dim=-1), self.head_dropout)
        return stance.float(), self.sentiment_head(whole, self.head_dropout).float()


def _mean(hidden: Tensor, mask: Tensor) -> Tensor:
    """hidden [B, T, H], mask [B, Q, T] to [B, Q, H]; zero where the mask is empty."""
    weights = mask.to(hidden.dtype)
    return (weights @ hidden) / weights.sum(-1, keepdim=True).clamp_min(1.0)


def new_backbone(source: str, name: str, *, local_only: bool = True) -> BackboneModel:
    """Fresh heads around the encoder of a folder or Hugging Face id.

    Raises:
        OSError: it is not there (and not in the local cache), or is no encoder.
    """
    from transformers import AutoModel, AutoTokenizer  # optional extra, slow to import

    tokenizer = AutoTokenizer.from_pretrained(source, local_files_only=local_only)
    encoder = AutoModel.from_pretrained(source, local_files_only=local_only, use_safetensors=True)
    tokenizer.add_special_tokens({"additional_special_tokens": list(SLOT_TOKENS)})
    encoder.resize_token_embeddings(max(len(tokenizer), encoder.get_input_embeddings().num_embeddings))
    return BackboneModel(BackboneConfig(name), encoder, tokenizer)


def save_backbone(folder: Path, model: BackboneModel) -> None:
    """Write the saved form."""
    folder.mkdir(parents=True, exist_ok=True)
    model.encoder.save_pretrained(folder)
    model.tokenizer.save_pretrained(folder)
    heads = {key: value.contiguous() for key, value in model.state_dict().items() if not key.startswith("encoder.")}
    save_file(heads, folder / HEADS, metadata={"format": "pt"})
    (folder / CONFIG).write_text(json.dumps(asdict(model.config), indent=2) + "\n", encoding="utf-8")


def load_backbone(folder: Path) -> BackboneModel:
    """Read the saved form; raises WeightsError where files are missing or the labels are not this code's."""
    from transformers import AutoModel, AutoTokenizer  # optional extra, slow to import

    try:
        raw = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        config = BackboneConfig(**raw | {"stances": tuple(raw["stances"]), "sentiments": tuple(raw["sentiments"])})
        if (config.stances, config.sentiments, config.format_version) != (STANCES, SENTIMENTS, 1):
            raise ValueError(f"{CONFIG}: other labels or another format than this version's")
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        encoder = AutoModel.from_pretrained(folder, local_files_only=True, use_safetensors=True)
        model = BackboneModel(config, encoder, tokenizer)
        found = model.load_state_dict(load_file(folder / HEADS), strict=False)
    except (OSError, SafetensorError, ValueError, TypeError, KeyError, RuntimeError) as error:
        raise WeightsError(f"{folder}: {error}") from error
    absent = [key for key in found.missing_keys if not key.startswith("encoder.")]
    if absent or found.unexpected_keys:
        raise WeightsError(f"{folder}: {HEADS} does not fit, first at {[*absent, *found.unexpected_keys][0]}")
    return model.eval()


class BackboneLabeller(LogitLabeller):
    """Labels with a saved model around an encoder of ``transformers``."""

    def __init__(self, folder: Path, targets: tuple[Target, ...]) -> None:
        """Load; raises models.weights_io.WeightsError where the folder cannot be used."""
        self._model = load_backbone(folder)
        try:
            calibration = load_calibration(folder)
        except ValueError as error:
            raise WeightsError(f"{folder}: {error}") from error
        version = f"{self._model.config.version}+{digest(folder, targets)}"
        super().__init__(self._model.config.name, version, targets, calibration)

    def logits(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Logits before calibration: stance [N, Q, 4] and sentiment [N, 3]."""
        stance = torch.empty(len(texts), len(self._targets), len(STANCES))
        sentiment = torch.empty(len(texts), len(SENTIMENTS))
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        with torch.inference_mode():
            names = self._model.name_vectors(self._targets)
            for at in range(0, len(order), _BATCH):
                rows = order[at : at + _BATCH]
                inputs = self._model.prepare([texts[i] for i in rows], self._targets)
                stance[rows], sentiment[rows] = self._model(inputs, names)
        return stance, sentiment
