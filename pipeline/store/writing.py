"""Writing: one transaction a document, the same input twice changes nothing, human labels are never touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.records import Extraction, Kind, LabelledPost
from pipeline.store import rows
from pipeline.store.schema import documents, posts, predictions, pseudonyms, skipped, stances

# SQLite allows some thousand parameters a statement.
_PER_STATEMENT = 500


@dataclass(frozen=True, slots=True)
class SaveResult:
    """Posts that a save added, changed, found no longer on the page, or left as they were."""

    added: int = 0
    changed: int = 0
    gone: int = 0
    unchanged: int = 0

    def __add__(self, other: SaveResult) -> SaveResult:
        return SaveResult(
            self.added + other.added,
            self.changed + other.changed,
            self.gone + other.gone,
            self.unchanged + other.unchanged,
        )


def save(connection: Connection, extraction: Extraction, labelled: Sequence[LabelledPost]) -> SaveResult:
    """Write one document with all that belongs to it, inside the caller's transaction."""
    document_id = extraction.document.id
    signature = rows.signature(extraction, labelled)
    stored = connection.execute(
        select(documents.c.signature, documents.c.deleted).where(documents.c.id == document_id)
    ).one_or_none()
    if stored is not None and stored.signature == signature and not stored.deleted:
        return SaveResult(unchanged=len(extraction.posts))
    upsert(connection, documents, [rows.document_row(extraction.document, signature)])
    result = _save_posts(connection, extraction)
    connection.execute(delete(skipped).where(skipped.c.document_id == document_id))
    _insert(connection, skipped, [rows.skipped_row(seq, item) for seq, item in enumerate(extraction.skipped)])
    save_predictions(connection, labelled)
    return result


def save_predictions(connection: Connection, labelled: Sequence[LabelledPost]) -> None:
    """Replace the predictions of these posts; targets no longer predicted go."""
    upsert(connection, predictions, [rows.prediction_row(item) for item in labelled])
    for start in range(0, len(labelled), _PER_STATEMENT):
        ids = [item.post.id for item in labelled[start : start + _PER_STATEMENT]]
        connection.execute(delete(stances).where(stances.c.post_id.in_(ids)))
    _insert(connection, stances, [row for item in labelled for row in rows.stance_rows(item)])


def _save_posts(connection: Connection, extraction: Extraction) -> SaveResult:
    document_id = extraction.document.id
    known = {
        row["id"]: dict(row)
        for row in connection.execute(select(posts).where(posts.c.document_id == document_id)).mappings()
    }
    wanted = {post.id: rows.post_row(post) for post in extraction.posts}
    added = [row for key, row in wanted.items() if key not in known]
    changed = [row for key, row in wanted.items() if key in known and row != known[key]]
    gone = [key for key, row in known.items() if key not in wanted and not row["gone"]]
    upsert(connection, posts, added + changed)
    _number_authors(connection, added + changed)
    for key in gone:
        connection.execute(update(posts).where(posts.c.id == key).values(gone=True))
    return SaveResult(len(added), len(changed), len(gone), len(wanted) - len(added) - len(changed))


def _number_authors(connection: Connection, post_rows: Sequence[rows.Row]) -> None:
    """Give each author met for the first time the next number of its kind."""
    met = list(dict.fromkeys((row["kind"], row["author"]) for row in post_rows if row["author"]))
    known = _known_authors(connection, [author for _, author in met])
    new = [pair for pair in met if pair not in known]
    if not new:
        return
    highest = select(pseudonyms.c.kind, func.max(pseudonyms.c.number).label("number")).group_by(pseudonyms.c.kind)
    last = Counter({row.kind: row.number for row in connection.execute(highest)})
    added = []
    for kind, author in new:
        last[kind] += 1
        added.append({"kind": kind, "author": author, "number": last[kind]})
    _insert(connection, pseudonyms, added)


def _known_authors(connection: Connection, names: Sequence[str]) -> set[tuple[str, str]]:
    """Kind and name of those that have a number; no others are read, as a large store knows hundreds of thousands."""
    known: set[tuple[str, str]] = set()
    for start in range(0, len(names), _PER_STATEMENT):
        asked = select(pseudonyms.c.kind, pseudonyms.c.author).where(
            pseudonyms.c.kind.in_(map(str, Kind)), pseudonyms.c.author.in_(names[start : start + _PER_STATEMENT])
        )
        known |= {(row.kind, row.author) for row in connection.execute(asked)}
    return known


def upsert(connection: Connection, table: Table, new_rows: Sequence[rows.Row]) -> None:
    """Insert rows; where the primary key is there, overwrite the columns given."""
    if not new_rows:
        return
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = make(table)
    keys = [column.name for column in table.primary_key]
    others = {name: statement.excluded[name] for name in new_rows[0] if name not in keys}
    if others:
        statement = statement.on_conflict_do_update(index_elements=keys, set_=others)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    connection.execute(statement, list(new_rows))


def _insert(connection: Connection, table: Table, new_rows: Sequence[rows.Row]) -> None:
    if new_rows:
        connection.execute(insert(table), list(new_rows))
