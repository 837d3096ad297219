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
from pipeline.extract.html.frame import DateSource, Frame, Sink
from pipeline.extract.html.roles import DATA_ROLES, ITEM_PROPERTIES, STRONG, WEAK, Part, Role, part_of
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

_IGNORED = frozenset(
    ("script", "style", "noscript", "template", "textarea", "select", "option", "svg", "iframe", "head")
)
_FURNITURE_TAGS = frozenset(("form", "button", "menu"))
_EMOJI_CLASS = re.compile(r"emoji|smiley|smil|wp-smil|emote", re.IGNORECASE)
_EMOJI_SOURCE = re.compile(r"emoji|smil|twemoji|icon_\w+\.gif", re.IGNORECASE)
_PERMALINK = re.compile(r"#(?:comment-|c|wpd-comm-|div-comment-|li-comment-|comment)?(\d+)")
_SHOW_COMMENT = re.compile(r"[?&]showComment=(\d{10,13})")
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_KARMA = re.compile(r"(?:ckratings?_)?karma-\d+-(up|down)")
_VOTES = frozenset((Role.UP, Role.DOWN, Role.NET))
_FURNITURE: Part = (Role.FURNITURE, STRONG)


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

    def walk(self, root: LexborNode, widget: bool = False) -> None:
        """Visit all nodes under ``root``; ``widget`` marks frames of a list that is not the page's own thread."""
        root_id = root.mem_id
        self._sinks = [Sink(-1, self.outside, None)]
        self._open, self._adopting = [], []
        first = len(self.frames)
        node: LexborNode | None = root
        while node is not None:
            self.order += 1
            child = node.first_child if self._enter(node) else None
            if child is not None:
                node = child
                continue
            while True:
                identity = node.mem_id
                self._leave(node, identity)
                if identity == root_id:
                    node = None
                    break
                following = node.next
                if following is not None:
                    node = following
                    break
                node = node.parent
                if node is None:
                    break
        while self._open:
            self._close_frame()
        for frame in self.frames[first:]:
            frame.widget = widget

    def _enter(self, node: LexborNode) -> bool:
        """Take in a node; False where its children are not to be visited."""
        tag = node.tag
        if tag == "-text":
            text = node.text_content
            if text:
                sink = self._sinks[-1]
                sink.builder.parts.append(text)
                if self._link_open and self._open and (sink.part is None or sink.part[0] is Role.CONTENT):
                    self._open[-1][1].linked += len(text.strip())
            return False
        if tag is None or tag[0] == "-" or tag == "_":
            return False
        if tag in _IGNORED:
            return False
        parts = self._sinks[-1].builder.parts
        if tag == "br":
            parts.append(BREAK)
            return False
        if tag == "img":
            self._image(node)
            return False
        identity = node.mem_id
        if tag in BLOCK_TAGS:
            parts.append(QUOTE_IN if tag == "blockquote" else BLOCK)
        elif tag in SOFT_TAGS:
            parts.append(SOFT)
        candidate = self.candidates.get(identity)
        if candidate is not None:
            self.visited.add(identity)
            if self._comment(node, tag, identity, candidate[1]):
                if self._open[-1][0] != identity:
                    self._heading_of_siblings(node, tag, identity)
                return True
        if self._open:
            self._part(node, tag, identity)
        elif self.frames:
            part = part_of(tag, node.attributes.get("class") or "")
            if part is not None and part[0] is Role.CHILDREN:
                self._children(node, identity, None)
        return True

    def _leave(self, node: LexborNode, identity: int) -> None:
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
        tag = node.tag
        if tag in BLOCK_TAGS:
            sinks[-1].builder.parts.append(QUOTE_OUT if tag == "blockquote" else BLOCK)
        elif tag in SOFT_TAGS:
            sinks[-1].builder.parts.append(SOFT)
        elif tag in ("td", "th"):
            sinks[-1].builder.parts.append(" ")

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
        if inside and (not candidate.sure or (tag not in ("li", "dt") and _is_empty(current))):
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

    def _heading_of_siblings(self, node: LexborNode, tag: str, identity: int) -> None:
        """The first of several siblings may itself be the name or the date, as in ``<dt class="comment-author">``."""
        part = part_of(tag, node.attributes.get("class") or "")
        if part is not None and part[0] in (Role.AUTHOR, Role.DATE, Role.META):
            self._sinks.append(Sink(identity, TextBuilder(), part))

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
        names = attributes.get("class") or ""
        part = part_of(tag, names)
        if "itemprop" in attributes:
            part = ITEM_PROPERTIES.get((attributes["itemprop"] or "").lower(), part)
        elif "data-role" in attributes:
            part = DATA_ROLES.get(attributes["data-role"] or "", part)
        if tag == "a":
            self._link_open = self._link_open or identity
            self._link(frame, attributes, names)
        if tag in _FURNITURE_TAGS and (part is None or part[0] not in _VOTES):
            part = _FURNITURE
        if part is None:
            part = self._unnamed_part(tag, attributes)
        if part is None:
            return
        if part[0] is Role.CHILDREN:
            self._children(node, identity, frame)
            part = _FURNITURE
        sink = self._sinks[-1]
        if not _opens(part, sink.part, frame):
            return
        level = sink.level + 1 if part[0] is Role.CONTENT and sink.part and sink.part[0] is Role.CONTENT else 0
        title = attributes.get("title")
        moment = attributes.get("datetime") or attributes.get("data-timestamp") or attributes.get("content")
        if part[0] in _VOTES:
            moment = attributes.get("data-ulike-counter-value") or attributes.get("data-value") or moment
        self._sinks.append(Sink(identity, TextBuilder(), part, moment, title, level))

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

    def _close_sink(self) -> None:
        sink = self._sinks.pop()
        frame = self._open[-1][1]
        part = sink.part
        if part is None:
            return
        role, rank = part
        if role is Role.CONTENT:
            if sink.builder:
                frame.contents.append((rank, sink.level, sink.builder))
            return
        if role is Role.FURNITURE:
            frame.furniture += bool(sink.builder)
            return
        if role is Role.META:
            if sink.builder:
                frame.meta.append(sink.builder.text(spaced=True))
            return
        text = sink.builder.line()
        if role is Role.AUTHOR and text:
            frame.authors.append((rank, text))
        elif role is Role.DATE:
            if text or sink.datetime:
                frame.dates.append(DateSource(text, sink.datetime, sink.title))
        elif role in _VOTES:
            _vote(frame, role, text, sink)
        elif role is Role.TITLE:
            frame.title = frame.title or text or None
        elif role is Role.NOTICE:
            frame.notice = frame.notice or text or None

    def _link(self, frame: Frame, attributes: Mapping[str, str | None], names: str) -> None:
        href = attributes.get("href") or ""
        match = _PERMALINK.search(href) if frame.permalink is None and "#" in href else None
        if match is not None and frame.number in (None, match[1]):
            frame.permalink = href
        if frame.epoch is None and (shown := _SHOW_COMMENT.search(href)):
            frame.epoch = shown[1]
        if ("parent-link" in names or "in-reply-to" in names) and (match := _PERMALINK.search(href)):
            frame.answers_number = match[1]
        if "reply" in names and frame.reply_label is None:
            frame.reply_label = attributes.get("aria-label") or attributes.get("data-replyto")

    def _image(self, node: LexborNode) -> None:
        """An emoji image stands for its alternative text; other images have none."""
        attributes = node.attributes
        alternative = attributes.get("alt")
        if alternative and (
            _EMOJI_CLASS.search(attributes.get("class") or "") or _EMOJI_SOURCE.search(attributes.get("src") or "")
        ):
            self._sinks[-1].builder.parts.append(alternative)


def _is_empty(frame: Frame | None) -> bool:
    return frame is not None and not (frame.authors or frame.dates or frame.contents or frame.children or frame.rest)


def _opens(part: Part, inside: Part | None, frame: Frame) -> bool:
    """Whether an element with ``part`` begins a part of its own where it stands."""
    role, rank = part
    if role in _VOTES or role in (Role.FURNITURE, Role.NOTICE):
        return True
    if inside is None:
        return True
    outer, outer_rank = inside
    if outer is Role.CONTENT and outer_rank == STRONG:
        if role is Role.CONTENT:
            return rank == STRONG
        if role is Role.DATE:
            return not frame.dates
        return not frame.authors and not frame.title and not (role is Role.AUTHOR and rank == WEAK)
    if outer is Role.DATE:
        return role is Role.DATE
    if outer is Role.AUTHOR and outer_rank == STRONG:
        return role is Role.DATE
    if outer in _VOTES:
        return False
    if role is Role.CONTENT and rank == WEAK:
        return outer is Role.CONTENT
    return not (outer is Role.FURNITURE and rank == WEAK)


def _vote(frame: Frame, role: Role, text: str, sink: Sink) -> None:
    """Keep the first count of each sort; attributes hold the full number where the text is shortened."""
    shown = sink.datetime or text
    if role is Role.UP:
        frame.up = frame.up or _longer(sink.title, shown)
    elif role is Role.DOWN:
        frame.down = frame.down or _longer(sink.title, shown)
    else:
        frame.net = frame.net or _longer(sink.title, shown)


def _longer(title: str | None, shown: str) -> str | None:
    if title and (re.fullmatch(r"\s*[+-]?[\d,.]+\s*", title) or re.search(r"\d\D+\d", title)):
        return title.strip()
    return shown or None
