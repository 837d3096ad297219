"""From logits to predictions: calibration, blank texts, evidence and review, the same for every kind of model."""

from __future__ import annotations

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from models.calibration import Calibration
from models.explain import Guess, find_evidence
from pipeline.records import Prediction, Sentiment, SentimentScore, Span, Stance, StanceScore
from pipeline.targets import Target

# Texts in work at once; bounds memory however many are given.
_CHUNK = 1024
_STANCES, _SENTIMENTS = tuple(Stance), tuple(Sentiment)
_NONE = _STANCES.index(Stance.NONE)
_NEUTRAL = _SENTIMENTS.index(Sentiment.NEUTRAL)
_JAPANESE = re.compile("[ぁ-ヿ一-鿿々ｦ-ﾝ]")


# Of a larger file only the ends are read: the version of a model of gigabytes must not take seconds.
_WHOLE = 64 << 20
_ENDS = 1 << 20


def digest(folder: Path, targets: tuple[Target, ...]) -> str:
    """Eight hex digits that change whenever a label may: the model's files, and the targets' names."""
    found = hashlib.sha256(repr(targets).encode())
    for path in sorted(path for path in folder.iterdir() if path.suffix in (".json", ".safetensors", ".txt")):
        size = path.stat().st_size
        found.update(f"{path.name} {size}".encode())
        with path.open("rb") as file:
            if size <= _WHOLE:
                found.update(file.read())
            else:
                found.update(file.read(_ENDS))
                file.seek(-_ENDS, 2)
                found.update(file.read())
    return found.hexdigest()[:8]


def named_targets(texts: Sequence[str], targets: Sequence[Target]) -> Tensor:
    """Whether each text names each target, [N, Q]."""
    found = [[target.pattern.search(text) is not None for target in targets] for text in texts]
    return torch.tensor(found, dtype=torch.bool).view(len(texts), len(targets))


class LogitLabeller(ABC):
    """A labeller (see ``pipeline.label.Labeller``) whose model gives logits.

    Args:
        name: name shown beside every label.
        version: changes whenever the same text may get another label.
        targets: what to label toward.
        calibration: what turns logits into probabilities.
    """

    def __init__(self, name: str, version: str, targets: tuple[Target, ...], calibration: Calibration) -> None:
        self._name, self._version, self._targets = name, version, targets
        self.calibration = calibration

    @property
    def name(self) -> str:
        return self._name

    @property
    def version(self) -> str:
        return self._version

    @property
    def targets(self) -> tuple[Target, ...]:
        return self._targets

    @abstractmethod
    def logits(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Logits before calibration: stance [N, Q, 4] and sentiment [N, 3]."""

    def stance_guess(self, texts: Sequence[str], logits: Tensor) -> Guess | None:
        """What guesses the stance probabilities of parts of ``texts``, whose stance logits [N, Q, 4] are given.

        None where a model has no part that is cheap enough to guess with.
        """
        return None

    def probabilities(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Calibrated probabilities: stance [N, Q, 4] and sentiment [N, 3]. A blank text is none and neutral."""
        return self._calibrated(texts, *self.logits(texts))

    def _calibrated(self, texts: Sequence[str], stance: Tensor, sentiment: Tensor) -> tuple[Tensor, Tensor]:
        stance = self.calibration.stance_probabilities(stance, named_targets(texts, self._targets))
        sentiment = self.calibration.sentiment.apply(sentiment)
        blank = [row for row, text in enumerate(texts) if not any(char.isprintable() and char != " " for char in text)]
        stance[blank] = torch.eye(len(Stance))[_NONE]
        sentiment[blank] = torch.eye(len(Sentiment))[_NEUTRAL]
        return stance, sentiment

    def predict(self, texts: Sequence[str], *, evidence: bool = True) -> list[Prediction]:
        """One prediction a text, the same alone or in any batch. Evidence costs up to one more pass a clause."""
        predictions: list[Prediction] = []
        for at in range(0, len(texts), _CHUNK):
            predictions += self._predict_chunk(texts[at : at + _CHUNK], evidence)
        return predictions

    def _predict_chunk(self, texts: Sequence[str], evidence: bool) -> list[Prediction]:
        logits, feelings = self.logits(texts)
        stance, sentiment = self._calibrated(texts, logits, feelings)
        best = stance.argmax(-1).tolist()
        spans: list[dict[int, Span]] = [{} for _ in texts]
        if evidence:
            asked = [[(target, label) for target, label in enumerate(row) if label != _NONE] for row in best]
            guess = self.stance_guess(texts, logits)
            spans = find_evidence(texts, asked, lambda parts: self.probabilities(parts)[0], guess)
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
