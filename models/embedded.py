"""The embedded model as a labeller: texts in, predictions out, in one pass a batch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from models.data import Prepared, collate, length_batches, prepare
from models.stance import name_tokens
from models.weights_io import load_model
from pipeline.records import Prediction, Sentiment, SentimentScore, Stance, StanceScore
from pipeline.targets import Target

# Padded tokens of one batch: what stays in the cache of the machines measured.
BATCH_TOKENS = 2048


def predict_probabilities(
    model: torch.nn.Module, inputs: Sequence[Prepared], names: Tensor, temperatures: tuple[float, float] = (1.0, 1.0)
) -> tuple[Tensor, Tensor]:
    """Probabilities in the order of ``inputs``: stance [N, Q, 4] and sentiment [N, 3], float32.

    Batches hold texts of like length, so that little is padding; padding is hidden from attention and from means.
    """
    stance = torch.empty(len(inputs), names.shape[0], len(Stance))
    sentiment = torch.empty(len(inputs), len(Sentiment))
    with torch.inference_mode():
        for indices in length_batches([len(item.ids) for item in inputs], BATCH_TOKENS):
            batch = collate([inputs[i] for i in indices])
            one, two = model(batch.ids, batch.slots, names)
            stance[indices] = (one / temperatures[0]).softmax(-1)
            sentiment[indices] = (two / temperatures[1]).softmax(-1)
    return stance, sentiment


class EmbeddedLabeller:
    """Labels with the weights of one folder (see ``pipeline.label.Labeller``)."""

    def __init__(self, folder: Path, targets: tuple[Target, ...]) -> None:
        """Load; raises models.weights_io.WeightsError where the folder's files are missing or do not fit."""
        self._model, self._tokenizer = load_model(folder)
        self._targets = targets
        with torch.inference_mode():
            self._names = self._model.name_vectors(name_tokens(self._tokenizer, targets))
        self._max_length = self._model.config.encoder.max_length

    @property
    def name(self) -> str:
        return self._model.config.name

    @property
    def version(self) -> str:
        return self._model.config.version

    @property
    def targets(self) -> tuple[Target, ...]:
        return self._targets

    def predict(self, texts: Sequence[str], *, evidence: bool = True) -> list[Prediction]:
        """One prediction a text, the same alone or in any batch."""
        inputs, _ = prepare(self._tokenizer, texts, self._targets, self._max_length)
        stance, sentiment = predict_probabilities(self._model, inputs, self._names)
        return [self._prediction(stance[i].tolist(), sentiment[i].tolist()) for i in range(len(texts))]

    def _prediction(self, stance: list[list[float]], sentiment: list[float]) -> Prediction:
        scores = {}
        for target, row in zip(self._targets, stance, strict=True):
            best = max(range(len(row)), key=row.__getitem__)
            scores[target.key] = StanceScore(tuple(Stance)[best], (row[0], row[1], row[2], row[3]))
        feeling = max(range(len(sentiment)), key=sentiment.__getitem__)
        return Prediction(
            stances=scores,
            sentiment=SentimentScore(tuple(Sentiment)[feeling], (sentiment[0], sentiment[1], sentiment[2])),
            model=self.name,
            version=self.version,
        )
