"""WordPress exports: a real one, and the states that comments can have."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from pipeline.errors import UnreadableInput
from pipeline.extract import extract
from pipeline.load import load, load_text
from pipeline.records import Extraction, Kind, Post, SkipReason
from pipeline.serial import extraction_lines


def squeezed(text: str) -> str:
    """Without white space and the marks of quoted lines."""
    return re.sub(r"[\s>]+", "", text)


def readers(extraction: Extraction) -> list[Post]:
    return [post for post in extraction.posts if post.kind is Kind.READER]


def trackbacks(extraction: Extraction) -> int:
    return sum(part.reason is SkipReason.TRACKBACK for part in extraction.skipped)


def test_real_export(shared: Path) -> None:
    folder = shared / "pages" / "wxr-ja"
    wanted = {
        post["title"]: post["comments"]
        for post in json.loads((folder / "expected.json").read_text(encoding="utf-8"))["posts"]
    }
    extractions = extract(load(str(folder / "export.xml")))
    found = {item.document.title: item for item in extractions if readers(item) or trackbacks(item)}
    assert set(found) == set(wanted)
    for title, comments in wanted.items():
        extraction = found[title]
        kept = {item["id"]: item for item in comments if item["type"] in ("", "comment")}
        assert {post.site_id for post in readers(extraction)} == set(kept)
        numbers = {post.id: post.site_id for post in extraction.posts}
        for post in readers(extraction):
            item = kept[post.site_id]
            assert post.author == item["author"]
            assert post.posted_at is not None
            assert post.posted_at.value == item["date"].replace(" ", "T")
            assert (numbers[post.parent_id] if post.parent_id else None) == item["parent"]
            assert squeezed(post.text) == squeezed(html.unescape(re.sub(r"<[^>]*>", "", item["content"])))
        assert trackbacks(extraction) == len(comments) - len(kept)
    # The export holds mail and network addresses of writers; no record does.
    written = json.dumps([line for item in extractions for line in extraction_lines(item)], ensure_ascii=False)
    export = (folder / "export.xml").read_text(encoding="utf-8")
    for private in set(re.findall(r"<wp:comment_author_(?:email|IP)>([^<]+)<", export)):
        assert private not in written


def wxr(comments: str, version: str = "1.2") -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/{version}/"><channel><title>ブログ</title>
<wp:author><wp:author_login>taro</wp:author_login><wp:author_display_name>太郎</wp:author_display_name></wp:author>
<item><title>記事</title><link>https://blog.example.jp/1</link><dc:creator>taro</dc:creator>
<content:encoded><![CDATA[<p>本文</p>]]></content:encoded><wp:post_id>1</wp:post_id>
<wp:post_date>2022-02-20 10:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
{comments}</item>
<item><title>menu</title><wp:post_type>nav_menu_item</wp:post_type><wp:status>publish</wp:status></item>
</channel></rss>"""


def comment(number: int, content: str, approved: str = "1", kind: str = "", parent: int = 0, day: int = 21) -> str:
    return f"""<wp:comment><wp:comment_id>{number}</wp:comment_id>
<wp:comment_author><![CDATA[花子]]></wp:comment_author>
<wp:comment_author_email>h@example.jp</wp:comment_author_email><wp:comment_author_IP>10.0.0.1</wp:comment_author_IP>
<wp:comment_date>2022-02-{day:02} 12:34:56</wp:comment_date>
<wp:comment_content><![CDATA[{content}]]></wp:comment_content>
<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>
<wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"""


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_states_and_order(version: str) -> None:
    page = load_text(
        wxr(
            comment(5, "後の返信", parent=2, day=23)
            + comment(2, "a &lt; b\n\n二段落 <b>太字</b>")
            + comment(3, "待ち", approved="0")
            + comment(4, "スパム", approved="spam")
            + comment(6, "[...] 引用 [...]", kind="pingback")
            + comment(7, "ゴミ", approved="trash")
            + comment(8, "スパムへの返信", parent=4),
            version,
        ),
        "export.xml",
    )
    (extraction,) = extract(page)
    document = extraction.document
    assert (document.title, document.site, document.authors, document.body) == ("記事", "ブログ", ("太郎",), "本文")
    assert document.published_at is not None
    assert document.published_at.value == "2022-02-20T10:00:00"
    first, answer, orphan = extraction.posts
    assert first.text == "a < b\n\n二段落 太字"
    assert (answer.text, answer.parent_id, answer.depth) == ("後の返信", first.id, 1)
    assert (orphan.text, orphan.parent_id, orphan.depth) == ("スパムへの返信", None, None)
    assert [item.reason for item in extraction.skipped] == [
        SkipReason.DELETED, SkipReason.SPAM, SkipReason.TRACKBACK, SkipReason.DELETED,
    ]  # fmt: skip


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    "text",
    [
        wxr(comment(1, "x")).replace("<rss", BOMB + "<rss"),
        wxr(comment(1, "&b;")).replace("<rss", OUTSIDE + "<rss").replace("<![CDATA[&b;]]>", "&a;"),
        wxr(comment(1, "x"))[:900],
        wxr(comment(1, "x")).replace("</item>", "", 1),
        wxr("<d>" * 100_000 + "</d>" * 100_000),
        wxr(comment(1, "x")).replace("<![CDATA[x]]>", "&nosuch;"),
        "<?xml version='1.0'?><other/>",
    ],
    ids=["bomb", "outside", "truncated", "unbalanced", "deep", "unknown entity", "unknown root"],
)
def test_hostile_and_broken_xml_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        extract(load_text(text, "export.xml"))
    assert "\n" not in str(caught.value)
    assert "export.xml" in str(caught.value)
    assert "/etc" not in str(caught.value)


def test_rings_of_answers_do_not_hang() -> None:
    (extraction,) = extract(load_text(wxr(comment(1, "一", parent=2) + comment(2, "二", parent=1)), "export.xml"))
    assert {(post.parent_id, post.depth) for post in extraction.posts} == {(None, None)}


def test_signs_that_xml_forbids_lose_nothing_else() -> None:
    (extraction,) = extract(load_text(wxr(comment(1, "前\x08後")), "export.xml"))
    assert extraction.posts[0].text == "前\ufffd後"
