"""Saved HTML pages: the threads, then the article without them."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.article import article_of_html
from pipeline.extract.compose import document_of, with_quotations
from pipeline.extract.html import extract_threads
from pipeline.extract.html.dom import parse
from pipeline.extract.html.visible import visible_text
from pipeline.records import Extraction, Page, Skipped, SkipReason

_EXCERPT = 80


def extract_webpage(page: Page) -> Extraction:
    """Document, posts and skipped parts of a saved page."""
    tree = parse(page.text)
    threads = extract_threads(page, tree)
    article = article_of_html(tree, page, threads.nodes)
    document = document_of(page, article)
    skipped = threads.skipped
    if not (document.title or document.body or threads.posts or skipped):
        skipped = _all_text(tree, document.id)
    return with_quotations(Extraction(document, threads.posts, skipped))


def _all_text(tree: LexborHTMLParser, document_id: str) -> tuple[Skipped, ...]:
    """The text of a page in which nothing was known, as one part that is skipped; none where it has no text."""
    text = visible_text(tree.body) if tree.body is not None else ""
    lines = text.count("\n") + 1
    return (Skipped(document_id, None, lines, SkipReason.BOILERPLATE, text[:_EXCERPT]),) if text.strip() else ()
