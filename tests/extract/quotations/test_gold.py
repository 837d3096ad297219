"""The labelled posts of the seeds are the posts that extraction gives, and their labels are labels."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.extract import extract
from pipeline.load import load
from pipeline.records import Sentiment, Stance
from pipeline.targets import load_targets

SEEDS = Path(__file__).parents[3] / "seeds"


def test_gold_covers_every_post_of_the_seeds() -> None:
    extractions = [extract(load(str(file)))[0] for file in sorted(SEEDS.glob("*.txt"))]
    posts = {post.id: (post.text, found.document.title) for found in extractions for post in found.posts}
    gold = [json.loads(line) for line in (SEEDS / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {item["id"]: (item["text"], item["title"]) for item in gold} == posts


def test_gold_labels_are_labels() -> None:
    targets = {target.key for target in load_targets()}
    for line in (SEEDS / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        assert set(item["stance"]) == targets
        stances = [*item["stance"].values(), *(label for labels in item["also"].values() for label in labels)]
        assert set(stances) <= set(Stance)
        assert {item["sentiment"], *item["sentiment_also"]} <= set(Sentiment)
        assert all(item["stance"][target] not in labels for target, labels in item["also"].items())
        assert item["sentiment"] not in item["sentiment_also"]
