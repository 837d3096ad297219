"""The article of a saved HTML page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import trafilatura
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.article.boilerplate import Extent, is_list_item, marker_of
from pipeline.extract.article.counted import stated_comments
from pipeline.extract.article.published import published_of
from pipeline.extract.article.record import Article
from pipeline.extract.article.signatures import signed_by
from pipeline.extract.article.sites import site_of_url
from pipeline.extract.article.structured import Structured, publisher_of, structured_of
from pipeline.extract.article.titles import Headline, headline_of, key, site_names
from pipeline.extract.html.dispatch import stated_url
from pipeline.extract.html.dom import TEXT_ID
from pipeline.records import Page

# No part of it is ever text: trafilatura takes them out too, but slowly. JSON-LD may hold the text.
_UNREAD = 'style, svg, script:not([type="application/ld+json"])'
_PROSE = 30
_ENOUGH = 200
_CLIMB = 12
_LARGEST = 2_000_000  # characters; beyond, paragraphs are read without trafilatura, which takes 8 s for each million
_SENTENCE_END = ("。", "。」", "」", "』", "？", "！", "?", "!", "）", ")")


def article_of_html(tree: LexborHTMLParser, page: Page, threads: Sequence[LexborNode] = ()) -> Article:
    """The article of a page parsed into ``tree``. The nodes in ``threads`` (comments) are removed from the tree."""
    data = structured_of(tree)
    comments = stated_comments(tree, data)
    for node in (*threads, *tree.css(_UNREAD)):
        node.decompose()
    url = page.url or stated_url(tree) or data.meta("og:url")
    headline = headline_of(tree, data, url)
    lines = _lines(tree, headline)
    authors, agency = signed_by(tree, data, headline, lines, site_names(data, url))
    return Article(
        title=headline.text,
        authors=authors,
        agency=agency,
        published_at=published_of(tree, data, headline.node),
        section=_section(data),
        body="\n".join(_prose(lines)),
        url=url,
        site=_site(data, url),
        page_states_comments=comments,
    )


def _section(data: Structured) -> str | None:
    return data.meta("article:section") or data.text("articleSection") or data.meta("articlesection")


def _site(data: Structured, url: str | None) -> str | None:
    return data.meta("og:site_name") or publisher_of(data) or site_of_url(url)


def _lines(tree: LexborHTMLParser, headline: Headline) -> list[str]:
    """Lines of the main text: of the headline's container, so that no sidebar is taken for it, else of the page."""
    container = _container(headline.node) if headline.node is not None else None
    title = key(headline.text or "")
    if container is not None and (lines := _article_lines(_main_text(f"<body>{container.html}</body>"), title)):
        return lines
    return _article_lines(_main_text(tree.html or ""), title) or _article_lines(_paragraphs(tree), title)


def _main_text(html: str) -> list[str]:
    """Lines of the main text by trafilatura: its strict reading, or the usual one where that finds too little."""
    for strict in (True, False) if len(html) <= _LARGEST else ():
        text = trafilatura.extract(
            html, include_comments=False, include_tables=False, fast=True, favor_precision=strict
        )
        if text and len(text) >= _ENOUGH / 4:
            return text.split("\n")
    return []


def _container(heading: LexborNode) -> LexborNode | None:
    """The smallest element around the headline that holds enough prose; for a short article its own element."""
    node = heading.parent
    article: LexborNode | None = None
    for _ in range(_CLIMB):
        if node is None or node.tag in ("body", "html"):
            break
        prose = _length_of_prose(node)
        if prose >= _ENOUGH:
            return node
        if article is None and node.tag in ("article", "main") and prose >= _PROSE:
            article = node
        node = node.parent
    return article


def _length_of_prose(node: LexborNode) -> int:
    """Characters of text nodes with a full stop of Japanese; the nodes are looked at only where there is one."""
    if "。" not in node.text(deep=True):
        return 0
    return sum(len(text) for text in _texts(node) if "。" in text)


def _texts(node: LexborNode) -> Iterator[str]:
    return (child.text_content or "" for child in node.traverse(include_text=True) if child.tag_id == TEXT_ID)


def _paragraphs(tree: LexborHTMLParser) -> list[str]:
    texts = (" ".join(node.text(deep=True).split()) for node in tree.css("p"))
    return [text for text in texts if len(text) >= _PROSE]


def _article_lines(lines: Sequence[str], title: str) -> list[str]:
    """The lines without the headline, lists of other articles and what follows the end of the article."""
    kept: list[str] = []
    listing = False
    for line in (line.strip() for line in lines):
        marker = marker_of(line)
        if not line or (not kept and key(line) == title):
            continue
        if marker is not None:
            if marker[1] is Extent.PAGE and any(len(text) >= _PROSE for text in kept):
                break
            listing = marker[1] is Extent.LIST
        elif not (listing and (is_list_item(line) or len(line) < _PROSE)):
            listing = False
            kept.append(line)
    return kept


def _prose(lines: Sequence[str]) -> Sequence[str]:
    """The lines from the first to the last sentence: what stands around them are labels and links of the page."""
    sentences = [
        i for i, line in enumerate(lines) if "。" in line or (len(line) >= _PROSE and line.endswith(_SENTENCE_END))
    ]
    return lines[sentences[0] : sentences[-1] + 1] if sentences else lines
