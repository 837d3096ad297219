"""Labelled Japanese texts of others, for the tasks of ``models.neighbours``; see the model card for their licences."""

from __future__ import annotations

import csv
import lzma
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from models.tokenizer import SLOT_PIECES, clean


@dataclass(frozen=True)
class Text:
    """A text, or a pair of sentences, and its label."""

    parts: tuple[str, ...]
    label: str


def _watchers(row: Mapping[str, str]) -> Text:
    return Text((clean(row["text"]),), row["label"])


def _polarity(row: Mapping[str, str]) -> Text:
    # The thing rated becomes a slot, as a target's name does.
    sentence, start, end = clean(row["sentence"]), int(row["from"]), int(row["to"])
    return Text((sentence[:start] + SLOT_PIECES[0] + sentence[end:],), row["polarity"])


def _inference(row: Mapping[str, str]) -> Text:
    return Text((clean(row["premise"]), clean(row["hypothesis"])), row["label"])


@dataclass(frozen=True)
class Task:
    """One labelled file: how a row is read, its labels, the most texts to take of it, and how often each is read."""

    name: str
    file: str
    read: Callable[[Mapping[str, str]], Text]
    labels: tuple[str, ...]
    most: int
    epochs: int = 1
    of_slot: bool = False


TASKS = (
    Task("watchers", "economy_watchers.tsv.xz", _watchers, ("◎", "○", "□", "▲", "×"), 40_000),
    Task("polarity", "chabsa.tsv.xz", _polarity, ("positive", "neutral", "negative"), 8_000, epochs=2, of_slot=True),
    Task("inference", "nli.tsv.xz", _inference, ("entailment", "neutral", "contradiction"), 45_000, epochs=2),
)


def read_task(corpora: Path, task: Task, seed: int) -> list[Text]:
    """At most ``task.most`` texts of a task, drawn evenly by label where there are more; unknown labels are left out.

    Raises OSError where the file is missing.
    """
    with lzma.open(corpora / "labelled" / task.file, "rt", encoding="utf-8", newline="") as file:
        texts = list(_texts(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), task))
    rng = random.Random(seed)
    rng.shuffle(texts)
    share, kept = -(-task.most // len(task.labels)), list[Text]()
    if len(texts) <= task.most:
        return texts
    for label in task.labels:
        kept += [text for text in texts if text.label == label][:share]
    return kept


def _texts(rows: Iterable[Mapping[str, str]], task: Task) -> Iterator[Text]:
    for row in rows:
        text = task.read(row)
        if text.label in task.labels and all(text.parts):
            yield text
