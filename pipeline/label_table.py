"""Labels for a table with a text column: every input column and row stays, in its order; the labels are added."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from pipeline.label import CHUNK, Labeller
from pipeline.records import Prediction, Span


def label_table(
    frame: pd.DataFrame,
    text_column: str,
    labeller: Labeller,
    progress: Callable[[int], None] = lambda _: None,
) -> pd.DataFrame:
    """Add sentiment, stances, evidence, needs_review and model to each row whose text is not empty.

    A row without text keeps empty labels. A column of the input that bears the name of a label column is renamed
    ``NAME_input``, so that nothing of the input is lost.
    """
    filled = filled_texts(frame, text_column)
    rows: dict[int, dict[str, object]] = {}
    for start in range(0, len(filled), CHUNK):
        chunk = filled[start : start + CHUNK]
        predictions = labeller.predict([content for _, content in chunk])
        for (index, content), prediction in zip(chunk, predictions, strict=True):
            rows[index] = label_columns(content, prediction)
        progress(start + len(chunk))
    return with_labels(frame, rows, labeller)


def filled_texts(frame: pd.DataFrame, text_column: str) -> list[tuple[int, str]]:
    """Row number and text of each row whose text is not empty."""
    texts = ["" if pd.api.types.is_scalar(value) and pd.isna(value) else str(value) for value in frame[text_column]]
    return [(index, content) for index, content in enumerate(texts) if content.strip()]


def with_labels(frame: pd.DataFrame, rows: Mapping[int, dict[str, object]], labeller: Labeller) -> pd.DataFrame:
    """The table with the label columns of each row number behind its own."""
    values = [rows.get(index, {}) for index in range(len(frame))]
    labels = pd.DataFrame(values, columns=column_names(labeller), index=frame.index)
    taken = {*frame.columns, *labels.columns}
    renamed = {}
    for name in frame.columns:
        if name in labels.columns:
            renamed[name] = _free(f"{name}_input", taken)
            taken.add(renamed[name])
    return pd.concat([frame.rename(columns=renamed), labels], axis=1)


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number where a table that was labelled before holds it already."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}{number}"
    return free


def column_names(labeller: Labeller) -> list[str]:
    """The label columns, in their order."""
    stances = [f"stance_{t.key}{end}" for t in labeller.targets for end in ("", "_confidence", "_evidence", "_review")]
    return ["sentiment", "sentiment_confidence", *stances, "needs_review", "model"]


def label_columns(content: str, prediction: Prediction) -> dict[str, object]:
    """One prediction as flat columns; evidence as the words themselves, joined by " / "."""
    row: dict[str, object] = {
        "sentiment": str(prediction.sentiment.sentiment),
        "sentiment_confidence": round(prediction.sentiment.confidence, 4),
        "needs_review": prediction.needs_review,
        "model": f"{prediction.model} {prediction.version}",
    }
    for key, score in prediction.stances.items():
        row[f"stance_{key}"] = str(score.stance)
        row[f"stance_{key}_confidence"] = round(score.confidence, 4)
        row[f"stance_{key}_evidence"] = _words(content, score.evidence)
        row[f"stance_{key}_review"] = score.needs_review
    return row


def _words(content: str, spans: tuple[Span, ...]) -> str | None:
    return " / ".join(content[span.start : span.end] for span in spans) or None
