"""What the grammars of copied text find, before it has ids: posts as drafts, and cuts with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.extract.ids import post_id
from pipeline.extract.text.lines import Line, trimmed
from pipeline.records import Dated, Kind, Post, Skipped, SkipReason, Span, Votes

NO_VOTES = Votes()
_EXCERPT = 80


@dataclass(frozen=True, slots=True)
class Draft:
    """A post on the lines ``start`` to ``end`` (half-open). ``parent`` is the ``start`` of the post it answers.

    ``number`` is the post's own id on the page. ``nested`` is False where the layout cannot show who answers whom.
    ``listing`` numbers the list (popular, new …) that it stands in: the same post in two lists is one post.
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


@dataclass(frozen=True, slots=True)
class Cut:
    """Lines ``start`` to ``end`` (half-open) that are in no record, and why."""

    start: int
    end: int
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class Found:
    """All that one grammar took from the lines."""

    drafts: tuple[Draft, ...] = ()
    cuts: tuple[Cut, ...] = ()
    notes: tuple[str, ...] = ()
    states: int | None = None

    def __add__(self, other: Found) -> Found:
        notes = tuple(dict.fromkeys(self.notes + other.notes))
        states = self.states if self.states is not None else other.states
        return Found(self.drafts + other.drafts, self.cuts + other.cuts, notes, states)

    def taken(self) -> set[int]:
        """Numbers of all lines that a draft or a cut holds."""
        spans = [(draft.start, draft.end) for draft in self.drafts] + [(part.start, part.end) for part in self.cuts]
        return {number for start, end in spans for number in range(start, end)}


def cut(lines: Sequence[Line], reason: SkipReason) -> tuple[Cut, ...]:
    """One cut over the lines, less the blank ones around; none where nothing is on them."""
    kept = trimmed(lines)
    return (Cut(kept[0].number, kept[-1].number + 1, reason),) if kept else ()


def without_duplicates(found: Found) -> Found:
    """A post that stands in a later list again, word for word, becomes a cut."""
    seen: dict[tuple[object, ...], int] = {}
    kept: list[Draft] = []
    cuts = list(found.cuts)
    for draft in sorted(found.drafts, key=lambda draft: draft.start):
        raw = draft.posted_at.raw if draft.posted_at else None
        first = seen.setdefault((draft.author, raw, draft.text), draft.listing)
        if first == draft.listing:
            kept.append(draft)
        else:
            cuts.append(Cut(draft.start, draft.end, SkipReason.DUPLICATE))
    return Found(tuple(kept), tuple(cuts), found.notes, found.states)


@dataclass
class _Ids:
    """Ids given so far: a page's own number that comes twice names nothing."""

    document_id: str
    used: set[str] = field(default_factory=set)

    def give(self, draft: Draft, position: int) -> str:
        found = post_id(self.document_id, draft.number, position, draft.text)
        if found in self.used:
            found = post_id(self.document_id, None, position, draft.text)
        self.used.add(found)
        return found


def posts_of(drafts: Iterable[Draft], document_id: str) -> tuple[Post, ...]:
    """Posts in the order of the page, with ids, parents and depths."""
    ids = _Ids(document_id)
    known: dict[int, tuple[str, int | None]] = {}
    posts = []
    for position, draft in enumerate(sorted(drafts, key=lambda draft: draft.start)):
        parent = known.get(draft.parent) if draft.parent is not None else None
        depth = _depth(draft, parent[1] if parent else None)
        identity = ids.give(draft, position)
        known[draft.start] = (identity, depth)
        posts.append(
            Post(
                id=identity,
                document_id=document_id,
                kind=draft.kind,
                text=draft.text,
                position=position,
                author=draft.author,
                affiliation=draft.affiliation,
                label=draft.label,
                posted_at=draft.posted_at,
                updated_at=draft.updated_at,
                votes=draft.votes,
                parent_id=parent[0] if parent else None,
                depth=depth,
                span=Span(draft.start, draft.end),
                site_id=draft.number,
            )
        )
    return tuple(posts)


def _depth(draft: Draft, above: int | None) -> int | None:
    """0 of a comment that answers none, one more than its parent's, None where that is not known."""
    if not draft.nested:
        return None
    if draft.parent is None:
        return 0
    return above + 1 if above is not None else None


def skipped_of(cuts: Iterable[Cut], lines: Sequence[Line], document_id: str) -> tuple[Skipped, ...]:
    """Skipped parts in the order of the page; ``lines`` are all lines of the page."""
    return tuple(_skipped(part, lines, document_id) for part in sorted(cuts, key=lambda part: part.start))


def _skipped(part: Cut, lines: Sequence[Line], document_id: str) -> Skipped:
    text = next((line.text for line in lines[part.start - 1 : part.end - 1] if line.text), "")
    span = Span(part.start, part.end)
    return Skipped(document_id, span, part.end - part.start, part.reason, text[:_EXCERPT])
