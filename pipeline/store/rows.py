"""Records to table rows and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.records import (
    Dated,
    DateHow,
    Document,
    Extraction,
    Kind,
    LabelledPost,
    Post,
    Precision,
    Prediction,
    Quotation,
    QuoteKind,
    Sentiment,
    SentimentScore,
    Skipped,
    Span,
    Stance,
    StanceScore,
    Votes,
    VotesKind,
)
from pipeline.serial import dated_fields, to_dict

Row = dict[str, Any]


def signature(extraction: Extraction, labelled: Sequence[LabelledPost]) -> str:
    """Hash of all that was extracted and predicted: equal exactly when a second save would change nothing."""
    content = [to_dict(extraction.document)]
    content += [to_dict(item) for item in extraction.posts]
    content += [to_dict(item) for item in extraction.skipped]
    content += [{"id": item.post.id, **prediction_row(item), "stances": stance_rows(item)} for item in labelled]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def document_row(document: Document, content_signature: str) -> Row:
    """Columns of ``documents``."""
    return {
        "id": document.id,
        "source": document.source,
        "url": document.url,
        "site": document.site,
        "title": document.title,
        "authors": list(document.authors),
        "agency": document.agency,
        **dated_fields("published_at", document.published_at),
        "section": document.section,
        "body": document.body,
        "reader_prompts": list(document.reader_prompts),
        "page_states_comments": document.page_states_comments,
        "encoding": document.encoding,
        "reference": document.reference,
        "notes": list(document.notes),
        "signature": content_signature,
        "deleted": False,
    }


def post_row(post: Post) -> Row:
    """Columns of ``posts``."""
    quotation = post.quotation
    return {
        "id": post.id,
        "document_id": post.document_id,
        "kind": str(post.kind),
        "author": post.author,
        "affiliation": post.affiliation,
        "label": post.label,
        **dated_fields("posted_at", post.posted_at),
        **dated_fields("updated_at", post.updated_at),
        "votes": post.votes.value,
        "votes_kind": str(post.votes.kind),
        "votes_down": post.votes.down,
        "parent_id": post.parent_id,
        "depth": post.depth,
        "position": post.position,
        "text": post.text,
        "span_start": post.span.start if post.span else None,
        "span_end": post.span.end if post.span else None,
        "site_id": post.site_id,
        "quote_kind": str(quotation.quote_kind) if quotation else None,
        "speaker": quotation.speaker if quotation else None,
        "role": quotation.role if quotation else None,
        "anonymous": quotation.anonymous if quotation else None,
        "via": list(quotation.via) if quotation else None,
        "verb": quotation.verb if quotation else None,
        "gone": False,
    }


def skipped_row(seq: int, item: Skipped) -> Row:
    """Columns of ``skipped``."""
    return {
        "document_id": item.document_id,
        "seq": seq,
        "span_start": item.span.start if item.span else None,
        "span_end": item.span.end if item.span else None,
        "lines": item.lines,
        "reason": str(item.reason),
        "excerpt": item.excerpt,
    }


def prediction_row(item: LabelledPost) -> Row:
    """Columns of ``predictions``."""
    prediction = item.prediction
    return {
        "post_id": item.post.id,
        "sentiment": str(prediction.sentiment.sentiment),
        "sentiment_confidence": prediction.sentiment.confidence,
        "sentiment_probabilities": list(prediction.sentiment.probabilities),
        "needs_review": prediction.needs_review,
        "min_confidence": _min_confidence(prediction),
        "model": prediction.model,
        "version": prediction.version,
    }


def stance_rows(item: LabelledPost) -> list[Row]:
    """Rows of ``stances``, one a target."""
    return [
        {
            "post_id": item.post.id,
            "target": target,
            "stance": str(score.stance),
            "confidence": score.confidence,
            "probabilities": list(score.probabilities),
            "evidence": [[span.start, span.end] for span in score.evidence],
            "review": score.needs_review,
        }
        for target, score in item.prediction.stances.items()
    ]


def prediction_record(row: Mapping[str, Any], stances: Mapping[str, Mapping[str, Any]]) -> Prediction:
    """The record that :func:`prediction_row` and :func:`stance_rows` made rows of; ``stances`` by target, in order."""
    scores = {
        target: StanceScore(
            Stance(stance["stance"]),
            tuple(stance["probabilities"]),
            tuple(Span(start, end) for start, end in stance["evidence"]),
            stance["review"],
        )
        for target, stance in stances.items()
    }
    moods = SentimentScore(Sentiment(row["sentiment"]), tuple(row["sentiment_probabilities"]))
    return Prediction(scores, moods, row["model"], row["version"])


def _min_confidence(prediction: Prediction) -> float:
    return min((score.confidence for score in prediction.stances.values()), default=1.0)


def post_record(row: Mapping[str, Any]) -> Post:
    """The record that :func:`post_row` made a row of."""
    quotation = None
    if row["quote_kind"]:
        quotation = Quotation(
            QuoteKind(row["quote_kind"]), row["speaker"], row["role"], row["anonymous"], tuple(row["via"]), row["verb"]
        )
    return Post(
        id=row["id"],
        document_id=row["document_id"],
        kind=Kind(row["kind"]),
        text=row["text"],
        position=row["position"],
        author=row["author"],
        affiliation=row["affiliation"],
        label=row["label"],
        posted_at=_dated(row, "posted_at"),
        updated_at=_dated(row, "updated_at"),
        votes=Votes(row["votes"], VotesKind(row["votes_kind"]), row["votes_down"]),
        parent_id=row["parent_id"],
        depth=row["depth"],
        span=Span(row["span_start"], row["span_end"]) if row["span_start"] is not None else None,
        site_id=row["site_id"],
        quotation=quotation,
    )


def _dated(row: Mapping[str, Any], name: str) -> Dated | None:
    if row[f"{name}_how"] is None:
        return None
    precision = row[f"{name}_precision"]
    how = DateHow(row[f"{name}_how"])
    return Dated(row[name], Precision(precision) if precision else None, how, row[f"{name}_raw"])
