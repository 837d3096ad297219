"""Labels kept without their texts find them again."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

from models.hashed import join_texts, text_hash

LABELS = Path(__file__).parents[2] / "models" / "corpus" / "hashed" / "diet.jsonl"


def test_labels_join_the_texts_they_were_given_for(tmp_path: Path) -> None:
    stance = {"us": "none", "russia": "against", "ukraine": "favor"}
    labels = tmp_path / "labels.jsonl"
    labels.write_text(json.dumps({"sha256": text_hash("二つ目"), "stance": stance, "sentiment": "negative"}))
    found = join_texts(labels, ["一つ目", " 二つ目\n", "二つ目"], "diet")
    assert [(example.text, example.stance) for example in found] == [("二つ目", stance)]


def test_no_text_of_the_diet_stands_in_the_tree() -> None:
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    assert all(set(row) == {"sha256", "stance", "sentiment"} for row in rows)
    assert len({row["sha256"] for row in rows}) == len(rows) >= 1500


def test_every_label_has_its_text_in_the_shared_corpus(shared: Path) -> None:
    with lzma.open(shared / "corpora" / "text" / "diet.txt.xz", "rt", encoding="utf-8") as lines:
        assert len(join_texts(LABELS, lines, "diet")) == sum(1 for _ in LABELS.open())
