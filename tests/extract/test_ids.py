"""Ids: the same page gives the same ids, other posts give others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.ids import document_id, normalise_url, post_id


@pytest.mark.parametrize(
    "url",
    [
        "http://Example.jp/a?b=1&a=2",
        "https://example.jp:443/a?a=2&b=1#comments",
        " https://example.jp/a?a=2&utm_source=x&b=1&fbclid=1 ",
        "https://example.jp/a?replytocom=3&a=2&b=1",
    ],
)
def test_ways_to_write_one_address_are_one(url: str) -> None:
    assert normalise_url(url) == "https://example.jp/a?a=2&b=1"


@pytest.mark.parametrize("text", ["", "not an address", "https://[broken/", "file:///a/b.html", "http://a:99999/"])
def test_what_is_no_address_stays(text: str) -> None:
    assert normalise_url(text) == text.strip()


def test_an_address_counts_more_than_the_bytes() -> None:
    assert document_id("http://a.jp/1", "d1") == document_id("https://a.jp/1#x", "d2")
    assert document_id(None, "d1") != document_id(None, "d2")
    assert document_id("", "d1") == document_id(None, "d1")


def test_a_site_id_outweighs_position_and_text() -> None:
    assert post_id("d", "7", 0, "a") == post_id("d", "7", 5, "b")
    assert post_id("d", None, 0, "a") != post_id("d", None, 1, "a")
    assert post_id("d", "7", 0, "a") != post_id("e", "7", 0, "a")


@given(st.text(), st.text(), st.integers(0, 9), st.text())
def test_ids_are_16_hexadecimal_digits_and_repeat(document: str, site: str, position: int, text: str) -> None:
    first = post_id(document, site, position, text)
    assert first == post_id(document, site, position, text)
    assert len(first) == 16
    int(first, 16)
