"""Posts as the readers of a page find them, before they have ids; and the records made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.ids import post_id
from pipeline.records import Dated, Kind, Post, Span, Votes

NO_VOTES = Votes()


@dataclass(frozen=True, slots=True)
class Draft:
    """A post at ``start`` to ``end`` of its source (half-open: lines of a text, rows or elements of an export).

    ``parent`` is the ``start`` of the post it answers; ``number`` its own id on the page. ``nested`` is False where the
    source cannot show, or no longer shows, whom it answers. ``listing`` numbers the list (popular, new …) that it
    stands in: the same post in two lists is one post.
    """

    kind: Kind
    start: int
    end: int
    text: str
    author: str | None = None
    affiliation: str | None = None
    label: str | None = None
    posted_at: Dated | None = None
    updated_at: Dated | None = None
    votes: Votes = NO_VOTES
    parent: int | None = None
    number: str | None = None
    nested: bool = True
    listing: int = 0


def posts_of(drafts: Sequence[Draft], document_id: str) -> tuple[Post, ...]:
    """Posts in the order given, with ids, parents and depths. Posts that answer each other in a ring answer nobody."""
    places = {draft.start: i for i, draft in enumerate(drafts)}
    above = [places.get(draft.parent) if draft.parent is not None else None for draft in drafts]
    depths = _depths(drafts, above)
    ids = _ids(drafts, document_id)
    return tuple(
        Post(
            id=ids[i],
            document_id=document_id,
            kind=draft.kind,
            text=draft.text,
            position=i,
            author=draft.author,
            affiliation=draft.affiliation,
            label=draft.label,
            posted_at=draft.posted_at,
            updated_at=draft.updated_at,
            votes=draft.votes,
            parent_id=ids[parent] if parent is not None else None,
            depth=depths[i],
            span=Span(draft.start, draft.end),
            site_id=draft.number,
        )
        for i, (draft, parent) in enumerate(zip(drafts, above, strict=True))
    )


def _ids(drafts: Sequence[Draft], document_id: str) -> list[str]:
    """One id a post; a page's own number that comes twice names nothing."""
    used: set[str] = set()
    ids = []
    for position, draft in enumerate(drafts):
        found = post_id(document_id, draft.number, position, draft.text)
        if found in used:
            found = post_id(document_id, None, position, draft.text)
        used.add(found)
        ids.append(found)
    return ids


def _depths(drafts: Sequence[Draft], above: list[int | None]) -> list[int | None]:
    """Depth of each post: 0 of one that answers none, None where that is not known. Rings in ``above`` are opened."""
    depths: dict[int, int | None] = {}
    for i in range(len(drafts)):
        path: list[int] = []
        seen: set[int] = set()
        node: int | None = i
        while node is not None and node not in depths and node not in seen:
            path.append(node)
            seen.add(node)
            node = above[node]
        if node is not None and node in seen:
            ring = path[path.index(node) :]
            for member in ring:
                above[member] = None
                depths[member] = None
            path = path[: path.index(node)]
        for member in reversed(path):
            depths[member] = _depth(drafts[member], above[member], depths)
    return [depths[i] for i in range(len(drafts))]


def _depth(draft: Draft, parent: int | None, depths: dict[int, int | None]) -> int | None:
    if not draft.nested or (parent is None and draft.parent is not None):
        return None
    if parent is None:
        return 0
    over = depths[parent]
    return over + 1 if over is not None else None
