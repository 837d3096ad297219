"""Predictions that are stored already, as records: what this version of a model has labelled is not labelled anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from pipeline.records import Post, Prediction
from pipeline.store.reading import rows_of
from pipeline.store.rows import prediction_record
from pipeline.store.schema import posts as posts_table
from pipeline.store.schema import predictions, stances


def known_predictions(
    connection: Connection, posts: Sequence[Post], model: str, version: str, targets: Sequence[str]
) -> dict[str, Prediction]:
    """Predictions by post id, for those ``posts`` whose very text this version of the model has labelled.

    A post whose text changed is not among them (a site's own id stays when a reader edits), nor is one with a label
    toward other targets than these, which are given as keys.
    """
    texts = {post.id: post.text for post in posts}
    query = (
        select(predictions, posts_table.c.text)
        .join(posts_table)
        .where(predictions.c.model == model, predictions.c.version == version)
    )
    stored = rows_of(connection, query, predictions.c.post_id, list(texts))
    rows = {row.post_id: row._asdict() for row in stored if row.text == texts[row.post_id]}
    scores: defaultdict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in rows_of(connection, select(stances), stances.c.post_id, list(rows)):
        scores[row.post_id][row.target] = row._asdict()
    return {
        key: prediction_record(row, {target: scores[key][target] for target in targets})
        for key, row in rows.items()
        if scores[key].keys() == set(targets)
    }
