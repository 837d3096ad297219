"""Comments of an export: one row each, in the order of the thread; and the extraction made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.drafts import NO_VOTES, Draft, posts_of
from pipeline.records import Dated, Document, Extraction, Kind, Skipped, SkipReason, Span, Votes

_EXCERPT = 80


@dataclass(frozen=True, slots=True)
class Row:
    """One comment. ``place`` counts the comments of the file from 1; ``skip`` says why it becomes no record.

    ``number`` is the export's own id of it, ``parent`` that of the comment it answers.
    """

    place: int
    text: str
    author: str | None = None
    number: str | None = None
    parent: str | None = None
    posted_at: Dated | None = None
    updated_at: Dated | None = None
    votes: Votes = NO_VOTES
    kind: Kind = Kind.READER
    affiliation: str | None = None
    label: str | None = None
    skip: SkipReason | None = None


def extraction_of(document: Document, rows: Sequence[Row], *, in_thread_order: bool = True) -> Extraction:
    """The document with its rows as posts; empty texts and rows with a reason are skipped.

    ``in_thread_order``: answers come after what they answer, otherwise the order of the dates counts.
    """
    kept = [row for row in rows if row.skip is None and row.text.strip()]
    ordered = _thread_order(kept) if in_thread_order else kept
    places = {row.number: row.place for row in kept if row.number is not None}
    drafts = [_draft(row, places) for row in ordered]
    left = {row.place for row in kept}
    skipped = tuple(_skipped(document.id, row) for row in rows if row.place not in left)
    return Extraction(document, posts_of(drafts, document.id), skipped)


def _draft(row: Row, places: dict[str, int]) -> Draft:
    known = row.parent is None or row.parent in places
    return Draft(
        kind=row.kind,
        start=row.place,
        end=row.place + 1,
        text=row.text,
        author=row.author,
        affiliation=row.affiliation,
        label=row.label,
        posted_at=row.posted_at,
        updated_at=row.updated_at,
        votes=row.votes,
        parent=places.get(row.parent) if row.parent is not None else None,
        number=row.number,
        nested=known,
    )


def _skipped(document_id: str, row: Row) -> Skipped:
    reason = row.skip or SkipReason.EMPTY
    return Skipped(document_id, Span(row.place, row.place + 1), 1, reason, row.text.strip()[:_EXCERPT])


def _thread_order(rows: Sequence[Row]) -> list[Row]:
    """Depth first, siblings by date; no recursion, for threads may be nested as deep as the file is long."""
    numbers = {row.number for row in rows if row.number is not None}
    answers: dict[str | None, list[Row]] = {}
    for row in sorted(rows, key=_by_date, reverse=True):
        answers.setdefault(row.parent if row.parent in numbers else None, []).append(row)
    ordered: list[Row] = []
    waiting = answers.pop(None, [])
    while waiting:
        row = waiting.pop()
        ordered.append(row)
        if row.number is not None:
            waiting += answers.pop(row.number, [])
    # What is left answers itself in a ring.
    found = {row.place for row in ordered}
    return ordered + [row for row in rows if row.place not in found]


def _by_date(row: Row) -> tuple[bool, str, int]:
    value = row.posted_at.value if row.posted_at else None
    return value is None, value or "", row.place
