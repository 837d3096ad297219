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
from dataclasses import dataclass

from pipeline.extract.dates import parse_date
from pipeline.extract.text.drafts import Cut, Draft, Found, cut
from pipeline.extract.text.headings import closes_thread, comments_heading, is_control, without_controls
from pipeline.extract.text.lines import Line, block_text, folded, trimmed
from pipeline.records import Dated, Kind, SkipReason, Votes, VotesKind

NESTING_UNKNOWN = "nesting_unknown"

_BULLET = re.compile(r"([•●○◦▪‣∙・*＊·–-])[\s\u3000]*(?=\S)")
_DATE_HINT = re.compile(r"\d|[前今昨先元]|ago|yesterday", re.IGNORECASE)
_INTEGER = re.compile(r"[+-]?\d{1,6}")
# Bullets with a date alone are comments without a name only beside a heading that says so.
_HEADING_LINES = 4


@dataclass(frozen=True, slots=True)
class Head:
    """Head of a comment: indices of its first line, its date line and the line after; name and date."""

    first: int
    date_at: int
    bullet: str
    indent: int
    author: str | None
    posted_at: Dated

    @property
    def body(self) -> int:
        """Index of the first line after the head."""
        return self.date_at + 1


def find(lines: Sequence[Line]) -> Found:
    """Comments of the first bulleted thread in an unbroken stretch of lines; nothing where there is none."""
    heads = _heads(lines)
    if not heads:
        return Found()
    start, states = _heading(lines, heads[0].first)
    if start == heads[0].first and not any(head.author for head in heads):
        return Found()
    end = _end(lines, heads)
    ordinals = _ordinals(lines, heads)
    spaced = _blank_before_body(lines, heads)
    nested = any(head.indent > 0 for head in heads)
    parents = _parents(heads)
    drafts: list[Draft] = []
    cuts: list[Cut] = list(cut(lines[start : _opening(heads[0], ordinals)], SkipReason.NAVIGATION))
    for i, head in enumerate(heads):
        stop = _opening(heads[i + 1], ordinals) if i + 1 < len(heads) else end
        body = without_controls(lines[head.body : stop])
        votes, body = _votes(body, spaced)
        first = lines[_opening(head, ordinals)].number
        if not body:
            cuts += cut(lines[_opening(head, ordinals) : stop], SkipReason.EMPTY)
            continue
        parent = parents[i]
        drafts.append(
            Draft(
                kind=Kind.READER,
                start=first,
                end=trimmed(lines[head.first : stop])[-1].number + 1,
                text=block_text(body, head.indent),
                author=head.author,
                posted_at=head.posted_at,
                votes=votes,
                parent=lines[_opening(heads[parent], ordinals)].number if parent is not None else None,
                nested=nested,
            )
        )
    if not drafts:
        return Found()
    return Found(tuple(drafts), tuple(cuts), () if nested else (NESTING_UNKNOWN,), states)


def _heads(lines: Sequence[Line]) -> list[Head]:
    heads = [head for i, line in enumerate(lines) if line.text and (head := _head(lines, i))]
    named = Counter((head.bullet, _blank_after(lines, head)) for head in heads if head.author)
    if not named:
        return heads
    # A list of dates inside a comment is no head: heads without a name look like those with one.
    style = named.most_common(1)[0][0]
    return [head for head in heads if head.author or (head.bullet, _blank_after(lines, head)) == style]


def _head(lines: Sequence[Line], at: int) -> Head | None:
    line = lines[at]
    match = _BULLET.match(line.text)
    if match is None or len(line.text) > 60 or not _DATE_HINT.search(line.text):
        return None
    dated = parse_date(line.text[match.end() :])
    if dated is None:
        return None
    above = at - 1
    while above >= 0 and lines[above].blank and at - above < 2:
        above -= 1
    name = _name(lines[above], line, match[1]) if above >= 0 else None
    return Head(above if name else at, at, match[1], line.indent, name, dated)


def _name(line: Line, date_line: Line, bullet: str) -> str | None:
    match = _BULLET.match(line.text)
    if match is None or match[1] != bullet or line.indent != date_line.indent or is_control(line.text):
        return None
    name = line.text[match.end() :]
    return None if parse_date(name) else name


def _blank_after(lines: Sequence[Line], head: Head) -> bool:
    return head.body < len(lines) and lines[head.body].blank


def _blank_before_body(lines: Sequence[Line], heads: Sequence[Head]) -> bool:
    return 2 * sum(_blank_after(lines, head) for head in heads) > len(heads)


def _parents(heads: Sequence[Head]) -> list[int | None]:
    """For each head the index of the nearest one before it that stands less deep."""
    stack: list[int] = []
    parents: list[int | None] = []
    for i, head in enumerate(heads):
        while stack and heads[stack[-1]].indent >= head.indent:
            stack.pop()
        parents.append(stack[-1] if stack else None)
        stack.append(i)
    return parents


def _heading(lines: Sequence[Line], first: int) -> tuple[int, int | None]:
    """Index of the comments' heading above the first head (or that head), and the number of comments it states."""
    seen = 0
    for i in range(first - 1, -1, -1):
        if lines[i].blank:
            continue
        heading = comments_heading(lines[i].text)
        if heading is not None:
            return i, heading.count
        seen += 1
        if seen == _HEADING_LINES:
            break
    return first, None


def _end(lines: Sequence[Line], heads: Sequence[Head]) -> int:
    """Index after the last comment: at a line less deep than the whole thread, or at a mark of what follows."""
    margin = min(head.indent for head in heads)
    body = heads[-1].body
    for i in range(body, len(lines)):
        line = lines[i]
        if line.text and (line.indent < margin or (margin == 0 and closes_thread(line.text))):
            return i
    return len(lines)


def _opening(head: Head, ordinals: dict[int, int]) -> int:
    return ordinals.get(head.first, head.first)


def _ordinals(lines: Sequence[Line], heads: Sequence[Head]) -> dict[int, int]:
    """Where every head stands under its number 1, 2, 3 …: index of each head to the index of its number."""
    found: dict[int, int] = {}
    for ordinal, head in enumerate(heads, 1):
        above = head.first - 1
        while above >= 0 and lines[above].blank:
            above -= 1
        if above < 0 or folded(lines[above].text).strip(".:#") != str(ordinal):
            return {}
        found[head.first] = above
    return found if len(heads) > 1 else {}


def _votes(body: Sequence[Line], spaced: bool) -> tuple[Votes, Sequence[Line]]:
    """A bare number that closes the comment, and the lines before it. What it counts, text cannot tell."""
    if len(body) < 2 or (spaced and not body[-2].blank):
        return Votes(), body
    number = folded(body[-1].text)
    if not _INTEGER.fullmatch(number):
        return Votes(), body
    kind = VotesKind.NET if number[0] in "+-" else VotesKind.UNKNOWN
    return Votes(int(number), kind), without_controls(body[:-1])
