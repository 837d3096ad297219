"""The embedded model as a labeller: texts in, predictions out, in one pass a batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor

from models.calibration import Calibration, load_calibration
from models.data import Prepared, collate, prepare
from models.explain import Guess
from models.labelling import LogitLabeller, digest, named_targets
from models.lexical_io import load_lexical
from models.mentions import mask_mentions
from models.stance import StanceModel, name_tokens
from models.weights_io import WeightsError, load_model
from pipeline.records import Sentiment, Stance
from pipeline.targets import Target

# Padded tokens of one batch: what stays in the cache of the machines measured.
BATCH_TOKENS = 2048
# Lengths are rounded up to this, and a batch holds one length only: see ``length_batches``.
_LENGTH_STEP = 8
# Matrix products in bfloat16 pay only where the processor multiplies it: AMX, AVX-512 BF16, or SVE's BF16.
_BFLOAT16_FEATURES = ("amx_bf16", "avx512_bf16", "sve_bf16")


def fastest_type() -> torch.dtype:
    """bfloat16 where this processor has instructions for it, else float32."""
    found = torch.cpu.get_capabilities()
    return torch.bfloat16 if any(found.get(feature) for feature in _BFLOAT16_FEATURES) else torch.float32


def length_batches(lengths: Sequence[int], max_tokens: int = BATCH_TOKENS) -> Iterator[list[int]]:
    """Indices in batches of one padded length each, of at most ``max_tokens`` padded tokens.

    A text's padded length follows from the text alone. It meets the same shapes, and so gets the same
    probabilities, alone or in any batch.
    """
    groups: dict[int, list[int]] = defaultdict(list)
    for index, length in enumerate(lengths):
        groups[-(-length // _LENGTH_STEP)].append(index)
    for steps, indices in groups.items():
        size = max(1, max_tokens // (steps * _LENGTH_STEP))
        yield from (indices[at : at + size] for at in range(0, len(indices), size))


def compute_logits(model: StanceModel, inputs: Sequence[Prepared], names: Tensor) -> tuple[Tensor, Tensor]:
    """Logits in the order of ``inputs``: stance [N, Q, 4] and sentiment [N, 3], float32. names [Q, H]."""
    stance = torch.empty(len(inputs), names.shape[0], len(Stance))
    sentiment = torch.empty(len(inputs), len(Sentiment))
    with torch.inference_mode():
        for indices in length_batches([len(item.ids) for item in inputs]):
            batch = collate([inputs[i] for i in indices], _LENGTH_STEP)
            stance[indices], sentiment[indices] = model(batch.ids, batch.slots, names)
    return stance, sentiment


class EmbeddedLabeller(LogitLabeller):
    """Labels with the weights of one folder."""

    def __init__(
        self,
        folder: Path,
        targets: tuple[Target, ...],
        dtype: torch.dtype | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        """Load; raises models.weights_io.WeightsError where the folder's files are missing or do not fit.

        Args:
            folder: weights, config, tokenizer and, where it was calibrated, the calibration.
            targets: what to label toward.
            dtype: type to compute in; the fastest of this processor where None.
            calibration: instead of the folder's own.
        """
        model, self._tokenizer = load_model(folder)
        try:
            calibration = calibration or load_calibration(folder)
            self._lexical = load_lexical(folder)
        except ValueError as error:
            raise WeightsError(f"{folder}: {error}") from error
        version = f"{model.config.version}+{digest(folder, targets)}"
        super().__init__(model.config.name, version, targets, calibration)
        self._model = model.to(dtype or fastest_type())
        with torch.inference_mode():
            self._names = self._model.name_vectors(name_tokens(self._tokenizer, targets))

    def logits(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Logits before calibration: stance [N, Q, 4] and sentiment [N, 3]."""
        inputs, masked = prepare(self._tokenizer, texts, self._targets, self._model.config.encoder.max_length)
        stance, sentiment = compute_logits(self._model, inputs, self._names)
        return self._lexical.mix(stance, sentiment, masked, self._targets) if self._lexical else (stance, sentiment)

    def stance_guess(self, texts: Sequence[str], logits: Tensor) -> Guess | None:
        """Words anew, which take a tenth of the time of the encoder, and what the encoder said of the whole text."""
        lexical = self._lexical
        if lexical is None:
            return None

        def words(parts: Sequence[str]) -> Tensor:
            return lexical.stance_part([mask_mentions(part, self._targets) for part in parts], self._targets)

        encoder = logits - words(texts)

        def guess(parts: Sequence[str], wholes: Sequence[int]) -> Tensor:
            named = named_targets(parts, self._targets)
            return self.calibration.stance_probabilities(encoder[list(wholes)] + words(parts), named)

        return guess
