"""Lines that say who and when, and lines that only look so."""

from __future__ import annotations

import pytest

from pipeline.extract.html.bylines import clean_author, is_furniture, name_in_reply_label, parse_byline


@pytest.mark.parametrize(
    ("line", "author", "value"),
    [
        ("Posted by 山田 at 2012年03月04日 12:11", "山田", "2012-03-04T12:11"),
        ("1 ：名無し：2022/02/21(月) 12:34:56 ID:abc", "名無し", "2022-02-21T12:34:56"),
        ("投稿者: 花子 | 2022年2月21日", "花子", "2022-02-21"),
        ("774545 2022/02/21 12:34", "774545", "2022-02-21T12:34"),
        ("太郎さん 2022年2月21日 12:34", "太郎", "2022-02-21T12:34"),
        ("Bob on April 2, 2015 at 3:04 pm said:", "Bob", "2015-04-02T15:04"),
        ("2022/02/21 12:34 山田", "山田", "2022-02-21T12:34"),
        ("2022年2月21日", None, "2022-02-21"),
    ],
)
def test_bylines(line: str, author: str | None, value: str) -> None:
    byline = parse_byline(line)
    assert byline is not None
    assert (byline.author, byline.dated.value) == (author, value)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "本文です。",
        "2022年2月24日に侵攻が始まったと報じられています。",
        "それは違う。 2022年2月24日",
        "投稿日時" * 39 + "!",
        "ID:a" * 39 + " x",
        "x" * 10_000,
    ],
)
def test_other_lines_are_none(line: str) -> None:
    assert parse_byline(line) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("山田 より:", "山田"),
        ("Lisa sagt:", "Lisa"),
        ("1. 名無し", "名無し"),
        ("12:34", "12:34"),
        ("omg -_-", "omg -_-"),
        ("1. FC Köln", "FC Köln"),
        ("by Ann |", "Ann"),
        (" | " * 60 + "x", None),
        (":", None),
    ],
)
def test_names_without_the_words_around(text: str, name: str | None) -> None:
    assert clean_author(text) == name


@pytest.mark.parametrize(
    ("line", "furniture"), [("返信", True), ("Says:", True), ("#3", True), ("100", False), ("😀", False)]
)
def test_furniture(line: str, furniture: bool) -> None:
    assert is_furniture(line) is furniture


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("山田 に返信", "山田"),
        ("Reply to Bob", "Bob"),
        ("Antworte auf blah blubb", "blah blubb"),
        ("Auf Ann antworten", "Ann"),
        ("返信", None),
        (None, None),
    ],
)
def test_names_in_reply_labels(label: str | None, name: str | None) -> None:
    assert name_in_reply_label(label) == name
