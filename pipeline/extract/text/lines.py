"""Lines of copied text: number, indentation in columns, content; and the wrapping brackets that a copier put around."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

_TAB = 4
# Not white space for Python, but nothing that a reader sees.
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_FULL_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_BREAK = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``indent`` counts columns (a tab to the next multiple of 4, a full-width space as 2)."""

    number: int
    indent: int
    text: str
    raw: str

    @property
    def blank(self) -> bool:
        """Whether nothing can be seen on it."""
        return not self.text


def split_lines(text: str) -> list[Line]:
    """All lines, numbered from 1; LF, CRLF and CR end a line."""
    return [_line(number, raw) for number, raw in enumerate(_BREAK.split(text), 1)]


def _line(number: int, raw: str) -> Line:
    text = raw.strip().strip(_INVISIBLE).strip()
    indent, _ = _leading(raw) if text and raw[0] != text[0] else (0, 0)
    return Line(number, indent, text, raw)


def _leading(raw: str, limit: int | None = None) -> tuple[int, int]:
    """Columns and characters of the leading white space, at most ``limit`` columns."""
    spaces = len(raw) - len(raw.lstrip(" "))
    if limit is not None and spaces >= limit:
        return limit, limit
    columns = spaces
    for position, char in enumerate(raw[spaces:], spaces):
        if not (char.isspace() or char in _INVISIBLE):
            return columns, position
        width = _width(char, columns)
        if limit is not None and columns + width > limit:
            return columns, position
        columns += width
    return columns, len(raw)


def _width(char: str, columns: int) -> int:
    if char == "\t":
        return _TAB - columns % _TAB
    if char in _INVISIBLE:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def folded(text: str) -> str:
    """A shadow with ASCII for full-width signs; one character stands for one, so that positions hold in the text."""
    return text.translate(_FULL_TO_HALF)


def block_text(lines: Iterable[Line], indent: int = 0) -> str:
    """The lines as written, less ``indent`` columns of margin and the blank lines around."""
    kept = list(trimmed(list(lines)))
    return "\n".join("" if line.blank else line.raw[_leading(line.raw, indent)[1] :] for line in kept)


def trimmed(lines: Sequence[Line]) -> Sequence[Line]:
    """Without the blank lines at both ends."""
    first = next((i for i, line in enumerate(lines) if line.text), len(lines))
    last = next((i for i in range(len(lines) - 1, first - 1, -1) if lines[i].text), first - 1)
    return lines[first : last + 1]


def runs(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The lines in stretches without a gap in their numbers."""
    run: list[Line] = []
    for line in lines:
        if run and line.number != run[-1].number + 1:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def unwrapped(lines: list[Line]) -> list[Line]:
    """Without the 『 』 that a copier put around a whole page: opened at a line's start, closed by the last sign."""
    last = next((i for i in range(len(lines) - 1, -1, -1) if lines[i].text), -1)
    if last < 1 or not lines[last].text.endswith("』"):
        return lines
    depth = 0
    for i in range(last, -1, -1):
        text = lines[i].text
        for position in range(len(text) - 1, -1, -1):
            depth += {"』": 1, "『": -1}.get(text[position], 0)
            if depth == 0 and text[position] == "『":
                return _without(lines, i, last) if position == 0 and i < last else lines
    return lines


def _without(lines: list[Line], first: int, last: int) -> list[Line]:
    opened, closed = lines[first], lines[last]
    opened = replace(opened, text=opened.text[1:].lstrip(), raw=opened.raw.replace("『", "", 1))
    closed = replace(closed, text=closed.text[:-1].rstrip(), raw=closed.raw.rstrip()[:-1])
    return [*lines[:first], opened, *lines[first + 1 : last], closed, *lines[last + 1 :]]
