"""The embedded model as a labeller: texts in, predictions out, in one pass a batch."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor

from models.calibration import FILE as CALIBRATION
from models.calibration import Calibration
from models.data import Prepared, collate, prepare
from models.explain import find_evidence
from models.stance import StanceModel, name_tokens
from models.weights_io import CONFIG, TOKENIZER, WEIGHTS, WeightsError, load_model
from pipeline.records import Prediction, Sentiment, SentimentScore, Span, Stance, StanceScore
from pipeline.targets import Target

# Padded tokens of one batch: what stays in the cache of the machines measured.
BATCH_TOKENS = 2048
# Lengths are rounded up to this, and a batch holds one length only: see ``length_batches``.
_LENGTH_STEP = 8
# Texts in work at once; bounds memory however many are given.
_CHUNK = 1024
_STANCES, _SENTIMENTS = tuple(Stance), tuple(Sentiment)
_NONE = _STANCES.index(Stance.NONE)
_NEUTRAL = _SENTIMENTS.index(Sentiment.NEUTRAL)
_JAPANESE = re.compile("[ぁ-ヿ一-鿿々ｦ-ﾝ]")
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


def _digest(folder: Path, targets: tuple[Target, ...]) -> str:
    """Eight hex digits that change whenever a label may: files of the model, and the targets' names."""
    digest = hashlib.sha256(repr(targets).encode())
    for name in (CONFIG, WEIGHTS, TOKENIZER, CALIBRATION):
        if (folder / name).is_file():
            digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:8]


class EmbeddedLabeller:
    """Labels with the weights of one folder (see ``pipeline.label.Labeller``)."""

    def __init__(self, folder: Path, targets: tuple[Target, ...], dtype: torch.dtype | None = None) -> None:
        """Load; raises models.weights_io.WeightsError where the folder's files are missing or do not fit.

        Args:
            folder: weights, config, tokenizer and, where it was calibrated, the calibration.
            targets: what to label toward.
            dtype: type to compute in; the fastest of this processor where None.
        """
        model, self._tokenizer = load_model(folder)
        try:
            self.calibration = Calibration.load(folder / CALIBRATION)
        except FileNotFoundError:
            self.calibration = Calibration()
        except ValueError as error:
            raise WeightsError(f"{folder}: {error}") from error
        self._model = model.to(dtype or fastest_type())
        self._targets = targets
        with torch.inference_mode():
            self._names = self._model.name_vectors(name_tokens(self._tokenizer, targets))
        self._version = f"{model.config.version}+{_digest(folder, targets)}"

    @property
    def name(self) -> str:
        return self._model.config.name

    @property
    def version(self) -> str:
        return self._version

    @property
    def targets(self) -> tuple[Target, ...]:
        return self._targets

    def logits(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Logits before calibration: stance [N, Q, 4] and sentiment [N, 3]."""
        inputs, _ = prepare(self._tokenizer, texts, self._targets, self._model.config.encoder.max_length)
        return compute_logits(self._model, inputs, self._names)

    def probabilities(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Calibrated probabilities: stance [N, Q, 4] and sentiment [N, 3]. A blank text is none and neutral."""
        stance, sentiment = self.logits(texts)
        stance, sentiment = self.calibration.stance.apply(stance), self.calibration.sentiment.apply(sentiment)
        blank = [row for row, text in enumerate(texts) if not any(char.isprintable() and char != " " for char in text)]
        stance[blank] = torch.eye(len(Stance))[_NONE]
        sentiment[blank] = torch.eye(len(Sentiment))[_NEUTRAL]
        return stance, sentiment

    def predict(self, texts: Sequence[str], *, evidence: bool = True) -> list[Prediction]:
        """One prediction a text, the same alone or in any batch. Evidence costs about one more pass a clause."""
        predictions: list[Prediction] = []
        for at in range(0, len(texts), _CHUNK):
            predictions += self._predict_chunk(texts[at : at + _CHUNK], evidence)
        return predictions

    def _predict_chunk(self, texts: Sequence[str], evidence: bool) -> list[Prediction]:
        stance, sentiment = self.probabilities(texts)
        best = stance.argmax(-1).tolist()
        spans: list[dict[int, Span]] = [{} for _ in texts]
        if evidence:
            asked = [[(target, label) for target, label in enumerate(row) if label != _NONE] for row in best]
            spans = find_evidence(texts, asked, stance, lambda parts: self.probabilities(parts)[0])
        rows = zip(texts, stance.tolist(), best, sentiment.tolist(), spans, strict=True)
        return [self._prediction(*row) for row in rows]

    def _prediction(
        self, text: str, stance: list[list[float]], best: list[int], sentiment: list[float], spans: dict[int, Span]
    ) -> Prediction:
        # Trained on Japanese alone: letters of another language are labelled, and a person is asked to look.
        foreign = any(char.isalpha() for char in text) and not _JAPANESE.search(text)
        scores = {
            target.key: StanceScore(
                stance=_STANCES[best[q]],
                probabilities=(stance[q][0], stance[q][1], stance[q][2], stance[q][3]),
                evidence=(spans[q],) if q in spans else (),
                needs_review=foreign or stance[q][best[q]] < self.calibration.review_below,
            )
            for q, target in enumerate(self._targets)
        }
        feeling = max(range(len(sentiment)), key=sentiment.__getitem__)
        moods = SentimentScore(_SENTIMENTS[feeling], (sentiment[0], sentiment[1], sentiment[2]))
        return Prediction(stances=scores, sentiment=moods, model=self.name, version=self.version)
