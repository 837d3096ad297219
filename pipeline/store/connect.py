"""Opening a store, and the one object that the rest of the program reads and writes through."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from platformdirs import user_data_path
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from pipeline.errors import BadStoreAddress, StoreUnavailable
from pipeline.records import Extraction, LabelledPost, Post, Prediction
from pipeline.store import editing, known, own_targets, reading, writing
from pipeline.store.filters import Filters, Order
from pipeline.store.schema import migrate
from pipeline.targets import Target

# Another process may hold SQLite's write lock while it imports a large folder.
LOCK_SECONDS = 10.0


def default_url() -> str:
    """``TACHIBA_DB``, else a SQLite file in the user's data folder."""
    if url := os.environ.get("TACHIBA_DB"):
        return url
    return f"sqlite:///{user_data_path('tachiba', appauthor=False) / 'tachiba.sqlite3'}"


def open_store(url: str | None = None) -> Store:
    """Open the database, creating or migrating its tables.

    Raises:
        BadStoreAddress: the address is malformed, or of a kind of database that is not known here.
        StoreUnavailable: no such database, no rights, locked or full.
        StoreTooNew: it was written by a newer version.
    """
    address = url or default_url()
    store = Store(_engine(address))
    with store.transaction() as connection:
        migrate(connection, store.name)
    return store


def _engine(address: str) -> Engine:
    try:
        parsed = make_url(address)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.drivername.startswith("sqlite"):
            if parsed.database and parsed.database != ":memory:":
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(parsed, connect_args={"timeout": LOCK_SECONDS})
            event.listen(engine, "connect", _set_pragmas)
            return engine
        return create_engine(parsed, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise BadStoreAddress(url=address, detail=_first_line(error)) from error
    except OSError as error:
        raise StoreUnavailable(url=address, detail=_first_line(error)) from error


def _set_pragmas(connection: object, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]  # the DBAPI's connection has no type of its own
    # WAL: the dashboard reads while an import writes. NORMAL loses nothing when the program is killed.
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _first_line(error: BaseException) -> str:
    cause = getattr(error, "orig", None) or error
    return next(iter(str(cause).strip().splitlines()), type(cause).__name__)


class Store:
    """Documents, posts and their labels. Every method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name = engine.url.render_as_string(hide_password=True)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection whose work is kept as a whole or not at all.

        Raises:
            StoreUnavailable: the database failed; nothing of this transaction was kept.
        """
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreUnavailable(url=self.name, detail=_first_line(error)) from error

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def save(self, extraction: Extraction, labelled: Sequence[LabelledPost]) -> writing.SaveResult:
        """Write one document with its posts and predictions; a second time changes nothing."""
        with self.transaction() as connection:
            return writing.save(connection, extraction, labelled)

    def save_predictions(self, labelled: Sequence[LabelledPost]) -> None:
        """Replace the predictions of stored posts, as after a new target or model."""
        with self.transaction() as connection:
            writing.save_predictions(connection, labelled)

    def known_predictions(
        self, posts: Sequence[Post], model: str, version: str, targets: Sequence[str]
    ) -> dict[str, Prediction]:
        """What this version of the model has stored of these very texts and targets, by post id."""
        with self.transaction() as connection:
            return known.known_predictions(connection, posts, model, version, targets)

    def documents(self) -> pd.DataFrame:
        """One row a document, with counts of its experts, readers, quotations and skipped parts."""
        with self.transaction() as connection:
            return reading.documents_table(connection)

    def posts(
        self,
        filters: Filters | None = None,
        order: Order = Order.ORIGINAL,
        limit: int | None = None,
        offset: int = 0,
    ) -> pd.DataFrame:
        """The wide table: one row a post with its document, its prediction and its human labels."""
        with self.transaction() as connection:
            return reading.posts_table(connection, filters or Filters(), order, limit, offset)

    def iter_posts(self, *, chunk: int = 1000) -> Iterator[list[Post]]:
        """All stored posts as records, in chunks, for labelling anew."""
        last = ""
        while True:
            with self.transaction() as connection:
                posts = reading.post_records(connection, after=last, limit=chunk)
            if not posts:
                return
            yield posts
            last = posts[-1].id

    def count(self, filters: Filters | None = None) -> int:
        """Number of posts."""
        with self.transaction() as connection:
            return reading.count(connection, filters or Filters())

    def stance_counts(self, filters: Filters | None = None, by: Sequence[str] = ("kind",)) -> pd.DataFrame:
        """Posts and votes for each target, stance and group. Columns: *by, target, stance, n, votes, n_with_votes."""
        with self.transaction() as connection:
            return reading.stance_counts(connection, filters or Filters(), tuple(by))

    def sentiment_counts(self, filters: Filters | None = None, by: Sequence[str] = ("kind",)) -> pd.DataFrame:
        """Posts for each sentiment and group. Columns: *by, sentiment, n."""
        with self.transaction() as connection:
            return reading.sentiment_counts(connection, filters or Filters(), tuple(by))

    def skipped(self, document_id: str | None = None) -> pd.DataFrame:
        """What of the pages is in no record, and why."""
        with self.transaction() as connection:
            return reading.skipped_table(connection, document_id)

    def targets(self) -> tuple[str, ...]:
        """Keys of the targets that posts are labelled toward."""
        with self.transaction() as connection:
            return reading.targets(connection)

    def own_targets(self) -> tuple[Target, ...]:
        """Targets that a user added to those of the targets' file."""
        with self.transaction() as connection:
            return own_targets.read(connection)

    def set_own_targets(self, targets: Sequence[Target]) -> None:
        """Replace the targets that a user added; stored posts keep their labels until they are labelled anew."""
        with self.transaction() as connection:
            own_targets.write(connection, targets)

    def delete_document(self, document_id: str) -> None:
        """Hide a document and its posts; :meth:`restore_document` brings it back."""
        with self.transaction() as connection:
            editing.set_deleted(connection, document_id, deleted=True)

    def restore_document(self, document_id: str) -> None:
        """Undo :meth:`delete_document`."""
        with self.transaction() as connection:
            editing.set_deleted(connection, document_id, deleted=False)

    def rename_source(self, document_id: str, site: str | None) -> None:
        """Give a document's source a name of the user's own; None takes it back."""
        with self.transaction() as connection:
            editing.rename_source(connection, document_id, site)

    def bookmark(self, post_id: str, *, on: bool) -> None:
        """Set or take away a bookmark."""
        with self.transaction() as connection:
            editing.bookmark(connection, post_id, on=on)
