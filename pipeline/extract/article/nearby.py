"""Where things stand on an HTML page: at the headline, behind it, or in its furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

_FURNITURE = frozenset(("nav", "aside", "footer", "script", "style", "noscript", "template", "form", "button"))
_ASIDE = re.compile(r"widget|sidebar|related|ranking|recommend|breadcrumb|pankuzu", re.IGNORECASE)
_HEADERS = frozenset(("header", "hgroup"))
_CLIMB = 30
_TEXTS = 40
_PROSE = 90


def at_headline(heading: LexborNode) -> Iterator[LexborNode]:
    """Nodes of the headline's header, then those between the headline and the first prose, in reading order."""
    above = heading.parent
    if above is not None and above.tag in _HEADERS:
        yield from above.traverse(include_text=True)
    texts = 0
    for node in following(heading):
        if node.tag == "-text":
            text = text_of(node)
            texts += bool(text)
            if texts > _TEXTS or len(text) > _PROSE or (len(text) > _PROSE / 2 and "。" in text):
                return
        yield node


def following(node: LexborNode) -> Iterator[LexborNode]:
    """Nodes behind this one in reading order, without menus and the like."""
    current = node
    while True:
        sibling = current.next
        while sibling is None:
            above = current.parent
            if above is None or above.tag in ("body", "html"):
                return
            current, sibling = above, above.next
        if sibling.tag not in _FURNITURE:
            yield from sibling.traverse(include_text=True)
        current = sibling


def in_furniture(node: LexborNode) -> bool:
    """Whether the node stands in a menu, sidebar, footer or list of other articles."""
    above: LexborNode | None = node
    for _ in range(_CLIMB):
        if above is None:
            return False
        if above.tag in _FURNITURE or _ASIDE.search(above.attributes.get("class") or ""):
            return True
        above = above.parent
    return False


def text_of(node: LexborNode) -> str:
    """Text of the node, or of the text node, with single spaces."""
    return " ".join(((node.text_content or "") if node.tag == "-text" else node.text(deep=True)).split())
