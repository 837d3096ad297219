"""The article of a page that was copied as plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.extract.article import bylines
from pipeline.extract.article.boilerplate import Extent, is_caption, is_list_item, marker_of
from pipeline.extract.article.record import Article, LeftOut
from pipeline.extract.article.sites import site_of_text
from pipeline.extract.dates import parse_date
from pipeline.records import Dated, DateHow, Page, Precision, SkipReason, Span

_Line = tuple[int, str]

_URL = re.compile(r"https?://\S+")
_REFERENCES = re.compile(r"(?:reference\(s\)|references?|参考文献|参照元|引用元|ソース|source)\s*[:：]?", re.IGNORECASE)
_REFERENCE = re.compile(r"(?:参考|参照元?|引用元|ソース|元記事|原文)\s*[:：]\s*(.+)")
_DOMAIN = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_TO_READERS = re.compile(r"読者|皆さん|みなさん|あなた|問い|考えるヒント|考えてみ")
_QUESTION = re.compile(r"か[。?？]?$|[?？]$")
_BULLET = re.compile(r"^[・•‣*\-–]\s*")
_TITLE_LENGTH = 15
_LONGEST_TITLE = 150
_SECTION_LENGTH = 12
_LONGEST_DATE = 60
_SHORTEST_PROSE = 20
_HEAD_LINES = 12  # without any prose, what stands further down is no heading of the page


@dataclass(slots=True)
class _Draft:
    """The article while its lines are being read."""

    title: str | None = None
    authors: list[str] = field(default_factory=list)
    agency: str | None = None
    paper: str | None = None
    published_at: Dated | None = None
    section: str | None = None
    url: str | None = None
    body: list[_Line] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    left_out: list[tuple[int, SkipReason, str]] = field(default_factory=list)

    def skip(self, line: _Line, reason: SkipReason) -> None:
        self.left_out.append((line[0], reason, line[1]))

    def sign(self, byline: bylines.Byline) -> None:
        """Take over what a byline says; what is known already stays."""
        self.authors += [name for name in byline.authors if name not in self.authors]
        self.agency = self.agency or byline.agency
        self.paper = self.paper or byline.paper
        self.published_at = self.published_at or byline.published_at


def article_of_text(lines: Sequence[tuple[int, str]], page: Page) -> Article:
    """The article in the lines that no thread has taken: (number from 1, text), blank lines among them.

    The head (title, section, date, byline) ends with the first line of prose. A jump of the numbers ends the article:
    there was a thread, and what stands behind it belongs to the page, not to the article.
    """
    draft = _Draft()
    article, behind = _until_thread([(number, text.strip().strip("\ufeff").strip()) for number, text in lines])
    start = next((i for i, (_, text) in enumerate(article) if _is_prose(text)), None)
    if start is None:
        start = next((i for i, (number, _) in enumerate(article) if number > _HEAD_LINES), len(article))
    _read_head(article[:start], draft)
    _read_body(article[start:], draft)
    _skip_all(behind, SkipReason.BOILERPLATE, draft)
    return _finish(draft, page, [*article, *behind])


def _until_thread(lines: list[_Line]) -> tuple[list[_Line], list[_Line]]:
    jump = next((i for i in range(1, len(lines)) if lines[i][0] != lines[i - 1][0] + 1), len(lines))
    before, behind = lines[:jump], lines[jump:]
    return [line for line in before if line[1]], [line for line in behind if line[1]]


def _is_prose(text: str) -> bool:
    """Whether a line belongs to running text and not to the head."""
    if is_caption(text) or bylines.english_byline(text) or marker_of(text):
        return False
    if text.startswith(("リード:", "リード：")) or bylines.dateline(text):
        return True
    return (len(text) >= _SHORTEST_PROSE and "。" in text) or (len(text) >= 60 and text[-1] in "?？!！…」』")


def _read_head(head: Sequence[_Line], draft: _Draft) -> None:
    rest = [line for line in head if not _read_origin(line, draft)]
    titles = [line for line in rest if _may_be_title(line[1])]
    title = next((line for line in titles if len(line[1]) >= _TITLE_LENGTH), None)
    title = title or max(titles, key=lambda line: len(line[1]), default=(0, ""))
    draft.title = title[1] or None
    for line in rest:
        number, text = line
        marker = marker_of(text)
        if line == title:
            draft.used.add(number)
        elif number > title[0] and _squeezed(text) in _squeezed(title[1]):
            draft.skip(line, SkipReason.DUPLICATE)
        elif number < title[0] and len(text) <= _SECTION_LENGTH and marker is None:
            draft.section = text
            draft.used.add(number)
        else:
            draft.skip(line, SkipReason.NAVIGATION if marker else SkipReason.BOILERPLATE)


def _may_be_title(text: str) -> bool:
    furniture = is_caption(text) or marker_of(text) is not None or is_list_item(text)
    return len(text) <= _LONGEST_TITLE and not furniture


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _read_origin(line: _Line, draft: _Draft) -> bool:
    """Take a line that says where the article comes from: address, date, byline, source."""
    number, text = line
    if _URL.fullmatch(text):
        draft.url = draft.url or text
    elif (byline := bylines.english_byline(text)) is not None:
        draft.sign(byline)
    elif len(text) <= _LONGEST_DATE and (dated := parse_date(text)) is not None and _is_whole(dated):
        draft.published_at = draft.published_at or dated
    elif names := bylines.labelled_authors(text):
        draft.sign(bylines.Byline(names))
    elif (reference := _REFERENCE.fullmatch(text)) is not None:
        draft.references.append(reference[1])
    else:
        return False
    draft.used.add(number)
    return True


def _is_whole(dated: Dated) -> bool:
    return dated.how is DateHow.STATED and dated.precision not in (Precision.YEAR, Precision.MONTH, None)


def _read_body(lines: Sequence[_Line], draft: _Draft) -> None:
    """Paragraphs up to the first marker that ends the page; ``listing`` is the reason of the list being passed."""
    listing: SkipReason | None = None
    for i, line in enumerate(lines):
        text = line[1]
        marker = marker_of(text)
        if _REFERENCES.fullmatch(text):
            return _read_references(lines[i:], draft)
        if marker is not None and marker[1] is Extent.PAGE:
            return _skip_all(lines[i:], marker[0], draft)
        if marker is not None:
            listing = marker[0] if marker[1] is Extent.LIST else listing
            draft.skip(line, marker[0])
        elif _read_signature(line, draft):
            listing = listing or SkipReason.BOILERPLATE
        elif listing is not None and (is_list_item(text) or not _is_prose(text)):
            draft.skip(line, listing)
        elif is_caption(text):
            draft.skip(line, SkipReason.BOILERPLATE)
        elif not _read_origin(line, draft):
            listing = None
            _read_paragraph(line, draft)
    return None


def _read_signature(line: _Line, draft: _Draft) -> bool:
    """Note the agency that signs the article; True where the line says nothing else."""
    agency = bylines.signed_agency(line[1])
    if agency is None:
        return False
    draft.agency = draft.agency or agency
    draft.used.add(line[0])
    return len(line[1]) <= len(agency) + _SECTION_LENGTH and "。" not in line[1]


def _read_paragraph(line: _Line, draft: _Draft) -> None:
    number, text = line
    draft.used.add(number)
    if not draft.body and (byline := bylines.dateline(text)) is not None:
        draft.sign(byline)
    if is_list_item(text) and _QUESTION.search(text) and _asks_readers(draft):
        draft.prompts.append(_BULLET.sub("", text))
    else:
        draft.body.append(line)


def _asks_readers(draft: _Draft) -> bool:
    """Whether the two lines before a list of questions turn to the reader."""
    return any(_TO_READERS.search(text) and not is_list_item(text) for _, text in draft.body[-2:])


def _read_references(lines: Sequence[_Line], draft: _Draft) -> None:
    """A closing list of sources: its addresses are the reference, else its first title."""
    items = lines[1:6]
    taken = [line for line in items if _DOMAIN.fullmatch(line[1])] or items[:1]
    draft.references += [text for _, text in taken]
    draft.used |= {lines[0][0], *(number for number, _ in taken)}
    _skip_all([line for line in lines[1:] if line not in taken], SkipReason.BOILERPLATE, draft)


def _skip_all(lines: Sequence[_Line], reason: SkipReason, draft: _Draft) -> None:
    """Lines behind the end of the article, each with the reason of the last heading above it."""
    for line in lines:
        marker = marker_of(line[1])
        if marker is not None and marker[1] is not Extent.LINE:
            reason = marker[0]
        draft.skip(line, marker[0] if marker else reason)
        if reason is SkipReason.TRACKBACK:  # a line of its own; what follows it is a list of other posts
            reason = SkipReason.RELATED


def _finish(draft: _Draft, page: Page, shown: Sequence[_Line]) -> Article:
    return Article(
        title=draft.title,
        authors=tuple(draft.authors),
        agency=draft.agency,
        published_at=draft.published_at,
        section=draft.section,
        body="\n".join(text for _, text in draft.body),
        reader_prompts=tuple(draft.prompts),
        url=draft.url,
        site=draft.paper or site_of_text(page.url or draft.url, page.text),
        reference="\n".join(draft.references) or None,
        used_lines=frozenset(draft.used),
        left_out=_grouped(draft.left_out, [number for number, _ in shown]),
        body_lines=tuple(number for number, _ in draft.body),
    )


def _grouped(lines: list[tuple[int, SkipReason, str]], shown: Sequence[int]) -> tuple[LeftOut, ...]:
    """Neighbouring lines with one reason become one entry, over the blank lines between them."""
    follows = dict(pairwise(shown))
    groups: list[LeftOut] = []
    for number, reason, text in sorted(lines):
        last = groups[-1] if groups else None
        if last is not None and last.reason is reason and follows.get(last.span.end - 1) == number:
            groups[-1] = LeftOut(Span(last.span.start, number + 1), reason, last.excerpt)
        else:
            groups.append(LeftOut(Span(number, number + 1), reason, text[:80]))
    return tuple(groups)
