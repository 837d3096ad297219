from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from models.explain import MAX_UNITS, clauses, find_evidence, without


def _parts(text: str) -> list[str]:
    return [text[span.start : span.end] for span in clauses(text)]


@given(st.text(alphabet="ロシアは、。「」!\n嘘つきだがを ", min_size=1, max_size=80))
def test_clauses_cover_the_text_in_order(text: str) -> None:
    assert "".join(_parts(text)) == text
    assert len(_parts(text)) <= MAX_UNITS


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "ロシアは、約束を破ってばかりだ。もう誰も信じない。",
            ["ロシアは、約束を破ってばかりだ。", "もう誰も信じない。"],
        ),
        ("「出ていけ」?助けてもらって、それはない。", ["「出ていけ」?", "助けてもらって、", "それはない。"]),
        ("短い", ["短い"]),
    ],
)
def test_clauses_end_at_punctuation_and_keep_their_topic(text: str, parts: list[str]) -> None:
    assert _parts(text) == parts


def test_a_long_text_without_punctuation_is_parted_too() -> None:
    assert len(clauses("ロシア軍がこんなに弱いとは思わなかったが笑うしかない")) > 1


def test_a_very_long_text_has_few_units() -> None:
    assert len(clauses("ロシアが悪い。" * 15_000)) == MAX_UNITS


def test_the_clause_that_moves_the_label_is_found() -> None:
    text = "会談は来週だ。露軍は野蛮すぎる。弁当がうまい。"

    def score(texts: Sequence[str]) -> Tensor:
        hits = torch.tensor([[0.9 if "野蛮" in t else 0.2] for t in texts])
        return torch.stack([1 - hits, hits], dim=-1)

    (found,) = find_evidence([text], [[(0, 1)]], score)
    assert text[found[0].start : found[0].end] == "露軍は野蛮すぎる。"
    assert "野蛮" not in without(text, found[0])


def test_nothing_is_scored_where_nothing_is_asked() -> None:
    def score(texts: Sequence[str]) -> Tensor:
        assert not texts
        return torch.empty(0, 1, 2)

    assert find_evidence(["一つ目、二つ目。"], [[]], score) == [{}]


def _by_words(*words: str) -> Callable[[Sequence[str]], Tensor]:
    """Probability of label 1: each word found adds, the first most; the second is what a guess may overlook."""

    def score(texts: Sequence[str]) -> Tensor:
        hits = torch.tensor([[0.1 + sum(0.4 / (n + 1) for n, word in enumerate(words) if word in t)] for t in texts])
        return torch.stack([1 - hits, hits], dim=-1)

    return score


TEXT = "会談は来週だ。露軍は野蛮すぎる。弁当がうまい。米国も嘘つきだ。"


def test_a_sure_guess_needs_no_score() -> None:
    def refuse(texts: Sequence[str]) -> Tensor:
        assert not texts
        return torch.empty(0, 1, 2)

    rough = _by_words("野蛮")
    (found,) = find_evidence([TEXT], [[(0, 1)]], refuse, lambda parts, _: rough(parts))
    assert TEXT[found[0].start : found[0].end] == "露軍は野蛮すぎる。"


def test_what_the_guess_leaves_open_the_whole_model_decides() -> None:
    exact, rough = _by_words("野蛮", "嘘つき"), _by_words("天気")
    scored: list[str] = []

    def score(texts: Sequence[str]) -> Tensor:
        scored.extend(texts)
        return exact(texts)

    (found,) = find_evidence([TEXT], [[(0, 1)]], score, lambda parts, _: rough(parts))
    assert TEXT[found[0].start : found[0].end] == "露軍は野蛮すぎる。"
    assert 1 < len(scored) < len(clauses(TEXT))


def test_the_guess_is_told_which_text_each_part_is_of() -> None:
    texts = ["一つだけ", TEXT, "会談は来週だ。弁当がうまい。"]
    told: list[tuple[str, int]] = []

    def guess(parts: Sequence[str], wholes: Sequence[int]) -> Tensor:
        told.extend(zip(parts, wholes, strict=True))
        return _by_words("野蛮")(parts)

    found = find_evidence(texts, [[(0, 1)], [(0, 1)], []], _by_words("野蛮"), guess)
    assert told == [(without(TEXT, span), 1) for span in clauses(TEXT)]
    assert texts[0][found[0][0].start : found[0][0].end] == texts[0]
    assert found[2] == {}
