from __future__ import annotations

from collections.abc import Sequence

import pytest

from models.data import Example
from models.probes import evidence_test, quotation_guard, swap_names, swap_pairs, swap_rate
from pipeline.records import Prediction, Sentiment, SentimentScore, Span, Stance, StanceScore
from pipeline.targets import find_mentions, load_targets

TARGETS = load_targets()
NONE = {"us": "none", "russia": "none", "ukraine": "none"}
TURN = {"us": "russia", "russia": "ukraine", "ukraine": "us"}


class Reader:
    """Names a target against where 「嘘つき」 stands in the text, neutral else; ``biased`` always favours the US."""

    targets = TARGETS

    def __init__(self, biased: bool = False, evidence: str = "嘘つき") -> None:
        self.biased, self.evidence = biased, evidence

    def predict(self, texts: Sequence[str], *, evidence: bool = True) -> list[Prediction]:
        return [self._one(text, evidence) for text in texts]

    def _one(self, text: str, evidence: bool) -> Prediction:
        scores = {}
        for target in TARGETS:
            blamed = 0.9 if "嘘つき" in text else 0.2
            if not find_mentions(text, target):
                scores[target.key] = StanceScore(Stance.NONE, (0.0, 0.0, 0.0, 1.0))
            elif self.biased and target.key == "us":
                scores[target.key] = StanceScore(Stance.FAVOR, (1.0, 0.0, 0.0, 0.0))
            else:
                at = text.find(self.evidence)
                spans = (Span(at, at + len(self.evidence)),) if evidence and at >= 0 else ()
                label = Stance.AGAINST if blamed > 0.5 else Stance.NEUTRAL
                scores[target.key] = StanceScore(label, (0.0, blamed, 1 - blamed, 0.0), spans)
        return Prediction(scores, SentimentScore(Sentiment.NEUTRAL, (0.0, 1.0, 0.0)), "reader", "1")


@pytest.mark.parametrize(
    ("text", "swapped"),
    [
        ("ロシアは嘘つきだ", "ウクライナは嘘つきだ"),
        ("プーチンとバイデン、米軍も", "ゼレンスキーとプーチン、露軍も"),
        ("対露制裁", None),
        ("弁当", "弁当"),
    ],
)
def test_names_are_swapped_where_each_has_a_counterpart(text: str, swapped: str | None) -> None:
    assert swap_names(text, TARGETS, TURN) == swapped


def test_pairs_are_made_only_where_the_swap_is_well_defined() -> None:
    examples = [
        Example("1", "ロシアは嘘つきだ", NONE | {"russia": "against"}, "negative"),
        Example("2", "ロシアは嘘つきだ", NONE, "negative"),
        Example("3", "あの国は嘘つきだ", NONE | {"russia": "against"}, "negative"),
        Example("4", "クレムリンは嘘つきだ", NONE | {"russia": "against"}, "negative"),
    ]
    pairs = swap_pairs(examples, TARGETS)
    assert {plain for plain, _, _ in pairs} == {"ロシアは嘘つきだ"}
    assert {swapped for _, swapped, _ in pairs} == {"アメリカは嘘つきだ", "ウクライナは嘘つきだ"}


def test_a_model_with_a_favourite_is_found_out() -> None:
    examples = [Example("1", "ロシアは嘘つきだ", NONE | {"russia": "against"}, "negative")]
    assert swap_rate(Reader(), examples)["pairs_swapped"] == 1.0
    assert swap_rate(Reader(biased=True), examples)["pairs_swapped"] < 1.0


def test_the_guard_counts_who_takes_the_quotation_for_the_writers() -> None:
    examples = [
        Example("1", "「ロシアは嘘つき」とは、よく言う", NONE | {"russia": "favor"}, "negative"),
        Example("2", "ロシアは嘘つきだ", NONE | {"russia": "against"}, "negative"),
        Example("3", "ロシアは来週だ", NONE | {"russia": "against"}, "neutral", also={"russia": ["neutral"]}),
    ]
    found = quotation_guard(Reader(), examples)
    assert found == {
        "n": 3,
        "labels": 3,
        "labels_right": pytest.approx(1 / 3, abs=1e-4),
        "labels_right_also": pytest.approx(2 / 3, abs=1e-4),
        "comments_right": pytest.approx(2 / 3, abs=1e-4),
        "opposite_avoided": pytest.approx(2 / 3, abs=1e-4),
    }


TEXT = "会談は来週の月曜だそうです。ロシアは嘘つきだし話にならない。天気は晴れのち曇りだった。"


@pytest.mark.parametrize(("evidence", "rate"), [("ロシアは嘘つき", 1.0), ("来週の月曜だ", 0.0)])
def test_the_evidence_test_tells_right_from_wrong_evidence(evidence: str, rate: float) -> None:
    found = evidence_test(Reader(evidence=evidence), [Example("1", TEXT, NONE | {"russia": "against"}, "negative")] * 8)
    assert found["labels"] == 8
    assert (found["evidence_wins"] == 1.0) == (rate == 1.0)


def test_a_text_of_one_clause_cannot_be_compared() -> None:
    examples = [Example("1", "ロシアは嘘つき", NONE | {"russia": "against"}, "negative")]
    assert evidence_test(Reader(evidence="ロシアは嘘つき"), examples) == {
        "labels": 0,
        "too_short": 1,
        "evidence_wins": None,
        "mean_drop": None,
        "mean_drop_random": None,
    }


def test_a_word_that_points_to_a_target_has_no_counterpart() -> None:
    exchange = {"us": "us", "russia": "ukraine", "ukraine": "russia"}
    assert swap_names("ロシアが撃つ", TARGETS, exchange) == "ウクライナが撃つ"
    assert swap_names("ロシアがハルキウを撃つ", TARGETS, exchange) is None
