"""Fine-tuning of the stance model on labelled comments.

Shapes: B batch, T tokens, Q targets.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from models.data import Example, jittered_batches, length_batches, soft_labels
from models.learners import Learner
from models.scores import macro_f1, sides_f1
from pipeline.targets import Target


@dataclass(frozen=True)
class Recipe:
    """How to fine-tune; ``also`` is the share of a label's mass given to the second labels."""

    epochs: int = 5
    batch_tokens: int = 2048
    lr: float = 6e-4
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
    """One comment: the model's own input, its length, and soft labels of stance [Q, 4] and sentiment [3]."""

    input: Any
    length: int
    stance: Tensor
    sentiment: Tensor


def build_items(learner: Learner, examples: Sequence[Example], targets: Sequence[Target], also: float) -> list[Item]:
    """Prepare examples; ``also`` is the share of a label's mass that its second labels get."""
    prepared = learner.prepare([example.text for example in examples])
    return [
        Item(given, length, *(torch.tensor(labels) for labels in soft_labels(example, targets, also)))
        for (given, length), example in zip(prepared, examples, strict=True)
    ]


def shuffled_batches(items: Sequence[Item], max_tokens: int, rng: random.Random) -> Iterator[list[Item]]:
    """Batches of like length in random order, others in each epoch."""
    batches = list(jittered_batches([item.length for item in items], max_tokens, rng))
    rng.shuffle(batches)
    for batch in batches:
        yield [items[i] for i in batch]


def soft_loss(logits: Tensor, target: Tensor) -> Tensor:
    """Mean cross-entropy of logits [..., C] against distributions [..., C]."""
    return -(target * functional.log_softmax(logits, dim=-1)).sum(-1).mean()


def predict_logits(learner: Learner, items: Sequence[Item]) -> tuple[Tensor, Tensor]:
    """Logits of all items in their order: stance [N, Q, 4], sentiment [N, 3], float32."""
    learner.model.eval()
    stance = torch.empty(len(items), *items[0].stance.shape)
    sentiment = torch.empty(len(items), *items[0].sentiment.shape)
    unused = torch.Generator()
    with torch.inference_mode():
        for indices in length_batches([item.length for item in items], 2048):
            with torch.autocast("cpu", torch.bfloat16):
                one, two = learner.logits([items[i].input for i in indices], 0.0, unused)
            stance[indices], sentiment[indices] = one.float(), two.float()
    return stance, sentiment


def score(learner: Learner, items: Sequence[Item]) -> dict[str, float]:
    """Pooled macro-F1, mean F1 of favor and against, sentiment macro-F1 against the first label."""
    stance, sentiment = predict_logits(learner, items)
    gold = torch.stack([item.stance.argmax(-1) for item in items]).flatten().numpy()
    guess = stance.argmax(-1).flatten().numpy()
    feeling = torch.stack([item.sentiment.argmax(-1) for item in items]).numpy()
    return {
        "stance": round(macro_f1(gold, guess, 4), 4),
        "sides": round(sides_f1(gold, guess), 4),
        "sentiment": round(macro_f1(feeling, sentiment.argmax(-1).numpy(), 3), 4),
    }


class Tuner:
    """Optimizer, schedule and running average of the weights over the steps of one fine-tuning."""

    def __init__(self, learner: Learner, recipe: Recipe, steps: int) -> None:
        model = learner.model
        heads = [p for name, p in model.named_parameters() if "head" in name]
        body = [p for name, p in model.named_parameters() if "head" not in name]
        self.learner, self.recipe, self.steps = learner, recipe, steps
        self.optimizer = torch.optim.AdamW(
            [{"params": body, "lr": recipe.lr}, {"params": heads, "lr": recipe.head_lr}],
            betas=(0.9, 0.98),
            weight_decay=recipe.weight_decay,
        )
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, lambda step: min((step + 1) / max(1, recipe.warmup * steps), max(0.0, 1 - step / steps))
        )
        self.average = torch.optim.swa_utils.AveragedModel(model)
        self.generator = torch.Generator().manual_seed(recipe.seed)
        self.taken = 0

    def step(self, items: Sequence[Item]) -> float:
        """One update; returns the loss."""
        with torch.autocast("cpu", torch.bfloat16):
            stance, sentiment = self.learner.logits(
                [item.input for item in items], self.recipe.token_mask, self.generator
            )
        loss = soft_loss(stance, torch.stack([item.stance for item in items]))
        feeling = soft_loss(sentiment, torch.stack([item.sentiment for item in items]))
        loss = loss + self.recipe.sentiment_weight * feeling
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        torch.nn.utils.clip_grad_norm_(self.learner.model.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.taken += 1
        if self.taken > self.steps * (1 - self.recipe.average):
            self.average.update_parameters(self.learner.model)
        return loss.item()


def fine_tune(learner: Learner, items: Sequence[Item], dev: Sequence[Item], recipe: Recipe) -> list[dict[str, float]]:
    """Train in place; ends with the average of the weights over the last ``average`` of the steps.

    Returns the scores on ``dev`` after each epoch and, last, of the averaged weights.
    """
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    plan = [list(shuffled_batches(items, recipe.batch_tokens, rng)) for _ in range(recipe.epochs)]
    tuner = Tuner(learner, recipe, sum(len(epoch) for epoch in plan))
    learner.set_dropout(recipe.dropout, recipe.head_dropout)
    history: list[dict[str, float]] = []
    for epoch in plan:
        learner.model.train()
        losses = [tuner.step(batch) for batch in epoch]
        history.append({"loss": round(sum(losses) / len(losses), 4), **score(learner, dev)})
        print(json.dumps(history[-1]), flush=True)
    learner.model.load_state_dict(tuner.average.module.state_dict())
    history.append(score(learner, dev))
    print(json.dumps({"averaged": True, **history[-1]}), flush=True)
    return history
