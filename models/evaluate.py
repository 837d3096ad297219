"""The one evaluation: any labeller against gold.

``python -m models.evaluate --write`` writes ``metrics.json`` and the model card.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from models.baselines import baseline_answers
from models.calibrate import expected_calibration_error, reliability, risk_coverage
from models.card import CARD, METRICS, render
from models.data import Example, read_examples, training_files
from models.describe import describe
from models.embedded import EmbeddedLabeller
from models.measure import (
    Answers,
    Gold,
    Report,
    credit,
    gold_labels,
    grouped,
    model_answers,
    score,
)
from models.probes import Labels, evidence_test, quotation_guard, swap_rate
from pipeline.targets import load_targets

HERE = Path(__file__).resolve().parent
GUARD = "quoteguard"


def evaluate(labeller: Labels, examples: Sequence[Example]) -> Report:
    """Scores of one gold set, strict and with second labels, in groups, and the calibration."""
    keys = [target.key for target in labeller.targets]
    gold = gold_labels(examples, keys)
    answers = model_answers(labeller.predict([example.text for example in examples], evidence=False), keys)
    return {
        "comments": len(examples),
        **report(examples, gold, answers, keys),
        "calibration": calibration(gold, answers),
    }


def report(examples: Sequence[Example], gold: Gold, answers: Answers, keys: Sequence[str]) -> Report:
    """The scores of any system's answers."""
    return {
        "strict": score(gold, answers, keys, also=False),
        "also": score(gold, answers, keys, also=True),
        **grouped(examples, gold, answers, keys),
    }


def calibration(gold: Gold, answers: Answers) -> Report:
    """Calibration error, the curves, and what the review flag leaves. Empty for a system without confidence."""
    if answers.confidence is None or answers.sentiment_confidence is None or answers.review is None:
        return {}
    right = (answers.stance == gold.stance).ravel()
    defensible = (credit(gold.stance, gold.also, answers.stance) == answers.stance).ravel()
    confidence, shown = answers.confidence.ravel(), ~answers.review.ravel()
    felt = answers.sentiment == gold.sentiment
    return {
        "stance_ece": round(expected_calibration_error(confidence, right), 4),
        "sentiment_ece": round(expected_calibration_error(answers.sentiment_confidence, felt), 4),
        "reliability": reliability(confidence, right),
        "risk_coverage": risk_coverage(confidence, right),
        "covered": round(float(shown.mean()), 4),
        "covered_accuracy": round(float(right[shown].mean()), 4) if shown.any() else None,
        "covered_accuracy_also": round(float(defensible[shown].mean()), 4) if shown.any() else None,
    }


def probes(labeller: Labels, sets: Mapping[str, Sequence[Example]]) -> Report:
    """The probes: swapped names and evidence on dev and test together, the quotation guard on its own set."""
    both = [example for name in ("dev", "test") for example in sets.get(name, ())]
    return {
        "swap": swap_rate(labeller, both),
        "evidence": evidence_test(labeller, both),
        "quotation_guard": quotation_guard(labeller, sets.get(GUARD, ())),
    }


def baselines(sets: Mapping[str, Sequence[Example]], train: Sequence[Example]) -> Report:
    """Each baseline's scores on each set; null for a tool that was not run."""
    targets = load_targets()
    keys = [target.key for target in targets]
    everything = [example for examples in sets.values() for example in examples]
    found = baseline_answers(train, everything, targets)
    tables: Report = {}
    at = 0
    for name, examples in sets.items():
        rows = slice(at, at + len(examples))
        at += len(examples)
        gold = gold_labels(examples, keys)
        tables[name] = {
            system: answers and _compared(gold, Answers(answers.stance[rows], answers.sentiment[rows]), keys)
            for system, answers in found.items()
        }
    return tables


def _compared(gold: Gold, answers: Answers, keys: Sequence[str]) -> Report:
    return {"strict": score(gold, answers, keys, also=False), "also": score(gold, answers, keys, also=True)}


def limits(labeller: Labels, examples: Sequence[Example]) -> Report:
    """Comments written to show the limits: how many, and each label that the model gets wrong."""
    wrong = []
    for example, prediction in zip(examples, labeller.predict([e.text for e in examples], evidence=False), strict=True):
        for key, gold in example.stance.items():
            score = prediction.stances[key]
            if score.stance != gold and score.stance not in example.also.get(key, ()):
                found: Report = {"text": example.text, "phenomenon": example.phenomena[0], "target": key, "gold": gold}
                found |= {"model": str(score.stance), "shown": not score.needs_review}
                wrong.append(found)
    return {"comments": len(examples), "wrong": wrong}


def measure_all(weights: Path, corpus: Path, seeds: Path) -> Report:
    """Everything that ``metrics.json`` holds."""
    labeller = EmbeddedLabeller(weights, load_targets())
    files = {name: corpus / f"{name}.jsonl" for name in ("dev", "test", GUARD)} | {"seeds": seeds}
    sets = {name: read_examples(path) for name, path in files.items() if path.is_file()}
    train = {path.stem: read_examples(path) for path in training_files(corpus)}
    unseen = HERE / "unseen.json"
    return {
        "model": describe(weights),
        "corpus": {name: len(examples) for name, examples in train.items()},
        "sets": {name: evaluate(labeller, examples) for name, examples in sets.items()},
        "baselines": baselines(sets, [example for examples in train.values() for example in examples]),
        "probes": probes(labeller, sets),
        "unseen_target": json.loads(unseen.read_text(encoding="utf-8")) if unseen.is_file() else None,
        "limits": limits(labeller, read_examples(HERE / "limits.jsonl")),
    }


def main(argv: Sequence[str] | None = None) -> None:
    """Measure the embedded model, and write or print the result."""
    parser = argparse.ArgumentParser(prog="python -m models.evaluate", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write metrics.json and the model card")
    parser.add_argument("--weights", type=Path, default=HERE / "weights")
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus")
    parser.add_argument("--seeds", type=Path, default=HERE.parent / "seeds" / "gold.jsonl")
    options = parser.parse_args(argv)
    metrics = (
        json.dumps(measure_all(options.weights, options.corpus, options.seeds), ensure_ascii=False, indent=1) + "\n"
    )
    if options.write:
        METRICS.write_text(metrics, encoding="utf-8")
        CARD.write_text(render(json.loads(metrics)), encoding="utf-8")
    else:
        print(metrics, end="")


if __name__ == "__main__":
    main()
