"""Comments on sites that no adapter knows: repeated siblings that each hold a date, an author and a text.

News lists, rankings and related articles repeat with dates too. What tells them apart: their text is a link, their
heading is a link, or the section around them says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.dates import find_dates
from pipeline.extract.html.bylines import parse_byline
from pipeline.extract.html.candidates import Candidate
from pipeline.extract.html.frame import Frame
from pipeline.extract.html.sections import names_of
from pipeline.extract.html.visible import HIDDEN_TAGS, visible_text
from pipeline.extract.html.walker import Walker

# Cheap test on the source before any node is looked at.
_ANY_DATE = re.compile(
    r"\d{4}\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}|(?:令和|平成)\s?[元\d]{1,2}\s?年|\d\s?(?:分|時間|日)前"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2},? \d{4}|\b(?:ago|her)\b|\d\. ?\w+ \d{4}"
)  # fmt: skip
_SHORT = 200
_NOT_HERE = HIDDEN_TAGS | {"nav", "aside", "form", "button"}
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
_STOPS = frozenset(("h1", "h2", "h3", "form", "nav", "footer", "section", "aside"))
_LEVELS = 9
_MOST_GROUPS = 20


@dataclass(frozen=True, slots=True)
class Mined:
    """Frames of a mined thread and the elements that hold it."""

    frames: list[Frame]
    nodes: list[LexborNode]


@dataclass(slots=True)
class _Group:
    """Siblings of one tag that each hold a date."""

    parent: LexborNode
    blocks: dict[int, LexborNode]


def mine(tree: LexborHTMLParser, source: str) -> list[Mined]:
    """Candidate threads, the longest first; the caller reads them and drops those without comments."""
    body = tree.body
    if body is None or sum(1 for _, _ in zip(_ANY_DATE.finditer(source), range(2), strict=False)) < 2:
        return []
    found = [mined for group in _groups(body) if (mined := _read(group)) is not None]
    return sorted(found, key=lambda mined: len(mined.frames), reverse=True)


def _groups(body: LexborNode) -> list[_Group]:
    """Groups of dated siblings; each date belongs to the largest group above it, the innermost of equals."""
    groups: dict[tuple[int, str], _Group] = {}
    paths: list[list[tuple[int, str]]] = []
    for element in _dated(body):
        path: list[tuple[int, str]] = []
        block: LexborNode = element
        for _ in range(_LEVELS):
            parent = block.parent
            if parent is None or block.tag in ("body", "html"):
                break
            key = (parent.mem_id, block.tag or "")
            groups.setdefault(key, _Group(parent, {})).blocks[block.mem_id] = block
            path.append(key)
            block = parent
        paths.append(path)
    chosen: dict[tuple[int, str], None] = {}
    for path in paths:
        if path:
            best = max(path, key=lambda key: len(groups[key].blocks))
            if len(groups[best].blocks) >= 2:
                chosen[best] = None
    # Groups may lie in one another: reading a bounded number of them keeps the cost linear.
    return sorted((groups[key] for key in chosen), key=lambda group: len(group.blocks), reverse=True)[:_MOST_GROUPS]


def _dated(body: LexborNode) -> Iterator[LexborNode]:
    """Elements whose own text, or whose ``datetime``, is or holds a date."""
    root_id = body.mem_id
    node: LexborNode = body
    while True:
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            if 4 < len(text) < _SHORT and _ANY_DATE.search(text) and find_dates(text) and node.parent is not None:
                yield node.parent
        elif tag == "time" and node.attributes.get("datetime"):
            yield node
        child = node.first_child if tag[:1] != "-" and tag not in _NOT_HERE else None
        if child is not None:
            node = child
            continue
        while True:
            if node.mem_id == root_id:
                return
            if node.next is not None:
                node = node.next
                break
            above = node.parent
            if above is None:
                return
            node = above


def _read(group: _Group) -> Mined | None:
    """Frames of a group, or None where the group is a list of something else."""
    context = _context(group.parent)
    speaks = _SPEAKS.search(context) is not None
    if not speaks and _LISTS.search(context):
        return None
    blocks = list(group.blocks.values())
    together = _siblings_of_one_comment(group, blocks)
    if together is None:
        walker = Walker({block.mem_id: (block, Candidate()) for block in blocks})
        for block in blocks:
            walker.walk(block)
        nodes = blocks
    else:
        walker = Walker(together)
        walker.walk(group.parent)
        nodes = [node for node, candidate in together.values() if not candidate.stops]
    frames = [frame for frame in walker.frames if _is_comment(frame, speaks)]
    if len(frames) < 2 or 10 * len(frames) < 7 * len(walker.frames):
        return None
    return Mined(frames, nodes)


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
                text = visible_text(heading)
                if 0 < len(text) <= 40:
                    words.append(text)
                    break
            heading = heading.prev
        above = above.parent
    return " ".join(words)


def _siblings_of_one_comment(group: _Group, blocks: list[LexborNode]) -> dict[int, tuple[LexborNode, Candidate]] | None:
    """Where blocks hold nothing but who and when, the siblings after (or before) them hold the text."""
    bare = sum(1 for block in blocks if _only_byline(block))
    if 10 * bare < 6 * len(blocks):
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
        if opens:
            marks[child.mem_id] = (child, Candidate(opens_siblings=True))
        elif not after and i == places[-1] + 1:
            marks[child.mem_id] = (child, Candidate(stops=True))
    return marks


def _only_byline(block: LexborNode) -> bool:
    text = visible_text(block, spaced=True).replace("\n", " ")
    return len(text) < _SHORT and (parse_byline(text) is not None)


def _is_text(node: LexborNode) -> bool:
    return node.tag not in _STOPS and bool(visible_text(node))


def _is_comment(frame: Frame, speaks: bool) -> bool:
    """Whether a frame has text that is no link; outside a section that says so, not mostly a link either."""
    total = len(frame.rest.text()) + sum(len(builder.text()) for _, _, builder in frame.contents)
    own = total - frame.linked
    if speaks:
        return own > 0 and 2 * own >= total
    return own > 1 and 10 * own >= 6 * total
