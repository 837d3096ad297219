"""Comments on sites that no adapter knows: repeated siblings that each hold a date, an author and a text.

News lists, rankings and related articles repeat with dates too. What tells them apart: their text is a link, their
heading is a link, or the section around them says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Sized
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.dates import parse_date
from pipeline.extract.html.bylines import is_furniture, parse_byline
from pipeline.extract.html.candidates import Candidate
from pipeline.extract.html.frame import Frame
from pipeline.extract.html.groups import Group, find_groups
from pipeline.extract.html.sections import names_of
from pipeline.extract.html.textbuilder import BLOCK_TAGS
from pipeline.extract.html.visible import HIDDEN_TAGS, short_text
from pipeline.extract.html.walker import Walker

_SHORT = 200
_SPEAKS = re.compile(
    r"comment|repl(?:y|ies)|respons|voice|review|bbs|thread|guestbook|\bres\b|discussion|talk"
    r"|コメント|返信|口コミ|クチコミ|レビュー|みんなの|感想|レス|書き込み|掲示板|ご意見|お便り",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"rank|related|recommend|news|latest|recent|archive|topics|calendar|history|widget|side|footer|breadcrumb|pickup"
    r"|feature|carousel|slider|関連|ランキング|新着|最新|おすすめ|オススメ|人気|お知らせ|ニュース|更新履歴|一覧|バックナンバー",
    re.IGNORECASE,
)
_HEADLINE = "h1, main"
_STOPS = frozenset(("h1", "h2", "h3", "form", "nav", "footer", "section", "aside"))


@dataclass(frozen=True, slots=True)
class Mined:
    """Frames of a mined thread and the elements that hold it."""

    frames: list[Frame]
    nodes: list[LexborNode]


def mine(tree: LexborHTMLParser) -> list[Mined]:
    """Candidate threads, the longest first; the caller reads them and drops those without comments."""
    body = tree.body
    if body is None:
        return []
    found = [mined for group in find_groups(body) if (mined := _read(group)) is not None]
    return sorted(found, key=lambda mined: len(mined.frames), reverse=True)


def _read(group: Group) -> Mined | None:
    """Frames of a group, or None where the group is a list of something else."""
    context = _context(group.parent)
    speaks = _SPEAKS.search(context) is not None
    lists = _LISTS.search(context) is not None
    if lists and not speaks:
        return None
    blocks = list(group.blocks.values())
    # What holds the headline of a page is an article, or a column of the page: no walk is needed to know it.
    if _too_many(sum(1 for block in blocks if block.css_first(_HEADLINE) is not None), blocks):
        return None
    together = _siblings_of_one_comment(group, blocks)
    nodes = blocks
    if together is not None:
        nodes = [node for node, candidate in together.values() if not candidate.stops]
        walker = Walker(together)
        walker.walk(group.parent)
    elif group.nested:
        walker = Walker({key: (block, Candidate()) for key, block in (group.blocks | group.nested).items()})
        walker.walk(group.parent)
    elif _most_are_comments(blocks, speaks, speaks and not lists):
        walker = Walker({block.mem_id: (block, Candidate()) for block in blocks})
        for block in blocks:
            walker.walk(block)
    else:
        return None
    frames = [frame for frame in walker.frames if _is_comment(frame, speaks, speaks and not lists)]
    few = len(frames) < 2 or _too_many(len(walker.frames) - len(frames), walker.frames)
    return None if few else Mined(frames, nodes)


def _most_are_comments(blocks: list[LexborNode], speaks: bool, thread: bool) -> bool:
    """Whether seven of ten blocks read as comments: the smallest are read first, and no more than it takes to tell."""
    others = 0
    for block in sorted(blocks, key=lambda block: len(block.text(deep=True))):
        walker = Walker({block.mem_id: (block, Candidate())})
        walker.walk(block)
        others += not _is_comment(walker.frames[-1], speaks, thread)
        if _too_many(others, blocks):
            return False
    return True


def _too_many(others: int, all_of_them: Sized) -> bool:
    return 10 * others > 3 * len(all_of_them)


def _context(parent: LexborNode) -> str:
    """Names of the elements around, innermost first, and the heading just before."""
    words: list[str] = []
    above: LexborNode | None = parent
    for _ in range(4):
        if above is None or above.tag in ("body", "html", "main"):
            break
        words.append(names_of(above))
        heading = above.prev
        for _ in range(4):
            if heading is None:
                break
            if heading.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "p", "div"):
                text = short_text(heading, 40)
                if text and len(text) <= 40:
                    words.append(text)
                    break
            heading = heading.prev
        above = above.parent
    return " ".join(words)


def _siblings_of_one_comment(group: Group, blocks: list[LexborNode]) -> dict[int, tuple[LexborNode, Candidate]] | None:
    """Where blocks hold nothing but who and when, the siblings after (or before) them hold the text."""
    if not _most_are_bylines(blocks):
        return None
    dated = set(group.blocks)
    children: list[LexborNode] = []
    child = group.parent.first_child
    while child is not None:
        if child.is_element_node and child.tag not in HIDDEN_TAGS and child.tag != "br":
            children.append(child)
        child = child.next
    places = [i for i, child in enumerate(children) if child.mem_id in dated]
    after = places[-1] + 1 < len(children) and _is_text(children[places[-1] + 1])
    before = places[0] > 0 and _is_text(children[places[0] - 1])
    if not after and not before:
        return None
    marks: dict[int, tuple[LexborNode, Candidate]] = {}
    for i, child in enumerate(children):
        if child.tag in _STOPS and child.mem_id not in dated:
            marks[child.mem_id] = (child, Candidate(stops=True))
        opens = child.mem_id in dated if after else (i == places[0] - 1 or (i - 1 in places and i < places[-1]))
        byline = child.mem_id in dated and child.tag in BLOCK_TAGS and _is_byline(child)
        if opens:
            marks[child.mem_id] = (child, Candidate(opens_siblings=True, byline=byline))
        elif byline:
            marks[child.mem_id] = (child, Candidate(byline=True))
        elif not after and i == places[-1] + 1:
            marks[child.mem_id] = (child, Candidate(stops=True))
    return marks


def _most_are_bylines(blocks: list[LexborNode]) -> bool:
    """Whether six of ten blocks hold only who and when; it stops looking once too many hold more."""
    others = 0
    for block in blocks:
        if not _is_byline(block):
            others += 1
            if 10 * others > 4 * len(blocks):
                return False
    return True


def _is_byline(node: LexborNode) -> bool:
    text = short_text(node, _SHORT, spaced=True)
    return text is not None and len(text) < _SHORT and parse_byline(text.replace("\n", " ")) is not None


def _is_text(node: LexborNode) -> bool:
    return node.tag not in _STOPS and short_text(node, 0) != ""


def _is_comment(frame: Frame, speaks: bool, thread: bool) -> bool:
    """Whether a frame has text that is no link; outside a section that says so, not mostly a link either.

    In what is surely a ``thread`` a date and words such as "Reply" count as neither: they are links as often as not,
    and short comments are no longer than they are.
    """
    rest = frame.rest.text()
    total, linked = len(rest) + sum(len(builder.text()) for _, _, builder in frame.contents), frame.linked
    if thread:
        around = sum(len(line) + 1 for line in rest.split("\n") if is_furniture(line) or parse_date(line) is not None)
        total, linked = total - around, max(0, linked - around)
    own = total - linked
    if speaks:
        return own > 0 and 2 * own >= total
    return own > 1 and 10 * own >= 6 * total
