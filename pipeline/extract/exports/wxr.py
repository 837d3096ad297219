"""WordPress eXtended RSS, all versions of its namespace. E-mail and IP addresses of writers are never read."""

from __future__ import annotations

from lxml import etree

from pipeline.extract.compose import with_quotations
from pipeline.extract.dates import parse_date
from pipeline.extract.exports.markup import lined_text
from pipeline.extract.exports.rows import Row, extraction_of
from pipeline.extract.exports.xml import elements, local, text_of
from pipeline.extract.ids import document_id
from pipeline.records import Document, Extraction, Page, SkipReason

_WANTED = frozenset((("channel", "title"), ("channel", "author"), ("channel", "item")))
_ARTICLES = ("post", "page")
_UNAPPROVED = {
    "0": SkipReason.DELETED,
    "trash": SkipReason.DELETED,
    "post-trashed": SkipReason.DELETED,
    "spam": SkipReason.SPAM,
}
# Plug-ins keep notes of orders and the like as comments of their own types.
_COMMENTS = ("", "comment", "review")
_PINGS = ("pingback", "trackback")


def read_wxr(page: Page) -> tuple[Extraction, ...]:
    """One extraction for each post or page that is published or has comments; menus and attachments are no documents.

    Raises:
        UnreadableInput: the XML is broken.
    """
    site: str | None = None
    names: dict[str, str] = {}
    extractions: list[Extraction] = []
    for element in elements(page, _WANTED):
        if local(element) == "title":
            site = (element.text or "").strip() or None
        elif local(element) == "author":
            names[text_of(element, "author_login")] = text_of(element, "author_display_name")
        elif (found := _item(page, element, site, names)) is not None:
            extractions.append(found)
    return tuple(extractions)


def _item(page: Page, item: etree._Element, site: str | None, names: dict[str, str]) -> Extraction | None:
    rows = [_row(comment, place) for place, comment in enumerate((e for e in item if local(e) == "comment"), 1)]
    published = text_of(item, "post_type") in _ARTICLES and text_of(item, "status") in ("publish", "")
    if not published and not rows:
        return None
    url = text_of(item, "link") or None
    creator = text_of(item, "creator")
    section = next((e.text for e in item if local(e) == "category" and e.get("domain") == "category"), None)
    document = Document(
        id=document_id(url, f"{page.digest}:{text_of(item, 'post_id')}"),
        source=page.source,
        url=url,
        site=site,
        title=text_of(item, "title") or None,
        authors=(names.get(creator) or creator,) if creator else (),
        published_at=parse_date(text_of(item, "post_date")),
        section=section,
        body=lined_text(text_of(item, "encoded")),
        encoding=page.encoding,
    )
    return with_quotations(extraction_of(document, rows))


def _row(comment: etree._Element, place: int) -> Row:
    parent = text_of(comment, "comment_parent")
    return Row(
        place=place,
        text=lined_text(text_of(comment, "comment_content")),
        author=text_of(comment, "comment_author") or None,
        number=text_of(comment, "comment_id") or None,
        parent=parent if parent not in ("", "0") else None,
        posted_at=parse_date(text_of(comment, "comment_date")),
        skip=_reason(text_of(comment, "comment_type"), text_of(comment, "comment_approved")),
    )


def _reason(kind: str, approved: str) -> SkipReason | None:
    if kind in _PINGS:
        return SkipReason.TRACKBACK
    if kind not in _COMMENTS:
        return SkipReason.BOILERPLATE
    return _UNAPPROVED.get(approved)
