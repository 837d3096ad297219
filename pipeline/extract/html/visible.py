"""Visible text of one element, for adapters that read a fixed layout."""

from __future__ import annotations

from collections.abc import Container, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.html.textbuilder import BREAK, CLOSING, MARKS, TextBuilder

HIDDEN_TAGS = frozenset(
    ("script", "style", "noscript", "template", "textarea", "select", "option", "svg", "iframe", "head")
)


def events(root: LexborNode, skip: Container[str] = HIDDEN_TAGS) -> Iterator[tuple[LexborNode, bool]]:
    """All nodes under ``root`` and itself, each on entering (True) and elements on leaving (False)."""
    root_id = root.mem_id
    node = root
    while True:
        tag = node.tag or ""
        yield node, True
        child = node.first_child if tag[:1] != "-" and tag not in skip else None
        if child is not None:
            node = child
            continue
        while True:
            if node.is_element_node:
                yield node, False
            if node.mem_id == root_id:
                return
            following = node.next
            if following is not None:
                node = following
                break
            above = node.parent
            if above is None:
                return
            node = above


def visible_text(root: LexborNode, skip: Container[str] = HIDDEN_TAGS, *, spaced: bool = False) -> str:
    """Text with one line a paragraph and ``<br>`` as line break; ``spaced`` as in :meth:`TextBuilder.text`."""
    return short_text(root, None, skip, spaced=spaced) or ""


def short_text(
    root: LexborNode, limit: int | None, skip: Container[str] = HIDDEN_TAGS, *, spaced: bool = False
) -> str | None:
    """As :func:`visible_text`, but None as soon as the text has more than ``limit`` characters that are no space."""
    builder = TextBuilder()
    parts = builder.parts
    closing: list[str | None] = []
    seen = 0
    node = root
    while True:
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            parts.append(text)
            if limit is not None and (seen := seen + len("".join(text.split()))) > limit:
                return None
        elif tag == "br":
            parts.append(BREAK)
        else:
            if (mark := MARKS.get(tag)) is not None:
                parts.append(mark)
            child = node.first_child if tag[:1] != "-" and tag not in skip else None
            if child is not None:
                closing.append(CLOSING.get(tag))
                node = child
                continue
            if mark is not None:
                parts.append(CLOSING[tag])
        following = None
        while closing and (following := node.next) is None:
            node = node.parent or root
            if (end := closing.pop()) is not None:
                parts.append(end)
        if following is None:
            return builder.text(spaced=spaced)
        node = following


def markup_text(markup: str) -> str:
    """Text of a piece of HTML, such as the message in a comment's JSON."""
    body = LexborHTMLParser(markup).body if "<" in markup or "&" in markup else None
    return visible_text(body) if body is not None else markup.strip()
