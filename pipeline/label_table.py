"""Labels for a table with a text column: every input column and row stays, in its order; the labels are added."""

from __future__ import annotations

from collections.abc import Callable

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
    texts = ["" if pd.isna(value) else str(value) for value in frame[text_column]]
    filled = [index for index, content in enumerate(texts) if content.strip()]
    rows: list[dict[str, object]] = [{} for _ in texts]
    for start in range(0, len(filled), CHUNK):
        chunk = filled[start : start + CHUNK]
        predictions = labeller.predict([texts[index] for index in chunk])
        for index, prediction in zip(chunk, predictions, strict=True):
            rows[index] = label_columns(texts[index], prediction)
        progress(start + len(chunk))
    labels = pd.DataFrame(rows, columns=column_names(labeller), index=frame.index)
    clashes = {name: f"{name}_input" for name in frame.columns if name in labels.columns}
    return pd.concat([frame.rename(columns=clashes), labels], axis=1)


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
