"""Dates as Japanese, English, German and French pages write them, with how each is known.

Nothing is completed by guessing: a date without a year needs an anchor (and is then ``inferred``), a relative date
(「3時間前」) has no value, and a numeric date whose day and month cannot be told apart keeps only its year.
Grammar after measured failures of general date libraries on Japanese text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract import dates_grammar as grammar
from pipeline.records import Dated, DateHow, Precision

# Names of their own: a member is read from its enumeration in ten times the time of a name (Python 3.11).
_STATED, _INFERRED, _RELATIVE = DateHow
_YEAR, _MONTH, _DAY, _MINUTE, _SECOND = Precision
_FIRST_YEAR, _LAST_YEAR = 1800, 2199
_Found = tuple[int, str | None, Precision | None, DateHow]  # end of a date in the text, and what it says


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
    match = grammar.CANDIDATE.search(text)
    if match is None:
        return
    shadow = text.translate(grammar.FOLD)
    while match is not None:
        start = match.start()
        found = _longest(shadow, start, anchor, day_first)
        if found is None:
            end = start + 1
        else:
            end, value, precision, how = found
            yield DatedSpan(start, end, Dated(value, precision, how, text[start:end]))
        match = grammar.CANDIDATE.search(shadow, end)


def parse_date(text: str, *, anchor: Dated | None = None, day_first: bool | None = None) -> Dated | None:
    """The date that the whole text is, apart from decoration such as 「更新」, brackets, "Posted on" or a time zone.

    None where there is no date, more than one, or other text beside it. ``raw`` keeps the text trimmed.
    """
    if len(text) > 200:
        return None
    raw = text.strip()
    if (iso := grammar.ISO.fullmatch(raw)) is not None:
        return _iso(iso, raw)
    spans = find_dates(text, anchor=anchor, day_first=day_first)
    if len(spans) != 1:
        return None
    span, dated = spans[0], spans[0].dated
    if dated.raw == raw:
        return dated
    rest = text[: span.start] + " " + text[span.end :]
    if not grammar.DECORATION.fullmatch(rest.translate(grammar.FOLD)):
        return None
    return Dated(dated.value, dated.precision, dated.how, raw)


def _iso(match: re.Match[str], raw: str) -> Dated | None:
    date, clock = match.groups()
    value = f"{date}T{clock}" if clock else date
    try:
        year = dt.datetime.fromisoformat(value).year
    except ValueError:
        return None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    precision = _DAY if not clock else _SECOND if len(clock) > 5 else _MINUTE
    return Dated(value, precision, _STATED, raw)


def from_epoch(digits: str) -> Dated | None:
    """Date of an epoch attribute in seconds (10 digits) or milliseconds (13), in UTC because the page says no zone."""
    if not re.fullmatch(r"\d{10}|\d{13}", digits.strip()):
        return None
    seconds = int(digits.strip()[:10])
    moment = dt.datetime.fromtimestamp(seconds, dt.UTC)
    return Dated(moment.strftime("%Y-%m-%dT%H:%M:%S"), _SECOND, _STATED, digits.strip())


def _longest(shadow: str, start: int, anchor: Dated | None, day_first: bool | None) -> _Found | None:
    """The longest reading of a date that begins exactly at ``start``, or None."""
    begin = shadow[start]
    without_year: tuple[re.Pattern[str], ...] = ()
    if begin.isdigit():
        if shadow[start : start + 4].isdigit():
            forms = grammar.YEAR_FORMS
        else:
            forms, without_year = grammar.DIGIT_FORMS, grammar.DIGIT_FORMS_WITHOUT_YEAR
    elif begin.isascii():
        forms, without_year = grammar.LETTER_FORMS, grammar.LETTER_FORMS_WITHOUT_YEAR
    else:
        forms = grammar.ERA_FORMS
    # A form without a year reads the beginning of what one with a year reads.
    found = _of_forms(forms, shadow, start, anchor, day_first) or _of_forms(
        without_year, shadow, start, anchor, day_first
    )
    if found is not None:
        return found
    relative = grammar.RELATIVE.match(shadow, start)
    return (relative.end(), None, None, _RELATIVE) if relative else None


def _of_forms(
    forms: tuple[re.Pattern[str], ...], shadow: str, start: int, anchor: Dated | None, day_first: bool | None
) -> _Found | None:
    """The longest reading by any of the forms."""
    best: _Found | None = None
    for pattern in forms:
        if (match := pattern.match(shadow, start)) is not None:
            read = _read(match, shadow, anchor, day_first)
            if read is not None and (best is None or read[0] > best[0]):
                best = read
    return best


def _read(match: re.Match[str], shadow: str, anchor: Dated | None, day_first: bool | None) -> _Found | None:
    """Turn a match of one form into a date; None where it is no day of the calendar."""
    parts = match.groupdict()
    year = grammar.year_of(parts)
    how = _STATED
    month, day = grammar.month_of(parts), int(parts["day"]) if parts.get("day") else None
    if parts.get("first"):
        month, day, how = _day_and_month(
            int(parts["first"]), int(parts["second"]), parts.get("slash"), shadow[match.end() :], day_first
        )
        if month is None and not (int(parts["first"]) <= 12 and int(parts["second"]) <= 12):
            return None
    end, clock = _clock(shadow, match.end()) if day is not None or parts.get("first") else (match.end(), None)
    if year is None and grammar.needs_year(parts):
        if month is None or day is None or _dated(2000, month, day, None) is None:
            return None
        if anchor is None or anchor.value is None:
            return end, None, None, _RELATIVE
        year, how = _nearest_year(month, day, anchor.value), _INFERRED
    if year is None:
        return None
    dated = _dated(year, month, day, clock)
    return (end, *dated, how) if dated is not None else None


def _day_and_month(
    first: int, second: int, slash: str | None, after: str, day_first: bool | None
) -> tuple[int | None, int | None, DateHow]:
    """(month, day, how) of two numbers before a year; (None, None, …) where they cannot be told apart."""
    if slash == "." or first > 12 or first == second:
        return second, first, _STATED
    if second > 12:
        return first, second, _STATED
    if day_first is None:
        return None, None, _STATED
    return (second, first, _INFERRED) if day_first else (first, second, _INFERRED)


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


def _dated(year: int, month: int | None, day: int | None, clock: str | None) -> tuple[str, Precision] | None:
    """Value and precision of a day of the calendar, or of its month or year alone; None for any other."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if month is None:
        return f"{year:04d}", _YEAR
    if day is None:
        return (f"{year:04d}-{month:02d}", _MONTH) if 1 <= month <= 12 else None
    try:
        value = dt.date(year, month, day).isoformat()
    except ValueError:
        return None
    if clock is None:
        return value, _DAY
    return f"{value}T{clock}", _SECOND if len(clock) > 5 else _MINUTE
