"""Zero-shot labels from a model of natural language inference: ``--model nli:<id>``.

Each label is put as a hypothesis about the comment, and the odds that the comment entails it are compared (Yin et al.
2019). Fifteen pairs a comment with three targets, so it is slow; it needs no training.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from models.calibration import Calibration
from models.config import SENTIMENTS, STANCES
from models.labelling import LogitLabeller, digest
from models.tokenizer import clean
from models.weights_io import WeightsError
from pipeline.targets import Target, find_mentions

_STANCE_SAYS = {
    "favor": "この文を書いた人は{name}を支持している。",
    "against": "この文を書いた人は{name}を批判している。",
    "neutral": "この文を書いた人は{name}について中立に述べている。",
    "none": "この文は{name}について述べていない。",
}
_SENTIMENT_SAYS = {
    "positive": "この文は肯定的な気持ちを表している。",
    "neutral": "この文は特に感情を表していない。",
    "negative": "この文は否定的な気持ちを表している。",
}
_MAX_LENGTH = 256
_BATCH = 16
# Added to the logit of none where no alias stands in the text: the names are a surer sign than the inference.
_UNNAMED = 4.0


class EntailmentLabeller(LogitLabeller):
    """Labels by entailment; probabilities are not calibrated."""

    def __init__(self, model_id: str, folder: Path, targets: tuple[Target, ...]) -> None:
        """Load.

        Args:
            model_id: name shown beside the labels.
            folder: folder of the model.
            targets: what to label toward.

        Raises:
            WeightsError: it is no inference model, or cannot be read.
        """
        from transformers import AutoModelForSequenceClassification, AutoTokenizer  # optional extra, slow to import

        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            self._model: Any = AutoModelForSequenceClassification.from_pretrained(
                folder, local_files_only=True, use_safetensors=True
            ).eval()
        except (OSError, ValueError) as error:
            raise WeightsError(f"{model_id}: {error}") from error
        self._entails, self._against = _label_columns(self._model.config.id2label, model_id)
        super().__init__(f"nli:{model_id}", digest(folder, targets), targets, Calibration())

    def logits(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Odds of entailment of each label's sentence: stance [N, Q, 4] and sentiment [N, 3]."""
        says = [says.format(name=target.ja) for target in self._targets for says in _STANCE_SAYS.values()]
        says += _SENTIMENT_SAYS.values()
        odds = self._odds([(clean(text), hypothesis) for text in texts for hypothesis in says])
        odds = odds.view(len(texts), len(says))
        stance = odds[:, : -len(SENTIMENTS)].reshape(len(texts), len(self._targets), len(STANCES)).clone()
        for row, text in enumerate(texts):
            for column, target in enumerate(self._targets):
                if not find_mentions(text, target):
                    stance[row, column, STANCES.index("none")] += _UNNAMED
        return stance, odds[:, -len(SENTIMENTS) :]

    def _odds(self, pairs: Sequence[tuple[str, str]]) -> Tensor:
        """Logit of entailment over the strongest other label, one a pair of premise and hypothesis."""
        odds = torch.empty(len(pairs))
        with torch.inference_mode():
            for at in range(0, len(pairs), _BATCH):
                batch = pairs[at : at + _BATCH]
                encoded = self._tokenizer(
                    [premise for premise, _ in batch],
                    [hypothesis for _, hypothesis in batch],
                    padding=True,
                    truncation="only_first",
                    max_length=_MAX_LENGTH,
                    return_tensors="pt",
                )
                logits = self._model(**encoded).logits.float()
                odds[at : at + _BATCH] = logits[:, self._entails] - logits[:, self._against].amax(-1)
        return odds


def _label_columns(names: dict[int, str], model_id: str) -> tuple[int, list[int]]:
    """Column of entailment and the columns of the other labels."""
    entails = [column for column, name in names.items() if name.lower() in ("entailment", "entail", "含意")]
    if len(entails) != 1:
        raise WeightsError(f"{model_id}: its labels are {sorted(names.values())}, none of them entailment")
    return int(entails[0]), [int(column) for column in names if column != entails[0]]
