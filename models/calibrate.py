"""Calibration: temperature or vector scaling, the review threshold, expected calibration error, risk and coverage.

Fitted on dev alone: ``python -m models.calibrate``. One scaling serves all targets, so that none is favoured.
Shapes: N labels, C classes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from models.calibration import FILE, Calibration, Scaling, unnamed_beside_others
from models.config import SENTIMENTS, STANCES
from models.data import Example, read_examples
from models.embedded import EmbeddedLabeller
from models.labelling import LogitLabeller, named_targets
from models.probes import swap_pairs
from pipeline.targets import load_targets

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# What a label that is shown must reach, and the share of labels that should be shown.
ACCURACY = 0.90
COVERAGE = 0.75
# Share of minimal pairs whose labels must swap with the names.
SWAPPED = 0.97
_ASIDE_STEP, _MOST_ASIDE = 0.25, 4.0
_BINS = 15
_FOLDS = 5


def fit_temperature(logits: Tensor, gold: Tensor) -> Scaling:
    """The temperature of least cross-entropy (Guo et al. 2017). logits [N, C], gold [N]."""
    return _fit(logits, gold, vector=False)


def fit_vector(logits: Tensor, gold: Tensor, added: Tensor | None = None) -> Scaling:
    """A temperature and one offset a class, of least cross-entropy, offsets held near 0. logits [N, C], gold [N].

    ``added`` [N, C] stands beside the offsets, as ``Calibration.aside`` does.
    """
    return _fit(logits, gold, vector=True, added=added)


def _fit(logits: Tensor, gold: Tensor, *, vector: bool, added: Tensor | None = None) -> Scaling:
    logits = logits.double()
    beside = torch.zeros_like(logits) if added is None else added.double()
    log_temperature = torch.zeros((), dtype=torch.float64, requires_grad=True)
    offsets = torch.zeros(logits.shape[-1], dtype=torch.float64, requires_grad=vector)
    optimizer = torch.optim.LBFGS(
        [log_temperature, offsets] if vector else [log_temperature], max_iter=200, line_search_fn="strong_wolfe"
    )

    def loss() -> Tensor:
        optimizer.zero_grad()
        value = functional.cross_entropy(logits / log_temperature.exp() + offsets + beside, gold)
        value = value + 1e-3 * offsets.square().sum()
        value.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]  # torch leaves it untyped
    centred = (offsets - offsets.mean()).detach()
    return Scaling(float(log_temperature.exp().detach()), tuple(float(x) for x in centred))


def fit_scaling(logits: Tensor, gold: Tensor, groups: Sequence[int]) -> Scaling:
    """Vector scaling where it lowers the cross-entropy of folds left out by more than 0.002, else the temperature.

    Args:
        logits: [N, C].
        gold: [N] class numbers.
        groups: [N] number of the comment that each label belongs to; a comment's labels stay in one fold.
    """
    fold = torch.tensor(groups) % _FOLDS
    losses = []
    for fit in (fit_temperature, fit_vector):
        held = [
            functional.nll_loss(fit(logits[fold != k], gold[fold != k]).apply(logits[fold == k]).log(), gold[fold == k])
            for k in range(_FOLDS)
        ]
        losses.append(float(torch.stack(held).mean()))
    return fit_vector(logits, gold) if losses[1] < losses[0] - 0.002 else fit_temperature(logits, gold)


def expected_calibration_error(confidence: Floats, correct: Bools) -> float:
    """Mean gap between confidence and accuracy over 15 bins of equal width, weighted by their size (Naeini 2015)."""
    if not len(confidence):
        return float("nan")
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(bins, correct - confidence, _BINS)
    return float(np.abs(gaps).sum() / len(confidence))


def reliability(confidence: Floats, correct: Bools, bins: int = 10) -> list[dict[str, float]]:
    """The bars of a calibration plot: for each occupied bin its n, mean confidence and accuracy."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    return [
        {
            "from": b / bins,
            "n": int((place == b).sum()),
            "confidence": round(float(confidence[place == b].mean()), 4),
            "accuracy": round(float(correct[place == b].mean()), 4),
        }
        for b in range(bins)
        if (place == b).any()
    ]


def risk_coverage(confidence: Floats, correct: Bools, points: int = 20) -> list[dict[str, float]]:
    """Accuracy of the most confident share of labels, for ``points`` shares from small to all."""
    order = np.argsort(-confidence, kind="stable")
    accuracy = np.cumsum(correct[order]) / np.arange(1, len(order) + 1)
    curve = []
    for k in range(1, points + 1):
        n = max(1, round(len(order) * k / points))
        curve.append({"coverage": round(n / len(order), 4), "accuracy": round(float(accuracy[n - 1]), 4)})
    return curve


def choose_threshold(
    confidence: Floats, correct: Bools, accuracy: float = ACCURACY, coverage: float = COVERAGE
) -> float:
    """The confidence under which a label goes to review.

    The lowest at which the labels kept are right in ``accuracy`` of cases. Where that would keep less than
    ``coverage``, the point of ``coverage``: the labels shown are then less often right, and the model card says how
    often, by the first label alone and with the second labels.
    """
    order = np.argsort(-confidence, kind="stable")
    running = np.cumsum(correct[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(running >= accuracy)
    kept = int(enough[-1]) + 1 if len(enough) else 0
    kept = max(kept, int(np.ceil(coverage * len(order))))
    return float(confidence[order[kept - 1]])


def choose_aside(
    labeller: LogitLabeller, fit: Callable[[float], Calibration], examples: Sequence[Example]
) -> Calibration:
    """The calibration of least ``aside`` with which swapping names swaps all labels in ``SWAPPED`` of minimal pairs.

    ``fit`` gives the calibration that goes with an ``aside``.
    """
    pairs = swap_pairs(examples, labeller.targets)
    texts = list(dict.fromkeys(text for plain, swapped, _ in pairs for text in (plain, swapped)))
    place = {text: row for row, text in enumerate(texts)}
    logits, _ = labeller.logits(texts)
    named = named_targets(texts, labeller.targets)
    column = {target.key: q for q, target in enumerate(labeller.targets)}
    aside, found = 0.0, fit(0.0)
    while aside < _MOST_ASIDE:
        labels = found.stance_probabilities(logits, named).argmax(-1)
        same = [
            all(labels[place[one], column[key]] == labels[place[two], column[other]] for key, other in exchange.items())
            for one, two, exchange in pairs
        ]
        if sum(same) >= SWAPPED * len(same):
            break
        aside += _ASIDE_STEP
        found = fit(aside)
    return found


def calibrate(folder: Path, dev: Sequence[Path], contrasts: Sequence[Path]) -> Calibration:
    """Fit the model of ``folder`` to the comments of ``dev``; nothing is written.

    Args:
        folder: the model.
        dev: comments that nothing was trained on.
        contrasts: further comments whose names are swapped to choose ``aside``; their labels are not fitted to.
    """
    labeller = EmbeddedLabeller(folder, load_targets(), calibration=Calibration())
    examples = [example for path in dev for example in read_examples(path)]
    texts = [example.text for example in examples]
    stance, sentiment = labeller.logits(texts)
    keys = [target.key for target in labeller.targets]
    gold = torch.tensor([[STANCES.index(example.stance[key]) for key in keys] for example in examples])
    feeling = torch.tensor([SENTIMENTS.index(example.sentiment) for example in examples])
    groups = [row for row in range(len(examples)) for _ in keys]
    one = fit_scaling(stance.flatten(0, 1), gold.flatten(), groups)
    two = fit_scaling(sentiment, feeling, range(len(examples)))
    pool = examples + [example for path in contrasts for example in read_examples(path)]
    named = named_targets(texts, labeller.targets)
    alone = unnamed_beside_others(named)

    def fit(aside: float) -> Calibration:
        if not aside:
            return Calibration(one, two)
        # What stands aside is paid for by the other labels, so that probabilities are right with it too.
        beside = torch.zeros_like(stance)
        beside[..., -1] = aside * alone
        return Calibration(fit_vector(stance.flatten(0, 1), gold.flatten(), beside.flatten(0, 1)), two, aside)

    found = choose_aside(labeller, fit, pool)
    best = found.stance_probabilities(stance, named).max(-1)
    right = (best.indices == gold).flatten().numpy()
    return replace(found, review_below=choose_threshold(best.values.flatten().double().numpy(), right))


def main(argv: Sequence[str] | None = None) -> None:
    """Fit on dev and write ``calibration.json`` beside the weights."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(prog="python -m models.calibrate", description=__doc__)
    parser.add_argument("--model", type=Path, default=here / "weights", help="folder of the model")
    parser.add_argument("--dev", type=Path, nargs="*", default=[here / "corpus" / "dev.jsonl"])
    parser.add_argument("--contrasts", type=Path, nargs="*", default=[here / "corpus" / "hardb.jsonl"])
    options = parser.parse_args(argv)
    calibration = calibrate(options.model, options.dev, options.contrasts)
    calibration.save(options.model / FILE)
    print(json.dumps(asdict(calibration), indent=2))


if __name__ == "__main__":
    main()
