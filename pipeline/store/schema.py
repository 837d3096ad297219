"""Tables, and the migrations that bring an older database to them."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    update,
)

from pipeline.errors import StoreTooNew

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String(32), primary_key=True), Column("value", Text, nullable=False))

documents = Table(
    "documents",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("source", Text, nullable=False),
    Column("url", Text),
    Column("site", Text),
    Column("site_given", Text),  # the name that a user gave; wins over `site`
    Column("title", Text),
    Column("authors", JSON, nullable=False),
    Column("agency", Text),
    Column("published_at", String(32)),
    Column("published_at_precision", String(8)),
    Column("published_at_how", String(8)),
    Column("published_at_raw", Text),
    Column("section", Text),
    Column("body", Text, nullable=False),
    Column("reader_prompts", JSON, nullable=False),
    Column("page_states_comments", Integer),
    Column("encoding", Text),
    Column("reference", Text),
    Column("notes", JSON, nullable=False),
    Column("signature", String(64), nullable=False),  # of all that was extracted and predicted
    Column("deleted", Boolean, nullable=False, default=False),
)

posts = Table(
    "posts",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("document_id", String(16), ForeignKey("documents.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("author", Text),
    Column("affiliation", Text),
    Column("label", Text),
    Column("posted_at", String(32)),
    Column("posted_at_precision", String(8)),
    Column("posted_at_how", String(8)),
    Column("posted_at_raw", Text),
    Column("updated_at", String(32)),
    Column("updated_at_precision", String(8)),
    Column("updated_at_how", String(8)),
    Column("updated_at_raw", Text),
    Column("votes", Integer),
    Column("votes_kind", String(8), nullable=False),
    Column("votes_down", Integer),
    Column("parent_id", String(16)),
    Column("depth", Integer),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("span_start", Integer),
    Column("span_end", Integer),
    Column("site_id", Text),
    Column("quote_kind", String(16)),
    Column("speaker", Text),
    Column("role", Text),
    Column("anonymous", Boolean),
    Column("via", JSON),
    Column("verb", Text),
    # No longer found when its page was read again; kept, because people may have labelled it.
    Column("gone", Boolean, nullable=False, default=False),
    Index("posts_by_document", "document_id", "position"),
    Index("posts_by_time", "posted_at"),
    Index("posts_by_votes", "votes"),
)

skipped = Table(
    "skipped",
    metadata,
    Column("document_id", String(16), ForeignKey("documents.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("span_start", Integer),
    Column("span_end", Integer),
    Column("lines", Integer, nullable=False),
    Column("reason", String(16), nullable=False),
    Column("excerpt", Text, nullable=False),
)

predictions = Table(
    "predictions",
    metadata,
    Column("post_id", String(16), ForeignKey("posts.id"), primary_key=True),
    Column("sentiment", String(8), nullable=False),
    Column("sentiment_confidence", Float, nullable=False),
    Column("sentiment_probabilities", JSON, nullable=False),
    Column("needs_review", Boolean, nullable=False),
    Column("min_confidence", Float, nullable=False),
    Column("model", Text, nullable=False),
    Column("version", Text, nullable=False),
    Index("predictions_by_confidence", "min_confidence"),
)

stances = Table(
    "stances",
    metadata,
    Column("post_id", String(16), ForeignKey("posts.id"), primary_key=True),
    Column("target", String(32), primary_key=True),
    Column("stance", String(8), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("probabilities", JSON, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("review", Boolean, nullable=False),
    Index("stances_by_label", "target", "stance"),
)

# Append-only. `field` is a target's key or "sentiment"; a row that undoes another names it in `undoes`.
# No foreign key: labels of another person may come before the page that they belong to.
human_labels = Table(
    "human_labels",
    metadata,
    Column("uid", String(32), primary_key=True),
    Column("post_id", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("value", String(16)),
    Column("annotator", Text, nullable=False),
    Column("at", String(32), nullable=False),  # ISO 8601, UTC, microseconds: sorts as text
    Column("reason", Text),
    Column("undoes", String(32)),
    Column("sample", String(16)),  # how the post came up: queue, disagreement, random
    Index("human_labels_by_post", "post_id", "field"),
)

# Numbers given to authors in the order in which they are first met, so that 読者03 stays 読者03.
pseudonyms = Table(
    "pseudonyms",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("author", Text, primary_key=True),
    Column("number", Integer, nullable=False),
)

bookmarks = Table("bookmarks", metadata, Column("post_id", String(16), ForeignKey("posts.id"), primary_key=True))

# Classroom rooms. Secrets and tokens are hashes; a pupil is a number; nothing here tells who anybody is.
rooms = Table(
    "rooms",
    metadata,
    Column("code", String(6), primary_key=True),
    Column("secret_hash", String(64), nullable=False),
    Column("phase", String(8), nullable=False),
    Column("fields", JSON, nullable=False),
    Column("joined", Integer, nullable=False),
    Column("ballots", Integer, nullable=False),
)

room_posts = Table(
    "room_posts",
    metadata,
    Column("code", String(6), ForeignKey("rooms.code"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("post_id", String(16), ForeignKey("posts.id"), nullable=False),
)

room_pupils = Table(
    "room_pupils",
    metadata,
    Column("code", String(6), ForeignKey("rooms.code"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("token_hash", String(64), nullable=False),
)

room_votes = Table(
    "room_votes",
    metadata,
    Column("code", String(6), ForeignKey("rooms.code"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("post_id", String(16), primary_key=True),
    Column("field", String(32), primary_key=True),
    Column("value", String(8), nullable=False),
)

# MIGRATIONS[n] brings version n to n + 1; an empty database gets the newest tables at once.
MIGRATIONS: tuple[Callable[[Connection], None], ...] = ()
VERSION = len(MIGRATIONS) + 1


def migrate(connection: Connection, url: str) -> None:
    """Create the tables, or bring them to this version.

    Raises:
        StoreTooNew: the database is of a newer version.
    """
    if not inspect(connection).has_table("meta"):
        metadata.create_all(connection)
        connection.execute(insert(meta).values(key="version", value=str(VERSION)))
        return
    found = int(connection.execute(select(meta.c.value).where(meta.c.key == "version")).scalar_one())
    if found > VERSION:
        raise StoreTooNew(url=url, found=found, known=VERSION)
    for step in MIGRATIONS[found - 1 :]:
        step(connection)
    if found < VERSION:
        connection.execute(update(meta).where(meta.c.key == "version").values(value=str(VERSION)))
