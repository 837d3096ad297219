from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from models.data import Example
from models.measure import Answers, credit, gold_labels, grouped, model_answers, score
from pipeline.records import Prediction, Sentiment, SentimentScore, Stance, StanceScore

KEYS = ["us", "russia"]
LABELS = [str(stance) for stance in Stance]
FEELINGS = [str(sentiment) for sentiment in Sentiment]


def _example(number: int, us: str, russia: str, sentiment: str = "neutral", **more: object) -> Example:
    return Example(str(number), "x", {"us": us, "russia": russia}, sentiment, **more)  # type: ignore[arg-type]


rows = st.lists(st.tuples(*[st.integers(0, 3)] * 4, st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=40)


@given(rows)
def test_scores_agree_with_scikit_learn(found: list[tuple[int, ...]]) -> None:
    gold = gold_labels([_example(0, LABELS[a], LABELS[b], FEELINGS[e]) for a, b, _, _, e, _ in found], KEYS)
    answers = Answers(np.array([[c, d] for _, _, c, d, _, _ in found]), np.array([f for *_, f in found]))
    report = score(gold, answers, KEYS, also=False, samples=20)
    flat = gold.stance.ravel(), answers.stance.ravel()
    present = sorted(set(flat[0]) | set(flat[1]))
    assert report["pooled"]["macro_f1"][0] == pytest.approx(
        f1_score(*flat, labels=present, average="macro", zero_division=0), abs=1e-4
    )
    us = gold.stance[:, 0], answers.stance[:, 0]
    assert report["targets"]["us"]["accuracy"][0] == pytest.approx(np.mean(us[0] == us[1]), abs=1e-4)
    value, low, high = report["sentiment"]["accuracy"]
    assert 0 <= low <= high <= 1
    assert value == pytest.approx(np.mean(gold.sentiment == answers.sentiment), abs=1e-4)


def test_the_interval_narrows_with_more_comments() -> None:
    rng = np.random.default_rng(0)
    widths = []
    for n in (50, 2000):
        gold = gold_labels([_example(i, LABELS[i % 4], "none") for i in range(n)], KEYS)
        guess = np.where(rng.random((n, 2)) < 0.7, gold.stance, (gold.stance + 1) % 4)
        _, low, high = score(gold, Answers(guess, gold.sentiment), KEYS, also=False)["pooled"]["macro_f1"]
        widths.append(high - low)
    assert widths[1] < widths[0] / 3


def test_second_labels_count_only_where_they_are_given() -> None:
    gold = gold_labels([_example(0, "favor", "none", also={"us": ["neutral"]}), _example(1, "favor", "none")], KEYS)
    guess = np.array([[2, 3], [2, 3]])
    assert credit(gold.stance, gold.also, guess).tolist() == [[2, 3], [0, 3]]
    answers = Answers(guess, gold.sentiment)
    strict, also = (score(gold, answers, KEYS, also=flag, samples=0)["pooled"]["accuracy"][0] for flag in (False, True))
    assert (strict, also) == (0.5, 0.75)


def test_small_groups_are_left_out() -> None:
    examples = [_example(i, "favor", "none", register="a" if i < 25 else "b") for i in range(30)]
    gold = gold_labels(examples, KEYS)
    groups = grouped(examples, gold, Answers(gold.stance, gold.sentiment), KEYS)
    assert {name: part["n"] for name, part in groups["registers"].items()} == {"a": 25}
    assert groups["registers"]["a"]["stance_macro_f1"] == 1.0


def test_what_a_small_sample_does_not_show_is_none() -> None:
    examples = [_example(i, "neutral", "none", register="a") for i in range(25)]
    gold = gold_labels(examples, KEYS)
    report = score(gold, Answers(gold.stance, gold.sentiment), KEYS, also=False)
    assert report["pooled"]["sides_f1"] is None
    assert report["pooled"]["macro_f1"] == [1.0, 1.0, 1.0]
    assert grouped(examples, gold, Answers(gold.stance, gold.sentiment), KEYS)["registers"]["a"]["sides_f1"] is None


def test_predictions_become_arrays() -> None:
    one = StanceScore(Stance.AGAINST, (0.1, 0.6, 0.2, 0.1), needs_review=True)
    two = StanceScore(Stance.NONE, (0.0, 0.0, 0.1, 0.9))
    mood = SentimentScore(Sentiment.NEGATIVE, (0.1, 0.1, 0.8))
    answers = model_answers([Prediction({"us": one, "russia": two}, mood, "m", "1")], KEYS)
    assert answers.stance.tolist() == [[1, 3]]
    assert answers.sentiment.tolist() == [2]
    assert answers.confidence is not None
    assert answers.confidence.tolist() == [[0.6, 0.9]]
    assert answers.review is not None
    assert answers.review.tolist() == [[True, False]]
