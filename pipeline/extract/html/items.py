"""Comments that an adapter reads whole (from JSON or a fixed layout), before they have ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.html.placeholders import is_deleted
from pipeline.extract.ids import post_id
from pipeline.records import Dated, Kind, Post, Skipped, SkipReason, Span, Votes


@dataclass(frozen=True, slots=True)
class Item:
    """One comment. ``parent`` is the index of an item, or None; ``reason`` says why it is no post."""

    text: str
    author: str | None = None
    posted_at: Dated | None = None
    updated_at: Dated | None = None
    votes: Votes = Votes()  # noqa: RUF009 -- frozen, so one value may serve all
    number: str | None = None
    parent: int | None = None
    kind: Kind = Kind.READER
    affiliation: str | None = None
    label: str | None = None
    span: Span | None = None
    reason: SkipReason | None = None


def to_posts(items: Sequence[Item], document_id: str) -> tuple[list[Post], list[Skipped]]:
    """Posts in the given order, and the items that are none. An item comes after its parent."""
    posts: list[Post] = []
    skipped: list[Skipped] = []
    made: dict[int, Post] = {}
    depths: list[int] = []
    seen: set[tuple[str | None, ...]] = set()
    for index, item in enumerate(items):
        depths.append(depths[item.parent] + 1 if item.parent is not None else 0)
        reason = item.reason or _reason(item, seen)
        if reason is not None:
            lines = item.text.count("\n") + 1
            skipped.append(Skipped(document_id, item.span, lines, reason, (item.text or item.author or "")[:80]))
            continue
        above = made.get(item.parent) if item.parent is not None else None
        made[index] = Post(
            id=post_id(document_id, item.number, len(posts), item.text),
            document_id=document_id,
            kind=item.kind,
            text=item.text,
            position=len(posts),
            author=item.author,
            affiliation=item.affiliation,
            label=item.label,
            posted_at=item.posted_at,
            updated_at=item.updated_at,
            votes=item.votes,
            parent_id=above.id if above is not None else None,
            depth=depths[index],
            span=item.span,
            site_id=item.number,
        )
        posts.append(made[index])
    return posts, skipped


def _reason(item: Item, seen: set[tuple[str | None, ...]]) -> SkipReason | None:
    if not item.text.strip():
        return SkipReason.EMPTY
    if is_deleted(item.text):
        return SkipReason.DELETED
    raw = item.posted_at.raw if item.posted_at is not None else None
    key: tuple[str | None, ...] = (item.number,) if item.number else (None, item.author, raw, item.text)
    if key in seen:
        return SkipReason.DUPLICATE
    seen.add(key)
    return None
