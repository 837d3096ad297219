"""From a page to its records: one entry point for every kind of page."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.errors import UnreadableInput
from pipeline.extract.exports import extract_json, extract_table, extract_xml
from pipeline.extract.text import extract_text
from pipeline.extract.webpage import extract_webpage
from pipeline.records import Extraction, Media, Page

__all__ = ["extract"]


def extract(page: Page) -> tuple[Extraction, ...]:
    """Documents of a page with their posts and skipped parts; an export holds several documents.

    Raises:
        UnreadableInput: there is nothing to read on the page, or it is damaged.
        NoTextColumn: a table without a column of texts.
    """
    extractions = _READERS[page.media](page)
    if not any(map(_holds_something, extractions)):
        raise UnreadableInput(path=page.source, detail="a page without text")
    return extractions


def _holds_something(extraction: Extraction) -> bool:
    document = extraction.document
    return bool(document.title or document.body or extraction.posts or extraction.skipped)


def _text(page: Page) -> tuple[Extraction, ...]:
    return (extract_text(page),)


def _html(page: Page) -> tuple[Extraction, ...]:
    return (extract_webpage(page),)


_READERS: dict[Media, Callable[[Page], tuple[Extraction, ...]]] = {
    Media.TEXT: _text,
    Media.HTML: _html,
    Media.XML: extract_xml,
    Media.JSON: extract_json,
    Media.TABLE: extract_table,
}
