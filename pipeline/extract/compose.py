"""The records of a page, of what its readers found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.article import Article
from pipeline.extract.ids import document_id
from pipeline.extract.quotations import find_quotations
from pipeline.records import Document, Extraction, Page

_JAPANESE = re.compile(r"[ぁ-ヿ一-鿿「『]")


def document_of(page: Page, article: Article, *, notes: tuple[str, ...] = (), states: int | None = None) -> Document:
    """The document; ``notes`` are keys of the string table (``note.<key>``), ``states`` the count the page states."""
    url = page.url or article.url
    return Document(
        id=document_id(url, page.digest),
        source=page.source,
        url=url,
        site=article.site,
        title=article.title,
        authors=article.authors,
        agency=article.agency,
        published_at=article.published_at,
        section=article.section,
        body=article.body,
        reader_prompts=article.reader_prompts,
        page_states_comments=states if states is not None else article.page_states_comments,
        encoding=page.encoding,
        reference=article.reference,
        notes=notes,
    )


def with_quotations(extraction: Extraction, body_lines: Sequence[int] = ()) -> Extraction:
    """The extraction with its body's quotations behind its posts; ``body_lines``: source line of each body line."""
    # The grammar is of Japanese alone: elsewhere it finds nothing, and looking takes a tenth of the time of a page.
    if not _JAPANESE.search(extraction.document.body):
        return extraction
    quotations, unsaid = find_quotations(extraction.document, body_lines)
    first = len(extraction.posts)
    placed = tuple(replace(post, position=first + i) for i, post in enumerate(quotations))
    return replace(extraction, posts=extraction.posts + placed, skipped=(*extraction.skipped, *unsaid))
