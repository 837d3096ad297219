"""HTML text to a DOM, safely: nesting of any depth is parsed in time linear in the size of the page.

Lexbor looks through all open elements for a ``<p>`` at every block start tag, which is quadratic in the depth of
nesting (measured: 22 s for 100,000 levels). The search stops at a scope boundary such as ``<object>``, so one is put
between every 200 levels of a page that is nested deeper than any real one. It has no look and no text.
"""

from __future__ import annotations

import re
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser, LexborNode

_DEEP = 4000
_MANY = 20_000  # fewer tags than this parse fast, however they nest (measured: 0.17 s at worst)
_SHORTEST_TAG = len("<p>")
_STEP = 200
_NESTING_TAG = re.compile(
    r"<(/?)(?:div|ol|ul|li|dl|dd|dt|section|article|aside|main|nav|header|footer|blockquote|details|figure|center|form"
    r"|address|fieldset|menu|summary|pre|table|td|tr|p|h[1-6])(?=[\s/>])",
    re.IGNORECASE,
)

# Numbers of kinds of nodes: compared in half the time of their names.
TIME_ID, TEXT_ID = (node.tag_id for node in LexborHTMLParser("<time>-").css("time")[0].traverse(include_text=True))


def parse(text: str) -> LexborHTMLParser:
    """Parse a page. A lone surrogate becomes "?"; nothing in the page is run or fetched."""
    if len(text) > _MANY * _SHORTEST_TAG and text.count("<") > _MANY and _depth(text) > _DEEP:
        text = _with_boundaries(text)
    try:
        return LexborHTMLParser(text.encode("utf-8"))
    except UnicodeEncodeError:
        return LexborHTMLParser(text.encode("utf-8", "replace"))


def _depth(text: str) -> int:
    """Greatest number of block elements open at once, counting a closing tag for each opening one."""
    return max(accumulate(-1 if slash else 1 for slash in _NESTING_TAG.findall(text)), default=0)


def _with_boundaries(text: str) -> str:
    pieces: list[str] = []
    position = level = 0
    for match in _NESTING_TAG.finditer(text):
        if match[1]:
            if level > 0 and level % _STEP == 0:
                pieces += (text[position : match.start()], "</object>")
                position = match.start()
            level = max(0, level - 1)
        else:
            level += 1
            if level % _STEP == 0:
                end = text.find(">", match.end()) + 1 or len(text)
                pieces += (text[position:end], "<object>")
                position = max(position, end)
    pieces.append(text[position:])
    return "".join(pieces)


def attribute(node: LexborNode, name: str) -> str | None:
    """Value of an attribute, or None."""
    return node.attributes.get(name)


def element_before(node: LexborNode) -> LexborNode | None:
    """The element just before this one under the same parent, or None."""
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    return before
