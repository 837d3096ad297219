"""Comments copied from Yahoo! News: name, time, (affiliation, label,) text, 返信 N件, 共感した N, なるほど N, うーん N.

Experts have 「参考になった N」 instead of the three reactions. The words may stand on one line or on several.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.dates import parse_date
from pipeline.extract.drafts import Draft
from pipeline.extract.html.placeholders import is_deleted
from pipeline.extract.text.found import Cut, Found, cut
from pipeline.extract.text.heads import heading_above
from pipeline.extract.text.lines import Line, block_text, folded, trimmed
from pipeline.extract.text.nesting import NESTING_UNKNOWN, parents, shows_nesting
from pipeline.extract.votes import make_votes, parse_count
from pipeline.records import Dated, Kind, SkipReason, Votes

_COUNT = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?[万千]?)"
_REACTION = re.compile(rf"(?P<word>共感した|なるほど|うーん|参考になった)\s*(?P<count>{_COUNT})?\s*件?")
_FOOT = re.compile(
    rf"(?:(?:共感した|なるほど|うーん|参考になった)\s*(?:{_COUNT})?\s*件?[\s・|]*)+|返信\s*(?:{_COUNT})?\s*件?|{_COUNT}\s*件?|件"
)
_BUTTON = re.compile(
    r"(?:返信を?(?:する|見る|表示|隠す)?|もっと見る|違反報告|非表示・報告|コメントを(?:シェア|報告)|シェア|\.{3}|…)"
)
_LABEL = re.compile(r"(?P<label>解説|見解|補足|提言|体験談|意見|データ|専門家コメント)(?:[\s\u3000]+(?P<text>\S.*))?")
_OPENS = re.compile(r"返信|共感した|参考になった")
_READERS_FOOT = {"共感した", "なるほど", "うーん"}
_EXPERTS_FOOT = {"参考になった"}
_TIME_HINT = re.compile(r"[/年月日時前:]|今|昨|ago")
_LONGEST_NAME = 40
_LONGEST_FOOT = 24
_LONGEST_TIME = 40
_LONGEST_AFFILIATION = 60


@dataclass(frozen=True, slots=True)
class _Head:
    name_at: int
    time_at: int
    indent: int
    posted_at: Dated


def find(lines: Sequence[Line]) -> Found:
    """Comments whose feet show Yahoo's reactions; nothing where no line does."""
    feet = _feet(lines)
    heads = _heads(lines, feet) if feet else []
    if not heads:
        return Found()
    start, states = heading_above(lines, heads[0].name_at)
    nested = shows_nesting([head.indent for head in heads])
    answered = parents([head.indent for head in heads])
    drafts: list[Draft] = []
    cuts: list[Cut] = list(cut(lines[start : heads[0].name_at], SkipReason.NAVIGATION))
    for i, head in enumerate(heads):
        stop = heads[i + 1].name_at if i + 1 < len(heads) else len(lines)
        foot, end = _foot_between(feet, head.time_at + 1, stop) or (stop, stop)
        parent = answered[i]
        draft = _draft(lines, head, foot, end)
        if draft is None:
            cuts += cut(lines[head.name_at : end], SkipReason.DELETED)
        else:
            answer = lines[heads[parent].name_at].number if parent is not None else None
            # An expert's post answers nobody, whatever the copy shows of nesting.
            drafts.append(replace(draft, parent=answer, nested=nested or draft.kind is Kind.EXPERT))
        if i + 1 < len(heads):
            cuts += cut(lines[end:stop], SkipReason.NAVIGATION)
    return Found(tuple(drafts), tuple(cuts), () if nested else (NESTING_UNKNOWN,), states)


def _feet(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Feet of all comments: index of the first line of each and the index after its last."""
    feet: list[tuple[int, int]] = []
    for first, line in enumerate(lines):
        if line.text and (not feet or first >= feet[-1][1]) and _OPENS.match(folded(line.text)):
            end, words = _foot(lines, first)
            if words >= _READERS_FOOT or words >= _EXPERTS_FOOT:
                feet.append((first, end))
    return feet


def _foot(lines: Sequence[Line], first: int) -> tuple[int, set[str]]:
    """Index after the lines of a foot that begins on ``first``, and the reactions on them."""
    end, words = first, set[str]()
    for i in range(first, min(first + _LONGEST_FOOT, len(lines))):
        shadow = folded(lines[i].text)
        if shadow and not (_FOOT.fullmatch(shadow) or _BUTTON.fullmatch(shadow)):
            break
        if shadow:
            end = i + 1
            words |= {match["word"] for match in _REACTION.finditer(shadow)}
    return end, words


def _foot_between(feet: Sequence[tuple[int, int]], start: int, stop: int) -> tuple[int, int] | None:
    """The first foot that begins on the lines from ``start`` to ``stop``, cut at ``stop``."""
    at = bisect_left(feet, (start, 0))
    if at == len(feet) or feet[at][0] >= stop:
        return None
    return feet[at][0], min(feet[at][1], stop)


def _heads(lines: Sequence[Line], feet: Sequence[tuple[int, int]]) -> list[_Head]:
    """Name over time, each with a foot before the next."""
    heads: list[_Head] = []
    for i in range(1, len(lines)):
        line = lines[i]
        if not line.text or len(line.text) > _LONGEST_TIME or not _TIME_HINT.search(line.text):
            continue
        above = i - 1 if lines[i - 1].text else i - 2
        dated = parse_date(line.text) if above >= 0 and _is_name(lines[above].text) else None
        if dated and (not heads or _foot_between(feet, heads[-1].time_at + 1, above)):
            heads.append(_Head(above, i, line.indent, dated))
    while heads and not _foot_between(feet, heads[-1].time_at + 1, len(lines)):
        heads.pop()
    return heads


def _is_name(text: str) -> bool:
    shadow = folded(text)
    furniture = (_FOOT.fullmatch(shadow) and not shadow.isdecimal()) or _BUTTON.fullmatch(shadow)
    return 0 < len(text) <= _LONGEST_NAME and not furniture


def _draft(lines: Sequence[Line], head: _Head, foot: int, end: int) -> Draft | None:
    body = trimmed(lines[head.time_at + 1 : foot])
    counts = _counts(lines[foot:end])
    expert = "参考になった" in counts
    affiliation, label, text = _expert(body, head.indent) if expert else (None, None, block_text(body, head.indent))
    if not text or is_deleted(text):
        return None
    return Draft(
        kind=Kind.EXPERT if expert else Kind.READER,
        start=lines[head.name_at].number,
        end=trimmed(lines[head.name_at : end])[-1].number + 1,
        text=text,
        author=lines[head.name_at].text,
        affiliation=affiliation,
        label=label,
        posted_at=head.posted_at,
        votes=_votes(counts),
    )


def _counts(foot: Sequence[Line]) -> dict[str, int | None]:
    """Reaction to its number, which may stand on the line below."""
    counts: dict[str, int | None] = {}
    waiting: str | None = None
    for line in foot:
        shadow = folded(line.text)
        if not shadow:
            continue
        found = list(_REACTION.finditer(shadow))
        if not found and waiting and counts.get(waiting) is None:
            counts[waiting] = parse_count(shadow)
        for match in found:
            counts[match["word"]] = parse_count(match["count"]) if match["count"] else None
        waiting = found[-1]["word"] if found else None
    return counts


def _votes(counts: dict[str, int | None]) -> Votes:
    up = counts.get("参考になった") if "参考になった" in counts else counts.get("共感した")
    return make_votes(up=up, down=counts.get("うーん"))


def _is_affiliation(text: str) -> bool:
    return len(text) <= _LONGEST_AFFILIATION and "。" not in text and _LABEL.fullmatch(text) is None


def _expert(body: Sequence[Line], indent: int) -> tuple[str | None, str | None, str]:
    """Affiliation, label and text of an expert's post."""
    affiliation = None
    if len(body) > 1 and _is_affiliation(body[0].text):
        affiliation, body = body[0].text, trimmed(body[1:])
    match = _LABEL.fullmatch(body[0].text) if body else None
    if match is None:
        return affiliation, None, block_text(body, indent)
    rest = block_text(body[1:], indent)
    text = "\n".join(part for part in (match["text"], rest) if part)
    return affiliation, match["label"], text
