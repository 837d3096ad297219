"""What the article part of a page gives, before it becomes a Document."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.records import Dated, SkipReason, Span


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Lines of the source (half-open, from 1) that belong to no field of the article, and why."""

    span: Span
    reason: SkipReason
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """Title, origin and body of one page; what the page does not show is None or empty.

    For text pages ``used_lines`` holds the numbers of the source lines that went into a field, ``left_out`` all other
    lines that are not blank, and ``body_lines`` the source line of each line of ``body``. They are empty for HTML.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    published_at: Dated | None = None
    section: str | None = None
    body: str = ""
    reader_prompts: tuple[str, ...] = ()
    url: str | None = None
    site: str | None = None
    reference: str | None = None
    used_lines: frozenset[int] = frozenset()
    left_out: tuple[LeftOut, ...] = ()
    body_lines: tuple[int, ...] = ()
    page_states_comments: int | None = None
