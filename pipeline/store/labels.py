"""The log of people's labels: entries are added, never changed; relabelling and reading again leave it alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.human_labels import HumanLabel, Sample, make_labels, make_undo, newest_decision, next_time
from pipeline.store.connect import Store
from pipeline.store.filters import Filters, restrict
from pipeline.store.schema import documents, human_labels, posts, predictions

# SQLite takes some thousand parameters in one statement.
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Merged:
    """What an import brought: entries added, those known before, and added ones whose post is not stored (yet)."""

    added: int
    known: int
    without_post: int


class LabelLog:
    """People's labels in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def label(
        self,
        post_id: str,
        values: Mapping[str, str],
        annotator: str,
        *,
        reason: str | None = None,
        sample: Sample | None = None,
    ) -> list[HumanLabel]:
        """Add one decision: values by target key, or ``sentiment``. Kept as a whole or not at all.

        Raises:
            ValueError: a value is no stance or sentiment, or the annotator is blank.
            StoreUnavailable: it could not be kept.
        """
        with self._store.transaction() as connection:
            at = next_time(_newest(connection, post_id))
            made = make_labels(post_id, values, annotator, at, reason=reason or None, sample=sample)
            _append(connection, made)
        return made

    def undo(self, annotator: str) -> list[HumanLabel]:
        """Take back the newest decision of ``annotator``; returns its labels, none where there is nothing to undo."""
        with self._store.transaction() as connection:
            mine = select(human_labels).where(human_labels.c.annotator == annotator)
            undone = newest_decision(_read(connection, mine), annotator)
            if undone:
                at = next_time(_newest(connection, undone[0].post_id))
                _append(connection, [make_undo(label, annotator, at) for label in undone])
        return undone

    def merge(self, entries: Sequence[HumanLabel]) -> Merged:
        """Add another log's entries; those here already stay as they are. Order and repetition change nothing."""
        unique = list({entry.uid: entry for entry in entries}.values())
        with self._store.transaction() as connection:
            before = _count(connection)
            _append(connection, unique)
            added = _count(connection) - before
            stored = set(connection.execute(select(posts.c.id)).scalars())
        return Merged(added, len(unique) - added, sum(entry.post_id not in stored for entry in unique))

    def post_ids(self, filters: Filters) -> list[str]:
        """Ids of all posts under the filters, to draw a sample from."""
        query = restrict(select(posts.c.id).select_from(posts.join(documents).outerjoin(predictions)), filters)
        with self._store.transaction() as connection:
            return list(connection.execute(query.order_by(posts.c.id)).scalars())

    def entries(self, post_id: str | None = None) -> list[HumanLabel]:
        """The whole log, or one post's, oldest first."""
        query = select(human_labels)
        if post_id is not None:
            query = query.where(human_labels.c.post_id == post_id)
        with self._store.transaction() as connection:
            return _read(connection, query)


def _read(connection: Connection, query: object) -> list[HumanLabel]:
    ordered = query.order_by(human_labels.c.at, human_labels.c.uid)  # type: ignore[attr-defined]  # a Select of the table
    return [HumanLabel(**row) for row in connection.execute(ordered).mappings()]


def _newest(connection: Connection, post_id: str) -> str | None:
    query = select(func.max(human_labels.c.at)).where(human_labels.c.post_id == post_id)
    newest: str | None = connection.execute(query).scalar_one()
    return newest


def _count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(human_labels)).scalar_one())


def _append(connection: Connection, entries: Sequence[HumanLabel]) -> None:
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = make(human_labels).on_conflict_do_nothing(index_elements=["uid"])
    for start in range(0, len(entries), _CHUNK):
        connection.execute(statement, [asdict(entry) for entry in entries[start : start + _CHUNK]])
