"""What stands open while a comment section is walked: comments, parts of them, and lists of replies.

The walk says which element it enters and leaves; this decides which comment, and which part of it, text belongs to.
"""

from __future__ import annotations

from pipeline.extract.html.candidates import Candidate
from pipeline.extract.html.frame import Frame, Sink
from pipeline.extract.html.parts import opens, read_link, store
from pipeline.extract.html.roles import (
    AUTHOR,
    CHILDREN,
    CONTENT,
    DATE,
    FURNITURE,
    META,
    STRONG,
    TITLE,
    VOTES,
    WEAK,
    Part,
    part_of,
)
from pipeline.extract.html.tags import Element
from pipeline.extract.html.textbuilder import TextBuilder

_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_FURNITURE: Part = (FURNITURE, STRONG)
_TEXT: Part = (CONTENT, STRONG)
_META: Part = (META, WEAK)
_OF_HEADING = frozenset((AUTHOR, DATE, META))


class Openings:
    """Open comments and sinks.

    Where the walk is: ``depth`` of the element in the section, ``starts`` of elements so far, and ``order``, the number
    of the node. As only one element is open at each depth, what ends with an element is kept by its depth.
    """

    def __init__(self, outside: TextBuilder) -> None:
        self.frames: list[Frame] = []
        self.depth = self.starts = self.order = 0
        self.comments: list[tuple[int, Frame]] = []
        self.sinks: list[Sink] = [Sink(-1, outside, None)]
        self.link = self.pre = 0  # depth of the outermost link and <pre> that are open
        # The depths at which something ends: asked at every end, so that most cost no call.
        self.ends: set[int] = set()
        self.by_container: dict[int, Frame] = {}  # by the identity of the element that opened it
        self._containers: dict[int, Frame] = {}  # by depth, while that element is open
        self._left: tuple[int, int, Frame | None] = (-1, -1, None)
        self._adopting: list[tuple[int, Frame]] = []

    def leave(self) -> None:
        """Close what ends with the element that the walk leaves."""
        sinks, depth = self.sinks, self.depth
        while len(sinks) > 1 and sinks[-1].ends_with == depth:
            if self.comments and self.comments[-1][0] == depth and sinks[-1].builder is self.comments[-1][1].rest:
                self._close_frame()
            else:
                store(self.comments[-1][1], sinks.pop())
        if self._adopting and self._adopting[-1][0] == depth:
            self._adopting.pop()
        if depth == self.link:
            self.link = 0
        elif depth == self.pre:
            self.pre = 0
        self.ends.discard(depth)
        self.left(self._containers.pop(depth, None))

    def left(self, container: Frame | None) -> None:
        """Note that an element was left, and the comment that it opened; what begins next may be a list of replies."""
        self._left = (self.depth, self.starts, container)

    def close(self) -> None:
        """Close all comments: the section ends."""
        while self.comments:
            self._close_frame()
        self._adopting.clear()
        self._containers.clear()
        self.ends.clear()

    # -- comments ------------------------------------------------------------------------------------------------

    def comment(self, element: Element, identity: int, candidate: Candidate) -> bool:
        """Open what a candidate opens; False where it is, or may be, a part of the open comment."""
        if candidate.byline and not candidate.opens_siblings and self.comments:
            self._open_sink(Sink(self.depth, TextBuilder(), _META))
            return True
        if not self._opens_comment(element.tag, identity, candidate):
            return False
        if self.comments[-1][0] != self.depth:
            self._heading_of_siblings(element, candidate)
        return True

    def _opens_comment(self, tag: str, identity: int, candidate: Candidate) -> bool:
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
        ends_with = self.depth
        if tag == "dt" or candidate.opens_siblings or candidate.stops:
            ends_with -= 1
            if self.comments and self.comments[-1][0] == ends_with:
                self._close_frame()
            if candidate.stops:
                return False
        self._open_frame(ends_with, identity, candidate)
        return True

    def _heading_of_siblings(self, element: Element, candidate: Candidate) -> None:
        """The first of several siblings may itself be the name or the date, as in ``<dt class="comment-author">``."""
        part = part_of(element.tag, element.names) or (_META if candidate.byline else None)
        if part is not None and part[0] in _OF_HEADING:
            self._open_sink(Sink(self.depth, TextBuilder(), part))

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
        self.by_container[identity] = self._containers[self.depth] = frame
        self.ends.add(self.depth)
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

    def part(self, element: Element) -> None:
        """Open a sink where the element says what its text is."""
        frame, sink = self.comments[-1][1], self.sinks[-1]
        tag, part, attributes = element.tag, element.part, element.attributes
        if tag == "a":
            self.link = self.link or self.depth
            self.ends.add(self.depth)
            read_link(frame, attributes, element.names, in_text=sink.part == _TEXT)
        if part is None:
            # A heading that comes before any text of a comment is its title or its author.
            if tag not in _HEADINGS or sink.builder:
                return
            part = (TITLE, STRONG)
        if part[0] is CHILDREN:
            self.children(frame)
            part = _FURNITURE
        role, inside, level = part[0], sink.part, 0
        if inside is not None:
            if not opens(part, inside, frame):
                return
            level = sink.level + 1 if role is CONTENT and inside[0] is CONTENT else 0
        moment = attributes.get("datetime") or attributes.get("data-timestamp") or attributes.get("content")
        if role in VOTES:
            moment = attributes.get("data-ulike-counter-value") or attributes.get("data-value") or moment
        self.sinks.append(Sink(self.depth, TextBuilder(), part, moment, attributes.get("title"), level))
        self.ends.add(self.depth)

    def children(self, frame: Frame | None) -> None:
        """Comments in a list of replies belong to the comment around the list, or to that just before it."""
        depth, starts, before = self._left
        # No element began since that one was left at this depth: they are neighbours.
        neighbour = before if depth == self.depth and starts == self.starts - 1 else None
        adopter = neighbour if neighbour is not None else frame
        if adopter is not None:
            self._adopting.append((self.depth, adopter))
            self.ends.add(self.depth)

    def _open_sink(self, sink: Sink) -> None:
        self.sinks.append(sink)
        self.ends.add(sink.ends_with)


def _is_empty(frame: Frame | None) -> bool:
    return frame is not None and not (frame.authors or frame.dates or frame.contents or frame.children or frame.rest)


def _is_complete(frame: Frame | None) -> bool:
    return frame is not None and bool(frame.authors and frame.dates and frame.contents)
