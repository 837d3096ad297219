"""Threads copied from lists: a bullet with the name, a bullet with the date, text, and a bare number of votes.

    • NAME
    • 2022年 2月 21日

    text

    3
      • NAME          (deeper: an answer)

A ranking has bullets too ("• 1"), but no dates; an ordinal before a name looks like the votes of the post above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.extract.dates import parse_date
from pipeline.extract.text.found import Found
from pipeline.extract.text.headings import is_control
from pipeline.extract.text.heads import Head, blank_below, heading_above, thread
from pipeline.extract.text.lines import Line
from pipeline.extract.text.nesting import is_bare_number

_BULLET = re.compile(r"([•●○◦▪‣∙・*＊·–-])[\s\u3000]*(?=\S)")
_DATE_HINT = re.compile(r"\d|[前今昨先元]|ago|yesterday", re.IGNORECASE)
_LONGEST_DATE = 60


def find(lines: Sequence[Line]) -> Found:
    """Comments of the bulleted thread in an unbroken stretch of lines; nothing where there is none."""
    heads = _heads(lines)
    # Dates alone after bullets are comments without a name only under a heading that says so.
    if not heads or (
        not any(head.author for head in heads) and heading_above(lines, heads[0].first)[0] == heads[0].first
    ):
        return Found()
    return thread(lines, heads)


def _heads(lines: Sequence[Line]) -> list[Head]:
    found = [(head, line.text[0]) for i, line in enumerate(lines) if line.text and (head := _head(lines, i))]
    named = Counter((bullet, blank_below(lines, head)) for head, bullet in found if head.author)
    if not named:
        return [head for head, _ in found]
    # A list of dates inside a comment is no head: heads without a name look like those with one, and stand apart.
    style = named.most_common(1)[0][0]
    return [
        head
        for head, bullet in found
        if head.author or ((bullet, blank_below(lines, head)) == style and _stands_apart(lines, head.first))
    ]


def _stands_apart(lines: Sequence[Line], at: int) -> bool:
    return at == 0 or lines[at - 1].blank or is_bare_number(lines[at - 1].text) or is_control(lines[at - 1].text)


def _head(lines: Sequence[Line], at: int) -> Head | None:
    line = lines[at]
    match = _BULLET.match(line.text)
    if match is None or len(line.text) > _LONGEST_DATE or not _DATE_HINT.search(line.text):
        return None
    dated = parse_date(line.text[match.end() :])
    if dated is None:
        return None
    above = at - 1
    while above >= 0 and lines[above].blank and at - above < 2:
        above -= 1
    name = _name(lines[above], line, match[1]) if above >= 0 else None
    return Head(above if name else at, at + 1, line.indent, name, dated)


def _name(line: Line, date_line: Line, bullet: str) -> str | None:
    match = _BULLET.match(line.text)
    if match is None or match[1] != bullet or line.indent != date_line.indent or is_control(line.text):
        return None
    name = line.text[match.end() :]
    return None if parse_date(name) else name
