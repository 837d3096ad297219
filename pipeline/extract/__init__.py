"""From a page to its records: one entry point for every kind of page."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.errors import UnreadableInput
from pipeline.records import Extraction, Media, Page

__all__ = ["extract", "import_readers"]


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


# A reader is imported when the first page of its kind comes: trafilatura and pandas take a second each.
def _text(page: Page) -> tuple[Extraction, ...]:
    from pipeline.extract.text import extract_text

    return (extract_text(page),)


def _html(page: Page) -> tuple[Extraction, ...]:
    from pipeline.extract.webpage import extract_webpage

    return (extract_webpage(page),)


def _xml(page: Page) -> tuple[Extraction, ...]:
    from pipeline.extract.exports import extract_xml

    return extract_xml(page)


def _json(page: Page) -> tuple[Extraction, ...]:
    from pipeline.extract.exports import extract_json

    return extract_json(page)


def _table(page: Page) -> tuple[Extraction, ...]:
    from pipeline.extract.exports import extract_table

    return extract_table(page)


def import_readers() -> None:
    """Import what pages need before processes are forked, so that it is imported once and not in each of them."""
    import pipeline.extract.text
    import pipeline.extract.webpage  # noqa: F401 -- imported for those who come after


_READERS: dict[Media, Callable[[Page], tuple[Extraction, ...]]] = {
    Media.TEXT: _text,
    Media.HTML: _html,
    Media.XML: _xml,
    Media.JSON: _json,
    Media.TABLE: _table,
}
