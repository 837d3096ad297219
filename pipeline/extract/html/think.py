"""Nikkei's Think! posts: the class names are hashes, so portraits (alt 「…のアバター」) and times are the anchors."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.dates import find_dates, parse_date
from pipeline.extract.html.items import Item
from pipeline.extract.html.visible import HIDDEN_TAGS, visible_text
from pipeline.records import Dated, Kind, SkipReason

_PORTRAIT = 'img[alt$="のアバター"], img[alt$="のアバター画像"]'
_NAME = re.compile(r"(.{1,40})のアバター(?:画像)?")
_MENU = "コメントメニュー"
_HIDDEN = re.compile(r"この投稿は(?:現在)?(?:非表示|削除)")
_LABEL_LENGTH = 12
_CLIMB = 15


def think_items(tree: LexborHTMLParser) -> tuple[list[Item], list[LexborNode]]:
    """Experts' posts in document order and the elements that hold them."""
    portraits = tree.css(_PORTRAIT)
    shared = _ancestors_with_several(portraits)
    items: list[Item] = []
    blocks: list[LexborNode] = []
    for portrait in portraits:
        name = _NAME.fullmatch((portrait.attributes.get("alt") or "").strip())
        found = _block(portrait, shared) if name is not None else None
        if name is None or found is None:
            continue
        block, lines = found
        items.append(_item(name[1], lines))
        blocks.append(block)
    return items, blocks


def _ancestors_with_several(portraits: list[LexborNode]) -> set[int]:
    """Elements that hold more than one portrait."""
    once: set[int] = set()
    several: set[int] = set()
    for portrait in portraits:
        above = portrait.parent
        for _ in range(_CLIMB):
            if above is None:
                break
            identity = above.mem_id
            (several if identity in once else once).add(identity)
            above = above.parent
    return several


def _block(portrait: LexborNode, shared: set[int]) -> tuple[LexborNode, list[str]] | None:
    """The smallest element around a portrait alone that also holds a time line or the hidden notice."""
    above = portrait.parent
    for _ in range(_CLIMB):
        if above is None or above.mem_id in shared or above.tag in ("body", "main"):
            return None
        lines = [line for line in visible_text(above, HIDDEN_TAGS).split("\n") if line.strip()]
        if any(_times(line) is not None or _HIDDEN.match(line) for line in lines):
            return above, lines
        above = above.parent
    return None


def _item(name: str, lines: list[str]) -> Item:
    rest = [line.strip() for line in lines]
    if rest and rest[0] == name:
        rest = rest[1:]
    stop = next((i for i, line in enumerate(rest) if _times(line) is not None), len(rest))
    times = _times(rest[stop]) if stop < len(rest) else None
    head = rest[:stop]
    if _MENU in head:
        menu = head.index(_MENU)
        affiliation, body = " ".join(head[:menu]) or None, head[menu + 1 :]
    else:
        affiliation, body = (head[0] if len(head) > 1 else None), head[1:] if len(head) > 1 else head
    label = None
    if len(body) > 1 and len(body[0]) <= _LABEL_LENGTH and body[0][-1] not in "。!?！？」":
        label, body = body[0], body[1:]
    hidden = any(_HIDDEN.match(line) for line in body) or (not body and any(_HIDDEN.match(line) for line in rest))
    return Item(
        text="\n".join(body),
        author=name,
        posted_at=times[0] if times else None,
        updated_at=times[1] if times else None,
        kind=Kind.EXPERT,
        affiliation=affiliation,
        label=label,
        reason=SkipReason.DELETED if hidden else None,
    )


def _times(line: str) -> tuple[Dated, Dated | None] | None:
    """Times of posting and of change where the line holds nothing else."""
    if len(line) > 80:
        return None
    single = parse_date(line)
    if single is not None and single.value is not None:
        return single, None
    spans = find_dates(line)
    if len(spans) == 2 and line.rstrip(")） ").endswith("更新") and parse_date(line[: spans[1].start]) is not None:
        return spans[0].dated, spans[1].dated
    return None
