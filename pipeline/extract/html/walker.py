"""One walk over a comment section: every text node goes to the part of the comment that it belongs to.

The walk visits each node once, whatever the nesting, and keeps its own stack, so its cost is linear in the size of
the section and its depth is bounded by memory alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from pipeline.extract.html.candidates import Candidate
from pipeline.extract.html.dom import TEXT_ID
from pipeline.extract.html.frame import Frame
from pipeline.extract.html.openings import Openings
from pipeline.extract.html.parts import emoji
from pipeline.extract.html.roles import CHILDREN, CONTENT, part_of
from pipeline.extract.html.textbuilder import BREAK, CLOSING, MARKS, TextBuilder

_IGNORED = frozenset(
    ("script", "style", "noscript", "template", "textarea", "select", "option", "svg", "iframe", "head")
)
_NO_NAME = ("-", "_", "")
# Without attributes these say nothing of what they hold.
_SILENT_TAGS = frozenset(("p", "div", "span", "strong", "em", "b", "i", "li", "ul", "ol", "blockquote", "td", "tr"))


class Walker:
    """Walks comment sections and collects their frames in document order."""

    def __init__(self, candidates: Mapping[int, tuple[LexborNode, Candidate]]) -> None:
        self.visited: set[int] = set()
        self.outside = TextBuilder()
        self._candidates = candidates
        self._open = Openings(self.outside)

    @property
    def frames(self) -> list[Frame]:
        """Comments found so far."""
        return self._open.frames

    def walk(self, root: LexborNode, widget: bool = False) -> None:
        """Visit all nodes under ``root``; ``widget`` marks frames of a list that is not the page's own thread.

        The loop is one function because it runs once a node: a call costs as much as the rest of it.
        """
        now, candidates = self._open, self._candidates
        first, order, sinks, ends = len(now.frames), now.order, now.sinks, now.ends
        parts = sinks[-1].builder.parts  # of where text goes at the moment
        around: list[tuple[LexborNode, int, str | None]] = []
        node = root
        while True:
            order += 1
            leaving = False
            if node.tag_id == TEXT_ID:
                if now.link or now.pre:
                    self._text(node.text_content or "")
                else:
                    parts.append(node.text_content or "")
            elif (tag := node.tag or "") == "br":
                parts.append(BREAK)
            elif tag == "img":
                parts.append(emoji(node) or "")
            elif tag not in _IGNORED and tag[:1] not in _NO_NAME:
                identity = node.mem_id
                if (mark := MARKS.get(tag)) is not None:
                    parts.append(mark)
                if identity in candidates or not now.comments or tag == "pre":
                    now.order = order
                    self._mark(node, tag, identity)
                    parts = sinks[-1].builder.parts
                elif (attributes := node.attributes) or tag not in _SILENT_TAGS:
                    now.part(node, tag, identity, attributes)
                    parts = sinks[-1].builder.parts
                around.append((node, identity, CLOSING.get(tag)))
                if (child := node.first_child) is not None:
                    node = child
                    continue
                leaving = True
            while True:
                if leaving:
                    node, identity, mark = around.pop()
                    if identity in ends:
                        now.order = order
                        now.leave(identity)
                        parts = sinks[-1].builder.parts
                    if mark is not None:
                        parts.append(mark)
                if not around:
                    now.order = order
                    now.close()
                    for frame in now.frames[first:]:
                        frame.widget = widget
                    return
                if (following := node.next) is not None:
                    node = following
                    break
                leaving = True

    def _text(self, text: str) -> None:
        """Text inside a link or a ``<pre>``."""
        now = self._open
        sink = now.sinks[-1]
        if now.pre and "\n" in text:
            for line in text.splitlines():
                sink.builder.parts += (line, BREAK)
        else:
            sink.builder.parts.append(text)
        if now.link and now.comments and (sink.part is None or sink.part[0] is CONTENT):
            now.comments[-1][1].linked += len(text.strip())

    def _mark(self, node: LexborNode, tag: str, identity: int) -> None:
        """Open what the element opens: a comment, a part of one, or a list of replies."""
        now = self._open
        if tag == "pre" and not now.pre:
            now.pre = identity
            now.ends.add(identity)
        candidate = self._candidates.get(identity)
        if candidate is not None:
            self.visited.add(identity)
            if now.comment(node, tag, identity, candidate[1]):
                return
        attributes = node.attributes
        if now.comments:
            if attributes or tag not in _SILENT_TAGS:
                now.part(node, tag, identity, attributes)
        elif now.frames:
            part = part_of(tag, attributes.get("class") or "")
            if part is not None and part[0] is CHILDREN:
                now.children(node, identity, None)
