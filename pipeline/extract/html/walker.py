"""One walk over a comment section: every text goes to the part of the comment that it belongs to.

The walk meets each tag once, whatever the nesting, and keeps its own stack, so its cost is linear in the size of the
section and its depth is bounded by memory alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from selectolax.lexbor import LexborNode

from pipeline.extract.html.candidates import Candidate
from pipeline.extract.html.dom import element_before
from pipeline.extract.html.frame import Frame
from pipeline.extract.html.openings import Openings
from pipeline.extract.html.roles import CHILDREN, CONTENT, part_of
from pipeline.extract.html.tags import COMMENT, END, OPEN, START, WHOLE, Element, Known, numbered, read_tag, unescaped
from pipeline.extract.html.textbuilder import BREAK, TextBuilder

_Candidates = Mapping[int, tuple[LexborNode, Candidate]]


@contextmanager
def walking(candidates: _Candidates) -> Iterator[Walker]:
    """A walker that opens comments at these elements, which carry their numbers as long as it is used."""
    with numbered(node for node, _ in candidates.values()):
        yield Walker(candidates)


class Walker:
    """Walks comment sections and collects their frames in document order."""

    def __init__(self, candidates: _Candidates) -> None:
        self.visited: set[int] = set()
        self.outside = TextBuilder()
        self._candidates = [(identity, candidate) for identity, (_, candidate) in candidates.items()]
        self._tags: dict[str, Known] = {}
        self._open = Openings(self.outside)

    @property
    def frames(self) -> list[Frame]:
        """Comments found so far."""
        return self._open.frames

    def walk(self, root: LexborNode, widget: bool = False) -> None:
        """Visit all nodes under ``root``; ``widget`` marks frames of a list that is not the page's own thread.

        The loop is one function because it runs once a tag: a call costs as much as the rest of it.
        """
        now, tags = self._begin(root), self._tags
        first, ends = len(now.frames), now.ends
        depth, starts, others = 0, now.order, 0
        parts, marked = now.sinks[-1].builder.parts, False  # where text goes at the moment, and whether it is marked up
        pieces = iter((root.html or "").split("<"))
        next(pieces)
        for piece in pieces:
            token, complete, text = piece.partition(">")
            known = tags.get(token) if complete else None
            if known is None:
                known, text = read_tag(piece, pieces, tags)
            does, mark, element = known
            if does is END:
                if depth in ends:
                    now.depth, now.starts, now.order = depth, starts, starts + others
                    now.leave()
                    parts, marked = now.sinks[-1].builder.parts, bool(now.link or now.pre)
                depth -= 1
                if mark is not None:
                    parts.append(mark)
            elif does is COMMENT:
                others += 1
            else:
                starts += 1
                if mark is not None:
                    parts.append(mark)
                if does is START:
                    depth += 1
                elif does is OPEN and element is not None:
                    depth += 1
                    now.depth, now.starts, now.order = depth, starts, starts + others
                    self._enter(element)
                    parts, marked = now.sinks[-1].builder.parts, bool(now.link or now.pre)
                elif does is WHOLE:
                    now.depth, now.starts, now.order = depth + 1, starts, starts + others
                    others += self._whole(element, mark)
                    parts, marked = now.sinks[-1].builder.parts, bool(now.link or now.pre)
            if text:
                others += 1
                if "&" in text:
                    text = unescaped(text)
                if marked:
                    self._text(text)
                else:
                    parts.append(text)
        now.order = starts + others
        self._end(first, widget)

    def _begin(self, root: LexborNode) -> Openings:
        """Note the comment just before the section, to which a list of replies belongs."""
        now, before = self._open, element_before(root)
        now.depth, now.starts = 1, now.order
        now.left(now.by_container.get(before.mem_id) if before is not None else None)
        return now

    def _end(self, first: int, widget: bool) -> None:
        self._open.close()
        for frame in self.frames[first:]:
            frame.widget = widget

    def _enter(self, element: Element) -> None:
        """Open what the element opens: a comment, a part of one, or a list of replies."""
        now = self._open
        if element.tag == "pre" and not now.pre:
            now.pre = now.depth
            now.ends.add(now.depth)
        if element.number is not None:
            identity, candidate = self._candidates[element.number]
            self.visited.add(identity)
            if now.comment(element, identity, candidate):
                return
        if now.comments:
            now.part(element)
        elif now.frames:
            part = part_of(element.tag, element.names)
            if part is not None and part[0] is CHILDREN:
                now.children(None)

    def _whole(self, element: Element | None, mark: str | None) -> int:
        """Enter and leave an element that has no tags in it; gives how many texts it holds."""
        now = self._open
        if element is not None:
            self._enter(element)
            if element.inside:
                now.order += 1
                self._text(element.inside)
        now.leave()
        if mark is not None:
            now.sinks[-1].builder.parts.append(mark)
        return 1 if element is not None and element.inside else 0

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
