"""JSON exports: WordPress REST, Hatena Bookmark, Disqus, our own records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import NoTextColumn, UnreadableInput
from pipeline.extract import extract
from pipeline.load import load, load_text
from pipeline.records import Media, SkipReason, VotesKind
from pipeline.serial import extraction_lines


def rest(number: int, text: str, parent: int = 0, post: int = 7, **more: object) -> dict[str, object]:
    return {
        "id": number, "post": post, "parent": parent, "author_name": "花子", "date": f"2022-02-21T12:34:{number:02}",
        "content": {"rendered": text}, "link": f"https://blog.example.jp/{post}/#comment-{number}", **more,
    }  # fmt: skip


def test_wordpress_rest() -> None:
    comments = [
        rest(3, "<p>返信です</p>", parent=1),
        rest(1, "<p>一行目<br />\n二行目 &amp; &lt;b&gt;</p>\n"),
        rest(2, "<p>[...]</p>", type="pingback"),
        rest(4, "<p>別の記事</p>", post=8),
    ]
    first, second = extract(load_text(json.dumps(comments), "comments.json"))
    assert first.document.url == "https://blog.example.jp/7/"
    root, answer = first.posts
    assert (root.text, root.author) == ("一行目\n二行目 & <b>", "花子")
    assert root.posted_at is not None
    assert root.posted_at.value == "2022-02-21T12:34:01"
    assert (answer.parent_id, answer.depth) == (root.id, 1)
    assert [item.reason for item in first.skipped] == [SkipReason.TRACKBACK]
    assert second.posts[0].text == "別の記事"


def test_hatena_entry() -> None:
    entry = {
        "title": "記事", "url": "https://news.example.jp/a", "eid": "1", "count": 3,
        "bookmarks": [
            {"user": "abc", "comment": "なるほど", "timestamp": "2021/07/19 23:29", "tags": ["政治", "外交"]},
            {"user": "def", "comment": "", "timestamp": "2021/07/18", "tags": []},
            {"user": "ghi", "comment": "10", "timestamp": "2021/07/18", "tags": []},
        ],
    }  # fmt: skip
    (extraction,) = extract(load_text(json.dumps(entry, ensure_ascii=False), "entry.json"))
    assert (extraction.document.title, extraction.document.url) == ("記事", "https://news.example.jp/a")
    one, two = extraction.posts
    assert (one.author, one.text, one.label, one.votes.value) == ("abc", "なるほど", "[政治][外交]", None)
    assert one.posted_at is not None
    assert one.posted_at.value == "2021-07-19T23:29"
    assert two.text == "10"
    assert [item.reason for item in extraction.skipped] == [SkipReason.EMPTY]


def test_disqus_page_json() -> None:
    posts = [
        {"id": "2", "parent": 1, "message": "<p>返信</p>", "raw_message": "返信", "likes": 0, "dislikes": 6,
         "createdAt": "2022-02-21T12:35:00", "author": {"name": "B"}, "isDeleted": False},
        {"id": "1", "parent": None, "message": "<p>一</p><p>二</p>", "raw_message": "一",
         "likes": 3, "dislikes": 1,
         "createdAt": "2022-02-21T12:34:00", "author": {"name": "A"}, "isDeleted": False},
        {"id": "3", "parent": None, "message": "", "raw_message": "", "likes": 0, "dislikes": 0,
         "createdAt": "2022-02-21T12:36:00", "author": {}, "isDeleted": True},
    ]  # fmt: skip
    (extraction,) = extract(load_text(json.dumps({"response": {"posts": posts}}), "disqus.json"))
    first, answer = extraction.posts
    assert (first.author, first.text, first.votes.value, first.votes.down) == ("A", "一\n二", 3, 1)
    assert (answer.votes.value, answer.votes.down, answer.votes.kind) == (0, 6, VotesKind.UP)
    assert answer.parent_id == first.id
    assert [item.reason for item in extraction.skipped] == [SkipReason.DELETED]


DISQUS = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<category dsq:id="9"><forum>f</forum><title>General</title></category>
<thread dsq:id="100"><id>x</id><forum>f</forum><link>https://blog.example.jp/1</link><title>記事</title>
<createdAt>2022-02-20T00:00:00Z</createdAt><author><name>O</name></author></thread>
<thread dsq:id="101"><forum>f</forum><link>https://blog.example.jp/2</link><title>空</title></thread>
<post dsq:id="2"><message><![CDATA[<p>返信</p>]]></message><createdAt>2022-02-21T12:35:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><email>b@example.jp</email><name>B</name></author>
<ipAddress>10.0.0.9</ipAddress><thread dsq:id="100"/><parent dsq:id="1"/></post>
<post dsq:id="1"><message><![CDATA[<p>本文<br>二行目</p>]]></message><createdAt>2022-02-21T12:34:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>A</name></author><thread dsq:id="100"/></post>
<post dsq:id="3"><message>x</message><createdAt>2022-02-21T12:36:00Z</createdAt><isDeleted>true</isDeleted>
<isSpam>false</isSpam><thread dsq:id="100"/></post>
<post dsq:id="4"><message>buy</message><isDeleted>false</isDeleted><isSpam>true</isSpam><thread dsq:id="100"/></post>
</disqus>"""


def test_disqus_export_is_put_in_thread_order() -> None:
    (extraction,) = extract(load_text(DISQUS, "disqus.xml"))
    assert (extraction.document.title, extraction.document.url) == ("記事", "https://blog.example.jp/1")
    first, answer = extraction.posts
    assert (first.author, first.text, first.depth) == ("A", "本文\n二行目", 0)
    assert (answer.author, answer.text, answer.parent_id, answer.votes.value) == ("B", "返信", first.id, None)
    assert [item.reason for item in extraction.skipped] == [SkipReason.DELETED, SkipReason.SPAM]
    written = json.dumps(extraction_lines(extraction))
    assert 'example.jp"' not in written.replace("blog.example.jp", "")
    assert "10.0.0.9" not in written


def test_own_lines_come_back_identical(seeds: Path) -> None:
    extractions = [item for path in sorted(seeds.glob("*.txt")) for item in extract(load(str(path)))]
    lines = [json.dumps(line, ensure_ascii=False) for item in extractions for line in extraction_lines(item)]
    for name in ("out.jsonl", "stdin"):
        page = load_text("\n".join(lines) + "\n", name)
        assert page.media is Media.TABLE
        assert list(extract(page)) == extractions


@pytest.mark.parametrize(
    "text",
    ['{"a": 1}', "[1, 2]", '{"comments": []}', '{"type": "document"}', "[" * 100_000],
    ids=["object", "numbers", "empty", "half a record", "deep"],
)
def test_json_without_comments_is_refused(text: str) -> None:
    page = load_text(text, "data.json")
    if page.media is Media.JSON:
        with pytest.raises((UnreadableInput, NoTextColumn)):
            extract(page)
    else:
        assert text.startswith("[[")


def test_list_of_flat_objects() -> None:
    items = [
        {"名前": "太郎", "コメント": "賛成です", "いいね": 3},
        {"名前": None, "コメント": "反対です", "いいね": None},
    ]
    (extraction,) = extract(load_text(json.dumps(items, ensure_ascii=False), "list.json"))
    one, two = extraction.posts
    assert (one.author, one.text, one.votes.value, one.votes.kind) == ("太郎", "賛成です", 3, VotesKind.UP)
    assert (two.author, two.text, two.votes.value, two.votes.kind) == (None, "反対です", None, VotesKind.UNKNOWN)
