"""Generated threads in every export and encoding come back exactly as they were written."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.load import load_bytes
from pipeline.records import Extraction
from tests.extract.text.threads import Comment, Layout, clock, threads

ENCODINGS = ("utf-8", "utf-16", "cp932", "euc_jp", "iso2022_jp")


def stamp(comment: Comment, place: int) -> str:
    """A time that rises with the place in the thread, so that siblings keep their order."""
    return f"2022-02-21T{clock(comment)}:{place:02}"


def paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))


def unspaced(text: str) -> str:
    """Without blank lines, which paragraphs of HTML do not keep."""
    return "\n".join(line for line in text.split("\n") if line)


def parent_number(comment: Comment) -> int:
    return 0 if comment.parent is None else comment.parent + 1


def write_wxr(thread: Sequence[Comment], encoding: str) -> str:
    comments = "".join(
        f"<wp:comment><wp:comment_id>{place}</wp:comment_id>"
        f"<wp:comment_author><![CDATA[{comment.author or ''}]]></wp:comment_author>"
        f"<wp:comment_date>{stamp(comment, place).replace('T', ' ')}</wp:comment_date>"
        f"<wp:comment_content><![CDATA[{html.escape(comment.text)}]]></wp:comment_content>"
        f"<wp:comment_approved>1</wp:comment_approved><wp:comment_parent>{parent_number(comment)}</wp:comment_parent>"
        "</wp:comment>"
        for place, comment in enumerate(thread, 1)
    )
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        f"<item><title>題</title><wp:post_type>post</wp:post_type>{comments}</item></channel></rss>"
    )


def write_disqus(thread: Sequence[Comment], encoding: str) -> str:
    posts = [
        f'<post dsq:id="{place}"><message><![CDATA[{paragraphs(comment.text)}]]></message>'
        f"<createdAt>{stamp(comment, place)}Z</createdAt>"
        f"<author><name>{html.escape(comment.author or '')}</name></author>"
        + (f'<parent dsq:id="{parent_number(comment)}"/>' if comment.parent is not None else "")
        + '<thread dsq:id="7"/></post>'
        for place, comment in enumerate(thread, 1)
    ]
    # The export's order is not that of the thread.
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://x">'
        f'<thread dsq:id="7"><title>題</title></thread>{"".join(reversed(posts))}</disqus>'
    )


def write_rest(thread: Sequence[Comment], encoding: str) -> str:
    items = [
        {
            "id": place,
            "post": 1,
            "parent": parent_number(comment),
            "author_name": comment.author or "",
            "date": stamp(comment, place),
            "content": {"rendered": paragraphs(comment.text)},
        }
        for place, comment in enumerate(thread, 1)
    ]
    return json.dumps(items[::-1], ensure_ascii=False)


def write_hatena(thread: Sequence[Comment], encoding: str) -> str:
    marks = [
        {"user": comment.author or "", "comment": comment.text, "timestamp": f"2022/02/21 {clock(comment)}", "tags": []}
        for comment in thread
    ]
    return json.dumps({"title": "題", "url": "https://example.jp/", "bookmarks": marks}, ensure_ascii=False)


def rows(thread: Sequence[Comment]) -> list[list[str]]:
    return [
        [
            str(place),
            "" if comment.parent is None else str(comment.parent + 1),
            comment.author or "",
            stamp(comment, place),
            comment.text,
            "" if comment.votes is None else str(comment.votes),
        ]
        for place, comment in enumerate(thread, 1)
    ]


HEADER = ["コメントID", "返信先", "投稿者", "投稿日時", "本文", "いいね数"]


def write_csv(thread: Sequence[Comment], encoding: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([HEADER, *rows(thread)])
    return buffer.getvalue()


def write_tsv(thread: Sequence[Comment], encoding: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter="\t").writerows([HEADER, *rows(thread)])
    return buffer.getvalue()


def write_lines(thread: Sequence[Comment], encoding: str) -> str:
    names = ["id", "parent_id", "author", "date", "text", "likes"]
    items = (dict(zip(names, row, strict=True)) for row in rows(thread))
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)


@dataclass(frozen=True)
class Form:
    """How an export is written, under which name, and what of a thread it holds."""

    write: Callable[[Sequence[Comment], str], str]
    name: str
    nested: bool = True
    votes: bool = False
    blank_lines: bool = True


FORMS = {
    "wxr": Form(write_wxr, "export.xml"),
    "disqus": Form(write_disqus, "disqus.xml", blank_lines=False),
    "rest": Form(write_rest, "comments.json", blank_lines=False),
    "hatena": Form(write_hatena, "entry.json", nested=False),
    "csv": Form(write_csv, "comments.csv", votes=True),
    "tsv": Form(write_tsv, "comments.tsv", votes=True),
    "jsonl": Form(write_lines, "comments.jsonl", votes=True),
}


def read(data: bytes, name: str) -> Extraction:
    (extraction,) = extract(load_bytes(data, name))
    return extraction


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_exports(name: str, data: st.DataObject) -> None:
    form = FORMS[name]
    encoding = data.draw(st.sampled_from(ENCODINGS))
    layout = Layout(lambda _: "", nested=form.nested, votes=form.votes)
    thread = data.draw(threads(layout, encoding))
    # All of one minute, so that the seconds alone give siblings their order.
    thread = [replace(item, minute=5, text=item.text if form.blank_lines else unspaced(item.text)) for item in thread]
    content = form.write(thread, encoding).encode(encoding)
    extraction = read(content, form.name)
    assert [(post.author, post.text, post.votes.value) for post in extraction.posts] == [
        (item.author, item.text, item.votes) for item in thread
    ]
    ids = [post.id for post in extraction.posts]
    assert [post.parent_id for post in extraction.posts] == [
        None if item.parent is None else ids[item.parent] for item in thread
    ]
    assert all(
        post.posted_at and (post.posted_at.value or "").startswith("2022-02-21T00:05") for post in extraction.posts
    )
    assert extraction.skipped == ()
    assert len(set(ids)) == len(ids)
    assert read(content, f"elsewhere/{form.name}").posts == extraction.posts
