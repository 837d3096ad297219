"""Labels for a large table on Ray Data: the same columns as :func:`pipeline.label_table.label_table`, on many cores."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any

import pandas as pd

from pipeline.errors import RayUnavailable
from pipeline.label import CHUNK, Labeller
from pipeline.label_table import filled_texts, label_columns, with_labels


class LabelActor:
    """One process that holds the labeller and labels one batch after another."""

    def __init__(self, labeller: Labeller) -> None:
        self._labeller = labeller

    def __call__(self, batch: pd.DataFrame) -> pd.DataFrame:
        """Columns ``row, text`` to ``row, labels``; labels as JSON, so that every batch has the same schema."""
        texts = [str(content) for content in batch["text"]]
        predictions = self._labeller.predict(texts)
        labels = [
            json.dumps(label_columns(content, prediction))
            for content, prediction in zip(texts, predictions, strict=True)
        ]
        return pd.DataFrame({"row": batch["row"], "labels": labels})


def label_on_ray(
    frame: pd.DataFrame, text_column: str, labeller: Labeller, progress: Callable[[int], None] = lambda _: None
) -> pd.DataFrame:
    """Label as ``label_table`` does, with one actor a core of the Ray cluster (this computer where none is running).

    Raises:
        RayUnavailable: Ray is not installed, or it cannot start.
    """
    ray = _start()
    filled = filled_texts(frame, text_column)
    blocks = [
        pd.DataFrame(filled[start : start + CHUNK], columns=["row", "text"]) for start in range(0, len(filled), CHUNK)
    ]
    rows: dict[int, dict[str, object]] = {}
    if blocks:
        actors = ray.data.ActorPoolStrategy(min_size=1, max_size=max(1, int(ray.cluster_resources().get("CPU", 1))))
        labelled = ray.data.from_pandas(blocks).map_batches(
            LabelActor, fn_constructor_args=(labeller,), batch_format="pandas", batch_size=CHUNK, compute=actors
        )
        for batch in labelled.iter_batches(batch_size=None, batch_format="pandas"):
            rows |= {int(row): json.loads(labels) for row, labels in zip(batch["row"], batch["labels"], strict=True)}
            progress(len(rows))
    return with_labels(frame, rows, labeller)


def _start() -> Any:
    """Ray, running; what it would send about its use stays here."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise RayUnavailable(detail=str(error)) from error
    try:
        ray.init(ignore_reinit_error=True, include_dashboard=False, log_to_driver=False, logging_level="error")
    except (OSError, RuntimeError, ConnectionError) as error:
        raise RayUnavailable(detail=str(error)) from error
    ray.data.DataContext.get_current().enable_progress_bars = False
    return ray
