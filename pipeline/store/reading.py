"""Reading: tables of documents and posts, and counts that the database makes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Column, ColumnElement, Connection, Row, Select, and_, case, func, literal, select

from pipeline.records import Kind, Post, VotesKind
from pipeline.store.filters import (
    Filters,
    Order,
    human_current,
    restrict,
    sentiment_labels,
    site_name,
    stance_labels,
)
from pipeline.store.rows import post_record
from pipeline.store.schema import bookmarks, documents, posts, predictions, pseudonyms, skipped, stances

_PLACED = posts.join(documents)
_NUMBERED = _PLACED.outerjoin(predictions).outerjoin(
    pseudonyms, and_(pseudonyms.c.kind == posts.c.kind, pseudonyms.c.author == posts.c.author)
)
# SQLite takes some thousand parameters in one statement.
_IDS_PER_STATEMENT = 5000
_MISSING_LAST = "~"  # sorts after every ISO date

# The id as an expression, which no index serves: SQLite then goes from each post to its labels by their key. Without
# statistics it would go through all labels in the order of another index, which takes three times as long.
_EACH_ID = posts.c.id + literal("")
_KINDS = (Kind.EXPERT, Kind.READER, Kind.QUOTATION)

# What a post weighs where votes are counted: its approval. Down-votes alone tell of none; a negative balance is none.
_WEIGHT = case((posts.c.votes_kind == VotesKind.DOWN, None), (posts.c.votes < 0, 0), else_=posts.c.votes)

_GROUPS: dict[str, ColumnElement[Any]] = {
    "kind": posts.c.kind,
    "site": site_name,
    "document_id": posts.c.document_id,
    "month": func.substr(posts.c.posted_at, 1, 7),
    "day": func.substr(posts.c.posted_at, 1, 10),
    "speaker": posts.c.speaker,
}


def count(connection: Connection, filters: Filters) -> int:
    """Number of posts under the filters."""
    query: Select[Any] = select(func.count()).select_from(_PLACED)
    return int(connection.execute(restrict(query, filters)).scalar_one())


def targets(connection: Connection) -> tuple[str, ...]:
    """Keys of the labelled targets."""
    return tuple(connection.execute(select(stances.c.target).distinct().order_by(stances.c.target)).scalars())


def documents_table(connection: Connection) -> pd.DataFrame:
    """One row a document that is not deleted; counts of posts by kind and of skipped parts."""
    per_kind = [
        func.coalesce(func.sum(case((posts.c.kind == kind, 1), else_=0)), 0).label(name)
        for kind, name in (("expert", "experts"), ("reader", "readers"), ("quotation", "quotations"))
    ]
    counted = (
        select(posts.c.document_id, *per_kind).where(~posts.c.gone).group_by(posts.c.document_id).subquery("counted")
    )
    left = (
        select(skipped.c.document_id, func.count().label("skipped"))
        .group_by(skipped.c.document_id)
        .subquery("left_out")
    )
    query = (
        select(
            documents,
            site_name.label("site_shown"),
            *(func.coalesce(counted.c[name], 0).label(name) for name in ("experts", "readers", "quotations")),
            func.coalesce(left.c.skipped, 0).label("skipped"),
        )
        .select_from(
            documents.outerjoin(counted, counted.c.document_id == documents.c.id).outerjoin(
                left, left.c.document_id == documents.c.id
            )
        )
        .where(~documents.c.deleted)
        .order_by(documents.c.source, documents.c.id)
    )
    frame = _frame(connection, query)
    return frame.assign(site=frame["site_shown"]).drop(columns=["site_shown", "signature", "deleted"])


def skipped_table(connection: Connection, document_id: str | None) -> pd.DataFrame:
    """Parts of the pages that are in no record."""
    query = select(skipped).join(documents).where(~documents.c.deleted)
    if document_id:
        query = query.where(skipped.c.document_id == document_id)
    return _frame(connection, query.order_by(skipped.c.document_id, skipped.c.seq))


def stance_counts(connection: Connection, filters: Filters, by: tuple[str, ...]) -> pd.DataFrame:
    """Counts for each target, stance and group of ``by`` (keys of ``_GROUPS`` and "sentiment")."""
    labels = stance_labels(filters.labels)
    moods = sentiment_labels(filters.labels)
    source = _PLACED.join(labels, labels.c.post_id == _EACH_ID)
    groups = _groups(by, moods.c.sentiment)
    if "sentiment" in by:
        source = source.join(moods, moods.c.post_id == _EACH_ID)
    query: Select[Any] = (
        select(
            *groups,
            labels.c.target,
            labels.c.stance,
            func.count().label("n"),
            func.coalesce(func.sum(_WEIGHT), 0).label("votes"),
            func.count(_WEIGHT).label("n_with_votes"),
        )
        .select_from(source)
        .group_by(*(group.element for group in groups), labels.c.target, labels.c.stance)
    )
    return _frame(connection, restrict(query, filters))


def sentiment_counts(connection: Connection, filters: Filters, by: tuple[str, ...]) -> pd.DataFrame:
    """Counts for each sentiment and group of ``by``."""
    moods = sentiment_labels(filters.labels)
    groups = _groups(by, moods.c.sentiment)
    query: Select[Any] = (
        select(*groups, moods.c.sentiment, func.count().label("n"))
        .select_from(_PLACED.join(moods, moods.c.post_id == _EACH_ID))
        .group_by(*(group.element for group in groups), moods.c.sentiment)
    )
    return _frame(connection, restrict(query, filters))


def posts_table(connection: Connection, filters: Filters, order: Order, limit: int | None, offset: int) -> pd.DataFrame:
    """The wide table of posts; see the column list in :class:`pipeline.store.Store`."""
    query: Select[Any] = (
        select(
            posts,
            site_name.label("site"),
            documents.c.title,
            documents.c.url,
            documents.c.source,
            documents.c.section,
            predictions.c.sentiment,
            predictions.c.sentiment_confidence,
            predictions.c.sentiment_probabilities,
            predictions.c.needs_review,
            predictions.c.min_confidence,
            predictions.c.model,
            predictions.c.version.label("model_version"),
            pseudonyms.c.number.label("author_number"),
        )
        .select_from(_NUMBERED)
        .order_by(*_ordering(order))
    )
    # Ids are put in order first: sorting whole rows, texts and all, to show twenty of them takes seconds.
    query = (
        restrict(query, filters) if limit is None else query.where(posts.c.id.in_(_page(filters, order, limit, offset)))
    )
    frame = _frame(connection, query).drop(columns=["gone"])
    for column in ("votes", "votes_down", "depth", "span_start", "span_end", "author_number"):
        if column in frame:
            frame[column] = frame[column].astype("Int64")
    ids = frame["id"].tolist()
    frame["bookmarked"] = frame["id"].isin(_bookmarked(connection))
    return _with_human(connection, _with_stances(connection, frame, ids), ids)


def _page(filters: Filters, order: Order, limit: int, offset: int) -> Select[Any]:
    sorted_by = _PLACED.outerjoin(predictions) if order is Order.CONFIDENCE else _PLACED
    query: Select[Any] = select(posts.c.id).select_from(sorted_by).order_by(*_ordering(order))
    return restrict(query, filters).limit(limit).offset(offset)


def post_records(connection: Connection, *, after: str, limit: int) -> list[Post]:
    """Stored posts as records, by id, those after ``after``."""
    query = (
        select(posts)
        .join(documents)
        .where(posts.c.id > after, ~posts.c.gone, ~documents.c.deleted)
        .order_by(posts.c.id)
        .limit(limit)
    )
    return [post_record(dict(row)) for row in connection.execute(query).mappings()]


def _groups(by: tuple[str, ...], sentiment: ColumnElement[Any]) -> list[Any]:
    return [(sentiment if name == "sentiment" else _GROUPS[name]).label(name) for name in by]


def _ordering(order: Order) -> Sequence[ColumnElement[Any]]:
    original: tuple[ColumnElement[Any], ...] = (documents.c.source, documents.c.id, posts.c.position, _EACH_ID)
    if order is Order.KINDS:
        return (case({str(kind): at for at, kind in enumerate(_KINDS)}, value=posts.c.kind), *original)
    if order is Order.VOTES:
        return (func.coalesce(posts.c.votes, -1).desc(), *original)
    if order is Order.TIME:
        return (func.coalesce(posts.c.posted_at, _MISSING_LAST), *original)
    if order is Order.CONFIDENCE:
        return (func.coalesce(predictions.c.min_confidence, 2.0), *original)
    return original


def _bookmarked(connection: Connection) -> list[str]:
    return list(connection.execute(select(bookmarks.c.post_id)).scalars())


def rows_of(connection: Connection, query: Select[Any], column: Column[str], ids: Sequence[str]) -> Iterator[Row[Any]]:
    """Rows of a query whose ``column`` is one of ``ids``, in statements of bounded length."""
    for start in range(0, len(ids), _IDS_PER_STATEMENT):
        yield from connection.execute(query.where(column.in_(ids[start : start + _IDS_PER_STATEMENT])))


def _with_stances(connection: Connection, frame: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
    columns: dict[str, dict[str, Any]] = {}
    for row in rows_of(connection, select(stances), stances.c.post_id, ids):
        name = f"stance_{row.target}"
        columns.setdefault(name, {})[row.post_id] = row.stance
        columns.setdefault(f"{name}_confidence", {})[row.post_id] = row.confidence
        columns.setdefault(f"{name}_probabilities", {})[row.post_id] = json.dumps(row.probabilities)
        columns.setdefault(f"{name}_evidence", {})[row.post_id] = json.dumps(row.evidence)
        columns.setdefault(f"{name}_review", {})[row.post_id] = row.review
    added = {name: frame["id"].map(values) for name, values in columns.items()}
    return pd.concat([frame, pd.DataFrame(added, index=frame.index)], axis=1)


def _with_human(connection: Connection, frame: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
    human = human_current()
    wanted = set(ids)
    columns: dict[str, dict[str, str]] = {}
    for row in connection.execute(select(human)):
        if row.post_id in wanted:
            name = "human_sentiment" if row.field == "sentiment" else f"human_stance_{row.field}"
            columns.setdefault(name, {})[row.post_id] = row.value
    return frame.assign(**{name: frame["id"].map(values) for name, values in columns.items()})


def _frame(connection: Connection, query: Select[Any]) -> pd.DataFrame:
    result = connection.execute(query)
    return pd.DataFrame(result.mappings().all(), columns=list(result.keys()))
