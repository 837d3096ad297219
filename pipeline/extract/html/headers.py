"""Who and when from lines around a comment's text that no element names: headers, footers, bylines."""

from __future__ import annotations

import re

from pipeline.extract.dates import find_dates, parse_date
from pipeline.extract.html.bylines import clean_author, is_furniture, name_before_says, parse_byline
from pipeline.extract.html.frame import Frame
from pipeline.extract.html.textbuilder import DATE_SIGN, TextBuilder
from pipeline.records import Dated

_LINK_WORD = re.compile(r"返信|repl(?:y|ies)|delete|削除|edit|編集|引用|quote|link", re.IGNORECASE)
_MAX_NAME = 40
_MAX_HEADER = 6
_HEADER_LINES = 3


def in_unnamed_header(
    frame: Frame, author: str | None, dated: Dated | None, day_first: bool | None
) -> tuple[str | None, Dated | None]:
    """Who and when from what stands beside a named text in elements without names; a name only beside its date."""
    lines = [line for line in frame.rest.text(spaced=True).split("\n")[:_MAX_HEADER] if line.strip()]
    bylines = [byline for line in lines if (byline := parse_byline(line, day_first=day_first)) is not None]
    if dated is None and bylines:
        dated = bylines[0].dated
    if author is None and bylines:
        others = [line for line in lines if not is_furniture(line) and not find_dates(line)]
        author = next((byline.author for byline in bylines if byline.author), None)
        if author is None and len(others) == 1 and len(others[0]) <= _MAX_NAME:
            author = clean_author(others[0])
    return author, dated


def peel(
    author: str | None, dated: Dated | None, builder: TextBuilder, day_first: bool | None
) -> tuple[str | None, Dated | None, str]:
    """Take header and footer lines off a text that no element marked: says-words and, where missing, who and when."""
    lines, spaced = builder.text().split("\n"), builder.text(spaced=True).split("\n")
    while len(lines) > 1 and is_furniture(lines[0]):
        del lines[0], spaced[0]
    while len(lines) > 1 and is_furniture(lines[-1]) and _LINK_WORD.search(lines[-1]):
        del lines[-1], spaced[-1]
    author = _take_header(lines, spaced, author, known=dated is not None)
    if dated is None and len(lines) > 3 and lines[0].strip().isdecimal() and parse_byline(spaced[2]) is not None:
        del lines[0], spaced[0]  # the comment's number, above its name and its date
    for index in (0, -1, 1):
        if dated is None and len(lines) > abs(index):
            byline = parse_byline(spaced[index], day_first=day_first)
            if byline is not None and (author is None or byline.author is None or index != 1):
                del lines[index], spaced[index]
                author, dated = author or byline.author, byline.dated
                if index == 1 and author is None:
                    author = clean_author(spaced[0])
                    del lines[0], spaced[0]
    while len(lines) > 1 and is_furniture(lines[0]):
        del lines[0], spaced[0]
    if author is None and len(lines) > 1 and (author := _beside_date(spaced[0])) is not None:
        del lines[0]
    if all(line.startswith(">") for line in lines):  # old boards indent what was written by a <blockquote>
        lines = [line[1:].removeprefix(" ") for line in lines]
    return author, dated, "\n".join(lines).strip("\n")


def _take_header(lines: list[str], spaced: list[str], author: str | None, *, known: bool) -> str | None:
    """Take lines off the top that say who, as far as they say nothing else, and when, where that is ``known``."""
    for _ in range(_HEADER_LINES):
        if len(lines) < 2:
            break
        first, second = lines[0].strip(), lines[1].strip()
        name = name_before_says(first)
        numbers = first.isdecimal() and len(lines) > 2 and (second == author or name_before_says(second) is not None)
        if name is None and first != author and not numbers and not (known and parse_date(first) is not None):
            break
        author = author or name
        del lines[0], spaced[0]
    return author


def _beside_date(line: str) -> str | None:
    """The name in a line that holds nothing else but, in an element of its own, the date."""
    name = clean_author(line.replace(DATE_SIGN, " ")) if DATE_SIGN in line else None
    return name if name and len(name) <= _MAX_NAME and name[-1] not in "。！？!?" else None


def author_in_meta(frame: Frame) -> str | None:
    """Name in a header or footer that no element marks: beside the date, or the one line that is nothing else."""
    for meta in frame.meta:
        lines = [line for line in meta.split("\n") if line and not is_furniture(line)]
        for line in lines:
            if (byline := parse_byline(line)) is not None and byline.author:
                return byline.author
        others = [line for line in lines if not find_dates(line)]
        if len(others) == 1 and len(others[0]) <= _MAX_NAME and len(lines) > 1:
            return clean_author(re.sub(r"\s+URL$", "", others[0]))
    return None
