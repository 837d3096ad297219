"""Quotations of an article: who is reported to have said what.

No parser and no model: news reports statements by a small stock of verbs and frames, and marks the speaker as the
topic of their clause. Scores on the seeds and how they are counted: tests/extract/quotations.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from pipeline.extract.ids import post_id
from pipeline.extract.quotations.statements import Reader, Statement
from pipeline.records import Document, Kind, Post, Quotation, Skipped, Span

__all__ = ["find_quotations"]

_EXCERPT = 80


def find_quotations(document: Document, lines: Sequence[int] = ()) -> tuple[list[Post], list[Skipped]]:
    """Statements that the body attributes to somebody, in order, and quotations that nobody made.

    ``lines`` gives the source line of each line of the body, where the source is text: the span of a post is then its
    source line, else None. A skipped quotation counts no lines, because its line is in the body.
    """
    reader = Reader(document.body)
    starts = _line_starts(document.body)
    posts = [_post(document, position, statement, lines) for position, statement in enumerate(reader.statements)]
    skipped = [
        Skipped(
            document.id,
            _span(_line_of(starts, part.start), lines),
            0,
            part.reason,
            document.body[part.start : part.end][:_EXCERPT],
        )
        for part in reader.unsaid
    ]
    return posts, skipped


def _post(document: Document, position: int, statement: Statement, lines: Sequence[int]) -> Post:
    text = document.body[statement.start : statement.end]
    speaker = statement.speaker
    quotation = Quotation(statement.kind, speaker.name, speaker.role, speaker.anonymous, statement.via, statement.verb)
    return Post(
        # By the place in the body and not by the count: another rule for one quotation leaves the others' ids alone.
        id=post_id(document.id, None, statement.start, text),
        document_id=document.id,
        kind=Kind.QUOTATION,
        text=text,
        position=position,
        span=_span(statement.paragraph, lines),
        quotation=quotation,
    )


def _span(paragraph: int, lines: Sequence[int]) -> Span | None:
    return Span(lines[paragraph], lines[paragraph] + 1) if paragraph < len(lines) else None


def _line_starts(body: str) -> list[int]:
    starts = [0]
    for line in body.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _line_of(starts: Sequence[int], position: int) -> int:
    return bisect_right(starts, position) - 1
