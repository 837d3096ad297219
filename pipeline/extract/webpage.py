"""Saved HTML pages: the threads, then the article without them."""

from __future__ import annotations

from pipeline.extract.article import Article
from pipeline.extract.compose import document_of
from pipeline.extract.html import extract_threads
from pipeline.extract.html.dom import parse
from pipeline.records import Extraction, Page


def extract_webpage(page: Page) -> Extraction:
    """Document, posts and skipped parts of a saved page."""
    tree = parse(page.text)
    threads = extract_threads(page, tree)
    title = tree.css_first("title")
    article = Article(title=title.text(strip=True) or None if title is not None else None)
    return Extraction(document_of(page, article), threads.posts, threads.skipped)
