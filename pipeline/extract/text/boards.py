"""Threads of boards: 「12: 名無しさん 2022/02/21(月) 12:34:56.78 ID:xxx」, answers by >>N, あぼーん where deleted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.dates import parse_date
from pipeline.extract.drafts import Draft
from pipeline.extract.text.found import Cut, Found, cut
from pipeline.extract.text.headings import closes_thread, comments_heading
from pipeline.extract.text.lines import Line, block_text, folded, trimmed
from pipeline.records import Dated, Kind, SkipReason

_HEAD = re.compile(
    r"(?:(?P<padded>\d{4})|(?P<number>\d{1,5})(?:\s*[:.]|(?=\s)))\s*(?:名前\s*:)?\s*:?\s*(?P<name>.{0,60}?)\s*:?\s*"
    r"(?:\[(?P<mail>[^\]]{0,40})\])?\s*:?\s*(?:投稿日|日時)?\s*:?\s*"
    r"(?P<date>\d{2,4}/\d{1,2}/\d{1,2}\s?\([日月火水木金土](?:・祝)?\)\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)"
    r"\s*(?P<rest>(?:(?:ID|BE|発信元|HOST|\[).{0,80})?)",
    re.IGNORECASE,
)
_DELETED = re.compile(
    r"(?P<number>\d{1,5})\s*[:.]?\s*(?:名前\s*:)?\s*(?:(?:あぼーん|うふ〜ん|投稿日:|:|\[|\])\s*)+", re.IGNORECASE
)
_ABON = re.compile(r"(?:あぼーん|うふ〜ん|\s)+")
# Some boards print the writer's address in brackets after the name.
_ADDRESS = re.compile(r"\s*\[(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]{6,})\]", re.IGNORECASE)
_ANSWER = re.compile(r">>?(?P<number>\d{1,5})(?!\d)")
_AFTER = re.compile(r"(?:引用元|元スレ|転載元|関連スレ|次スレ)", re.IGNORECASE)
_LONGEST = 250


@dataclass(frozen=True, slots=True)
class _Head:
    at: int
    number: int
    author: str | None
    posted_at: Dated | None


def find(lines: Sequence[Line]) -> Found:
    """Posts of a board in an unbroken stretch of lines; nothing where there is none."""
    heads = [head for i, line in enumerate(lines) if line.text and (head := _head(line, i))]
    dated = [head for head in heads if head.posted_at]
    if not dated:
        return Found()
    heads = _rising(heads)
    drafts: list[Draft] = []
    cuts: list[Cut] = list(_above(lines, heads[0].at))
    starts: dict[int, int] = {}
    for i, head in enumerate(heads):
        stop = heads[i + 1].at if i + 1 < len(heads) else _end(lines, head.at + 1)
        body = trimmed(lines[head.at + 1 : stop])
        text = block_text(body, min((line.indent for line in body if line.text), default=0))
        if not text or _ABON.fullmatch(text) or head.posted_at is None:
            gone = bool(text) or head.posted_at is None
            cuts += cut(lines[head.at : stop], SkipReason.DELETED if gone else SkipReason.EMPTY)
            continue
        answered = _answered(text, head.number)
        starts[head.number] = lines[head.at].number
        drafts.append(
            Draft(
                kind=Kind.READER,
                start=lines[head.at].number,
                end=body[-1].number + 1,
                text=text,
                author=head.author,
                posted_at=head.posted_at,
                parent=starts.get(answered) if answered is not None else None,
                number=str(head.number),
                nested=answered is None or answered in starts,
            )
        )
    return Found(tuple(drafts), tuple(cuts))


def _head(line: Line, at: int) -> _Head | None:
    if len(line.text) > _LONGEST or not (line.text[0].isdecimal()):
        return None
    shadow = folded(line.text)
    match = _HEAD.fullmatch(shadow)
    if match is None:
        gone = _DELETED.fullmatch(shadow) if "あぼーん" in shadow or "うふ〜ん" in shadow else None
        return _Head(at, int(gone["number"]), None, None) if gone else None
    name = _ADDRESS.sub("", line.text[match.start("name") : match.end("name")]).strip(" \u3000:：")
    dated = parse_date(line.text[match.start("date") : match.end("date")])
    return _Head(at, int(match["padded"] or match["number"]), name or None, dated)


def _rising(heads: Sequence[_Head]) -> list[_Head]:
    """Heads whose numbers rise: a head that a post quotes repeats a number."""
    kept: list[_Head] = []
    for head in heads:
        if not kept or head.number > kept[-1].number:
            kept.append(head)
    return kept


def _answered(text: str, own: int) -> int | None:
    """Number of the post that the text opens by naming (>>3), if it is an earlier one."""
    match = _ANSWER.match(folded(text).lstrip())
    return int(match["number"]) if match and int(match["number"]) < own else None


def _above(lines: Sequence[Line], first: int) -> tuple[Cut, ...]:
    above = next((i for i in range(first - 1, -1, -1) if lines[i].text), None)
    is_heading = above is not None and comments_heading(lines[above].text) is not None
    return cut(lines[above:first], SkipReason.NAVIGATION) if is_heading else ()


def _end(lines: Sequence[Line], start: int) -> int:
    for i in range(start, len(lines)):
        if lines[i].text and (closes_thread(lines[i].text) or _AFTER.match(lines[i].text)):
            return i
    return len(lines)
