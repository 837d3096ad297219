"""Threads copied from WordPress themes: 「3. NAME より: 2022年2月21日 at 12:34」, the date perhaps on the next line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.dates import parse_date
from pipeline.extract.text.found import Found
from pipeline.extract.text.heads import Head, thread
from pipeline.extract.text.lines import Line, folded
from pipeline.records import Dated

_HEAD = re.compile(
    r"(?:[•●○◦▪・*]\s*)?(?:\d{1,4}[.)]\s+)?(?P<name>.{0,60}?)\s*(?:より|のコメント|\bsays|\bsaid)\s*:\s*(?P<date>.{0,60})",
    re.IGNORECASE,
)
_LONGEST = 140


def find(lines: Sequence[Line]) -> Found:
    """Comments whose heads say 「より:」 or "says:" and a date."""
    heads = [head for i, line in enumerate(lines) if line.text and (head := _head(lines, i))]
    return thread(lines, heads) if heads else Found()


def _head(lines: Sequence[Line], at: int) -> Head | None:
    line = lines[at]
    if len(line.text) > _LONGEST or ":" not in (shadow := folded(line.text)):
        return None
    match = _HEAD.fullmatch(shadow)
    if match is None:
        return None
    dated, body = _date(lines, at, line.text[match.start("date") :])
    name = line.text[match.start("name") : match.end("name")]
    return Head(at, body, line.indent, name or None, dated) if dated else None


def _date(lines: Sequence[Line], at: int, rest: str) -> tuple[Dated | None, int]:
    """The date after the name or on the next line with something on it, and the index of the line after it."""
    if rest.strip():
        return parse_date(rest), at + 1
    below = next((i for i in range(at + 1, min(at + 3, len(lines))) if lines[i].text), None)
    return (parse_date(lines[below].text), below + 1) if below is not None else (None, at + 1)
