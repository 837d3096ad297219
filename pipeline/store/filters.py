"""What to read of the store: filters, order, and whose labels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.sql.selectable import Subquery

from pipeline.store.schema import bookmarks, documents, human_labels, posts, predictions, stances

REVIEW = "review"  # shown in place of a stance whose confidence is under the calibrated threshold


class Order(StrEnum):
    """Order of posts; ties keep the order of the page."""

    ORIGINAL = "original"
    KINDS = "kinds"  # experts, readers, then quotations: an article's quotations stand before what readers say of it
    VOTES = "votes"
    TIME = "time"
    CONFIDENCE = "confidence"


class LabelSource(StrEnum):
    """Whose labels count: the model's, people's, or people's where there are some and else the model's."""

    MODEL = "model"
    HUMAN = "human"
    HUMAN_FIRST = "human_first"


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that all hold; an empty one does not restrict.

    ``stances`` needs ``target`` and may hold ``review``.
    """

    document_ids: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    target: str | None = None
    stances: tuple[str, ...] = ()
    sentiments: tuple[str, ...] = ()
    min_confidence: float | None = None
    max_confidence: float | None = None
    since: str | None = None
    until: str | None = None
    min_votes: int | None = None
    text: str = ""
    needs_review: bool | None = None
    bookmarked: bool = False
    labels: LabelSource = LabelSource.MODEL
    post_ids: tuple[str, ...] = ()


site_name: ColumnElement[str] = func.coalesce(documents.c.site_given, documents.c.site)


def human_current() -> Subquery:
    """The label in force for each post and field: the newest that nothing undoes. Columns post_id, field, value."""
    undone = select(human_labels.c.undoes).where(human_labels.c.undoes.is_not(None))
    rank = func.row_number().over(
        partition_by=(human_labels.c.post_id, human_labels.c.field),
        order_by=(human_labels.c.at.desc(), human_labels.c.uid.desc()),
    )
    ranked = (
        select(human_labels.c.post_id, human_labels.c.field, human_labels.c.value, rank.label("rank"))
        .where(human_labels.c.undoes.is_(None), human_labels.c.uid.not_in(undone))
        .subquery()
    )
    return select(ranked.c.post_id, ranked.c.field, ranked.c.value).where(ranked.c.rank == 1).subquery("human")


def stance_labels(labels: LabelSource) -> Subquery:
    """Columns post_id, target, stance (``review`` where undecided), confidence, from the source asked for."""
    shown = case((stances.c.review, literal(REVIEW)), else_=stances.c.stance)
    if labels is LabelSource.MODEL:
        return select(stances.c.post_id, stances.c.target, shown.label("stance"), stances.c.confidence).subquery(
            "labels"
        )
    human = human_current()
    on = and_(human.c.post_id == stances.c.post_id, human.c.field == stances.c.target)
    joined = stances.join(human, on, isouter=labels is LabelSource.HUMAN_FIRST)
    stance = func.coalesce(human.c.value, shown)
    query = select(stances.c.post_id, stances.c.target, stance.label("stance"), stances.c.confidence)
    return query.select_from(joined).subquery("labels")


def sentiment_labels(labels: LabelSource) -> Subquery:
    """Columns post_id, sentiment, from the source asked for."""
    if labels is LabelSource.MODEL:
        return select(predictions.c.post_id, predictions.c.sentiment).subquery("moods")
    human = human_current()
    on = and_(human.c.post_id == predictions.c.post_id, human.c.field == "sentiment")
    joined = predictions.join(human, on, isouter=labels is LabelSource.HUMAN_FIRST)
    value = func.coalesce(human.c.value, predictions.c.sentiment)
    return select(predictions.c.post_id, value.label("sentiment")).select_from(joined).subquery("moods")


def restrict(query: Select[Any], filters: Filters) -> Select[Any]:
    """Add the conditions to a query that selects from posts joined with documents."""
    return query.where(*_page_conditions(filters), *_label_conditions(filters))


def _page_conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [~documents.c.deleted, ~posts.c.gone]
    if filters.post_ids:
        conditions.append(posts.c.id.in_(filters.post_ids))
    if filters.document_ids:
        conditions.append(posts.c.document_id.in_(filters.document_ids))
    if filters.sites:
        conditions.append(site_name.in_(filters.sites))
    if filters.kinds:
        conditions.append(posts.c.kind.in_(filters.kinds))
    if filters.since:
        conditions.append(posts.c.posted_at >= filters.since)
    if filters.until:
        # A day given as the end takes in all of that day's times.
        conditions.append(func.substr(posts.c.posted_at, 1, len(filters.until)) <= filters.until)
    if filters.min_votes is not None:
        conditions.append(posts.c.votes >= filters.min_votes)
    if filters.text:
        conditions.append(posts.c.text.icontains(filters.text, autoescape=True))
    if filters.bookmarked:
        conditions.append(exists().where(bookmarks.c.post_id == posts.c.id))
    return conditions


def _label_conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.sentiments:
        moods = sentiment_labels(filters.labels)
        conditions.append(exists().where(moods.c.post_id == posts.c.id, moods.c.sentiment.in_(filters.sentiments)))
    if filters.target:
        labels = stance_labels(filters.labels)
        matching = [labels.c.post_id == posts.c.id, labels.c.target == filters.target]
        if filters.stances:
            matching.append(labels.c.stance.in_(filters.stances))
        matching += _between(labels.c.confidence, filters)
        conditions.append(exists().where(*matching))
    # Of its own, so that a count need not look up every post's prediction.
    scores = predictions.alias("scores")
    of_all = [] if filters.target else _between(scores.c.min_confidence, filters)
    if filters.needs_review is not None:
        of_all.append(scores.c.needs_review == filters.needs_review)
    if of_all:
        conditions.append(exists().where(scores.c.post_id == posts.c.id, *of_all))
    if filters.labels is LabelSource.HUMAN:
        human = human_current()
        conditions.append(exists().where(human.c.post_id == posts.c.id))
    return conditions


def _between(confidence: ColumnElement[float], filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.min_confidence is not None:
        conditions.append(confidence >= filters.min_confidence)
    if filters.max_confidence is not None:
        conditions.append(confidence <= filters.max_confidence)
    return conditions
