"""Lists copied from Hatena Bookmark: user, comment, tags, date, stars; popular ones stand in the new list again.

On several lines:                       On one line:
    user_name                               • 2022年02月21日 user_name [tag][tag] comment
    comment
    2022/02/21
    リンク
    ★ 12
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.dates import parse_date
from pipeline.extract.drafts import NO_VOTES, Draft
from pipeline.extract.text.found import Cut, Found, cut
from pipeline.extract.text.lines import Line, block_text, folded, trimmed
from pipeline.records import Kind, SkipReason, Votes, VotesKind

_LIST = re.compile(
    r"(?:人気|注目|新着|すべて)(?:の)?(?:コメント|ブックマーク)(?:一覧)?(?:\s*\(?\d+\)?)?|ブックマークコメント|はてなブックマーク.{0,20}"
    r"|\d+\s*(?:users?|ブックマーク)|\d+\s*件?のコメント|コメント一覧",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"(?:人気|注目|新着)(?:の)?(?:コメント|ブックマーク)|ブックマークコメント|はてなブックマーク|\d+\s*users?",
    re.IGNORECASE,
)
_USER = re.compile(r"(?:id:)?(?P<user>[A-Za-z][A-Za-z0-9_-]{1,31})")
_DATE = re.compile(r"\d{4}/\d{1,2}/\d{1,2}(?:\s+\d{1,2}:\d{2})?")
_STARS = re.compile(
    r"(?:[★☆]|スター|stars?|はてなスター)\s*[×x:]?\s*(?P<count>\d{1,6})|(?P<drawn>[★☆]{1,50})", re.IGNORECASE
)
_BUTTON = re.compile(r"リンク|その他|add\s*star|スターをつける|返信|もっと読む|スター", re.IGNORECASE)
_ONE_LINE = re.compile(
    r"(?:[•●○・*]\s*)?(?P<date>\d{4}(?:/|年)\d{1,2}(?:/|月)\d{1,2}日?(?:\s+\d{1,2}:\d{2})?)\s+(?:id:)?(?P<user>[A-Za-z][A-Za-z0-9_-]{1,31})"
    r"(?P<tags>(?:\s*\[[^\]]{1,40}\])*)(?:\s+(?P<text>.*))?"
)


def find(lines: Sequence[Line]) -> Found:
    """Comments of bookmark lists in an unbroken stretch of lines; nothing where no heading names such a list."""
    if not any(_SURE.match(folded(line.text)) for line in lines if line.text):
        return Found()
    found = _blocks(lines)
    return found if found.drafts else _single_lines(lines)


def _blocks(lines: Sequence[Line]) -> Found:
    drafts: list[Draft] = []
    cuts: list[Cut] = []
    listing = 0
    first = 0
    opened = False
    i = 0
    while i < len(lines):
        shadow = folded(lines[i].text)
        if shadow and _LIST.fullmatch(shadow):
            if opened:
                cuts += cut(lines[first:i], SkipReason.NAVIGATION)
            cuts += cut([lines[i]], SkipReason.NAVIGATION)
            listing, first, opened = listing + 1, i + 1, True
        elif opened and _DATE.fullmatch(shadow):
            end = _foot(lines, i + 1)
            draft = _draft(lines[first:i], lines[i], lines[i + 1 : end], listing)
            if draft is not None:
                drafts.append(draft)
            else:
                cuts += cut(lines[first:end], SkipReason.EMPTY)
            first, i = end, end - 1
        i += 1
    return Found(tuple(drafts), tuple(cuts))


def _foot(lines: Sequence[Line], start: int) -> int:
    """Index after the stars and buttons below a date."""
    end = start
    for i in range(start, len(lines)):
        shadow = folded(lines[i].text)
        if shadow and not (_STARS.fullmatch(shadow) or _BUTTON.fullmatch(shadow)):
            break
        end = i + 1 if shadow else end
    return end


def _draft(block: Sequence[Line], date: Line, foot: Sequence[Line], listing: int) -> Draft | None:
    """The comment of one bookmark; None where it has no text or no user."""
    body = trimmed(block)
    user = _USER.fullmatch(body[0].text) if body else None
    if user is None:
        return None
    rest = trimmed(body[1:])
    tags = rest[-1].text if len(rest) > 1 and _is_tags(rest[-1].text) else None
    text = block_text(rest[:-1] if tags else rest, body[0].indent)
    if not text:
        return None
    return Draft(
        kind=Kind.READER,
        start=body[0].number,
        end=trimmed([date, *foot])[-1].number + 1,
        text=text,
        author=user["user"],
        label=tags,
        posted_at=parse_date(date.text),
        votes=_votes(foot),
        listing=listing,
    )


def _is_tags(text: str) -> bool:
    """Whether the line is tags alone, each in brackets or after #."""
    return re.fullmatch(r"(?:\s*(?:\[[^\]]{1,40}\]|[#＃]\S{1,40}))+", text) is not None


def _votes(foot: Sequence[Line]) -> Votes:
    for line in foot:
        match = _STARS.fullmatch(folded(line.text)) if line.text else None
        if match:
            return Votes(int(match["count"]) if match["count"] else len(match["drawn"]), VotesKind.UP)
    return NO_VOTES


def _single_lines(lines: Sequence[Line]) -> Found:
    drafts: list[Draft] = []
    cuts: list[Cut] = []
    listing = 0
    for line in lines:
        shadow = folded(line.text)
        if not shadow:
            continue
        match = _ONE_LINE.fullmatch(shadow)
        if _LIST.fullmatch(shadow):
            listing += 1
            cuts += cut([line], SkipReason.NAVIGATION)
        elif match is not None and listing:
            text = line.text[match.start("text") : match.end("text")] if match["text"] else ""
            if not text:
                cuts += cut([line], SkipReason.EMPTY)
                continue
            dated = parse_date(line.text[match.start("date") : match.end("date")])
            user, tags = match["user"], match["tags"].strip() or None
            span = (line.number, line.number + 1)
            drafts.append(Draft(Kind.READER, *span, text, user, label=tags, posted_at=dated, listing=listing))
    return Found(tuple(drafts), tuple(cuts)) if drafts else Found()
