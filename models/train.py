"""Training of the embedded model on the corpus: ``python -m models.train``. One command, one seed, same weights.

Fine-tunes the encoder, fits the lexical member on the same comments, and chooses the share of each on dev.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path

import torch
from torch import Tensor

from models.data import read_examples, training_files
from models.lexical import LexicalModel
from models.lexical_fit import fit_lexical
from models.lexical_io import save_lexical
from models.mentions import mask_mentions
from models.scores import macro_f1, sides_f1
from models.stance import name_tokens
from models.tokenizer import load_tokenizer
from models.tuning import Item, Recipe, build_items, fine_tune, predict_logits
from models.weights_io import load_pretrained, new_stance_model, save_model
from pipeline.targets import load_targets

_SHARES = tuple(step / 20 for step in range(21))


def choose_share(deep: Tensor, words: Tensor, gold: Tensor, sides: bool) -> tuple[float, dict[str, float]]:
    """The lexical share with the best macro-F1 on dev (and mean F1 of favor and against, where ``sides``).

    Args:
        deep: [..., C] logits of the encoder.
        words: [..., C] log-probabilities of the lexical member.
        gold: [...] labels.
    """
    best, scores = 0.0, {"macro_f1": -1.0}
    flat = gold.flatten().numpy()
    for share in _SHARES:
        mixed = (1 - share) * deep.log_softmax(-1) + share * words
        guess = mixed.argmax(-1).flatten().numpy()
        found = {"macro_f1": round(macro_f1(flat, guess, deep.shape[-1]), 4)}
        if sides:
            found["sides_f1"] = round(sides_f1(flat, guess), 4)
        if sum(found.values()) > sum(scores.values()):
            best, scores = share, found
    return best, scores


def set_shares(
    lexical: LexicalModel, deep: tuple[Tensor, Tensor], words: tuple[Tensor, Tensor], dev: Sequence[Item]
) -> tuple[LexicalModel, dict[str, object]]:
    """Shares chosen on dev, and the scores with them."""
    stance = torch.stack([item.stance.argmax(-1) for item in dev])
    sentiment = torch.stack([item.sentiment.argmax(-1) for item in dev])
    share, scores = choose_share(deep[0], words[0], stance, sides=True)
    feeling_share, feeling = choose_share(deep[1], words[1], sentiment, sides=False)
    report = {"stance": {"share": share, **scores}, "sentiment": {"share": feeling_share, **feeling}}
    return replace(lexical, stance_share=share, sentiment_share=feeling_share), {"mixed": report}


def main(argv: Sequence[str] | None = None) -> None:
    """Command line of training."""
    parser = argparse.ArgumentParser(prog="python -m models.train", description=__doc__)
    here = Path(__file__).resolve().parent
    parser.add_argument("--pretrained", type=Path, default=here / "pretrained", help="folder of the encoder")
    parser.add_argument("--tokenizer", type=Path, default=here / "weights" / "tokenizer.json")
    parser.add_argument("--corpus", type=Path, default=here / "corpus")
    parser.add_argument("--output", type=Path, default=here.parent / "runs" / "train")
    parser.add_argument("--threads", type=int, default=2)
    for item in fields(Recipe):
        parser.add_argument(f"--{item.name.replace('_', '-')}", type=type(item.default), default=item.default)
    options = vars(parser.parse_args(argv))
    torch.set_num_threads(options["threads"])
    recipe = Recipe(**{name: options[name] for name in asdict(Recipe())})
    torch.manual_seed(recipe.seed)
    tokenizer, targets = load_tokenizer(options["tokenizer"]), load_targets()
    model = new_stance_model(load_pretrained(options["pretrained"]).encoder)
    train = [e for path in training_files(options["corpus"]) for e in read_examples(path)]
    dev = [e for path in sorted(options["corpus"].glob("dev*.jsonl")) for e in read_examples(path)]
    dev_items = build_items(tokenizer, dev, targets, 0.0)
    history = fine_tune(
        model, build_items(tokenizer, train, targets, recipe.also), dev_items, tokenizer, targets, recipe
    )
    save_model(options["output"], model, tokenizer)
    lexical = fit_lexical(train, targets, recipe.seed)
    names = model.name_vectors(name_tokens(tokenizer, targets)).detach()
    words = lexical.score([mask_mentions(e.text, targets) for e in dev], targets)
    tensors = (torch.from_numpy(words[0]), torch.from_numpy(words[1]))
    lexical, mixed = set_shares(lexical, predict_logits(model, [i.input for i in dev_items], names), tensors, dev_items)
    save_lexical(options["output"], lexical)
    report = {"recipe": asdict(recipe), "comments": len(train), "history": history, **mixed}
    print(json.dumps(mixed))
    (options["output"] / "training.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
