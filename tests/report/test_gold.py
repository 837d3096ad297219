"""Gold records: complete labels only, others' choices beside them, and only drawn posts in a test set."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pandas as pd

from pipeline.human_labels import HumanLabel, Sample, make_labels
from pipeline.report.agreement import human_table
from pipeline.report.gold import gold_jsonl, gold_records

POSTS = pd.DataFrame(
    {
        "id": ["a", "b", "c"],
        "text": ["連絡は a@example.org", "二", "三"],
        "title": ["題", None, None],
        "site": ["紙", None, None],
    }
)
FULL = {"us": "favor", "russia": "none", "sentiment": "neutral"}


def decision(post: str, values: Mapping[str, str], who: str, second: int, sample: Sample) -> list[HumanLabel]:
    at = f"2026-01-01T00:00:{second:02d}.000000+00:00"
    return make_labels(post, values, who, at, reason=None, sample=sample)


def test_records_have_the_form_of_the_guideline() -> None:
    log = [
        *decision("a", FULL, "甲", 1, Sample.RANDOM),
        *decision("a", {**FULL, "us": "against", "sentiment": "negative"}, "乙", 2, Sample.RANDOM),
        *decision("b", {"us": "favor"}, "甲", 3, Sample.RANDOM),
        *decision("c", FULL, "甲", 4, Sample.CONFIDENCE),
    ]
    (drawn,) = gold_records(POSTS, human_table(log, Sample.RANDOM), ["us", "russia"])
    assert drawn == {
        "id": "a",
        "text": "連絡は ［メールアドレス］",
        "title": "題",
        "stance": {"us": "against", "russia": "none"},
        "also": {"us": ["favor"]},
        "sentiment": "negative",
        "sentiment_also": ["neutral"],
        "source": "紙",
        "split": "review",
    }
    every = gold_records(POSTS, human_table(log), ["us", "russia"])
    assert [record["id"] for record in every] == ["a", "c"]
    assert [json.loads(line)["id"] for line in gold_jsonl(every).decode().splitlines()] == ["a", "c"]
