"""One walk over a comment section: every text node goes to the part of the comment that it belongs to.

The walk visits each node once, whatever the nesting, and keeps its own stack, so its cost is linear in the size of
the section and its depth is bounded by memory alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from pipeline.extract.html.candidates import Candidate
from pipeline.extract.html.dom import element_before
from pipeline.extract.html.frame import Frame, Sink
from pipeline.extract.html.parts import VOTES, emoji, opens, read_link, store
from pipeline.extract.html.roles import DATA_ROLES, ITEM_PROPERTIES, STRONG, WEAK, Part, Role, part_of
from pipeline.extract.html.textbuilder import BREAK, CLOSING, MARKS, TextBuilder

_IGNORED = frozenset(
    ("script", "style", "noscript", "template", "textarea", "select", "option", "svg", "iframe", "head")
)
_NO_NAME = ("-", "_", "")
_FURNITURE_TAGS = frozenset(("form", "button", "menu"))
_IN_FORMS = VOTES | {Role.CONTENT}
# Without attributes these say nothing of what they hold.
_SILENT_TAGS = frozenset(("p", "div", "span", "strong", "em", "b", "i", "li", "ul", "ol", "blockquote", "td", "tr"))
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_KARMA = re.compile(r"(?:ckratings?_)?karma-\d+-(up|down)")
_FURNITURE: Part = (Role.FURNITURE, STRONG)
_TEXT: Part = (Role.CONTENT, STRONG)
_META: Part = (Role.META, WEAK)


class Walker:
    """Walks comment sections and collects their frames in document order."""

    def __init__(self, candidates: Mapping[int, tuple[LexborNode, Candidate]]) -> None:
        self.candidates = candidates
        self.frames: list[Frame] = []
        self.by_container: dict[int, Frame] = {}
        self.visited: set[int] = set()
        self.outside = TextBuilder()
        self.order = 0
        self._open: list[tuple[int, Frame]] = []
        self._sinks: list[Sink] = []
        self._adopting: list[tuple[int, Frame]] = []
        self._link_open = 0
        self._pre = 0
        # The elements with which something ends: asked at every end, so that most cost no call.
        self._ends: set[int] = set()

    def walk(self, root: LexborNode, widget: bool = False) -> None:
        """Visit all nodes under ``root``; ``widget`` marks frames of a list that is not the page's own thread.

        The loop is one function because it runs once a node: a call costs as much as the rest of it.
        """
        self._sinks = sinks = [Sink(-1, self.outside, None)]
        self._open, self._adopting = [], []
        first = len(self.frames)
        candidates, ends = self.candidates, self._ends
        around: list[tuple[int, str | None]] = []
        node = root
        while True:
            self.order += 1
            tag = node.tag or ""
            if tag == "-text":
                text = node.text_content or ""
                if self._link_open or self._pre:
                    self._text(text)
                else:
                    sinks[-1].builder.parts.append(text)
            elif tag == "br":
                sinks[-1].builder.parts.append(BREAK)
            elif tag == "img":
                sinks[-1].builder.parts.append(emoji(node) or "")
            elif tag not in _IGNORED and tag[:1] not in _NO_NAME:
                identity = node.mem_id
                if (mark := MARKS.get(tag)) is not None:
                    sinks[-1].builder.parts.append(mark)
                    if tag == "pre":
                        self._pre = self._pre or identity
                        ends.add(identity)
                if self._open and identity not in candidates:
                    self._part(node, tag, identity)
                else:
                    self._mark(node, tag, identity)
                around.append((identity, CLOSING.get(tag)))
                if (child := node.first_child) is not None:
                    node = child
                    continue
                identity, mark = around.pop()
                if identity in ends:
                    self._leave(identity)
                if mark is not None:
                    sinks[-1].builder.parts.append(mark)
            following = None
            while around and (following := node.next) is None:
                identity, mark = around.pop()
                if identity in ends:
                    self._leave(identity)
                if mark is not None:
                    sinks[-1].builder.parts.append(mark)
                node = node.parent or root
            if following is None:
                break
            node = following
        while self._open:
            self._close_frame()
        for frame in self.frames[first:]:
            frame.widget = widget

    def _text(self, text: str) -> None:
        """Text inside a link or a ``<pre>``."""
        sink = self._sinks[-1]
        if self._pre and "\n" in text:
            for line in text.splitlines():
                sink.builder.parts += (line, BREAK)
        else:
            sink.builder.parts.append(text)
        if self._link_open and self._open and (sink.part is None or sink.part[0] is Role.CONTENT):
            self._open[-1][1].linked += len(text.strip())

    def _leave(self, identity: int) -> None:
        """Close what ends with an element."""
        sinks = self._sinks
        while len(sinks) > 1 and sinks[-1].ends_with == identity:
            if self._open and self._open[-1][0] == identity and sinks[-1].builder is self._open[-1][1].rest:
                self._close_frame()
            else:
                self._close_sink()
        if self._adopting and self._adopting[-1][0] == identity:
            self._adopting.pop()
        if identity == self._link_open:
            self._link_open = 0
        elif identity == self._pre:
            self._pre = 0

    def _mark(self, node: LexborNode, tag: str, identity: int) -> None:
        """Open what the element opens: a comment, a part of one, or a list of replies."""
        candidate = self.candidates.get(identity)
        if candidate is not None:
            self.visited.add(identity)
            if candidate[1].byline and not candidate[1].opens_siblings and self._open:
                self._sinks.append(Sink(identity, TextBuilder(), _META))
                self._ends.add(identity)
                return
            if self._comment(node, tag, identity, candidate[1]):
                if self._open[-1][0] != identity:
                    self._heading_of_siblings(node, tag, identity, candidate[1])
                return
        if self._open:
            self._part(node, tag, identity)
        elif self.frames:
            part = part_of(tag, node.attributes.get("class") or "")
            if part is not None and part[0] is Role.CHILDREN:
                self._children(node, identity, None)

    # -- comments ------------------------------------------------------------------------------------------------

    def _comment(self, node: LexborNode, tag: str, identity: int, candidate: Candidate) -> bool:
        """Open a frame for a candidate, or let it name the open one; True where a frame was opened."""
        current = self._open[-1][1] if self._open else None
        if candidate.number is not None and current is not None:
            if current.number == candidate.number:
                return False
            if current.number is None and not current.children and not self._adopting_now(current):
                current.number = candidate.number
                current.parent_number = current.parent_number or candidate.parent_number
                return False
        if not candidate.container:
            return False
        inside = candidate.number is None and current is not None and not self._adopting_now(current)
        # A nameless element inside a comment that has shown nothing yet is that comment's own wrapper.
        if inside and candidate.sure and tag not in ("li", "dt") and _is_empty(current):
            return False
        # One that may as well be a part of a comment is a comment where the one around it is complete.
        if inside and not candidate.sure and not _is_complete(current):
            return False
        ends_with = identity
        if tag == "dt" or candidate.opens_siblings or candidate.stops:
            above = node.parent
            ends_with = above.mem_id if above is not None else identity
            if self._open and self._open[-1][0] == ends_with:
                self._close_frame()
            if candidate.stops:
                return False
        self._open_frame(ends_with, identity, candidate)
        return True

    def _heading_of_siblings(self, node: LexborNode, tag: str, identity: int, candidate: Candidate) -> None:
        """The first of several siblings may itself be the name or the date, as in ``<dt class="comment-author">``."""
        part = part_of(tag, node.attributes.get("class") or "") or (_META if candidate.byline else None)
        if part is not None and part[0] in (Role.AUTHOR, Role.DATE, Role.META):
            self._sinks.append(Sink(identity, TextBuilder(), part))
            self._ends.add(identity)

    def _adopting_now(self, frame: Frame) -> bool:
        return bool(self._adopting) and self._adopting[-1][1] is frame

    def _open_frame(self, ends_with: int, identity: int, candidate: Candidate) -> None:
        parent = self._adopting[-1][1] if self._adopting else None
        if self._open and (parent is None or self._open[-1][1].start > parent.start):
            parent = self._open[-1][1]
        frame = Frame(
            number=candidate.number,
            parent=parent,
            parent_number=candidate.parent_number,
            depth_class=candidate.depth,
            ping=candidate.ping,
            sure=candidate.sure,
            start=self.order,
        )
        if parent is not None:
            parent.children += 1
        self.frames.append(frame)
        self.by_container[identity] = frame
        self._open.append((ends_with, frame))
        self._sinks.append(Sink(ends_with, frame.rest, None))
        self._ends.add(ends_with)

    def _close_frame(self) -> None:
        frame = self._open[-1][1]
        while self._sinks[-1].builder is not frame.rest:
            self._close_sink()
        self._sinks.pop()
        self._open.pop()
        frame.end = self.order + 1

    # -- parts of a comment --------------------------------------------------------------------------------------

    def _part(self, node: LexborNode, tag: str, identity: int) -> None:
        """Open a sink where the element says what its text is."""
        frame = self._open[-1][1]
        attributes = node.attributes
        if not attributes and tag in _SILENT_TAGS:
            return
        names = attributes.get("class") or ""
        part = part_of(tag, names)
        if "itemprop" in attributes:
            part = ITEM_PROPERTIES.get((attributes["itemprop"] or "").lower(), part)
        elif "data-role" in attributes:
            part = DATA_ROLES.get(attributes["data-role"] or "", part)
        if tag == "a":
            self._link_open = self._link_open or identity
            self._ends.add(identity)
            read_link(frame, attributes, names, in_text=self._sinks[-1].part == _TEXT)
        if tag in _FURNITURE_TAGS and (part is None or part[0] not in _IN_FORMS):
            part = _FURNITURE
        if part is None:
            part = self._unnamed_part(tag, attributes)
        if part is None:
            return
        if part[0] is Role.CHILDREN:
            self._children(node, identity, frame)
            part = _FURNITURE
        sink = self._sinks[-1]
        if not opens(part, sink.part, frame):
            return
        level = sink.level + 1 if part[0] is Role.CONTENT and sink.part and sink.part[0] is Role.CONTENT else 0
        title = attributes.get("title")
        moment = attributes.get("datetime") or attributes.get("data-timestamp") or attributes.get("content")
        if part[0] in VOTES:
            moment = attributes.get("data-ulike-counter-value") or attributes.get("data-value") or moment
        self._sinks.append(Sink(identity, TextBuilder(), part, moment, title, level))
        self._ends.add(identity)

    def _unnamed_part(self, tag: str, attributes: Mapping[str, str | None]) -> Part | None:
        """A heading that comes before any text of a comment is its title or its author; an id may name a counter."""
        if tag in _HEADINGS and not self._sinks[-1].builder:
            return (Role.TITLE, STRONG)
        match = _KARMA.fullmatch(attributes.get("id") or "") if "id" in attributes else None
        return (Role.UP if match[1] == "up" else Role.DOWN, STRONG) if match else None

    def _children(self, node: LexborNode, identity: int, frame: Frame | None) -> None:
        """Comments in a list of replies belong to the comment around the list, or just before it."""
        before = element_before(node)
        owner = self.by_container.get(before.mem_id) if before is not None else None
        adopter = owner if owner is not None else frame
        if adopter is not None:
            self._adopting.append((identity, adopter))
            self._ends.add(identity)

    def _close_sink(self) -> None:
        store(self._open[-1][1], self._sinks.pop())


def _is_empty(frame: Frame | None) -> bool:
    return frame is not None and not (frame.authors or frame.dates or frame.contents or frame.children or frame.rest)


def _is_complete(frame: Frame | None) -> bool:
    return frame is not None and bool(frame.authors and frame.dates and frame.contents)
