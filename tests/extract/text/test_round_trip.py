"""Generated threads in every layout and encoding come back exactly as they were written."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.load import load_bytes
from pipeline.records import Extraction, Kind
from tests.extract.text.threads import LAYOUTS, Comment, clock, encoded, threads

ENCODINGS = ("utf-8", "utf-16", "cp932", "euc_jp", "iso2022_jp")


def read(text: str, encoding: str = "utf-8", source: str = "page.txt") -> Extraction:
    (extraction,) = extract(load_bytes(encoded(text, encoding), source))
    return extraction


def written(thread: list[Comment]) -> list[tuple[str | None, str, int | None, str]]:
    return [(item.author, item.text, item.votes, f"2022-02-21T{clock(item)}") for item in thread]


def found(extraction: Extraction) -> list[tuple[str | None, str, int | None, str]]:
    return [
        (post.author, post.text, post.votes.value, (post.posted_at.value or "")[:16] if post.posted_at else "")
        for post in extraction.posts
    ]


def accounted(extraction: Extraction, text: str) -> None:
    spans = [part.span for part in (*extraction.posts, *extraction.skipped) if part.span]
    held = [number for span in spans for number in range(span.start, span.end)]
    assert len(held) == len(set(held))
    document = f"{extraction.document.title}\n{extraction.document.section}\n{extraction.document.body}"
    for number, line in enumerate(text.split("\n"), 1):
        assert not line.strip() or number in held or line.strip() in document, line


@pytest.mark.parametrize("name", LAYOUTS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_layouts(name: str, data: st.DataObject) -> None:
    layout = LAYOUTS[name]
    encoding = data.draw(st.sampled_from(ENCODINGS))
    thread = data.draw(threads(layout, encoding))
    text = layout.write(thread)
    extraction = read(text, encoding)
    assert found(extraction) == written(thread)
    assert {post.kind for post in extraction.posts} == {Kind.READER}
    ids = [post.id for post in extraction.posts]
    if layout.knows_nesting:
        assert [post.parent_id for post in extraction.posts] == [
            None if item.parent is None else ids[item.parent] for item in thread
        ]
        assert None not in [post.depth for post in extraction.posts]
    else:
        assert {(post.parent_id, post.depth) for post in extraction.posts} == {(None, None)}
        assert extraction.document.notes == ("nesting_unknown",)
    accounted(extraction, text)
    assert len(set(ids)) == len(ids)
    assert read(text, encoding, "elsewhere/other name.txt").posts == extraction.posts
    assert extraction.document.title is None
