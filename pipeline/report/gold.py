"""People's labels as gold records: the form in which the model is trained (``--labels``) and evaluated."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd

from pipeline.human_labels import SENTIMENT
from pipeline.report.masking import mask


def gold_records(posts: pd.DataFrame, human: pd.DataFrame, targets: Sequence[str]) -> list[dict[str, Any]]:
    """One record for each post that somebody labelled in full: all ``targets`` and the sentiment.

    The newest label is the label; what others gave instead stands in ``also`` and ``sentiment_also``. Contact data in
    the text is masked; nobody's name is in a record.

    Args:
        posts: the wide posts table.
        human: people's labels in force, oldest first (:func:`pipeline.report.agreement.human_table`). Those of a random
            sample are a test set, those of a queue of doubtful posts are not.
    """
    fields = (*targets, SENTIMENT)
    given: dict[str, dict[str, list[str]]] = {}
    for post_id, field, value in zip(human["post_id"], human["field"], human["value"], strict=True):
        given.setdefault(post_id, {}).setdefault(field, []).append(value)
    return [
        _record(row, {field: given[row["id"]][field] for field in fields}, targets)
        for _, row in posts.iterrows()
        if set(fields) <= set(given.get(row["id"], {}))
    ]


def gold_jsonl(records: Sequence[dict[str, Any]]) -> bytes:
    """JSON Lines."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def _record(row: pd.Series, labels: dict[str, list[str]], targets: Sequence[str]) -> dict[str, Any]:
    also = {target: _others(labels[target]) for target in targets}
    title = row.get("title")
    return {
        "id": row["id"],
        "text": mask(row["text"], "ja"),
        "title": title if isinstance(title, str) else "",
        "stance": {target: labels[target][-1] for target in targets},
        "also": {target: values for target, values in also.items() if values},
        "sentiment": labels[SENTIMENT][-1],
        "sentiment_also": _others(labels[SENTIMENT]),
        "source": row.get("site") if isinstance(row.get("site"), str) else "",
        "split": "review",
    }


def _others(values: Sequence[str]) -> list[str]:
    return sorted(set(values) - {values[-1]})
