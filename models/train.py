"""Training of the embedded model on the corpus: ``python -m models.train``. One command, one seed, same weights.

Fits the lexical member, fine-tunes the encoder, and chooses the share of each in the mixture on dev.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from models.backbone import new_backbone, save_backbone
from models.calibrate import fit_vector
from models.config import SENTIMENTS, STANCES
from models.data import Example, read_examples, training_files
from models.hub import NETWORK
from models.learners import BackboneLearner, EmbeddedLearner
from models.lexical import LexicalModel, Logits
from models.lexical_fit import fit_lexical
from models.lexical_io import save_lexical
from models.mentions import mask_mentions
from models.scores import macro_f1, sides_f1
from models.stance import StanceModel
from models.tokenizer import load_tokenizer
from models.tuning import Recipe, build_items, fine_tune, predict_logits
from models.weights_io import load_pretrained, new_stance_model, save_model
from pipeline.targets import Target, load_targets

_SHARES = tuple(step / 20 for step in range(21))


def choose_share(deep: Tensor, words: Tensor, gold: Tensor, sides: bool) -> tuple[float, dict[str, float]]:
    """The lexical share of least cross-entropy on dev, and what it scores there, both after vector scaling.

    Calibration scales whatever is mixed, so a share is judged by what it comes to after it; the cross-entropy of 1,860
    labels is much less a matter of chance than the F1 of their answers.

    Args:
        deep: [..., C] logits of the encoder.
        words: [..., C] log-probabilities of the lexical member.
        gold: [...] labels.
        sides: report the mean F1 of favor and against too.
    """
    labels, classes = gold.flatten(), deep.shape[-1]
    losses: dict[float, float] = {}
    guesses: dict[float, Tensor] = {}
    for share in _SHARES:
        mixed = ((1 - share) * deep.log_softmax(-1) + share * words).reshape(-1, classes)
        probabilities = fit_vector(mixed, labels).apply(mixed)
        losses[share] = float(functional.nll_loss(probabilities.log(), labels))
        guesses[share] = probabilities.argmax(-1)
    share = min(losses, key=losses.__getitem__)
    right, guess = labels.numpy(), guesses[share].numpy()
    scores = {"cross_entropy": round(losses[share], 4), "macro_f1": round(macro_f1(right, guess, classes), 4)}
    return share, scores | ({"sides_f1": round(sides_f1(right, guess), 4)} if sides else {})


def set_shares(
    lexical: LexicalModel, deep: Logits, dev: Sequence[Example], targets: Sequence[Target]
) -> tuple[LexicalModel, dict[str, object]]:
    """Shares chosen on dev, whose logits by the encoder are given, and the scores with them."""
    stance = torch.tensor([[STANCES.index(example.stance[t.key]) for t in targets] for example in dev])
    sentiment = torch.tensor([SENTIMENTS.index(example.sentiment) for example in dev])
    words, feelings = lexical.score([mask_mentions(example.text, targets) for example in dev], targets)
    share, scores = choose_share(deep[0], torch.from_numpy(words), stance, sides=True)
    feeling_share, feeling = choose_share(deep[1], torch.from_numpy(feelings), sentiment, sides=False)
    report = {"stance": {"share": share, **scores}, "sentiment": {"share": feeling_share, **feeling}}
    return replace(lexical, stance_share=share, sentiment_share=feeling_share), {"mixed": report}


def tune_encoder(
    model: StanceModel,
    tokenizer: Tokenizer,
    targets: Sequence[Target],
    train: Sequence[Example],
    dev: Sequence[Example],
    recipe: Recipe,
) -> tuple[Logits, list[dict[str, float]]]:
    """Fine-tune ``model`` in place; returns its logits on dev and how it came on there."""
    learner = EmbeddedLearner(model, tokenizer, targets)
    held = build_items(learner, dev, targets, 0.0)
    history = fine_tune(learner, build_items(learner, train, targets, recipe.also), held, recipe)
    return predict_logits(learner, held), history


def train_embedded(
    pretrained: Path, tokenizer_file: Path, train: Sequence[Example], dev: Sequence[Example], recipe: Recipe, out: Path
) -> dict[str, object]:
    """Train the embedded model and its lexical member, and save both; returns the report."""
    tokenizer, targets = load_tokenizer(tokenizer_file), load_targets()
    model = new_stance_model(load_pretrained(pretrained).encoder)
    deep, history = tune_encoder(model, tokenizer, targets, train, dev, recipe)
    save_model(out, model, tokenizer)
    lexical, mixed = set_shares(fit_lexical(train, targets, recipe.seed), deep, dev, targets)
    save_lexical(out, lexical)
    print(json.dumps(mixed))
    return {"history": history, **mixed}


def train_backbone(
    source: str, train: Sequence[Example], dev: Sequence[Example], recipe: Recipe, out: Path
) -> dict[str, object]:
    """Train heads and encoder of a ``transformers`` model (a folder or a Hugging Face id), and save it."""
    targets = load_targets()
    model = new_backbone(source, Path(source).name, local_only=os.environ.get(NETWORK) != "1")
    learner = BackboneLearner(model, targets)
    items = build_items(learner, train, targets, recipe.also)
    history = fine_tune(learner, items, build_items(learner, dev, targets, 0.0), recipe)
    save_backbone(out, model)
    return {"backbone": source, "history": history}


def gather_examples(corpus: Path, labels: Sequence[Path]) -> list[Example]:
    """The training files of ``corpus`` and labelled posts exported from a review.

    Raises ValueError naming the file where a post has no label toward one of the targets.
    """
    keys = {target.key for target in load_targets()}
    examples = [example for path in training_files(corpus) for example in read_examples(path)]
    for path in labels:
        for example in read_examples(path):
            if missing := keys - example.stance.keys():
                raise ValueError(f"{path.name}: {example.id} has no label toward {', '.join(sorted(missing))}")
            examples.append(example)
    return examples


def main(argv: Sequence[str] | None = None) -> None:
    """Command line of training."""
    parser = argparse.ArgumentParser(prog="python -m models.train", description=__doc__)
    here = Path(__file__).resolve().parent
    parser.add_argument("--pretrained", type=Path, default=here / "pretrained", help="folder of the encoder")
    parser.add_argument("--backbone", help="a folder or Hugging Face id of another encoder, instead of our own")
    parser.add_argument("--tokenizer", type=Path, default=here / "weights" / "tokenizer.json")
    parser.add_argument("--corpus", type=Path, default=here / "corpus")
    parser.add_argument("--labels", type=Path, nargs="*", default=[], help="tachiba_gold.jsonl exported from a review")
    parser.add_argument("--output", type=Path, default=here.parent / "runs" / "train")
    parser.add_argument("--threads", type=int, default=2)
    for item in fields(Recipe):
        parser.add_argument(f"--{item.name.replace('_', '-')}", type=type(item.default), default=item.default)
    options = vars(parser.parse_args(argv))
    torch.set_num_threads(options["threads"])
    recipe = Recipe(**{name: options[name] for name in asdict(Recipe())})
    torch.manual_seed(recipe.seed)
    corpus, out = options["corpus"], options["output"]
    try:
        train = gather_examples(corpus, options["labels"])
    except (OSError, ValueError) as error:
        parser.error(str(error))
    dev = [e for path in sorted(corpus.glob("dev*.jsonl")) for e in read_examples(path)]
    if options["backbone"]:
        report = train_backbone(options["backbone"], train, dev, recipe, out)
    else:
        report = train_embedded(options["pretrained"], options["tokenizer"], train, dev, recipe, out)
    whole = {"recipe": asdict(recipe), "comments": len(train), **report}
    (out / "training.json").write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
