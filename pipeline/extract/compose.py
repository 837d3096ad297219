"""The document record of a page, of what its readers found."""

from __future__ import annotations

from pipeline.extract.article import Article
from pipeline.extract.ids import document_id
from pipeline.records import Document, Page


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
