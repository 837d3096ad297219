"""From the frames of a page to posts in order, with parents, and to a list of what is no post and why."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from pipeline.extract.dates import find_dates
from pipeline.extract.html.bylines import parse_byline
from pipeline.extract.html.frame import Frame
from pipeline.extract.html.placeholders import is_deleted, is_none_yet, is_ping
from pipeline.extract.html.reading import Reading, day_comes_first, read
from pipeline.extract.ids import post_id
from pipeline.records import Kind, Post, Skipped, SkipReason, Span

_READER = Kind.READER
_EXCERPT = 80
_LONGEST_BYLINE = 100


@dataclass(frozen=True, slots=True)
class Context:
    """What the page says of itself: the id of its document, its own address and its language."""

    document_id: str
    url: str | None = None
    language: str | None = None


def build(frames: list[Frame], context: Context) -> tuple[list[Post], list[Skipped]]:
    """Posts in document order and what was left out. Parents are those that the page shows."""
    day_first = day_comes_first(frames, context.language)
    own_path = _own_path(frames, context.url)
    readings = {id(frame): read(frame, day_first) for frame in frames}
    wrappers = {id(frame) for frame in frames if _is_wrapper(frame, readings[id(frame)])}
    kept = [frame for frame in frames if id(frame) not in wrappers]
    parents = _parents(kept, wrappers)
    posts: list[Post] = []
    skipped: list[Skipped] = []
    by_frame: dict[int, Post] = {}
    depths: dict[int, int] = {}
    seen: set[tuple[str | None, ...]] = set()
    for frame in kept:
        reading, parent = readings[id(frame)], parents.get(id(frame))
        depths[id(frame)] = depths.get(id(parent), -1) + 1 if parent is not None else 0
        reason = _reason(frame, reading, own_path, seen)
        if reason is not None:
            skipped.append(_skipped(frame, reading, reason, context.document_id))
            continue
        above = by_frame.get(id(parent)) if parent is not None else None
        post = Post(
            id=post_id(context.document_id, frame.number, len(posts), reading.text),
            document_id=context.document_id,
            kind=_READER,
            text=reading.text,
            position=len(posts),
            author=reading.author,
            posted_at=reading.dated,
            votes=reading.votes,
            parent_id=above.id if above is not None else None,
            depth=depths[id(frame)],
            span=Span(frame.start, frame.end),
            site_id=frame.number,
        )
        by_frame[id(frame)] = post
        posts.append(post)
    return posts, skipped


def holds_several(frame: Frame) -> bool:
    """Whether an element that may hold a comment holds a whole thread, as its several dates show."""
    if frame.sure or frame.number is not None:
        return False
    dates = {source.text for source in frame.dates} | {meta for meta in frame.meta if find_dates(meta)}
    return len(dates) > 1 or _holds_bylines(frame)


def _holds_bylines(frame: Frame) -> bool:
    """Whether several lines of what no element names say nothing but when, or who and when."""
    lines = (line for line in frame.rest.text(spaced=True).split("\n") if len(line) <= _LONGEST_BYLINE)
    return sum(1 for line in lines if parse_byline(line) is not None) > 1


def _is_wrapper(frame: Frame, reading: Reading) -> bool:
    """Whether an element only holds other comments: it has no number, author or date of its own."""
    return frame.number is None and frame.children > 0 and reading.author is None and reading.dated is None


def _parents(frames: list[Frame], wrappers: set[int]) -> dict[int, Frame]:
    """Parent of each reply: the comment around it, else the one that its id or its class for depth names."""
    by_number = {frame.number: frame for frame in frames if frame.number is not None}
    parents: dict[int, Frame] = {}
    last_at: dict[int, Frame] = {}
    nested = any(frame.parent is not None and id(frame.parent) not in wrappers for frame in frames)
    for frame in frames:
        parent = frame.parent
        while parent is not None and id(parent) in wrappers:
            parent = parent.parent
        if frame.parent_number is not None:
            parent = by_number.get(frame.parent_number, parent)
        elif parent is None and frame.answers_number is not None:
            parent = by_number.get(frame.answers_number)
        elif parent is None and not nested and frame.depth_class is not None and frame.depth_class > 1:
            parent = last_at.get(frame.depth_class - 1)
        if frame.depth_class is not None:
            last_at[frame.depth_class] = frame
        if parent is not None and parent is not frame:
            parents[id(frame)] = parent
    return parents


def _reason(
    frame: Frame, reading: Reading, own_path: str | None, seen: set[tuple[str | None, ...]]
) -> SkipReason | None:
    """Why a frame is no post of this page, or None where it is one."""
    text = reading.text.strip()
    if frame.ping or is_ping(frame.rest.opening()) or is_ping(text):
        return SkipReason.TRACKBACK
    if is_none_yet(text):
        return SkipReason.BOILERPLATE
    if frame.widget or (own_path is not None and frame.permalink and _path(frame.permalink) not in ("", own_path)):
        return SkipReason.OTHER_PAGE
    if not text:
        return SkipReason.DELETED if frame.notice and is_deleted(frame.notice) else SkipReason.EMPTY
    if is_deleted(text):
        return SkipReason.DELETED
    if reading.author is None and reading.dated is None and frame.number is None:
        return SkipReason.BOILERPLATE
    raw = reading.dated.raw if reading.dated is not None else None
    key: tuple[str | None, ...] = (frame.number,) if frame.number else (None, reading.author, raw, text)
    if key in seen:
        return SkipReason.DUPLICATE
    seen.add(key)
    return None


def _skipped(frame: Frame, reading: Reading, reason: SkipReason, document_id: str) -> Skipped:
    excerpt = reading.text or frame.notice or reading.author or ""
    return Skipped(
        document_id, Span(frame.start, frame.end), max(1, excerpt.count("\n") + 1), reason, excerpt[:_EXCERPT]
    )


def _own_path(frames: list[Frame], url: str | None) -> str | None:
    """Path that permalinks of this page's comments have: its address where one of them agrees, else the commonest."""
    paths = Counter(path for frame in frames if frame.permalink and (path := _path(frame.permalink)))
    if not paths:
        return None
    if url and (own := _path(url)) in paths:
        return own
    main = Counter(
        path for frame in frames if not frame.widget and frame.permalink and (path := _path(frame.permalink))
    )
    return (main or paths).most_common(1)[0][0]


def _path(href: str) -> str:
    """Path of a link without its page of comments; "" for a link within the page."""
    return _path_of(href.partition("#")[0]) if "http" not in href[1:] else _path_of(href)


@lru_cache(maxsize=1024)
def _path_of(href: str) -> str:
    start = href.rfind("http")
    try:
        parts = urlsplit(href[start:] if start > 0 else href)
    except ValueError:
        return ""
    # Drupal gives each comment an address of its own, /comment/12, which says nothing of the page.
    path = re.sub(r"/comment-page-\d+|^/comment/\d+$", "", parts.path).rstrip("/")
    page = re.search(r"(?:^|&)(?:p|page_id|no|entry|id)=(\d+)", parts.query)
    return path + (f"?{page[1]}" if page else "")
