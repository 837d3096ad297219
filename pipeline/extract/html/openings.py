"""What stands open while a comment section is walked: comments, parts of them, and lists of replies.

The walk says which element it enters and leaves; this decides which comment, and which part of it, text belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from pipeline.extract.html.candidates import Candidate
from pipeline.extract.html.dom import element_before
from pipeline.extract.html.frame import Frame, Sink
from pipeline.extract.html.parts import VOTES, opens, read_link, store
from pipeline.extract.html.roles import (
    AUTHOR,
    CHILDREN,
    CONTENT,
    DATA_ROLES,
    DATE,
    DOWN,
    FURNITURE,
    ITEM_PROPERTIES,
    META,
    STRONG,
    TITLE,
    UP,
    WEAK,
    Part,
    part_of,
)
from pipeline.extract.html.textbuilder import TextBuilder

_FURNITURE_TAGS = frozenset(("form", "button", "menu"))
_IN_FORMS = VOTES | {CONTENT}
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_KARMA = re.compile(r"(?:ckratings?_)?karma-\d+-(up|down)")
_FURNITURE: Part = (FURNITURE, STRONG)
_TEXT: Part = (CONTENT, STRONG)
_META: Part = (META, WEAK)
_OF_HEADING = frozenset((AUTHOR, DATE, META))


class Openings:
    """Open comments and sinks. ``order`` is the number of the node that the walk is at."""

    def __init__(self, outside: TextBuilder) -> None:
        self.frames: list[Frame] = []
        self.order = 0
        self.comments: list[tuple[int, Frame]] = []
        self.sinks: list[Sink] = [Sink(-1, outside, None)]
        self.link = self.pre = 0  # identity of the outermost link and <pre> that are open
        # The elements with which something ends: asked at every end, so that most cost no call.
        self.ends: set[int] = set()
        self._by_container: dict[int, Frame] = {}
        self._adopting: list[tuple[int, Frame]] = []

    def leave(self, identity: int) -> None:
        """Close what ends with an element."""
        sinks = self.sinks
        while len(sinks) > 1 and sinks[-1].ends_with == identity:
            if self.comments and self.comments[-1][0] == identity and sinks[-1].builder is self.comments[-1][1].rest:
                self._close_frame()
            else:
                store(self.comments[-1][1], sinks.pop())
        if self._adopting and self._adopting[-1][0] == identity:
            self._adopting.pop()
        if identity == self.link:
            self.link = 0
        elif identity == self.pre:
            self.pre = 0

    def close(self) -> None:
        """Close all comments: the section ends."""
        while self.comments:
            self._close_frame()
        self._adopting.clear()

    # -- comments ------------------------------------------------------------------------------------------------

    def comment(self, node: LexborNode, tag: str, identity: int, candidate: Candidate) -> bool:
        """Open what a candidate opens; False where it is, or may be, a part of the open comment."""
        if candidate.byline and not candidate.opens_siblings and self.comments:
            self._open_sink(Sink(identity, TextBuilder(), _META))
            return True
        if not self._opens_comment(node, tag, identity, candidate):
            return False
        if self.comments[-1][0] != identity:
            self._heading_of_siblings(node, tag, identity, candidate)
        return True

    def _opens_comment(self, node: LexborNode, tag: str, identity: int, candidate: Candidate) -> bool:
        """Open a frame for a candidate, or let it name the open one; True where a frame was opened."""
        current = self.comments[-1][1] if self.comments else None
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
            if self.comments and self.comments[-1][0] == ends_with:
                self._close_frame()
            if candidate.stops:
                return False
        self._open_frame(ends_with, identity, candidate)
        return True

    def _heading_of_siblings(self, node: LexborNode, tag: str, identity: int, candidate: Candidate) -> None:
        """The first of several siblings may itself be the name or the date, as in ``<dt class="comment-author">``."""
        part = part_of(tag, node.attributes.get("class") or "") or (_META if candidate.byline else None)
        if part is not None and part[0] in _OF_HEADING:
            self._open_sink(Sink(identity, TextBuilder(), part))

    def _adopting_now(self, frame: Frame) -> bool:
        return bool(self._adopting) and self._adopting[-1][1] is frame

    def _open_frame(self, ends_with: int, identity: int, candidate: Candidate) -> None:
        parent = self._adopting[-1][1] if self._adopting else None
        if self.comments and (parent is None or self.comments[-1][1].start > parent.start):
            parent = self.comments[-1][1]
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
        self._by_container[identity] = frame
        self.comments.append((ends_with, frame))
        self._open_sink(Sink(ends_with, frame.rest, None))

    def _close_frame(self) -> None:
        frame = self.comments[-1][1]
        while self.sinks[-1].builder is not frame.rest:
            store(frame, self.sinks.pop())
        self.sinks.pop()
        self.comments.pop()
        frame.end = self.order + 1

    # -- parts of a comment --------------------------------------------------------------------------------------

    def part(self, node: LexborNode, tag: str, identity: int, attributes: Mapping[str, str | None]) -> None:
        """Open a sink where the element says what its text is."""
        frame = self.comments[-1][1]
        names = attributes.get("class") or ""
        part = part_of(tag, names)
        if "itemprop" in attributes:
            part = ITEM_PROPERTIES.get((attributes["itemprop"] or "").lower(), part)
        elif "data-role" in attributes:
            part = DATA_ROLES.get(attributes["data-role"] or "", part)
        sink = self.sinks[-1]
        if tag == "a":
            self.link = self.link or identity
            self.ends.add(identity)
            read_link(frame, attributes, names, in_text=sink.part == _TEXT)
        elif tag in _FURNITURE_TAGS and (part is None or part[0] not in _IN_FORMS):
            part = _FURNITURE
        if part is None:
            part = _unnamed_part(tag, attributes, sink)
            if part is None:
                return
        if part[0] is CHILDREN:
            self.children(node, identity, frame)
            part = _FURNITURE
        role, inside, level = part[0], sink.part, 0
        if inside is not None:
            if not opens(part, inside, frame):
                return
            level = sink.level + 1 if role is CONTENT and inside[0] is CONTENT else 0
        moment = attributes.get("datetime") or attributes.get("data-timestamp") or attributes.get("content")
        if role in VOTES:
            moment = attributes.get("data-ulike-counter-value") or attributes.get("data-value") or moment
        self.sinks.append(Sink(identity, TextBuilder(), part, moment, attributes.get("title"), level))
        self.ends.add(identity)

    def children(self, node: LexborNode, identity: int, frame: Frame | None) -> None:
        """Comments in a list of replies belong to the comment around the list, or just before it."""
        before = element_before(node)
        owner = self._by_container.get(before.mem_id) if before is not None else None
        adopter = owner if owner is not None else frame
        if adopter is not None:
            self._adopting.append((identity, adopter))
            self.ends.add(identity)

    def _open_sink(self, sink: Sink) -> None:
        self.sinks.append(sink)
        self.ends.add(sink.ends_with)


def _unnamed_part(tag: str, attributes: Mapping[str, str | None], sink: Sink) -> Part | None:
    """A heading that comes before any text of a comment is its title or its author; an id may name a counter."""
    if tag in _HEADINGS and not sink.builder:
        return (TITLE, STRONG)
    match = _KARMA.fullmatch(attributes.get("id") or "") if "id" in attributes else None
    return (UP if match[1] == "up" else DOWN, STRONG) if match else None


def _is_empty(frame: Frame | None) -> bool:
    return frame is not None and not (frame.authors or frame.dates or frame.contents or frame.children or frame.rest)


def _is_complete(frame: Frame | None) -> bool:
    return frame is not None and bool(frame.authors and frame.dates and frame.contents)
