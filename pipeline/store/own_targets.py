"""Targets of stance that a user added; they are kept with the posts that are labelled toward them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, select

from pipeline.store.schema import meta
from pipeline.store.writing import upsert
from pipeline.targets import Target

_KEY = "targets"


def read(connection: Connection) -> tuple[Target, ...]:
    """The user's own targets, in the order in which they were added."""
    stored = connection.execute(select(meta.c.value).where(meta.c.key == _KEY)).scalar_one_or_none()
    items = json.loads(stored) if stored else []
    return tuple(
        Target(item["key"], item["ja"], item["en"], tuple(item["aliases"]), tuple(item["guarded"])) for item in items
    )


def write(connection: Connection, targets: Sequence[Target]) -> None:
    """Replace the user's own targets."""
    value = json.dumps([asdict(target) for target in targets], ensure_ascii=False)
    upsert(connection, meta, [{"key": _KEY, "value": value}])
