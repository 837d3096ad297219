"""JSON Lines that ``tachiba extract`` wrote: the same records again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.errors import UnreadableInput
from pipeline.records import Document, Extraction, Page, Post, Skipped
from pipeline.serial import from_dict

_TYPES = ("document", "post", "skipped")


def is_own(lines: Sequence[Mapping[str, Any]]) -> bool:
    """Whether every line says which of our records it is."""
    return bool(lines) and lines[0].get("type") == "document" and all(line.get("type") in _TYPES for line in lines)


def read_own(page: Page, lines: Sequence[Mapping[str, Any]]) -> tuple[Extraction, ...]:
    """One extraction a document, exactly as it was written.

    Raises:
        UnreadableInput: a line lacks a field, or names a document that is not there.
    """
    documents: dict[str, Document] = {}
    posts: dict[str, list[Post]] = {}
    skipped: dict[str, list[Skipped]] = {}
    for number, line in enumerate(lines, 1):
        try:
            record = from_dict(line)
            if isinstance(record, Document):
                documents[record.id] = record
                posts[record.id], skipped[record.id] = [], []
            elif isinstance(record, Post):
                posts[record.document_id].append(record)
            else:
                skipped[record.document_id].append(record)
        except (KeyError, ValueError, TypeError) as error:
            raise UnreadableInput(path=page.source, detail=f"record {number} is not complete") from error
    return tuple(Extraction(documents[key], tuple(posts[key]), tuple(skipped[key])) for key in documents)
