"""Yahoo! News Japan comments: experts' and readers' blocks by the click-tracking hooks, which outlive class names.

``data-cl-params`` holds the module (``cmt_pro``, ``cmt_athr`` experts; ``cmt_usr`` readers; ``rep`` replies) and the
link (``profnm`` name, ``prmtime`` time, ``agbtn1`` 共感した, ``disbtn1`` うーん, ``ref`` 参考になった).
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.dates import parse_date
from pipeline.extract.html.items import Item
from pipeline.extract.html.visible import HIDDEN_TAGS, visible_text
from pipeline.extract.votes import make_votes, parse_count
from pipeline.records import Kind, Votes

_NAMES = (
    '[data-cl-params*="_cl_vmodule:cmt_"][data-cl-params*="_cl_link:profnm"]',
    '[data-cl-params*="_cl_vmodule:rep"][data-cl-params*="_cl_link:profnm"]',
    'h2 > a[href*="/profile/commentator/"]',
    'h2 > a[href*="news.yahoo.co.jp/users/"]',
)
_SKIP = HIDDEN_TAGS | {"button"}
_MODULE = re.compile(r"_cl_vmodule:(\w+)")
_COMMENT_ID = re.compile(r"cmt_id:([^;\"]+)")
_TAIL_ID = re.compile(r"/comments/([\w-]{8,})")
_LABEL = re.compile(r"\S{1,8}")
_CLIMB = 8


def yahoo_items(tree: LexborHTMLParser) -> tuple[list[Item], list[LexborNode]]:
    """Comments in document order and the elements that hold them."""
    items: list[Item] = []
    blocks: list[LexborNode] = []
    seen: set[int] = set()
    last_top: int | None = None
    for name in tree.css(", ".join(_NAMES)):
        block = _block(name)
        if block is None or block.mem_id in seen:
            continue
        seen.add(block.mem_id)
        reply = _module(name) == "rep"
        items.append(_item(name, block, last_top if reply else None))
        if not reply:
            last_top = len(items) - 1
        blocks.append(block)
    return items, blocks


def _module(name: LexborNode) -> str:
    match = _MODULE.search(name.attributes.get("data-cl-params") or "")
    return match[1] if match else ""


def _block(name: LexborNode) -> LexborNode | None:
    """The article element around a name (else its list item)."""
    above = name.parent
    for _ in range(_CLIMB):
        if above is None or above.tag in ("article", "li"):
            return above
        above = above.parent
    return None


def _item(name: LexborNode, block: LexborNode, parent: int | None) -> Item:
    expert = _module(name) in ("cmt_pro", "cmt_athr") or "/profile/commentator/" in (name.attributes.get("href") or "")
    clock = block.css_first("time") or block.css_first('[data-cl-params*="_cl_link:prmtime"]')
    written = visible_text(clock) if clock is not None else ""
    affiliation, label, text = _paragraphs(block, expert)
    return Item(
        text=text,
        author=visible_text(name).replace("\n", " ") or None,
        posted_at=parse_date(written) if written else None,
        votes=_votes(block),
        number=_number(block),
        parent=parent,
        kind=Kind.EXPERT if expert else Kind.READER,
        affiliation=affiliation,
        label=label,
    )


def _paragraphs(block: LexborNode, expert: bool) -> tuple[str | None, str | None, str]:
    """(affiliation, label, text): an expert's attribute stands in a paragraph above the text, the label within it."""
    paragraphs = [p for p in block.css("p") if visible_text(p, _SKIP)]
    if not paragraphs:
        return None, None, ""
    marked = [
        p
        for p in paragraphs
        if p.css_first('[data-cl-params*="_cl_link:com"], [data-cl-params*="_cl_link:vie"]') is not None
    ]
    body = marked[0] if marked else max(paragraphs[-2:], key=lambda p: len(visible_text(p, _SKIP)))
    text = visible_text(body, _SKIP)
    if not expert:
        return None, None, text
    above = [p for p in paragraphs if p.mem_id != body.mem_id]
    affiliation = visible_text(above[0], _SKIP) if above else None
    span = body.css_first("span")
    label = visible_text(span) if span is not None else ""
    if label and _LABEL.fullmatch(label) and text.startswith(label) and len(text) > len(label):
        return affiliation, label, text[len(label) :].lstrip()
    return affiliation, None, text


def _votes(block: LexborNode) -> Votes:
    """共感した (readers) or 参考になった (experts) as up, うーん as down; なるほど is neither and is not counted."""
    up = _shown(block, "agbtn1", "共感した")
    if up is None:
        up = _shown(block, "ref", "参考になった")
    return make_votes(up, _shown(block, "disbtn1", "うーん"))


def _shown(block: LexborNode, link: str, word: str) -> int | None:
    """Count on the button with this hook, else on one with this word."""
    buttons = block.css(f'button[data-cl-params*="_cl_link:{link};"]') or [
        button for button in block.css("button") if word in (button.text() or "")
    ]
    for button in buttons:
        count = parse_count(button.text())
        if count is not None:
            return count
    return None


def _number(block: LexborNode) -> str | None:
    for hook in block.css("[data-cl-params]"):
        if match := _COMMENT_ID.search(hook.attributes.get("data-cl-params") or ""):
            return match[1]
    for link in block.css('a[href*="/comments/"]'):
        if match := _TAIL_ID.search(link.attributes.get("href") or ""):
            return match[1]
    return None
