"""Labels of texts that are not ours to ship: SHA-256 of each text, joined with the text where somebody has it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from models.data import Example


def text_hash(text: str) -> str:
    """Key of a text: SHA-256 of its UTF-8 without surrounding white space."""
    return hashlib.sha256(text.strip().encode()).hexdigest()


def join_texts(labels: Path, texts: Iterable[str], register: str) -> list[Example]:
    """The labelled examples among ``texts``, each once, in their order; texts without a label are passed over."""
    rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
    wanted = {row["sha256"]: row for row in rows}
    examples: list[Example] = []
    for text in texts:
        row = wanted.pop(text_hash(text), None)
        if row is not None:
            number = len(examples) + 1
            examples.append(
                Example(f"{register}{number:04d}", text.strip(), row["stance"], row["sentiment"], register=register)
            )
    return examples
