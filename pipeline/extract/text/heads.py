"""Threads in which each comment opens with a head (name and date): from heads to drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.drafts import Draft
from pipeline.extract.html.placeholders import is_deleted
from pipeline.extract.text.found import Cut, Found, cut
from pipeline.extract.text.headings import closes_thread, comments_heading, without_controls, without_lower_controls
from pipeline.extract.text.lines import Line, block_text, trimmed
from pipeline.extract.text.nesting import NESTING_UNKNOWN, closing_votes, ordinals, parents, shows_nesting
from pipeline.records import Dated, Kind, SkipReason

_HEADING_LINES = 4


@dataclass(frozen=True, slots=True)
class Head:
    """Head of a comment on the lines with the indices ``first`` to ``body`` (half-open)."""

    first: int
    body: int
    indent: int
    author: str | None
    posted_at: Dated | None


def heading_above(lines: Sequence[Line], first: int) -> tuple[int, int | None]:
    """Index of the comments' heading above the first head (or ``first``), and the number of comments it states."""
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


def blank_below(lines: Sequence[Line], head: Head) -> bool:
    """Whether a blank line parts the head from the text."""
    return head.body < len(lines) and lines[head.body].blank


def thread(lines: Sequence[Line], heads: Sequence[Head]) -> Found:
    """Comments of the heads, each with the lines up to the next one."""
    start, states = heading_above(lines, heads[0].first)
    end = _end(lines, heads)
    above = ordinals(lines, [head.first for head in heads])
    opens = [above.get(head.first, head.first) for head in heads]
    closes = [*opens[1:], end]
    spaced = 2 * sum(blank_below(lines, head) for head in heads) > len(heads)
    nested = shows_nesting([head.indent for head in heads])
    answered = parents([head.indent for head in heads])
    drafts: list[Draft] = []
    cuts: list[Cut] = list(cut(lines[start : opens[0]], SkipReason.NAVIGATION))
    for head, first, stop, parent in zip(heads, opens, closes, answered, strict=True):
        votes, body = closing_votes(without_lower_controls(lines[head.body : stop]), spaced=spaced)
        text = block_text(without_controls(body), head.indent)
        if not text or is_deleted(text):
            cuts += cut(lines[first:stop], SkipReason.DELETED if text else SkipReason.EMPTY)
            continue
        drafts.append(
            Draft(
                kind=Kind.READER,
                start=lines[first].number,
                end=trimmed(lines[first:stop])[-1].number + 1,
                text=text,
                author=head.author,
                posted_at=head.posted_at,
                votes=votes,
                parent=lines[opens[parent]].number if parent is not None else None,
                nested=nested,
            )
        )
    if not drafts:
        return Found()
    return Found(tuple(drafts), tuple(cuts), () if nested else (NESTING_UNKNOWN,), states)


def _end(lines: Sequence[Line], heads: Sequence[Head]) -> int:
    """Index after the last comment: at a line less deep than the whole thread, or at a mark of what follows."""
    margin = min(head.indent for head in heads)
    for i in range(heads[-1].body, len(lines)):
        line = lines[i]
        if line.text and (line.indent < margin or (margin == 0 and closes_thread(line.text))):
            return i
    return len(lines)
