from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch

from models.calibrate import (
    choose_aside,
    choose_threshold,
    expected_calibration_error,
    fit_scaling,
    fit_temperature,
    reliability,
    risk_coverage,
)
from models.calibration import Calibration, Scaling
from models.data import Example
from models.labelling import LogitLabeller, named_targets
from pipeline.targets import Target


def _labels(logits: torch.Tensor) -> torch.Tensor:
    return torch.multinomial(logits.softmax(-1), 1, generator=torch.Generator().manual_seed(3)).squeeze(-1)


def test_the_temperature_that_made_the_labels_is_found() -> None:
    logits = torch.randn(20_000, 4, generator=torch.Generator().manual_seed(1)) * 2
    scaling = fit_temperature(logits * 3, _labels(logits))
    assert scaling.temperature == pytest.approx(3.0, rel=0.05)
    assert fit_scaling(logits * 3, _labels(logits), range(20_000)).offsets == (0.0,) * 4


def test_offsets_are_fitted_where_they_help() -> None:
    logits = torch.randn(5_000, 4, generator=torch.Generator().manual_seed(1)) * 2
    offsets = torch.tensor([1.5, -0.5, -0.5, -0.5])
    scaling = fit_scaling(logits, _labels(logits + offsets), range(5_000))
    assert scaling.offsets == pytest.approx(offsets.tolist(), abs=0.2)


def test_calibration_error_is_the_gap() -> None:
    confidence = np.full(1000, 0.8)
    right = np.arange(1000) < 800
    assert expected_calibration_error(confidence, right) == pytest.approx(0.0)
    assert expected_calibration_error(confidence, np.arange(1000) < 600) == pytest.approx(0.2)
    assert [bar["n"] for bar in reliability(confidence, right)] == [1000]


def test_risk_falls_with_coverage_where_confidence_ranks() -> None:
    confidence = np.linspace(1, 0, 100)
    curve = risk_coverage(confidence, confidence > 0.5)
    assert curve[0]["accuracy"] == 1.0
    assert curve[-1] == {"coverage": 1.0, "accuracy": 0.5}


def test_the_threshold_keeps_the_accuracy_that_was_asked() -> None:
    confidence = np.linspace(1, 0, 1000)
    right = (np.arange(1000) < 800) | (np.arange(1000) % 3 == 0)
    threshold = choose_threshold(confidence, right)
    kept = confidence >= threshold
    assert right[kept].mean() >= 0.9
    assert kept.mean() > 0.85


def test_where_both_cannot_be_had_coverage_is_kept() -> None:
    confidence = np.linspace(1, 0, 1000)
    right = np.arange(1000) < 450
    kept = float((confidence >= choose_threshold(confidence, right)).mean())
    assert kept == 0.75


def test_calibration_round_trip(tmp_path: Path) -> None:
    calibration = Calibration(Scaling(1.3, (0.1, 0.0, -0.1, 0.0)), Scaling(0.9, (0.0, 0.0, 0.0)), 1.5, 0.61)
    calibration.save(tmp_path / "calibration.json")
    assert Calibration.load(tmp_path / "calibration.json") == calibration


def test_only_a_target_not_named_beside_one_that_is_loses_to_none() -> None:
    logits = torch.zeros(3, 2, 4)
    named = torch.tensor([[True, False], [False, False], [True, True]])
    found = Calibration(aside=2.0).stance_probabilities(logits, named)
    raised = found[..., 3] > 0.3
    assert raised.tolist() == [[False, True], [False, False], [False, False]]


def test_the_least_that_lets_labels_swap_is_chosen(targets: tuple[Target, ...]) -> None:
    class Worldly(LogitLabeller):
        """Thinks that the US is meant wherever it is not named."""

        def logits(self, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
            stance = torch.zeros(len(texts), 3, 4)
            named = named_targets(texts, self.targets)
            stance[..., 3] = torch.where(named, -3.0, 0.0)
            stance[:, 0, 1] = torch.where(named[:, 0], 0.0, 1.1)
            return stance, torch.zeros(len(texts), 3)

    labeller = Worldly("worldly", "1", targets, Calibration())
    stances = {"us": "none", "russia": "against", "ukraine": "none"}
    examples = [Example("1", "ロシアは嘘つきだ", stances, "negative")]
    assert choose_aside(labeller, lambda aside: Calibration(aside=aside), examples).aside == 1.25
