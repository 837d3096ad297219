"""Quotations of the seeds and of invented sentences: floors that only rise. Counting: counting.py."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract import extract
from pipeline.extract.quotations import find_quotations
from pipeline.load import load
from pipeline.records import Document, Kind, Post, QuoteKind, SkipReason
from tests.extract.quotations.counting import Counts

SEEDS = Path(__file__).parents[3] / "seeds"
GOLD: list[dict[str, Any]] = [
    json.loads(line) for line in (SEEDS / "quotations.jsonl").read_text(encoding="utf-8").splitlines()
]


def _cases(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))[
        "case"
    ]
    return cases


CASES = _cases("sentences")


@cache
def seed(name: str) -> Document:
    (extraction,) = extract(load(str(SEEDS / name)))
    return extraction.document


def quotations(body: str) -> list[Post]:
    return find_quotations(Document("d", "s", body=body))[0]


def seed_counts() -> Counts:
    counts = Counts()
    for name in sorted({item["document"] for item in GOLD}):
        document = seed(name)
        said = [item for item in GOLD if item["document"] == name and "quote_kind" in item]
        counts.add(document.body, find_quotations(document)[0], said)
    return counts


def test_floors_on_the_seeds() -> None:
    counts = seed_counts()
    assert len(counts.quoted) == 46
    assert len(counts.indirect) == 31
    assert counts.share(counts.quoted) >= 0.97
    assert counts.share(counts.indirect) >= 0.95
    assert counts.share(counts.precise) >= 0.97
    assert counts.share(counts.speakers) >= 0.97


def test_floors_on_invented_sentences() -> None:
    counts = Counts()
    for case in CASES:
        gold = [dict(zip(("quote_kind", "text", "speaker"), item, strict=True)) for item in case["says"]]
        counts.add(case["body"], quotations(case["body"]), gold)
    assert len(CASES) >= 60
    assert counts.share(counts.quoted) >= 0.97
    assert counts.share(counts.indirect) >= 0.97
    assert counts.share(counts.precise) >= 0.97
    assert counts.share(counts.speakers) >= 0.97


@pytest.mark.parametrize(
    ("name", "quoted", "indirect", "precise", "speakers"),
    [("news_a", 0.96, 1.0, 1.0, 1.0), ("news_b", 0.94, 0.9, 1.0, 0.88), ("news_c", 1.0, 1.0, 1.0, 0.89)],
)
def test_floors_on_sentences_first_met_unread(
    name: str, quoted: float, indirect: float, precise: float, speakers: float
) -> None:
    counts = Counts()
    for case in _cases(name):
        gold = [dict(zip(("quote_kind", "text", "speaker"), item, strict=True)) for item in case["says"]]
        counts.add(case["body"], quotations(case["body"]), gold)
    assert counts.share(counts.quoted) >= quoted
    assert counts.share(counts.indirect) >= indirect
    assert counts.share(counts.precise) >= precise
    assert counts.share(counts.speakers) >= speakers


def test_what_nobody_said_is_no_quotation() -> None:
    for item in GOLD:
        if "no_quotation" in item:
            found = [post.text for post in find_quotations(seed(item["document"]))[0]]
            assert item["text"] not in found


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("NATO加盟を申請しない", SkipReason.HYPOTHETICAL),
        ("ウクライナだけ合意内容を履行しろ", SkipReason.IMPUTED),
        ("NATOとロシアの犠牲になる見返りを提示されても絶対に信用しない", SkipReason.IMPUTED),
    ],
)
def test_hypothetical_and_imputed_quotations_are_skipped_with_their_reason(words: str, reason: SkipReason) -> None:
    skipped = find_quotations(seed("004_7692ab5d5f546e80.txt"))[1]
    assert [part.reason for part in skipped if part.excerpt.startswith(words)] == [reason]


@pytest.mark.parametrize(
    "body",
    [
        "村は「桃源郷」として知られる。村長は笑みを浮かべた。",
        "同社は新型を「主力商品」として評価している。",
        "市は老朽化が進むとして庁舎を建て替えた。",
        "彼は「山」「川」の字を書いた。",
    ],
)
def test_names_and_reasons_of_deeds_are_no_quotations(body: str) -> None:
    assert quotations(body) == []


@pytest.mark.parametrize("case", [case for case in CASES if case.get("skips")], ids=lambda case: case["body"][:20])
def test_invented_suppositions_are_skipped(case: dict[str, Any]) -> None:
    skipped = find_quotations(Document("d", "s", body=case["body"]))[1]
    assert [part.excerpt for part in skipped] == case["skips"]


def test_chain_of_sources_is_kept_outermost_first() -> None:
    found = {post.text: post.quotation for post in find_quotations(seed("000_9af9bc21270c8176.txt"))[0]}
    quotation = found["ロシアの欧米との関係の完全な決裂につながる"]
    assert quotation is not None
    assert quotation.speaker == "ロシアのプーチン大統領"
    assert quotation.via == ("インタファクス通信", "ロシアのウシャコフ大統領補佐官")


def test_anonymous_speakers_are_marked_and_resolved() -> None:
    found = {post.text[:6]: post.quotation for post in find_quotations(seed("001_f4a547a4de1a4cfe.txt"))[0]}
    for start in ("一つは、外交", "これらのコス"):
        quotation = found[start]
        assert quotation is not None
        assert (quotation.speaker, quotation.role, quotation.anonymous) == ("政権高官", "高官", True)
    named = found["モスクワが1"]
    assert named is not None
    assert not named.anonymous


def test_continuation_needs_a_speaker_before_it() -> None:
    assert quotations("町は静かだ。\n「誰も外に出ない。店も閉まっている」") == []
    after = quotations("ヤン市長は「静かすぎる」と話した。\n「誰も外に出ない。店も閉まっている」")
    assert [post.quotation.quote_kind for post in after if post.quotation] == [QuoteKind.DIRECT, QuoteKind.CONTINUATION]


def test_posts_hold_what_the_body_holds() -> None:
    for name in sorted({item["document"] for item in GOLD}):
        document = seed(name)
        posts, _ = find_quotations(document)
        assert len({post.id for post in posts}) == len(posts)
        for post in posts:
            assert post.kind is Kind.QUOTATION
            assert post.text in document.body
            assert post.author is None


def test_ids_do_not_depend_on_the_other_quotations() -> None:
    body = "ヤン市長は「静かすぎる」と話した。"
    alone = quotations(body)[0]
    more = quotations(body + "リー知事は「雨が要る」と述べた。")
    assert alone.id == more[0].id


def test_spans_are_source_lines_where_these_are_known() -> None:
    document = Document("d", "s", body="見出し\nヤン市長は「静かすぎる」と話した。")
    posts, _ = find_quotations(document, lines=(3, 7))
    assert [(post.span.start, post.span.end) for post in posts if post.span] == [(7, 8)]
    assert find_quotations(document)[0][0].span is None
