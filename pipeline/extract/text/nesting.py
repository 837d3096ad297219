"""Who answers whom, from indentation; and the bare numbers around copied comments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.drafts import NO_VOTES
from pipeline.extract.text.lines import Line, folded, trimmed
from pipeline.records import Votes, VotesKind

NESTING_UNKNOWN = "nesting_unknown"

_INTEGER = re.compile(r"[+-]?\d{1,6}")


def parents(indents: Sequence[int]) -> list[int | None]:
    """For each comment the index of the nearest one before it that stands less deep."""
    stack: list[int] = []
    found: list[int | None] = []
    for i, indent in enumerate(indents):
        while stack and indents[stack[-1]] >= indent:
            stack.pop()
        found.append(stack[-1] if stack else None)
        stack.append(i)
    return found


def shows_nesting(indents: Sequence[int]) -> bool:
    """Whether the copy kept indentation; where all stands at the margin, answers cannot be told from comments."""
    return any(indents)


def ordinals(lines: Sequence[Line], firsts: Sequence[int]) -> dict[int, int]:
    """Where every comment stands under its number 1, 2, 3 …: index of its first line to the index of the number.

    Such a number is not the votes of the comment above.
    """
    found: dict[int, int] = {}
    for ordinal, first in enumerate(firsts, 1):
        above = first - 1
        while above >= 0 and lines[above].blank:
            above -= 1
        if above < 0 or folded(lines[above].text).strip(".:#") != str(ordinal):
            return {}
        found[first] = above
    return found if len(firsts) > 1 else {}


def is_bare_number(text: str) -> bool:
    """Whether the line is a whole number and nothing else."""
    return _INTEGER.fullmatch(folded(text)) is not None


def closing_votes(body: Sequence[Line], *, spaced: bool) -> tuple[Votes, Sequence[Line]]:
    """A bare number that closes a comment, and the lines before it. What it counts, a text cannot tell.

    ``spaced``: the layout parts such numbers from the text by a blank line.
    """
    if len(body) < 2 or (spaced and not body[-2].blank):
        return NO_VOTES, body
    number = folded(body[-1].text)
    if not is_bare_number(number):
        return NO_VOTES, body
    kind = VotesKind.NET if number[0] in "+-" else VotesKind.UNKNOWN
    return Votes(int(number), kind), trimmed(body[:-1])
