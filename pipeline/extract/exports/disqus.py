"""Disqus: the XML export (no votes in it), and the posts that its pages and API hold as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from pipeline.extract.dates import parse_date
from pipeline.extract.exports.rows import Row, extraction_of
from pipeline.extract.exports.xml import child, elements, local, text_of
from pipeline.extract.html.visible import markup_text
from pipeline.extract.ids import document_id
from pipeline.extract.votes import make_votes
from pipeline.records import Document, Extraction, Page, SkipReason

_WANTED = frozenset((("disqus", "thread"), ("disqus", "post")))


def read_disqus_xml(page: Page) -> tuple[Extraction, ...]:
    """One extraction for each thread that has comments. Writers' e-mail and IP addresses are not read.

    Raises:
        UnreadableInput: the XML is broken.
    """
    threads: dict[str, Document] = {}
    rows: dict[str, list[Row]] = {}
    place = 0
    for element in elements(page, _WANTED):
        if local(element) == "thread":
            number = _id(element)
            threads[number] = _document(page, element, number)
            continue
        place += 1
        rows.setdefault(_reference(element, "thread") or "", []).append(_row(element, place))
    empty = {number: _unknown(page, number) for number in rows if number not in threads}
    documents = threads | empty
    return tuple(extraction_of(documents[number], rows[number]) for number in documents if number in rows)


def _id(element: etree._Element) -> str:
    """Value of ``dsq:id``, in whatever namespace it stands."""
    return next((str(value) for name, value in element.attrib.items() if str(name).rpartition("}")[2] == "id"), "")


def _reference(element: etree._Element, name: str) -> str | None:
    found = child(element, name)
    return _id(found) or None if found is not None else None


def _document(page: Page, thread: etree._Element, number: str) -> Document:
    url = text_of(thread, "link") or None
    return Document(
        id=document_id(url, f"{page.digest}:{number}"),
        source=page.source,
        url=url,
        site=text_of(thread, "forum") or None,
        title=text_of(thread, "title") or None,
        published_at=parse_date(text_of(thread, "createdAt")),
        encoding=page.encoding,
    )


def _unknown(page: Page, number: str) -> Document:
    return Document(id=document_id(None, f"{page.digest}:{number}"), source=page.source, encoding=page.encoding)


def _row(post: etree._Element, place: int) -> Row:
    author = child(post, "author")
    deleted, spam = text_of(post, "isDeleted") == "true", text_of(post, "isSpam") == "true"
    return Row(
        place=place,
        text=markup_text(text_of(post, "message")),
        author=(text_of(author, "name") or text_of(author, "username") or None) if author is not None else None,
        number=_id(post) or None,
        parent=_reference(post, "parent"),
        posted_at=parse_date(text_of(post, "createdAt")),
        skip=SkipReason.SPAM if spam else SkipReason.DELETED if deleted else None,
    )


def is_disqus_json(posts: object) -> bool:
    """Whether these are posts as Disqus' pages and API hold them."""
    return isinstance(posts, list) and bool(posts) and isinstance(posts[0], dict) and "raw_message" in posts[0]


def read_disqus_json(page: Page, posts: Sequence[Mapping[str, Any]]) -> tuple[Extraction, ...]:
    """One extraction for all posts of a page."""
    document = Document(id=document_id(page.url, page.digest), source=page.source, url=page.url, encoding=page.encoding)
    return (extraction_of(document, [_json_row(post, place) for place, post in enumerate(posts, 1)]),)


def _json_row(post: Mapping[str, Any], place: int) -> Row:
    author = post.get("author")
    parent = post.get("parent")
    spam, deleted = bool(post.get("isSpam")), bool(post.get("isDeleted"))
    likes, dislikes = post.get("likes"), post.get("dislikes")
    return Row(
        place=place,
        text=markup_text(str(post.get("message") or post.get("raw_message") or "")),
        author=str(author["name"]) if isinstance(author, Mapping) and author.get("name") else None,
        number=str(post["id"]) if post.get("id") else None,
        parent=str(parent) if parent else None,
        posted_at=parse_date(str(post.get("createdAt") or "")),
        votes=make_votes(
            up=likes if isinstance(likes, int) else None, down=dislikes if isinstance(dislikes, int) else None
        ),
        skip=SkipReason.SPAM if spam else SkipReason.DELETED if deleted else None,
    )
