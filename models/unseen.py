"""How well a target is labelled that was never learnt: train without its labels, then score it.

``python -m models.unseen russia --write`` adds a target's numbers to ``unseen.json``, which the evaluation takes up.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from models.data import Example, read_examples
from models.describe import fingerprint
from models.embedded import EmbeddedLabeller
from models.lexical_fit import fit_lexical
from models.lexical_io import load_lexical, save_lexical
from models.measure import gold_labels, model_answers, score
from models.tokenizer import load_tokenizer
from models.train import gather_examples, tune_encoder
from models.tuning import Recipe
from models.weights_io import TOKENIZER, load_pretrained, new_stance_model, save_model
from pipeline.targets import Target, load_targets

HERE = Path(__file__).resolve().parent
FILE = HERE / "unseen.json"


def train_without(
    key: str,
    weights: Path,
    pretrained: Path,
    train: Sequence[Example],
    dev: Sequence[Example],
    recipe: Recipe,
    out: Path,
) -> None:
    """Train as the embedded model was, without the labels toward ``key``, and save to ``out``.

    The lexical member has the share that it has in ``weights``; ``dev`` is for the scores printed on the way.
    """
    targets = tuple(target for target in load_targets() if target.key != key)
    tokenizer = load_tokenizer(weights / TOKENIZER)
    model = new_stance_model(load_pretrained(pretrained).encoder)
    tune_encoder(model, tokenizer, targets, train, dev, recipe)
    save_model(out, model, tokenizer)
    if given := load_lexical(weights):
        lexical = fit_lexical(train, targets, recipe.seed)
        save_lexical(out, replace(lexical, stance_share=given.stance_share, sentiment_share=given.sentiment_share))


def stance_toward(folder: Path, key: str, examples: Sequence[Example]) -> dict[str, float]:
    """Strict macro-F1 and mean F1 of favor and against toward one target."""
    targets: tuple[Target, ...] = load_targets()
    labeller = EmbeddedLabeller(folder, targets)
    keys = [target.key for target in targets]
    answers = model_answers(labeller.predict([example.text for example in examples], evidence=False), keys)
    found = score(gold_labels(examples, keys), answers, keys, also=False, samples=0)["targets"][key]
    return {"macro": found["macro_f1"][0], "sides": found["sides_f1"][0]}


def main(argv: Sequence[str] | None = None) -> None:
    """Hold a target out; prints, and with --write saves."""
    parser = argparse.ArgumentParser(prog="python -m models.unseen", description=__doc__)
    parser.add_argument("target", choices=[target.key for target in load_targets()])
    parser.add_argument("--pretrained", type=Path, default=HERE / "pretrained", help="folder of the encoder")
    parser.add_argument("--weights", type=Path, default=HERE / "weights", help="the model to compare with")
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus")
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(argv)
    torch.set_num_threads(options.threads)
    recipe = Recipe(epochs=options.epochs)
    torch.manual_seed(recipe.seed)
    train = gather_examples(options.corpus, [])
    dev, test = (read_examples(options.corpus / f"{name}.jsonl") for name in ("dev", "test"))
    with tempfile.TemporaryDirectory() as folder:
        train_without(options.target, options.weights, options.pretrained, train, dev, recipe, Path(folder))
        held = stance_toward(Path(folder), options.target, test)
    with_it = stance_toward(options.weights, options.target, test)
    row = {**held, "seen": with_it["macro"], "seen_sides": with_it["sides"]}
    found = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}
    found[options.target] = {
        **row,
        "n": len(test),
        "epochs": recipe.epochs,
        "compared_with": fingerprint(options.weights),
    }
    print(json.dumps(found, indent=1))
    if options.write:
        FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
