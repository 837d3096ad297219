"""Nesting of any depth: no crash, and the tree of replies comes out whole."""

from __future__ import annotations

import pytest

from pipeline.extract.html.dom import parse
from tests.extract.html.pages import threads

LEVELS = 20_000


def test_replies_nested_beyond_any_real_page() -> None:
    item = (
        '<li class="comment" id="comment-{n}"><b class="fn">N</b><p class="comment-text">t{n}</p><ol class="children">'
    )
    opened = "".join(item.replace("{n}", str(n)) for n in range(1, LEVELS + 1))
    result = threads(f'<ol class="commentlist">{opened}{"</ol></li>" * LEVELS}</ol>')
    assert len(result.posts) == LEVELS
    assert [post.depth for post in result.posts] == list(range(LEVELS))
    assert all(b.parent_id == a.id for a, b in zip(result.posts, result.posts[1:], strict=False))


@pytest.mark.parametrize("tag", ["div", "blockquote", "span", "b", "table"])
def test_hostile_nesting_is_read_without_harm(tag: str) -> None:
    inside = (
        '<ol class="commentlist"><li class="comment" id="comment-1"><b class="fn">甲</b><p class="comment-text">文</p>'
    )
    (post,) = threads(f"<{tag}>" * 30_000 + inside).posts
    assert (post.author, post.text) == ("甲", "文")


def test_a_comment_full_of_quotes_in_quotes() -> None:
    text = "<blockquote>" * 30_000 + "深い" + "</blockquote>" * 30_000
    (post,) = threads(
        f'<ol class="commentlist"><li class="comment" id="comment-1"><div class="comment-text">{text}</div>'
    ).posts
    assert post.text.endswith("> 深い")


def test_ordinary_nesting_is_parsed_as_it_stands() -> None:
    text = "<html><body>" + "<div>" * 300 + "x" + "</div>" * 300
    assert parse(text).css_first("object") is None
