"""Experts' posts copied from Nikkei's Think!: name, affiliation, menu, label, paragraphs, time.

The page's class names change; what stands is the text of the portrait (「…のアバター」) and of the menu.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.dates import parse_date
from pipeline.extract.drafts import Draft
from pipeline.extract.text.found import Cut, Found, cut
from pipeline.extract.text.headings import closes_thread
from pipeline.extract.text.lines import Line, block_text, folded, trimmed
from pipeline.records import Dated, Kind, SkipReason, Votes

_MENU = "コメントメニュー"
_AVATAR = re.compile(r"(.{1,40})のアバター(?:画像)?")
_HIDDEN = re.compile(r"この投稿は(?:現在)?(?:非表示|削除)")
_UPDATED = re.compile(r"(?P<posted>[^(]*\d)\s*\((?P<updated>[^()]*(?:\([^()]*\)[^()]*)*)更新\)")
_LABEL = 12
_INTRO = re.compile(r"多様な観点からニュースを考える|Think!|※掲載される投稿は|投稿の投稿者|Think! の投稿を読む")
_INTEGER = re.compile(r"\d{1,6}")


def find(lines: Sequence[Line]) -> Found:
    """Expert posts in an unbroken stretch of lines; nothing where there is none."""
    menus = [i for i, line in enumerate(lines) if line.text == _MENU]
    if not menus:
        return Found()
    starts = [_start(lines, menu) for menu in menus]
    drafts: list[Draft] = []
    cuts: list[Cut] = list(cut(lines[_intro(lines, starts[0]) : starts[0]], SkipReason.BOILERPLATE))
    for i, menu in enumerate(menus):
        limit = starts[i + 1] if i + 1 < len(menus) else len(lines)
        draft, end = _post(lines, starts[i], menu, limit)
        if draft is None:
            cuts += cut(lines[starts[i] : end], SkipReason.DELETED)
        else:
            drafts.append(draft)
        if i + 1 < len(menus):
            cuts += cut(lines[end:limit], SkipReason.BOILERPLATE)
    return Found(tuple(drafts), tuple(cuts))


def _start(lines: Sequence[Line], menu: int) -> int:
    """Index of the portrait's line above the menu, else of the block of at most two lines."""
    above = menu
    while above > 0 and menu - above < 6 and not _is_time(lines[above - 1]):
        above -= 1
        if _AVATAR.fullmatch(lines[above].text):
            return above
    block = menu
    while block > 0 and menu - block < 2 and lines[block - 1].text and not _is_time(lines[block - 1]):
        block -= 1
    return block


def _is_time(line: Line) -> bool:
    return bool(line.text) and len(line.text) < 60 and _times(line.text) is not None


def _intro(lines: Sequence[Line], start: int) -> int:
    """Index of the block's heading above the first post, or that post."""
    found = start
    for i in range(start - 1, max(-1, start - 9), -1):
        if lines[i].text and not _INTRO.match(folded(lines[i].text)):
            break
        found = i if lines[i].text else found
    return found


def _post(lines: Sequence[Line], start: int, menu: int, limit: int) -> tuple[Draft | None, int]:
    """The post between two starts (None where it is hidden), and the index after it."""
    stop = next((i for i in range(menu + 1, limit) if _is_time(lines[i])), None)
    if stop is None:
        end = next((i for i in range(menu + 1, limit) if closes_thread(lines[i].text)), limit)
        body, after, posted, updated = lines[menu + 1 : end], end, None, None
    else:
        posted, updated = _times(lines[stop].text) or (None, None)
        body, after = lines[menu + 1 : stop], stop + 1
    votes, after = _votes(lines, after, limit)
    label, text = _label(trimmed(body))
    if not text or _HIDDEN.match(text[0].text):
        return None, after
    author, affiliation = _who([line.text for line in lines[start:menu] if line.text])
    return (
        Draft(
            kind=Kind.EXPERT,
            start=lines[start].number,
            end=trimmed(lines[start:after])[-1].number + 1,
            text=block_text(text),
            author=author,
            affiliation=affiliation,
            label=label,
            posted_at=posted,
            updated_at=updated,
            votes=votes,
        ),
        after,
    )


def _who(head: list[str]) -> tuple[str | None, str | None]:
    """Name and affiliation of the lines above the menu; the portrait's text gives the name where no line does."""
    avatar = _AVATAR.fullmatch(head[0]) if head else None
    rest = head[1:] if avatar else head
    if avatar and (not rest or rest[0] != avatar[1]):
        return avatar[1], " ".join(rest) or None
    return (rest[0] if rest else None), " ".join(rest[1:]) or None


def _label(body: Sequence[Line]) -> tuple[str | None, Sequence[Line]]:
    """A short first line set apart from the text is the post's label; the set of labels is open."""
    if len(body) > 1 and len(body[0].text) <= _LABEL and body[0].text[-1] not in "。!?！？」" and body[1].blank:
        return body[0].text, trimmed(body[1:])
    return None, body


def _times(text: str) -> tuple[Dated | None, Dated | None] | None:
    """Times of posting and of change that the line is, or None."""
    match = _UPDATED.fullmatch(folded(text))
    if match is None:
        posted = parse_date(text)
        return (posted, None) if posted else None
    posted = parse_date(text[match.start("posted") : match.end("posted")])
    updated = parse_date(text[match.start("updated") : match.end("updated")])
    return (posted, updated) if posted else None


def _votes(lines: Sequence[Line], after: int, limit: int) -> tuple[Votes, int]:
    """A bare number right under the time."""
    if after < limit and _INTEGER.fullmatch(folded(lines[after].text)):
        return Votes(int(folded(lines[after].text))), after + 1
    return Votes(), after
