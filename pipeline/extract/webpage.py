"""Saved HTML pages: the threads, then the article without them."""

from __future__ import annotations

from pipeline.extract.article import article_of_html
from pipeline.extract.compose import document_of
from pipeline.extract.html import extract_threads
from pipeline.extract.html.dom import parse
from pipeline.records import Extraction, Page


def extract_webpage(page: Page) -> Extraction:
    """Document, posts and skipped parts of a saved page."""
    tree = parse(page.text)
    threads = extract_threads(page, tree)
    article = article_of_html(tree, page, threads.nodes)
    return Extraction(document_of(page, article), threads.posts, threads.skipped)
