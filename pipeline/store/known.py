"""Predictions that are stored already, as records: what this version of a model has labelled is not labelled anew."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from pipeline.records import Post, Prediction, Sentiment, SentimentScore, Span, Stance, StanceScore
from pipeline.store.schema import IDS_PER_STATEMENT, predictions, stances
from pipeline.store.schema import posts as posts_table


def known_predictions(
    connection: Connection, posts: Sequence[Post], model: str, version: str, targets: Sequence[str]
) -> dict[str, Prediction]:
    """Predictions by post id, for those ``posts`` whose very text this version of the model has labelled.

    A post whose text changed is not among them (a site's own id stays when a reader edits), nor is one with a label
    toward other targets than these, which are given as keys.
    """
    texts = {post.id: post.text for post in posts}
    ids = list(texts)
    found: dict[str, Prediction] = {}
    for start in range(0, len(ids), IDS_PER_STATEMENT):
        found |= _known(connection, ids[start : start + IDS_PER_STATEMENT], texts, (model, version), targets)
    return found


def _known(
    connection: Connection, ids: Sequence[str], texts: dict[str, str], made_by: tuple[str, str], targets: Sequence[str]
) -> dict[str, Prediction]:
    model, version = made_by
    query = (
        select(predictions, posts_table.c.text)
        .join(posts_table)
        .where(predictions.c.post_id.in_(ids), predictions.c.model == model, predictions.c.version == version)
    )
    rows = {row.post_id: row for row in connection.execute(query) if row.text == texts[row.post_id]}
    scores: dict[str, dict[str, StanceScore]] = {key: {} for key in rows}
    for row in connection.execute(select(stances).where(stances.c.post_id.in_(list(rows)))):
        evidence = tuple(Span(start, end) for start, end in row.evidence)
        score = StanceScore(Stance(row.stance), tuple(row.probabilities), evidence, row.review)
        scores[row.post_id][row.target] = score
    return {
        key: Prediction(
            stances={target: scores[key][target] for target in targets},
            sentiment=SentimentScore(Sentiment(row.sentiment), tuple(row.sentiment_probabilities)),
            model=model,
            version=version,
        )
        for key, row in rows.items()
        if scores[key].keys() == set(targets)
    }
