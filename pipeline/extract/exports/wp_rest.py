"""Comments as WordPress' REST interface gives them (/wp-json/wp/v2/comments): a list of objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.extract.dates import parse_date
from pipeline.extract.exports.rows import Row, extraction_of
from pipeline.extract.html.visible import markup_text
from pipeline.extract.ids import document_id
from pipeline.records import Document, Extraction, Page, SkipReason

_UNAPPROVED = {"hold": SkipReason.DELETED, "trash": SkipReason.DELETED, "spam": SkipReason.SPAM}


def is_wp_rest(value: object) -> bool:
    """Whether this is a list of such comments."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, dict) and isinstance(item.get("content"), dict) and "post" in item for item in value)
    )


def read_wp_rest(page: Page, comments: Sequence[Mapping[str, Any]]) -> tuple[Extraction, ...]:
    """One extraction for each post that the comments belong to; the list says nothing of the post but its number."""
    rows: dict[object, list[Row]] = {}
    links: dict[object, str] = {}
    for place, comment in enumerate(comments, 1):
        rows.setdefault(comment["post"], []).append(_row(comment, place))
        if comment.get("link"):
            links.setdefault(comment["post"], str(comment["link"]).partition("#")[0])
    return tuple(extraction_of(_document(page, post, links.get(post)), found) for post, found in rows.items())


def _document(page: Page, post: object, url: str | None) -> Document:
    return Document(id=document_id(url, f"{page.digest}:{post}"), source=page.source, url=url, encoding=page.encoding)


def _row(comment: Mapping[str, Any], place: int) -> Row:
    kind, parent = str(comment.get("type") or "comment"), comment.get("parent")
    skip = _UNAPPROVED.get(str(comment.get("status") or ""))
    return Row(
        place=place,
        text=markup_text(str(comment["content"].get("rendered") or "")),
        author=str(comment.get("author_name") or "") or None,
        number=str(comment["id"]) if comment.get("id") else None,
        parent=str(parent) if parent else None,
        posted_at=parse_date(str(comment.get("date") or "")),
        skip=SkipReason.TRACKBACK if kind in ("pingback", "trackback") else skip,
    )
