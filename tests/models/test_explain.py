from __future__ import annotations

from collections.abc import Sequence

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

    (found,) = find_evidence([text], [[(0, 1)]], score([text]), score)
    assert text[found[0].start : found[0].end] == "露軍は野蛮すぎる。"
    assert "野蛮" not in without(text, found[0])


def test_nothing_is_scored_where_nothing_is_asked() -> None:
    def score(texts: Sequence[str]) -> Tensor:
        assert not texts
        return torch.empty(0, 1, 2)

    assert find_evidence(["一つ目、二つ目。"], [[]], torch.zeros(1, 1, 2), score) == [{}]
