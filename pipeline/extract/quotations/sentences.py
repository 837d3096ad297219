"""Sentences by bracket depth, and shadows in which brackets are masked. All are linear in the length of the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_PAIRS = {"「": "」", "『": "』", "（": "）", "(": ")", "【": "】", "“": "”"}
_BRACKET = re.compile(f"[{re.escape(''.join((*_PAIRS, *_PAIRS.values())))}]")
_END = re.compile(r"[。！？!?](?![。！？!?])")
_QUOTING = "「『“"
_DEEPEST = 20
QUOTED = "■"
ASIDE = "□"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body: where it stands, its paragraph's number, its text, and the text with brackets masked.

    In ``shadow`` every sign inside 「…」 is ■ and every bracketed aside, brackets included, is □; one sign stands for
    one. ``quotes`` are the half-open ranges inside the outermost 「…」.
    """

    start: int
    paragraph: int
    text: str
    shadow: str
    quotes: tuple[tuple[int, int], ...]

    @property
    def is_one_quote(self) -> bool:
        """Whether the sentence is nothing but one 「…」."""
        if len(self.quotes) != 1:
            return False
        start, end = self.quotes[0]
        return start == 1 and not self.text[end + 1 :].strip("。 　")

    def quotes_in(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """The quotes between two positions."""
        return self.quotes[bisect_left(self.quotes, (start, 0)) : bisect_left(self.quotes, (end, 0))]

    def quote_ending(self, end: int) -> tuple[int, int] | None:
        """The quote whose closing bracket ends at this position, or None."""
        before = bisect_left(self.quotes, (end, 0)) - 1
        return self.quotes[before] if before >= 0 and self.quotes[before][1] + 1 == end else None

    def quotes_beside(self, quote: tuple[int, int]) -> Sequence[tuple[int, int]]:
        """The quotes right before one, with nothing between them: 「…」「…」."""
        last = first = bisect_left(self.quotes, quote)
        while first > 0 and self.quotes[first - 1][1] + 1 == self.quotes[first][0] - 1:
            first -= 1
        return self.quotes[first:last]


def sentences(text: str) -> list[Sentence]:
    """Sentences in order. A full stop inside brackets ends none; the end of a line ends all."""
    found: list[Sentence] = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        for begin, end in _cut(line):
            piece = line[begin:end]
            lead = len(piece) - len(piece.lstrip())
            if piece.strip():
                found.append(_masked(start + begin + lead, number, piece.strip()))
        start += len(line) + 1
    return found


def _cut(line: str) -> Iterator[tuple[int, int]]:
    begin = 0
    covered = iter(_outermost(line))
    bracket = next(covered, None)
    for match in _END.finditer(line):
        i = match.start()
        while bracket is not None and i > bracket[1]:
            bracket = next(covered, None)
        if bracket is None or i < bracket[0]:
            yield begin, i + 1
            begin = i + 1
    yield begin, len(line)


def _outermost(text: str) -> list[tuple[int, int]]:
    """Outermost pairs of brackets as positions of both; a bracket without its partner is a sign like others."""
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    for match in _BRACKET.finditer(text):
        i, sign = match.start(), match[0]
        if sign in _PAIRS:
            stack.append(i)
        elif any(_PAIRS[text[opened]] == sign for opened in stack[-_DEEPEST:]):
            while _PAIRS[text[stack[-1]]] != sign:
                stack.pop()
            opened = stack.pop()
            while pairs and pairs[-1][0] > opened:
                pairs.pop()
            pairs.append((opened, i))
    return pairs


def _masked(start: int, paragraph: int, text: str) -> Sentence:
    shadow = list(text)
    quotes: list[tuple[int, int]] = []
    for opened, closed in _outermost(text):
        length = closed - opened + 1
        if text[opened] in _QUOTING:
            quotes.append((opened + 1, closed))
            shadow[opened : closed + 1] = ["「", *QUOTED * (length - 2), "」"]
        else:
            shadow[opened : closed + 1] = ASIDE * length
    return Sentence(start, paragraph, text, "".join(shadow), tuple(quotes))
