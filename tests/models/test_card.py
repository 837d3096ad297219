from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest

from models.card import CARD, load_metrics, render, render_language
from models.describe import describe, fingerprint

WEIGHTS = Path(__file__).resolve().parents[2] / "models" / "weights"
AGAIN = "run `python -m models.evaluate --write`"


@pytest.fixture(scope="module")
def metrics() -> Any:
    return load_metrics()


def test_the_card_says_what_was_measured(metrics: Any) -> None:
    assert CARD.read_text(encoding="utf-8") == render(metrics), AGAIN


def test_what_was_measured_is_the_model_that_ships(metrics: Any) -> None:
    assert metrics["model"]["fingerprint"] == fingerprint(WEIGHTS), AGAIN
    assert metrics["model"]["size"] == describe(WEIGHTS)["size"]


def test_another_number_is_another_card(metrics: Any) -> None:
    changed = copy.deepcopy(metrics)
    changed["sets"]["test"]["strict"]["pooled"]["macro_f1"][0] = 0.123
    assert "0.12 [" in render(changed)
    assert render(changed) != render(metrics)


def test_both_languages_hold_the_same_numbers(metrics: Any) -> None:
    one, two = (render_language(metrics, lang) for lang in ("ja", "en"))
    tables = [re.findall(r"\d\.\d\d \[.*?\]", card) for card in (one, two)]
    assert tables[0] == tables[1]
    assert len(tables[0]) > 20
    assert not re.search(r"[ぁ-ん]", two.split("## What it gets wrong", maxsplit=1)[0])


def test_a_baseline_that_was_not_run_is_said_to_be_missing(metrics: Any) -> None:
    changed = copy.deepcopy(metrics)
    changed["baselines"]["test"]["asari"] = None
    assert "| asari | not measured | not measured | not measured |" in render_language(changed, "en")
