"""Training on neighbouring tasks between pre-training and tuning (Phang et al. 2018), one head a task.

``python -m models.neighbours --start models/pretrained --folder runs/neighbours`` reads the labelled texts of others in
``corpora/labelled``: how a branch of business is doing (Economy Watchers), polarity toward a named thing in reports
(chABSA), and whether one sentence follows from another (JSICK, JSeM, JaNLI, JNLI). What is kept is the encoder; the
heads are thrown away.

Shapes: B texts of a batch, H hidden, C labels of a task.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from models.data import Prepared, collate, jittered_batches
from models.encoder import Encoder
from models.neighbour_texts import TASKS, Task, Text, read_task
from models.stance import Head, StanceModel
from models.tokenizer import CLS, SEP, encode, load_tokenizer
from models.weights_io import load_pretrained, new_stance_model, save_pretrained

_HELD_OUT = 0.02
_SHOWN_EVERY = 50


@dataclass(frozen=True)
class Course:
    """How to train: ``batch_tokens`` padded tokens a step, a rate that warms up and falls to 0."""

    batch_tokens: int = 4096
    lr: float = 6e-4
    head_lr: float = 1e-3
    weight_decay: float = 0.05
    warmup: float = 0.05
    dropout: float = 0.1
    max_length: int = 160
    seed: int = 11


@dataclass(frozen=True)
class Item:
    """One text: its tokens and slot, and the number of its label."""

    input: Prepared
    label: int


class TaskModel(nn.Module):
    """The stance model's way of reading, with a head for each task: over the slot where it has one, else the text."""

    def __init__(self, encoder: Encoder, tasks: Sequence[Task]) -> None:
        super().__init__()
        self.reader: StanceModel = new_stance_model(encoder)
        hidden = encoder.config.hidden
        self.heads = nn.ModuleDict(
            {task.name: Head((3 if task.of_slot else 2) * hidden, hidden, len(task.labels)) for task in tasks}
        )

    def forward(self, items: Sequence[Item], task: Task, dropout: float) -> Tensor:
        """Logits [B, C]."""
        batch = collate([item.input for item in items])
        names = torch.zeros(1, self.reader.config.encoder.hidden)
        slot, whole = self.reader.features(batch.ids, batch.slots, names)
        logits: Tensor = self.heads[task.name](slot[:, 0] if task.of_slot else whole, dropout)
        return logits.float()


def build_items(tokenizer: Tokenizer, texts: Sequence[Text], task: Task, max_length: int) -> list[Item]:
    """Tokens of each text, or of both sentences of a pair with a separator between; longer ones are left out."""
    parts = [encode(tokenizer, [text.parts[at] for text in texts]) for at in range(len(texts[0].parts))]
    items = []
    for text, *encodings in zip(texts, *parts, strict=True):
        ids = (CLS, *(token for encoding in encodings for token in (*encoding.ids, SEP)))
        if len(ids) <= max_length:
            items.append(Item(Prepared(ids, (0 if task.of_slot else None,)), task.labels.index(text.label)))
    return items


def _batches(items: Sequence[Item], course: Course, rng: random.Random) -> Iterator[list[Item]]:
    for indices in jittered_batches([len(item.input.ids) for item in items], course.batch_tokens, rng):
        yield [items[i] for i in indices]


def accuracy(model: TaskModel, items: Sequence[Item], task: Task, course: Course) -> float:
    """Share of right labels."""
    model.eval()
    right = 0
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for batch in _batches(items, course, random.Random(0)):
            right += int((model(batch, task, 0.0).argmax(-1) == torch.tensor([i.label for i in batch])).sum())
    return right / len(items)


def train(
    model: TaskModel, given: Sequence[tuple[Task, Sequence[Item]]], course: Course
) -> Iterator[dict[str, float | int | str]]:
    """Train in place on the batches of all tasks in random order; yields the loss of every fifty steps."""
    rng = random.Random(course.seed)
    plan = [
        (task, batch) for task, items in given for _ in range(task.epochs) for batch in _batches(items, course, rng)
    ]
    rng.shuffle(plan)
    groups: list[dict[str, Any]] = [
        {"params": list(model.reader.encoder.parameters())},
        {"params": list(model.heads.parameters()), "lr": course.head_lr},
    ]
    optimizer = torch.optim.AdamW(groups, lr=course.lr, betas=(0.9, 0.98), weight_decay=course.weight_decay)
    warm = max(1, int(course.warmup * len(plan)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, (len(plan) - step) / len(plan))
    )
    model.train()
    model.reader.encoder.dropout = course.dropout
    losses: list[float] = []
    for step, (task, batch) in enumerate(plan, 1):
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(batch, task, course.dropout)
        loss = functional.cross_entropy(logits, torch.tensor([item.label for item in batch]))
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad(set_to_none=True)
        losses.append(loss.item())
        if step % _SHOWN_EVERY == 0:
            yield {"step": step, "of": len(plan), "loss": round(sum(losses[-_SHOWN_EVERY:]) / _SHOWN_EVERY, 4)}
    model.reader.encoder.dropout = 0.0


def _split(items: list[Item], seed: int) -> tuple[list[Item], list[Item]]:
    shuffled = random.Random(seed).sample(items, len(items))
    held = max(1, int(_HELD_OUT * len(items)))
    return shuffled[held:], shuffled[:held]


def _options(argv: Sequence[str] | None) -> dict[str, Any]:
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(prog="python -m models.neighbours", description=__doc__)
    parser.add_argument("--corpora", type=Path, default=here.parents[1] / "shared" / "corpora")
    parser.add_argument("--start", type=Path, default=here / "pretrained", help="folder of the pre-trained encoder")
    parser.add_argument("--tokenizer", type=Path, default=here / "weights" / "tokenizer.json")
    parser.add_argument("--folder", type=Path, default=here.parent / "runs" / "neighbours")
    parser.add_argument("--threads", type=int, default=2)
    return vars(parser.parse_args(argv))


def main(argv: Sequence[str] | None = None) -> None:
    """Train, say how often each task's held-out texts are labelled right, and write the encoder and a log."""
    options, course = _options(argv), Course()
    torch.set_num_threads(options["threads"])
    torch.manual_seed(course.seed)
    tokenizer, pretrained = load_tokenizer(options["tokenizer"]), load_pretrained(options["start"])
    model = TaskModel(pretrained.encoder, TASKS)
    split = []
    for task in TASKS:
        items = build_items(tokenizer, read_task(options["corpora"], task, course.seed), task, course.max_length)
        split.append((task, *_split(items, course.seed)))
    options["folder"].mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    with (options["folder"] / "log.jsonl").open("w", encoding="utf-8") as log:
        log.write(json.dumps(asdict(course)) + "\n")
        for line in train(model, [(task, items) for task, items, _ in split], course):
            log.write(json.dumps({**line, "minutes": round((time.monotonic() - begun) / 60, 1)}) + "\n")
            log.flush()
        scores = {task.name: round(accuracy(model, held, task, course), 4) for task, _, held in split}
        sizes = {task.name: len(items) for task, items, _ in split}
        log.write(json.dumps({"held_out_accuracy": scores, "texts": sizes}) + "\n")
    pretrained.encoder.load_state_dict(model.reader.encoder.state_dict())
    save_pretrained(options["folder"], pretrained)
    print(json.dumps(scores))


if __name__ == "__main__":
    main()
