"""From the collected parts of a comment to its author, date, votes and text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from pipeline.extract.dates import find_dates, from_epoch, parse_date
from pipeline.extract.html.bylines import (
    clean_author,
    marked_author,
    name_in_reply_label,
    parse_byline,
)
from pipeline.extract.html.frame import DateSource, Frame
from pipeline.extract.html.headers import author_in_meta, in_unnamed_header, peel
from pipeline.extract.html.roles import STRONG, WEAK
from pipeline.extract.html.textbuilder import BLOCK, TextBuilder
from pipeline.extract.votes import make_votes, parse_count
from pipeline.records import Dated, DateHow, Precision, Votes

_BOTH_COUNTS = re.compile(r"(\d+)\D{0,12}(?:positiv|up\b)\D+(\d+)\D{0,12}(?:negativ|down\b)", re.IGNORECASE)
_NAME = re.compile(r"[^\s:：]")
_DAY_AND_MONTH = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](?:19|20)\d\d(?!\d)")
_STATED, _SECOND = DateHow.STATED, Precision.SECOND
# A wrapper is taken for the text unless this much more stands outside it.
_MAX_LOST = 80


@dataclass(frozen=True, slots=True)
class Reading:
    """A comment as read, before it is known whether it is one."""

    author: str | None
    dated: Dated | None
    votes: Votes
    text: str


def read(frame: Frame, day_first: bool | None) -> Reading:
    """Read all fields of a comment; what it does not show is None."""
    author = _author(frame)
    dated = _date(frame, day_first)
    held, named = _content(frame)
    if named:
        text = "\n".join(builder.text() for builder in held)
        if author is None or dated is None:
            author, dated = in_unnamed_header(frame, author, dated, day_first)
    else:
        author, dated, text = peel(author, dated, held[0], day_first)
        if held[0] is not frame.rest and (author is None or dated is None):
            author, dated = in_unnamed_header(frame, author, dated, day_first)
    author = author or author_in_meta(frame)
    if frame.title and frame.title != author:
        author, dated, text = _with_title(frame.title, author, dated, text)
    if author is None and (author := name_in_reply_label(frame.reply_label)) is not None and not named:
        # The name is known now: where it stands alone above the text, it is no part of it.
        first, _, rest = text.partition("\n")
        text = rest if rest and first.strip() == author else text
    return Reading(author, dated, _votes(frame), text)


def _with_title(title: str, author: str | None, dated: Dated | None, text: str) -> tuple[str | None, Dated | None, str]:
    """A title that stands where the name should be is the name; else it is the first line of what was written."""
    if author is None and text:
        byline = parse_byline(title)
        if byline is not None:
            return byline.author, dated or byline.dated, text
        return clean_author(title), dated, text
    return author, dated, f"{title}\n{text}" if text else title


def _author(frame: Frame) -> str | None:
    named = frame.authors if len(frame.authors) < 2 else sorted(frame.authors, key=lambda found: found[0])
    for rank, text in named:
        if rank == STRONG:
            name = marked_author(text)
        else:
            byline = parse_byline(text)
            name = byline.author if byline is not None else clean_author(text)
        if name and _NAME.search(name):
            return name
    return None


def _date(frame: Frame, day_first: bool | None) -> Dated | None:
    """The first readable date of the parts named so, then of the header; stated dates go before other ones."""
    sources = frame.dates
    if len(sources) > 1:
        sources = sorted(sources, key=lambda source: source.datetime is None)
    found = [dated for source in sources if (dated := _from_source(source, day_first)) is not None]
    if not found:
        for text in (*frame.meta, *(text for _, text in frame.authors)):
            found += [
                replace(span.dated, raw=span.dated.raw.strip()) for span in find_dates(text, day_first=day_first)[:1]
            ]
    if len(found) == 1:
        return found[0]
    if found:
        return min(found, key=lambda dated: (dated.value is None, dated.how is not _STATED))
    return from_epoch(frame.epoch) if frame.epoch else None


def _from_source(source: DateSource, day_first: bool | None) -> Dated | None:
    """The finest of what one element says in its attributes and its text; what it shows outweighs what contradicts."""
    stated = _attribute_date(source.datetime)
    if stated is not None and stated.precision is _SECOND:
        return stated
    shown = _first_date(source.text, day_first)
    titled = _first_date(source.title, day_first)
    found = [dated for dated in (stated, shown, titled) if dated is not None and dated.value is not None]
    if shown is not None and shown.value is not None:
        found = [dated for dated in found if _agree(dated, shown)]
    finest = max(found, key=lambda dated: (dated.how is _STATED, len(dated.value or "")), default=None)
    return finest if finest is not None else shown


def _attribute_date(text: str | None) -> Dated | None:
    if not text:
        return None
    dated = parse_date(text) or from_epoch(text)
    return dated if dated is not None and dated.value is not None else None


def _first_date(text: str | None, day_first: bool | None) -> Dated | None:
    if not text:
        return None
    whole = parse_date(text, day_first=day_first)
    if whole is not None:
        return whole
    spans = find_dates(text[:400], day_first=day_first)
    return replace(spans[0].dated, raw=spans[0].dated.raw.strip()) if spans else None


def _agree(stated: Dated, shown: Dated) -> bool:
    """Whether two dates are the same day, or neighbours as time zones make them; coarse dates agree by their start."""
    first, second = stated.value or "", shown.value or ""
    if len(second) < 10 or len(first) < 10 or shown.how is DateHow.INFERRED:
        return first.startswith(second[:4])
    days = abs((date.fromisoformat(first[:10]) - date.fromisoformat(second[:10])).days)
    return days <= 1


def _content(frame: Frame) -> tuple[list[TextBuilder], bool]:
    """What holds the text, and whether its name says so: the innermost such, else a wrapper, else the rest."""
    for rank in (STRONG, WEAK):
        held = [(level, builder) for found, level, builder in frame.contents if found == rank]
        if not held:
            continue
        innermost = max(level for level, _ in held)
        builders = [builder for level, builder in held if level == innermost]
        if rank == STRONG:
            return builders, True
        joined = TextBuilder()
        for builder in builders:
            joined.parts += [*builder.parts, BLOCK]
        if frame.rest.weight() <= _MAX_LOST + 2 * joined.weight():
            return [joined], False
    return [frame.rest], False


def _votes(frame: Frame) -> Votes:
    for text in (frame.net, frame.up):
        if text and (both := _BOTH_COUNTS.search(text)):
            return make_votes(up=int(both[1]), down=int(both[2]))
    return make_votes(parse_count(frame.up), parse_count(frame.down), parse_count(frame.net))


def day_comes_first(frames: list[Frame], language: str | None) -> bool | None:
    """Whether 11/08/2020 is 11 August on this page: told by its other dates, else by its language, else unknown."""
    for frame in frames:
        for text in (*(source.text for source in frame.dates), *frame.meta):
            if match := _DAY_AND_MONTH.search(text):
                if int(match[1]) > 12:
                    return True
                if int(match[2]) > 12:
                    return False
    code = (language or "").lower()
    if code in ("en-us", "en_us"):
        return False
    return True if re.match(r"(?:de|fr|es|it|nl|pt|pl|ru|en-(?:gb|au|nz|ie|in))\b", code) else None
