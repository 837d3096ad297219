"""The five founding documents give exactly what ``seeds/expected.json`` says."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract import extract
from pipeline.load import load
from pipeline.records import Extraction, Kind, Post, SkipReason

SEEDS = Path(__file__).parents[2] / "seeds"
EXPECTED: dict[str, Any] = json.loads((SEEDS / "expected.json").read_text(encoding="utf-8"))
NAMES = sorted(EXPECTED)


@cache
def seed(name: str) -> Extraction:
    (extraction,) = extract(load(str(SEEDS / name)))
    return extraction


def of_kind(name: str, kind: Kind) -> list[Post]:
    return [post for post in seed(name).posts if post.kind is kind]


@pytest.mark.parametrize("name", NAMES)
def test_experts_are_exact(name: str) -> None:
    found = of_kind(name, Kind.EXPERT)
    expected = EXPECTED[name]["experts"]
    assert len(found) == len(expected)
    for post, want in zip(found, expected, strict=True):
        assert (post.author, post.affiliation, post.label) == (want["author"], want["affiliation"], want["label"])
        assert post.posted_at is not None
        assert post.posted_at.value == want["posted_at"]
        assert (post.updated_at.value if post.updated_at else None) == want["updated_at"]
        assert post.text.startswith(want["starts"])
        assert post.text.endswith(want["ends"])


@pytest.mark.parametrize("name", NAMES)
def test_readers_are_exact(name: str) -> None:
    found = of_kind(name, Kind.READER)
    expected = EXPECTED[name]["readers"]
    assert len(found) == len(expected)
    for post, want in zip(found, expected, strict=True):
        assert (post.author, post.votes.value) == (want["author"], want["votes"])
        assert post.parent_id == (None if want["parent"] is None else found[want["parent"]].id)
        assert post.depth == (0 if want["parent"] is None else 1)
        assert post.text.startswith(want["starts"])
        assert post.posted_at is not None
        assert post.posted_at.value == EXPECTED[name]["all_posted_at"]


@pytest.mark.parametrize("name", NAMES)
def test_documents_are_exact(name: str) -> None:
    document, want = seed(name).document, EXPECTED[name]
    assert document.title == want["title"]
    assert list(document.authors) == want.get("authors", [])
    assert (document.published_at.value if document.published_at else None) == want.get("published_at")
    assert document.agency == want.get("agency")
    assert document.url == want.get("url")
    assert len(document.reader_prompts) == want.get("reader_prompts", 0)
    if "reference" in want:
        assert document.reference == want["reference"]
    for words in want.get("body_must_not_contain", []):
        assert words not in document.body


@pytest.mark.parametrize("name", NAMES)
def test_no_furniture_in_any_record(name: str) -> None:
    extraction = seed(name)
    records = [extraction.document.body, *(post.text for post in extraction.posts)]
    for words in (
        "2026",
        "ランキング",
        "関連記事",
        "トラックバック",
        "PAGE TOP",
        "前のページ",
        "次のページ",
        "Copyright",
        "のアバター",
    ):
        assert not any(words in text for text in records)
    assert not any(text.startswith("『") or text.endswith("』") for text in records)


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_in_a_record_or_skipped(name: str) -> None:
    extraction = seed(name)
    lines = (SEEDS / name).read_text(encoding="utf-8").split("\n")
    parts = [post for post in extraction.posts if post.kind is not Kind.QUOTATION]
    spans = [part.span for part in (*parts, *(part for part in extraction.skipped if part.lines)) if part.span]
    held = [number for span in spans for number in range(span.start, span.end)]
    assert len(held) == len(set(held)), "two records hold one line"
    document = extraction.document
    whole = "\n".join(str(value) for value in (document.title, document.section, document.url, document.body))
    date = document.published_at.raw if document.published_at else None
    parts = [
        date,
        document.agency,
        *document.authors,
        *document.reader_prompts,
        *(document.reference or "").split("\n"),
    ]
    for number, line in enumerate(lines, 1):
        text = line.strip().removeprefix("『").removesuffix("』").strip()
        if text and number not in held and not text.startswith("Reference"):
            assert text in whole or any(part in text for part in parts if part), f"line {number} is lost: {text}"


def test_expert_and_ranking_traps() -> None:
    thread = seed("004_7692ab5d5f546e80.txt")
    assert [part.reason for part in thread.skipped if part.excerpt.startswith("1. この記事へのトラックバック")] == [
        SkipReason.TRACKBACK
    ]
    ranking = [part for part in seed("002_88547998c536a12f.txt").skipped if part.reason is SkipReason.RANKING]
    assert sum(part.lines for part in ranking) >= 61


def test_ids_do_not_depend_on_the_place(tmp_path: Path) -> None:
    for name in NAMES:
        moved = tmp_path / f"other {name}"
        moved.write_bytes((SEEDS / name).read_bytes())
        (again,) = extract(load(str(moved)))
        assert again.document.id == seed(name).document.id
        assert again.posts == seed(name).posts
        assert again.skipped == seed(name).skipped
