"""Sentences: brackets keep them together, nothing is lost, shadows keep every position."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.quotations import find_quotations
from pipeline.extract.quotations.sentences import sentences
from pipeline.records import Document

JAPANESE = st.text(
    alphabet="首相米国は、が。「」『』()（）【】!?！？と述べた言わない限りのだろう\n ア漢x1", max_size=120
)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("雨だ。風だ。", ["雨だ。", "風だ。"]),
        ("「雨だ。風だ。」と言った。次。", ["「雨だ。風だ。」と言った。", "次。"]),
        ("A(注。付き)は来た。", ["A(注。付き)は来た。"]),
        ("本当か?!そうだ。", ["本当か?!", "そうだ。"]),
        ("閉じない「括弧。次の文。", ["閉じない「括弧。", "次の文。"]),
        ("一行目\n二行目", ["一行目", "二行目"]),
        ("「外「内。」側。」だ。", ["「外「内。」側。」だ。"]),
    ],
)
def test_where_sentences_end(text: str, cut: list[str]) -> None:
    assert [sentence.text for sentence in sentences(text)] == cut


def test_shadow_masks_quotes_and_asides() -> None:
    (sentence,) = sentences("教授(法学)は「雨だ」と言う")
    assert sentence.shadow == "教授□□□□は「■■」と言う"
    assert [sentence.text[start:end] for start, end in sentence.quotes] == ["雨だ"]


@given(JAPANESE)
def test_sentences_cover_the_text_and_shadows_its_positions(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(s.text for s in found).split()) == "".join(text.split())
    for sentence in found:
        assert len(sentence.shadow) == len(sentence.text)
        assert text[sentence.start : sentence.start + len(sentence.text)] == sentence.text


@given(JAPANESE)
def test_any_text_gives_quotations_out_of_itself(text: str) -> None:
    posts, skipped = find_quotations(Document("d", "s", body=text))
    assert all(post.text and post.text in text for post in posts)
    assert all(part.excerpt in text for part in skipped)
