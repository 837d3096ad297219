"""What one part of a comment adds to it: a closed text, a link, an emoji image; and which parts may hold which."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from pipeline.extract.html.frame import DateSource, Frame, Sink
from pipeline.extract.html.roles import (
    AUTHOR,
    CONTENT,
    DATE,
    DOWN,
    FURNITURE,
    META,
    NET,
    NOTICE,
    STRONG,
    TITLE,
    UP,
    WEAK,
    Part,
    Role,
)
from pipeline.extract.html.textbuilder import DATED

VOTES = frozenset((UP, DOWN, NET))
_ANYWHERE = VOTES | {FURNITURE, NOTICE}
_EMOJI_CLASS = re.compile(r"emoji|smiley|smil|wp-smil|emote", re.IGNORECASE)
_EMOJI_SOURCE = re.compile(r"emoji|smil|twemoji|icon_\w+\.gif", re.IGNORECASE)
_PERMALINK = re.compile(r"#(?:(?:wpd-comm|div-comment|li-comment|comment)[-_]?|c)(\d+)")
_SHOW_COMMENT = re.compile(r"[?&]showComment=(\d{10,13})")


def store(frame: Frame, sink: Sink) -> None:
    """Give the frame what a closed sink collected."""
    if sink.part is None:
        return
    role, rank = sink.part
    if role is CONTENT:
        if sink.builder:
            frame.contents.append((rank, sink.level, sink.builder))
    elif role is META:
        if sink.builder:
            frame.meta.append(sink.builder.text(spaced=True))
    elif role is not FURNITURE:
        _store_line(frame, role, rank, sink.builder.line(), sink)


def _store_line(frame: Frame, role: Role, rank: int, text: str, sink: Sink) -> None:
    if role is AUTHOR:
        if text:
            frame.authors.append((rank, text))
    elif role is DATE:
        if text or sink.datetime:
            frame.dates.append(DateSource(text, sink.datetime, sink.title))
            frame.rest.parts.append(DATED)
    elif role is UP:
        frame.up = frame.up or _count(text, sink)
    elif role is DOWN:
        frame.down = frame.down or _count(text, sink)
    elif role is NET:
        frame.net = frame.net or _count(text, sink)
    elif role is TITLE:
        frame.title = frame.title or text or None
    elif role is NOTICE:
        frame.notice = frame.notice or text or None


def _count(text: str, sink: Sink) -> str | None:
    """The count as shown; attributes hold the full number where the text is shortened, or both counts."""
    title = sink.title
    if title and (re.fullmatch(r"\s*[+-]?[\d,.]+\s*", title) or re.search(r"\d\D+\d", title)):
        return title.strip()
    return sink.datetime or text or None


def read_link(frame: Frame, attributes: Mapping[str, str | None], names: str, *, in_text: bool) -> None:
    """Permalink, time in the address (Blogger), the comment answered, and the label of the reply link.

    A link that somebody wrote into the text says nothing of the comment unless it names its number.
    """
    href = attributes.get("href") or ""
    match = _PERMALINK.search(href) if "#" in href else None
    if match is not None:
        if frame.permalink is None and frame.number in (match[1], match[1] if in_text else None):
            frame.permalink = href
        if "parent-link" in names or "in-reply-to" in names:
            frame.answers_number = match[1]
    if frame.epoch is None and "showComment" in href and (shown := _SHOW_COMMENT.search(href)):
        frame.epoch = shown[1]
    if "reply" in names and frame.reply_label is None:
        frame.reply_label = attributes.get("aria-label") or attributes.get("data-replyto")


def emoji(node: LexborNode) -> str | None:
    """Alternative text of an emoji image; other images have no text."""
    attributes = node.attributes
    alternative = attributes.get("alt")
    if not alternative:
        return None
    named = _EMOJI_CLASS.search(attributes.get("class") or "") or _EMOJI_SOURCE.search(attributes.get("src") or "")
    return alternative if named else None


def opens(part: Part, inside: Part | None, frame: Frame) -> bool:
    """Whether an element with ``part`` begins a part of its own where it stands."""
    role, rank = part
    if inside is None or role in _ANYWHERE:
        return True
    outer, outer_rank = inside
    if outer is CONTENT and outer_rank == STRONG:
        if role is CONTENT:
            return rank == STRONG
        if role is DATE:
            return not frame.dates
        return not frame.authors and not frame.title and not (role is AUTHOR and rank == WEAK)
    if outer is DATE:
        return role is DATE
    if outer is AUTHOR and outer_rank == STRONG:
        return role is DATE
    if outer in VOTES:
        return False
    if role is CONTENT and rank == WEAK:
        return outer is CONTENT
    return not (outer is FURNITURE and rank == WEAK)
