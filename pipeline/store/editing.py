"""Small changes that a user makes to stored documents and posts."""

from __future__ import annotations

from sqlalchemy import Connection, delete, update

from pipeline.store.schema import bookmarks, documents
from pipeline.store.writing import upsert


def set_deleted(connection: Connection, document_id: str, *, deleted: bool) -> None:
    """Hide or show a document."""
    connection.execute(update(documents).where(documents.c.id == document_id).values(deleted=deleted))


def rename_source(connection: Connection, document_id: str, site: str | None) -> None:
    """Set the name that a user gave to a document's source."""
    connection.execute(update(documents).where(documents.c.id == document_id).values(site_given=site or None))


def bookmark(connection: Connection, post_id: str, *, on: bool) -> None:
    """Set or take away a bookmark."""
    if on:
        upsert(connection, bookmarks, [{"post_id": post_id}])
    else:
        connection.execute(delete(bookmarks).where(bookmarks.c.post_id == post_id))
