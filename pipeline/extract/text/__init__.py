"""Copied plain text: the threads by their grammars, and the article of all lines that no thread holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.extract.article import article_of_text
from pipeline.extract.compose import document_of, with_quotations
from pipeline.extract.drafts import Draft, posts_of
from pipeline.extract.text import boards, bullets, hatena, plain, signed, think, wordpress, yahoo
from pipeline.extract.text.found import Cut, Found, skipped_of, without_duplicates
from pipeline.extract.text.lines import Line, runs, split_lines, unwrapped
from pipeline.records import Extraction, Page

# Each takes an unbroken stretch of lines. Of the readers' grammars, those with the surest marks come first.
_READERS: tuple[Callable[[Sequence[Line]], Found], ...] = (
    yahoo.find,
    boards.find,
    hatena.find,
    wordpress.find,
    bullets.find,
    signed.find,
    plain.find,
)


def extract_text(page: Page) -> Extraction:
    """Document, posts and skipped parts of a page of copied text; each line with something on it is in one of them."""
    lines = unwrapped(split_lines(page.text))
    found = without_duplicates(_threads(lines))
    # The line before the first: a page that begins with its thread has a gap behind it, and so no article.
    article = article_of_text([(0, ""), *((line.number, line.text) for line in _free(lines, found))], page)
    cuts = (*found.cuts, *(Cut(part.span.start, part.span.end, part.reason) for part in article.left_out))
    document = document_of(page, article, notes=found.notes, states=found.states)
    posts = posts_of(sorted(found.drafts, key=_start), document.id)
    extraction = Extraction(document, posts, skipped_of(cuts, lines, document.id))
    return with_quotations(extraction, article.body_lines)


def _threads(lines: Sequence[Line]) -> Found:
    """Experts' posts, and the comments of the first readers' grammar that fits: a page has one layout."""
    experts = think.find(lines)
    stretches = list(runs(_free(lines, experts)))
    for grammar in _READERS:
        readers = sum(map(grammar, stretches), Found())
        if readers.drafts:
            return experts + readers
    return experts


def _free(lines: Sequence[Line], found: Found) -> list[Line]:
    taken = found.taken()
    return [line for line in lines if line.number not in taken]


def _start(draft: Draft) -> int:
    return draft.start
