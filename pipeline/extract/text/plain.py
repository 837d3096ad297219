"""Threads under a comments' heading whose heads are a line with the name and a line with the date, or one with both."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.dates import find_dates, parse_date
from pipeline.extract.text.found import Found
from pipeline.extract.text.headings import comments_heading, is_control
from pipeline.extract.text.heads import Head, thread
from pipeline.extract.text.lines import Line

_LONGEST_NAME = 40
_LONGEST_DATE = 40
_NO_NAME = "。、!?！？」"


def find(lines: Sequence[Line]) -> Found:
    """Comments below the first comments' heading of an unbroken stretch of lines."""
    heading = next((i for i, line in enumerate(lines) if line.text and comments_heading(line.text)), None)
    if heading is None:
        return Found()
    heads: list[Head] = []
    for i in range(heading + 1, len(lines)):
        head = _head(lines, i, heads[-1].body if heads else heading + 1)
        if head is not None:
            heads.append(head)
    return thread(lines, heads) if heads else Found()


def _head(lines: Sequence[Line], at: int, after: int) -> Head | None:
    """The head that ends on line ``at``; a name stands below a blank line, a button or the heading (``after``)."""
    line = lines[at]
    if not line.text or len(line.text) > _LONGEST_NAME + _LONGEST_DATE:
        return None
    dated = parse_date(line.text) if len(line.text) <= _LONGEST_DATE else None
    if dated is not None:
        above = at - 1
        if above < after or not _is_name(lines[above].text) or not _is_free(lines, above, after):
            return None
        return Head(above, at + 1, line.indent, lines[above].text, dated)
    spans = find_dates(line.text)
    if len(spans) != 1 or spans[0].start == 0 or parse_date(line.text[spans[0].start :]) is None:
        return None
    name = line.text[: spans[0].start].rstrip(" \u3000|・-–—:：/／(（")
    if not _is_name(name) or not _is_free(lines, at, after):
        return None
    return Head(at, at + 1, line.indent, name, parse_date(line.text[spans[0].start :]))


def _is_name(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_NAME and not any(sign in text for sign in _NO_NAME) and not parse_date(text)


def _is_free(lines: Sequence[Line], at: int, after: int) -> bool:
    return at <= after or lines[at - 1].blank or is_control(lines[at - 1].text)
