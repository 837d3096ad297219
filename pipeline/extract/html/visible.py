"""Visible text of one element, for adapters that read a fixed layout."""

from __future__ import annotations

from collections.abc import Container, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.html.textbuilder import (
    BLOCK,
    BLOCK_TAGS,
    BREAK,
    QUOTE_IN,
    QUOTE_OUT,
    SOFT,
    SOFT_TAGS,
    TextBuilder,
)

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
    builder = TextBuilder()
    parts = builder.parts
    for node, entering in events(root, skip):
        tag = node.tag or ""
        if tag == "-text":
            parts.append(node.text_content or "")
        elif tag == "br" and entering:
            parts.append(BREAK)
        elif tag == "blockquote":
            parts.append(QUOTE_IN if entering else QUOTE_OUT)
        elif tag in BLOCK_TAGS:
            parts.append(BLOCK)
        elif tag in SOFT_TAGS:
            parts.append(SOFT)
    return builder.text(spaced=spaced)


def markup_text(markup: str) -> str:
    """Text of a piece of HTML, such as the message in a comment's JSON."""
    body = LexborHTMLParser(markup).body if "<" in markup or "&" in markup else None
    return visible_text(body) if body is not None else markup.strip()
