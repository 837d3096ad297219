"""Saved Japanese article pages: title, date and author against values from other extractors' tests.

Expected dates are in UTC; the record keeps the local form that the page shows. A date is right if it is the same
instant (pages in Japan: UTC+9, or the offset that the page gives), or the same day where only a day is known.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract import extract
from pipeline.load import load
from pipeline.records import Dated, DateHow, Document

JAPAN = dt.timezone(dt.timedelta(hours=9))


@pytest.fixture(scope="module")
def pages(shared: Path) -> list[tuple[Document, dict[str, Any], str]]:
    return [_read(str(folder)) for folder in sorted((shared / "pages").glob("jp-*"))]


@cache
def _read(folder: str) -> tuple[Document, dict[str, Any], str]:
    page = load(f"{folder}/page.html")
    expected = json.loads(Path(folder, "expected.json").read_text(encoding="utf-8"))
    (extraction,) = extract(page)
    return extraction.document, expected.get("expected", expected), html.unescape(page.text)


def _plain(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFKC", text or "").split())


def _right(dated: Dated | None, expected: str | None) -> bool:
    if dated is None or expected is None or dated.value is None:
        return dated is None and expected is None
    if len(expected) == 10:
        return dated.value[:10] == expected
    instant = dt.datetime.fromisoformat(expected)
    if len(dated.value) == 10:
        return dated.value == instant.astimezone(JAPAN).date().isoformat()
    local = dt.datetime.fromisoformat(dated.value)
    zones = [JAPAN, dt.UTC] if re.search(r"Z$|\+00:00$", dated.raw) else [JAPAN]
    return any(abs(local.replace(tzinfo=zone) - instant) < dt.timedelta(minutes=1) for zone in zones)


def test_titles(pages: list[tuple[Document, dict[str, Any], str]]) -> None:
    wrong = [document.title for document, expected, _ in pages if _plain(document.title) != _plain(expected["title"])]
    assert len(pages) >= 16
    assert wrong == []


def test_dates(pages: list[tuple[Document, dict[str, Any], str]]) -> None:
    wrong = [
        (document.source, document.published_at)
        for document, expected, _ in pages
        if not _right(document.published_at, expected.get("date_published", expected.get("date")))
    ]
    assert wrong == []


def test_authors_where_shown(pages: list[tuple[Document, dict[str, Any], str]]) -> None:
    named = [(d, e["author"]) for d, e, _ in pages if e.get("author") and "://" not in e["author"]]
    assert len(named) == 6
    for document, author in named:
        assert document.authors
        assert all(name in author for name in document.authors), (document.authors, author)


def test_nothing_is_invented(pages: list[tuple[Document, dict[str, Any], str]]) -> None:
    """Each name stands on the page as a byline, each date as it is written there."""
    shown_elsewhere = {"深海", "中沢克二", "岡田浩幸"}  # bylines that the pages show and that nobody had annotated
    for document, expected, text in pages:
        for name in document.authors:
            assert name in (expected.get("author") or "") or (name in shown_elsewhere and name in text)
        if document.published_at is not None:
            assert document.published_at.how is DateHow.STATED
            assert document.published_at.raw.split("（")[0].strip() in text


def test_bodies_are_without_furniture(pages: list[tuple[Document, dict[str, Any], str]]) -> None:
    for document, _, _ in pages:
        assert document.body, document.source
        for line in document.body.split("\n"):
            assert not re.fullmatch(
                r"(?:関連記事|.*ランキング|無断転載.*|シェア|ツイート|この記事は会員限定.*)", line
            ), line
