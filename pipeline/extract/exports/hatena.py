"""Hatena Bookmark's JSON of one entry (/entry/jsonlite/): title, url, count, bookmarks. It holds no stars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.extract.dates import parse_date
from pipeline.extract.exports.rows import Row, extraction_of
from pipeline.extract.ids import document_id
from pipeline.records import Document, Extraction, Page


def is_hatena(value: object) -> bool:
    """Whether this is such an entry."""
    return isinstance(value, dict) and isinstance(value.get("bookmarks"), list) and "url" in value


def read_hatena(page: Page, entry: Mapping[str, Any]) -> tuple[Extraction, ...]:
    """One extraction; a bookmark without a comment is skipped as empty."""
    url = str(entry["url"] or "") or None
    document = Document(
        id=document_id(url, page.digest),
        source=page.source,
        url=url,
        title=str(entry.get("title") or "") or None,
        encoding=page.encoding,
    )
    bookmarks = [item for item in entry["bookmarks"] if isinstance(item, dict)]
    rows = [_row(item, place) for place, item in enumerate(bookmarks, 1)]
    return (extraction_of(document, rows, in_thread_order=False),)


def _row(bookmark: Mapping[str, Any], place: int) -> Row:
    tags = bookmark.get("tags")
    return Row(
        place=place,
        text=str(bookmark.get("comment") or ""),
        author=str(bookmark.get("user") or "") or None,
        posted_at=parse_date(str(bookmark.get("timestamp") or "")),
        label="".join(f"[{tag}]" for tag in tags) if isinstance(tags, list) and tags else None,
    )
