"""Dates as Japanese, English, German and French pages write them, with how each is known.

Nothing is completed by guessing: a date without a year needs an anchor (and is then ``inferred``), a relative date
(「3時間前」) has no value, and a numeric date whose day and month cannot be told apart keeps only its year.
Grammar after measured failures of general date libraries on Japanese text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.extract import dates_grammar as grammar
from pipeline.records import Dated, DateHow, Precision


@dataclass(frozen=True, slots=True)
class DatedSpan:
    """A date and where it stands in the text (half-open range of characters)."""

    start: int
    end: int
    dated: Dated


def find_dates(text: str, *, anchor: Dated | None = None, day_first: bool | None = None) -> list[DatedSpan]:
    """All dates in the text, in order and without overlap.

    ``anchor`` gives the year of dates that have none; without it such a date has no value. ``day_first`` tells
    11/08/2020 (11 August) from 11/08/2020 (8 November) where the text itself does not.
    """
    return list(_spans(text, anchor, day_first))


def holds_date(text: str) -> bool:
    """Whether the text holds any date that :func:`find_dates` would give."""
    return next(_spans(text, None, None), None) is not None


def _spans(text: str, anchor: Dated | None, day_first: bool | None) -> Iterator[DatedSpan]:
    shadow = text.translate(grammar.FOLD)
    position = 0
    while (match := grammar.CANDIDATE.search(shadow, position)) is not None:
        found = _longest(shadow, match.start(), anchor, day_first)
        if found is None:
            position = match.start() + 1
            continue
        end, dated = found
        start = match.start()
        yield DatedSpan(start, end, Dated(dated.value, dated.precision, dated.how, text[start:end]))
        position = end


def parse_date(text: str, *, anchor: Dated | None = None, day_first: bool | None = None) -> Dated | None:
    """The date that the whole text is, apart from decoration such as 「更新」, brackets, "Posted on" or a time zone.

    None where there is no date, more than one, or other text beside it. ``raw`` keeps the text trimmed.
    """
    if len(text) > 200:
        return None
    if (iso := grammar.ISO.fullmatch(text.strip())) is not None:
        return _iso(iso, text.strip())
    spans = find_dates(text, anchor=anchor, day_first=day_first)
    if len(spans) != 1:
        return None
    rest = text[: spans[0].start] + " " + text[spans[0].end :]
    if not grammar.DECORATION.fullmatch(rest.translate(grammar.FOLD)):
        return None
    return replace(spans[0].dated, raw=text.strip())


def _iso(match: re.Match[str], raw: str) -> Dated | None:
    clock = match["clock"]
    try:
        dt.datetime.fromisoformat(f"{match['date']}T{clock or '00:00'}")
    except ValueError:
        return None
    dated = _dated(int(match["date"][:4]), int(match["date"][5:7]), int(match["date"][8:]), clock, DateHow.STATED)
    return replace(dated, raw=raw) if dated is not None else None


def from_epoch(digits: str) -> Dated | None:
    """Date of an epoch attribute in seconds (10 digits) or milliseconds (13), in UTC because the page says no zone."""
    if not re.fullmatch(r"\d{10}|\d{13}", digits.strip()):
        return None
    seconds = int(digits.strip()[:10])
    moment = dt.datetime.fromtimestamp(seconds, dt.UTC)
    return Dated(moment.strftime("%Y-%m-%dT%H:%M:%S"), Precision.SECOND, DateHow.STATED, digits.strip())


def _longest(shadow: str, start: int, anchor: Dated | None, day_first: bool | None) -> tuple[int, Dated] | None:
    """The longest reading of a date that begins exactly at ``start``: (end, date), or None."""
    best: tuple[int, Dated] | None = None
    if not shadow[start].isdigit():
        forms = grammar.LETTER_FORMS
    else:
        forms = grammar.YEAR_FORMS if shadow[start : start + 4].isdigit() else grammar.DIGIT_FORMS
    for pattern in forms:
        match = pattern.match(shadow, start)
        if match is None:
            continue
        read = _read(match, shadow, anchor, day_first)
        if read is not None and (best is None or read[0] > best[0]):
            best = read
    if best is not None:
        return best
    relative = grammar.RELATIVE.match(shadow, start)
    return (relative.end(), Dated(None, None, DateHow.RELATIVE, "")) if relative else None


def _read(match: re.Match[str], shadow: str, anchor: Dated | None, day_first: bool | None) -> tuple[int, Dated] | None:
    """Turn a match of one form into a date; None where it is no day of the calendar."""
    parts = match.groupdict()
    year = grammar.year_of(parts)
    how = DateHow.STATED
    month, day = grammar.month_of(parts), int(parts["day"]) if parts.get("day") else None
    if parts.get("first"):
        month, day, how = _day_and_month(
            int(parts["first"]), int(parts["second"]), parts.get("slash"), shadow[match.end() :], day_first
        )
        if month is None and not (int(parts["first"]) <= 12 and int(parts["second"]) <= 12):
            return None
    end, clock = _clock(shadow, match.end()) if day is not None or parts.get("first") else (match.end(), None)
    if year is None and grammar.needs_year(parts):
        if month is None or day is None or _dated(2000, month, day, None, how) is None:
            return None
        if anchor is None or anchor.value is None:
            return end, Dated(None, None, DateHow.RELATIVE, "")
        year, how = _nearest_year(month, day, anchor.value), DateHow.INFERRED
    if year is None:
        return None
    dated = _dated(year, month, day, clock, how)
    return (end, dated) if dated is not None else None


def _day_and_month(
    first: int, second: int, slash: str | None, after: str, day_first: bool | None
) -> tuple[int | None, int | None, DateHow]:
    """(month, day, how) of two numbers before a year; (None, None, …) where they cannot be told apart."""
    if slash == "." or first > 12 or first == second:
        return second, first, DateHow.STATED
    if second > 12:
        return first, second, DateHow.STATED
    if day_first is None:
        return None, None, DateHow.STATED
    return (second, first, DateHow.INFERRED) if day_first else (first, second, DateHow.INFERRED)


def _nearest_year(month: int, day: int, anchor: str) -> int:
    """Year that puts the day nearest to the anchor; an anchor without month or day stands at its middle."""
    year, *rest = (int(part) for part in anchor[:10].split("-"))
    known_month, known_day = (*rest, *(6, 15)[len(rest) :])
    distance = (month - known_month) * 31 + (day - known_day)
    return year - 1 if distance > 186 else year + 1 if distance < -186 else year


def _clock(shadow: str, position: int) -> tuple[int, str | None]:
    """Time of day that follows a date: (end, "HH:MM" or "HH:MM:SS"), or (position after the weekday, None)."""
    weekday = grammar.WEEKDAY.match(shadow, position)
    after = weekday.end() if weekday else position
    match = grammar.CLOCK.match(shadow, after)
    if match is None:
        return after, None
    hour, minute = int(match["hour"]), int(match["minute"])
    half = (match["before"] or match["after"] or "").lower()
    if half:
        late = half[0] == "p" or half == "午後"
        if hour > 12:
            half = ""
        else:
            hour = hour % 12 + (12 if late else 0)
    if hour > 23 or minute > 59 or int(match["second"] or 0) > 59:
        return after, None
    seconds = f":{match['second']}" if match["second"] else ""
    return match.end(), f"{hour:02d}:{minute:02d}{seconds}"


def _dated(year: int, month: int | None, day: int | None, clock: str | None, how: DateHow) -> Dated | None:
    if not 1800 <= year <= 2199:
        return None
    if month is None:
        return Dated(f"{year:04d}", Precision.YEAR, how, "")
    if day is None:
        return Dated(f"{year:04d}-{month:02d}", Precision.MONTH, how, "") if 1 <= month <= 12 else None
    try:
        value = dt.date(year, month, day).isoformat()
    except ValueError:
        return None
    if clock is None:
        return Dated(value, Precision.DAY, how, "")
    precision = Precision.SECOND if clock.count(":") == 2 else Precision.MINUTE
    return Dated(f"{value}T{clock}", precision, how, "")
