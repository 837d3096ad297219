"""What the grammars of copied text find: posts as drafts, and cuts with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.extract.drafts import Draft
from pipeline.extract.text.lines import Line, trimmed
from pipeline.records import Skipped, SkipReason, Span

_EXCERPT = 80


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


def skipped_of(cuts: Iterable[Cut], lines: Sequence[Line], document_id: str) -> tuple[Skipped, ...]:
    """Skipped parts in the order of the page; ``lines`` are all lines of the page."""
    return tuple(_skipped(part, lines, document_id) for part in sorted(cuts, key=lambda part: part.start))


def _skipped(part: Cut, lines: Sequence[Line], document_id: str) -> Skipped:
    text = next((line.text for line in lines[part.start - 1 : part.end - 1] if line.text), "")
    span = Span(part.start, part.end)
    return Skipped(document_id, span, part.end - part.start, part.reason, text[:_EXCERPT])
