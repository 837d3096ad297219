from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from models import evaluate
from models.card import render
from models.measure import Answers, gold_labels
from models.stance import StanceModel
from models.weights_io import save_model

CORPUS = Path(evaluate.__file__).parent / "corpus"


@pytest.fixture
def small(tmp_path: Path, tiny: StanceModel, tokenizer: Tokenizer) -> Path:
    """A model of random weights and the first lines of the corpus."""
    save_model(tmp_path / "weights", tiny, tokenizer)
    (tmp_path / "corpus").mkdir()
    for name, count in {"boarda": 120, "dev": 40, "test": 40, "quoteguard": 20}.items():
        lines = (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()[:count]
        (tmp_path / "corpus" / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_one_command_measures_all_and_writes_the_card(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluate, "METRICS", small / "metrics.json")
    monkeypatch.setattr(evaluate, "CARD", small / "CARD.md")
    places = ["--weights", str(small / "weights"), "--corpus", str(small / "corpus"), "--seeds", str(small / "none")]
    evaluate.main(["--write", *places])
    metrics = json.loads((small / "metrics.json").read_text(encoding="utf-8"))
    assert (small / "CARD.md").read_text(encoding="utf-8") == render(metrics)
    assert {name: part["comments"] for name, part in metrics["sets"].items()} == {
        "dev": 40,
        "test": 40,
        "quoteguard": 20,
    }
    assert metrics["corpus"] == {"boarda": 120}
    assert metrics["probes"]["swap"]["pairs"] > 0
    assert set(metrics["baselines"]["test"]) == {
        "majority",
        "mention_against",
        "tfidf_logistic",
        "oseti",
        "asari",
        "mlask",
    }


def test_calibration_counts_what_is_shown() -> None:
    rows = [
        {"id": str(i), "text": "x", "stance": {"us": "favor"}, "sentiment": "neutral", "also": {"us": ["neutral"]}}
        for i in range(4)
    ]
    gold = gold_labels([evaluate.Example(**row) for row in rows], ["us"])  # type: ignore[arg-type]
    answers = Answers(
        stance=np.array([[0], [0], [2], [1]]),
        sentiment=np.array([1, 1, 1, 0]),
        confidence=np.array([[0.9], [0.8], [0.7], [0.3]]),
        sentiment_confidence=np.full(4, 0.75),
        review=np.array([[False], [False], [False], [True]]),
    )
    found = evaluate.calibration(gold, answers)
    assert found["covered"] == 0.75
    assert found["covered_accuracy"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["covered_accuracy_also"] == 1.0
    assert found["sentiment_ece"] == pytest.approx(0.0)
    assert evaluate.calibration(gold, Answers(answers.stance, answers.sentiment)) == {}
