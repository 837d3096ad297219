from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from models.agreement import agreement, cohens_kappa
from models.data import read_examples, training_files
from models.data_card import CORPUS, KEYS, filled

EVALUATION = ["dev", "test", "quoteguard"]


def _grams(text: str) -> set[str]:
    packed = "".join(text.split())
    return {packed[i : i + 5] for i in range(max(1, len(packed) - 4))}


def test_the_data_card_counts_what_is_there() -> None:
    card = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert card == filled(card), "run `python -m models.data_card --write`"
    assert "| test | evaluation | 620 |" in card


@pytest.mark.parametrize("name", EVALUATION)
def test_two_annotators_agree(name: str) -> None:
    found = agreement(CORPUS / f"{name}.jsonl", CORPUS / "second" / f"{name}.jsonl", KEYS)
    assert found["kappa"]["stance"] >= 0.8


def test_ids_and_texts_stand_once() -> None:
    examples = [example for path in sorted(CORPUS.glob("*.jsonl")) for example in read_examples(path)]
    assert len({example.id for example in examples}) == len(examples)
    assert len({example.text for example in examples}) == len(examples)


def test_no_evaluation_comment_is_nearly_a_training_comment() -> None:
    """5-gram Jaccard similarity under 0.4, as inside the corpus."""
    index: defaultdict[str, list[int]] = defaultdict(list)
    sizes: list[int] = []
    for path in training_files(CORPUS):
        for example in read_examples(path):
            grams = _grams(example.text)
            for gram in grams:
                index[gram].append(len(sizes))
            sizes.append(len(grams))
    for name in EVALUATION:
        for example in read_examples(CORPUS / f"{name}.jsonl"):
            grams = _grams(example.text)
            shared: defaultdict[int, int] = defaultdict(int)
            for gram in grams:
                for row in index.get(gram, ()):
                    shared[row] += 1
            for row, count in shared.items():
                assert count / (len(grams) + sizes[row] - count) < 0.4, example.id


def test_kappa_of_a_known_table() -> None:
    one = np.array([0] * 25 + [1] * 25)
    two = np.array([0] * 20 + [1] * 5 + [0] * 10 + [1] * 15)
    assert cohens_kappa(one, two, 2) == pytest.approx(0.4)
    assert np.isnan(cohens_kappa(one * 0, one * 0, 2))
