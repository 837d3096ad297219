"""Fine-tuning of the stance model on the corpus: ``python -m models.train``. One command, one seed, same weights."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from models.data import (
    Example,
    Prepared,
    collate,
    length_batches,
    prepare,
    read_examples,
    soft_labels,
    training_files,
)
from models.scores import macro_f1, sides_f1
from models.stance import StanceModel, name_tokens
from models.tokenizer import MASK, load_tokenizer
from models.weights_io import load_pretrained, new_stance_model, save_model
from pipeline.targets import Target, load_targets

_LAST_SPECIAL = 15


@dataclass(frozen=True)
class Recipe:
    """How to fine-tune. ``also`` is the share of a label's mass given to the second labels."""

    epochs: int = 6
    batch_tokens: int = 2048
    lr: float = 4e-4
    head_lr: float = 1e-3
    weight_decay: float = 0.05
    warmup: float = 0.1
    dropout: float = 0.1
    head_dropout: float = 0.2
    also: float = 0.3
    token_mask: float = 0.1
    sentiment_weight: float = 0.7
    average: float = 0.4
    seed: int = 7


@dataclass(frozen=True)
class Item:
    """One prepared comment with its soft labels: stance [Q, 4], sentiment [3]."""

    input: Prepared
    stance: Tensor
    sentiment: Tensor


def build_items(
    tokenizer: Tokenizer, examples: Sequence[Example], targets: Sequence[Target], also: float
) -> list[Item]:
    """Prepare examples for training."""
    inputs, _ = prepare(tokenizer, [e.text for e in examples], targets, 256)
    items = []
    for prepared, example in zip(inputs, examples, strict=True):
        stance, sentiment = soft_labels(example, targets, also)
        items.append(Item(prepared, torch.tensor(stance), torch.tensor(sentiment)))
    return items


def shuffled_batches(items: Sequence[Item], max_tokens: int, rng: random.Random) -> Iterator[list[Item]]:
    """Batches of like length in random order; lengths are jittered so that batches differ between epochs."""
    shuffled = rng.sample(list(items), len(items))
    lengths = [len(item.input.ids) + rng.randrange(8) for item in shuffled]
    batches = list(length_batches(lengths, max_tokens))
    rng.shuffle(batches)
    for batch in batches:
        yield [shuffled[i] for i in batch]


def mask_tokens(ids: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Hide a share of the ordinary tokens, so that no single word decides."""
    hide = (torch.rand(ids.shape, generator=generator) < share) & (ids > _LAST_SPECIAL)
    return ids.masked_fill(hide, MASK)


def soft_loss(logits: Tensor, target: Tensor) -> Tensor:
    """Mean cross-entropy of logits [..., C] against distributions [..., C]."""
    return -(target * functional.log_softmax(logits, dim=-1)).sum(-1).mean()


def predict_logits(model: StanceModel, inputs: Sequence[Prepared], names: Tensor) -> tuple[Tensor, Tensor]:
    """Logits of all inputs in their order: stance [N, Q, 4], sentiment [N, 3]."""
    model.eval()
    stance: list[Tensor] = [torch.empty(0)] * len(inputs)
    sentiment = list(stance)
    with torch.inference_mode():
        for indices in length_batches([len(item.ids) for item in inputs], 2048):
            batch = collate([inputs[i] for i in indices])
            with torch.autocast("cpu", torch.bfloat16):
                one, two = model(batch.ids, batch.slots, names)
            for row, index in enumerate(indices):
                stance[index], sentiment[index] = one[row], two[row]
    return torch.stack(stance), torch.stack(sentiment)


def score(model: StanceModel, items: Sequence[Item], names: Tensor) -> dict[str, float]:
    """Pooled macro-F1, mean F1 of favor and against, sentiment macro-F1 against the first label."""
    stance, sentiment = predict_logits(model, [item.input for item in items], names)
    gold = torch.stack([item.stance.argmax(-1) for item in items]).flatten().numpy()
    guess = stance.argmax(-1).flatten().numpy()
    feeling = torch.stack([item.sentiment.argmax(-1) for item in items]).numpy()
    return {
        "stance": round(macro_f1(gold, guess, 4), 4),
        "sides": round(sides_f1(gold, guess), 4),
        "sentiment": round(macro_f1(feeling, sentiment.argmax(-1).numpy(), 3), 4),
    }


def _optimizer(model: StanceModel, recipe: Recipe) -> torch.optim.AdamW:
    heads = [p for name, p in model.named_parameters() if "head" in name]
    body = [p for name, p in model.named_parameters() if "head" not in name]
    groups = [{"params": body, "lr": recipe.lr}, {"params": heads, "lr": recipe.head_lr}]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=recipe.weight_decay)


def fine_tune(
    model: StanceModel,
    items: Sequence[Item],
    dev: Sequence[Item],
    tokenizer: Tokenizer,
    targets: Sequence[Target],
    recipe: Recipe,
) -> list[dict[str, float]]:
    """Train in place; ends with the average of the weights over the last ``average`` of the steps.

    Returns the scores on ``dev`` after each epoch and, last, of the averaged weights.
    """
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    generator = torch.Generator().manual_seed(recipe.seed)
    names = name_tokens(tokenizer, targets)
    optimizer = _optimizer(model, recipe)
    plan = [list(shuffled_batches(items, recipe.batch_tokens, rng)) for _ in range(recipe.epochs)]
    total = sum(len(epoch) for epoch in plan)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / max(1, recipe.warmup * total), max(0.0, 1 - step / total))
    )
    average = torch.optim.swa_utils.AveragedModel(model)
    model.encoder.dropout, model.head_dropout = recipe.dropout, recipe.head_dropout
    history: list[dict[str, float]] = []
    step = 0
    for epoch in plan:
        model.train()
        for batch_items in epoch:
            batch = collate([item.input for item in batch_items])
            ids = mask_tokens(batch.ids, recipe.token_mask, generator)
            with torch.autocast("cpu", torch.bfloat16):
                stance, sentiment = model(ids, batch.slots, model.name_vectors(names))
            loss = soft_loss(stance, torch.stack([item.stance for item in batch_items]))
            loss = loss + recipe.sentiment_weight * soft_loss(
                sentiment, torch.stack([item.sentiment for item in batch_items])
            )
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            if step > total * (1 - recipe.average):
                average.update_parameters(model)
        if dev:
            history.append(score(model, dev, model.name_vectors(names).detach()))
            print(json.dumps({"epoch": len(history), "loss": round(loss.item(), 3), **history[-1]}), flush=True)
    model.load_state_dict(average.module.state_dict())
    if dev:
        history.append(score(model, dev, model.name_vectors(names).detach()))
        print(json.dumps({"averaged": True, **history[-1]}), flush=True)
    return history


def main(argv: Sequence[str] | None = None) -> None:
    """Command line of fine-tuning."""
    parser = argparse.ArgumentParser(prog="python -m models.train", description=__doc__)
    here = Path(__file__).resolve().parent
    parser.add_argument("--pretrained", type=Path, default=here / "weights", help="folder of the pre-trained encoder")
    parser.add_argument("--tokenizer", type=Path, default=here / "weights" / "tokenizer.json")
    parser.add_argument("--corpus", type=Path, default=here / "corpus")
    parser.add_argument("--dev", type=Path, nargs="*", default=sorted((here / "corpus").glob("dev*.jsonl")))
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
    train = [example for path in training_files(options["corpus"]) for example in read_examples(path)]
    dev = [example for path in options["dev"] for example in read_examples(path)]
    items = build_items(tokenizer, train, targets, recipe.also)
    history = fine_tune(model, items, build_items(tokenizer, dev, targets, 0.0), tokenizer, targets, recipe)
    save_model(options["output"], model, tokenizer)
    report = {"recipe": asdict(recipe), "comments": len(train), "history": history}
    (options["output"] / "training.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
