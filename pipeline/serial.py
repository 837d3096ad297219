"""Records to JSON dictionaries and back: the lines that ``tachiba extract`` writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.records import (
    Dated,
    DateHow,
    Document,
    Extraction,
    Kind,
    Post,
    Precision,
    Quotation,
    QuoteKind,
    Skipped,
    SkipReason,
    Span,
    Votes,
    VotesKind,
)

Json = dict[str, Any]


def extraction_lines(extraction: Extraction) -> list[Json]:
    """One dictionary a line: the document, its posts, what was skipped."""
    source = extraction.document.source
    posts = [to_dict(post) | {"source": source} for post in extraction.posts]
    return [to_dict(extraction.document), *posts, *(to_dict(item) for item in extraction.skipped)]


def to_dict(record: Document | Post | Skipped) -> Json:
    """A record as plain JSON values, with its ``type``."""
    if isinstance(record, Document):
        return _document(record)
    if isinstance(record, Post):
        return _post(record)
    return {
        "type": "skipped",
        "document_id": record.document_id,
        "span": _span(record.span),
        "lines": record.lines,
        "reason": str(record.reason),
        "excerpt": record.excerpt,
    }


def from_dict(line: Mapping[str, Any]) -> Document | Post | Skipped:
    """The record that :func:`to_dict` made.

    Raises:
        KeyError, ValueError: the line is not of that form.
    """
    if line["type"] == "document":
        return _read_document(line)
    if line["type"] == "post":
        return _read_post(line)
    if line["type"] == "skipped":
        reason = SkipReason(line["reason"])
        return Skipped(line["document_id"], _read_span(line["span"]), line["lines"], reason, line["excerpt"])
    raise ValueError(f"unknown type {line['type']!r}")


def _document(record: Document) -> Json:
    return {
        "type": "document",
        "id": record.id,
        "source": record.source,
        "url": record.url,
        "site": record.site,
        "title": record.title,
        "authors": list(record.authors),
        "agency": record.agency,
        **dated_fields("published_at", record.published_at),
        "section": record.section,
        "body": record.body,
        "reader_prompts": list(record.reader_prompts),
        "page_states_comments": record.page_states_comments,
        "encoding": record.encoding,
        "reference": record.reference,
        "notes": list(record.notes),
    }


def _post(record: Post) -> Json:
    line = {
        "type": "post",
        "id": record.id,
        "document_id": record.document_id,
        "kind": str(record.kind),
        "author": record.author,
        "affiliation": record.affiliation,
        "label": record.label,
        **dated_fields("posted_at", record.posted_at),
        **dated_fields("updated_at", record.updated_at),
        "votes": record.votes.value,
        "votes_kind": str(record.votes.kind),
        "votes_down": record.votes.down,
        "parent_id": record.parent_id,
        "depth": record.depth,
        "position": record.position,
        "text": record.text,
        "span": _span(record.span),
        "site_id": record.site_id,
    }
    if quotation := record.quotation:
        line |= {
            "quote_kind": str(quotation.quote_kind),
            "speaker": quotation.speaker,
            "role": quotation.role,
            "anonymous": quotation.anonymous,
            "via": list(quotation.via),
            "verb": quotation.verb,
        }
    return line


def _read_document(line: Mapping[str, Any]) -> Document:
    return Document(
        id=line["id"],
        source=line["source"],
        url=line["url"],
        site=line["site"],
        title=line["title"],
        authors=tuple(line["authors"]),
        agency=line["agency"],
        published_at=_read_dated(line, "published_at"),
        section=line["section"],
        body=line["body"],
        reader_prompts=tuple(line["reader_prompts"]),
        page_states_comments=line["page_states_comments"],
        encoding=line["encoding"],
        reference=line["reference"],
        notes=tuple(line["notes"]),
    )


def _read_post(line: Mapping[str, Any]) -> Post:
    return Post(
        id=line["id"],
        document_id=line["document_id"],
        kind=Kind(line["kind"]),
        text=line["text"],
        position=line["position"],
        author=line["author"],
        affiliation=line["affiliation"],
        label=line["label"],
        posted_at=_read_dated(line, "posted_at"),
        updated_at=_read_dated(line, "updated_at"),
        votes=Votes(line["votes"], VotesKind(line["votes_kind"]), line["votes_down"]),
        parent_id=line["parent_id"],
        depth=line["depth"],
        span=_read_span(line["span"]),
        site_id=line["site_id"],
        quotation=_read_quotation(line) if "quote_kind" in line else None,
    )


def _read_quotation(line: Mapping[str, Any]) -> Quotation:
    kind = QuoteKind(line["quote_kind"])
    return Quotation(kind, line["speaker"], line["role"], line["anonymous"], tuple(line["via"]), line["verb"])


def dated_fields(name: str, dated: Dated | None) -> Json:
    """The four values of a date: value, precision, how, raw."""
    return {
        name: dated.value if dated else None,
        f"{name}_precision": str(dated.precision) if dated and dated.precision else None,
        f"{name}_how": str(dated.how) if dated else None,
        f"{name}_raw": dated.raw if dated else None,
    }


def _read_dated(line: Mapping[str, Any], name: str) -> Dated | None:
    how = line[f"{name}_how"]
    if how is None:
        return None
    precision = line[f"{name}_precision"]
    return Dated(line[name], Precision(precision) if precision else None, DateHow(how), line[f"{name}_raw"])


def _span(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _read_span(pair: list[int] | None) -> Span | None:
    return Span(*pair) if pair else None
