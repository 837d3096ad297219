"""Copied plain text: threads first, then what is no article, then the article of the lines that are left."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.extract.article import Article, article_of_text
from pipeline.extract.compose import document_of
from pipeline.extract.text import bullets, think
from pipeline.extract.text.boilerplate import boilerplate
from pipeline.extract.text.drafts import Cut, Found, cut, posts_of, skipped_of, without_duplicates
from pipeline.extract.text.lines import Line, runs, split_lines, unwrapped
from pipeline.records import Extraction, Page, SkipReason

# Each takes an unbroken stretch of lines; the surest marks come first.
_GRAMMARS: tuple[Callable[[Sequence[Line]], Found], ...] = (think.find, bullets.find)


def extract_text(page: Page) -> Extraction:
    """Document, posts and skipped parts of a page of copied text; each line with something on it is in one of them."""
    lines = unwrapped(split_lines(page.text))
    found = without_duplicates(_threads(lines))
    found += _furniture(lines, found)
    free = _free(lines, found)
    article = article_of_text(free, page)
    cuts = (*found.cuts, *_leftovers(free, article))
    document = document_of(page, article, notes=found.notes, states=found.states)
    return Extraction(document, posts_of(found.drafts, document.id), skipped_of(cuts, lines, document.id))


def _threads(lines: Sequence[Line]) -> Found:
    found = Found()
    for grammar in _GRAMMARS:
        for run in runs(_free(lines, found)):
            found += grammar(run)
    return found


def _free(lines: Sequence[Line], found: Found) -> list[Line]:
    taken = found.taken()
    return [line for line in lines if line.number not in taken]


def _furniture(lines: Sequence[Line], found: Found) -> Found:
    first = min((draft.start for draft in found.drafts), default=len(lines) + 1)
    parts = [part for run in runs(_free(lines, found)) for part in boilerplate(run, after_thread=run[0].number > first)]
    return Found(cuts=tuple(parts))


def _leftovers(free: Sequence[Line], article: Article) -> list[Cut]:
    """Lines that the article did not take: captions, credits, menu labels."""
    rest = (line for line in free if line.number not in article.used_lines)
    return [part for run in runs(rest) for part in cut(run, SkipReason.BOILERPLATE)]
