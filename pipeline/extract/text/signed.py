"""Threads that sign below the text: 「Posted by NAME at DATE」, 「投稿: NAME | DATE」, under a comments' heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.dates import parse_date
from pipeline.extract.drafts import Draft
from pipeline.extract.html.placeholders import is_deleted
from pipeline.extract.text.found import Cut, Found, cut
from pipeline.extract.text.headings import comments_heading, without_controls
from pipeline.extract.text.lines import Line, block_text, folded, trimmed
from pipeline.extract.text.nesting import NESTING_UNKNOWN
from pipeline.records import Dated, Kind, SkipReason

_SIGNATURE = re.compile(
    r"(?:Posted by|Commented by|投稿者?|名前)\s*:?\s*(?P<name>.{0,40}?)"
    r"\s*(?:\bat\b|\bon\b|\||/|:|日時:?|投稿日:?)\s*(?P<date>\S.{6,40})",
    re.IGNORECASE,
)
_LONGEST = 120


def find(lines: Sequence[Line]) -> Found:
    """Comments between a heading and the signatures below each; nothing without the heading."""
    heading = next((i for i, line in enumerate(lines) if line.text and (comments_heading(line.text))), None)
    if heading is None:
        return Found()
    stated = comments_heading(lines[heading].text)
    drafts: list[Draft] = []
    cuts: list[Cut] = []
    start = heading + 1
    for i in range(heading + 1, len(lines)):
        signed = _signature(lines[i])
        if signed is None:
            continue
        body = without_controls(lines[start:i])
        text = block_text(body)
        if not text or is_deleted(text):
            cuts += cut(lines[start : i + 1], SkipReason.DELETED if text else SkipReason.EMPTY)
        else:
            first = trimmed(lines[start : i + 1])[0].number
            author, dated = signed
            drafts.append(Draft(Kind.READER, first, lines[i].number + 1, text, author, posted_at=dated, nested=False))
        start = i + 1
    if not drafts:
        return Found()
    cuts += cut([lines[heading]], SkipReason.NAVIGATION)
    return Found(tuple(drafts), tuple(cuts), (NESTING_UNKNOWN,), stated.count if stated else None)


def _signature(line: Line) -> tuple[str | None, Dated] | None:
    """Name and date of a line that signs the text above it, or None."""
    if not line.text or len(line.text) > _LONGEST:
        return None
    match = _SIGNATURE.fullmatch(folded(line.text))
    if match is None:
        return None
    dated = parse_date(line.text[match.start("date") : match.end("date")])
    return (line.text[match.start("name") : match.end("name")] or None, dated) if dated else None
