"""Pre-training on the CPU: ``python -m models.pretrain``. Resumes from its last checkpoint.

A masked language model; with ``--generator`` it learns from tokens that an earlier encoder put in (models.replaced),
with ``--words`` its embeddings are given what word vectors of a large corpus know (models.wordvectors).
Every step's rows and masks follow from the seed and the step's number alone, so a run that is stopped and resumed
takes the same steps as one that is not.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from models.checkpoints import Trainee, load_checkpoint, save_checkpoint
from models.config import EncoderConfig
from models.data import training_files
from models.encoder import MaskedLanguageModel
from models.replaced import ReplacedTokenModel, replace_tokens
from models.text import LATE_MIX, MIX, Tokens, mask_comments, pack, read_comments, sample_documents
from models.tokenizer import MASK, SLOT_IDS, load_tokenizer
from models.vectors import cooccurrence, ppmi_vectors
from models.weights_io import load_pretrained, save_pretrained
from models.wordvectors import add_knowledge, ginza_words, merge_knowledge, piece_vectors

_LAST_SPECIAL = 15
# Weight of "was this token replaced?" beside "what stood here?": puts the two losses at about the same size.
_DETECTION_WEIGHT = 10.0
# A projection of all word vectors learns from every token, so it may move faster than single rows.
_PROJECTION_RATE = 2.0


@dataclass(frozen=True)
class Plan:
    """Course of training. The rate warms up, stays, and falls linearly over the last ``decay`` of the steps."""

    steps: int = 3400
    rows: int = 32
    mask: float = 0.25
    muon_lr: float = 0.004
    adam_lr: float = 1e-3
    weight_decay: float = 0.05
    warmup: int = 200
    decay: float = 0.41
    seed: int = 20

    @property
    def late_from(self) -> int:
        """The step from which the rate falls and the late rows are read."""
        return self.steps - max(1, int(self.steps * self.decay))

    def rate(self, step: int) -> float:
        """Factor on the learning rates at ``step``, from 0 to 1."""
        left = (self.steps - step) / (self.steps - self.late_from)
        return min(1.0, (step + 1) / self.warmup, max(0.02, left))


def masked_batch(rows: Tokens, plan: Plan, step: int, vocab_size: int) -> tuple[Tensor, Tensor, Tensor]:
    """Batch number ``step``: ids [B, T] with masks set, flat indices [M] and labels [M] of what to predict.

    Of the chosen positions 80 % become [MASK], 10 % a random token, 10 % stay (Devlin et al. 2019).
    """
    per_epoch = len(rows) // plan.rows
    epoch, place = divmod(step, per_epoch)
    order = np.random.default_rng((plan.seed, epoch)).permutation(len(rows))
    ids = rows[np.sort(order[place * plan.rows : (place + 1) * plan.rows])].astype(np.int64)
    rng = np.random.default_rng((plan.seed, step, 1))
    candidates = np.flatnonzero((ids > _LAST_SPECIAL) | np.isin(ids, SLOT_IDS))
    chosen = np.sort(rng.choice(candidates, int(plan.mask * ids.size), replace=False))
    flat = ids.reshape(-1)
    labels = flat[chosen].copy()
    draw = rng.random(len(chosen))
    flat[chosen[draw < 0.8]] = MASK
    swap = chosen[draw >= 0.9]
    flat[swap] = rng.integers(_LAST_SPECIAL + 1, vocab_size, len(swap))
    return torch.from_numpy(ids), torch.from_numpy(chosen), torch.from_numpy(labels)


def build_optimizers(model: Trainee, plan: Plan) -> list[torch.optim.Optimizer]:
    """Muon (Jordan 2024) for the matrices of the layers, AdamW for embeddings, norms and the output layer."""
    matrices = [p for p in model.encoder.layers.parameters() if p.dim() == 2]
    projections = [p for name, p in model.named_parameters() if name.endswith("projection")]
    chosen = {id(p) for p in (*matrices, *projections)}
    others = [p for p in model.parameters() if id(p) not in chosen]
    groups: list[dict[str, Any]] = [{"params": others}]
    if projections:
        groups.append({"params": projections, "lr": plan.adam_lr * _PROJECTION_RATE})
    return [
        torch.optim.Muon(
            matrices, lr=plan.muon_lr, momentum=0.95, weight_decay=plan.weight_decay, adjust_lr_fn="match_rms_adamw"
        ),
        torch.optim.AdamW(groups, lr=plan.adam_lr, betas=(0.9, 0.98), weight_decay=0.01),
    ]


def train(
    model: Trainee,
    rows: Tokens,
    late: Tokens,
    plan: Plan,
    folder: Path,
    *,
    generator: MaskedLanguageModel | None = None,
    stop: int | None = None,
    every: float = 300.0,
    compiled: bool = False,
) -> list[float]:
    """Train on ``rows``, then on ``late`` while the rate falls, from the checkpoint in ``folder`` if there is one.

    ``generator`` fills the masks, which a ReplacedTokenModel needs. Stops at step ``stop`` (default the plan's end);
    saves every ``every`` seconds and at the end. Returns the loss of each step taken.
    """
    optimizers = build_optimizers(model, plan)
    base_rates = [group["lr"] for optimizer in optimizers for group in optimizer.param_groups]
    checkpoint = folder / "checkpoint.pt"
    step = load_checkpoint(checkpoint, model, optimizers) if checkpoint.exists() else 0
    last = plan.steps if stop is None else stop
    losses: list[float] = []
    saved = shown = time.monotonic()
    forward = torch.compile(model) if compiled else model
    while step < last:
        groups = [group for optimizer in optimizers for group in optimizer.param_groups]
        for group, base in zip(groups, base_rates, strict=True):
            group["lr"] = base * plan.rate(step)
        ids, masked, labels = masked_batch(
            late if step >= plan.late_from else rows, plan, step, model.encoder.config.vocab_size - 1
        )
        with torch.autocast("cpu", torch.bfloat16):
            if generator is None:
                loss = forward(ids, masked, labels)
            else:
                filled, replaced = replace_tokens(generator, ids, masked, labels, step)
                loss = forward(filled, masked, labels, replaced)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        losses.append(float(loss.detach()))
        step += 1
        now = time.monotonic()
        if step % 50 == 0:
            speed = 50 * ids.numel() / (now - shown)
            line = {"step": step, "loss": round(float(np.mean(losses[-50:])), 4), "tokens_per_s": round(speed)}
            with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
                log.write(json.dumps(line) + "\n")
            shown = now
        if now - saved > every or step == last:
            save_checkpoint(checkpoint, step, model, optimizers)
            saved = now
    return losses


def prepare_rows(
    path: Path,
    corpora: Path,
    comments: Sequence[Path],
    mix: Mapping[str, float],
    repeat: int,
    plan: Plan,
    tokenizer: Path,
) -> Tokens:
    """The packed corpus [N, 128] at ``path``: made of the mix and ``repeat`` copies of the comments if not there."""
    if not path.exists():
        documents = sample_documents(corpora, mix, plan.seed) + mask_comments(
            read_comments(comments) * repeat, plan.seed
        )
        order = np.random.default_rng(plan.seed).permutation(len(documents))
        np.save(path, pack(load_tokenizer(tokenizer), [documents[i] for i in order], 128))
    rows: Tokens = np.load(path, mmap_mode="r")
    return rows


def build_model(rows: Tokens, config: EncoderConfig, seed: int) -> MaskedLanguageModel:
    """A new model whose embeddings start from co-occurrence vectors of the corpus."""
    torch.manual_seed(seed)
    model = MaskedLanguageModel(config)
    vectors = ppmi_vectors(cooccurrence(rows, config.vocab_size, 4), config.hidden, seed)
    with torch.no_grad():
        # Norm of a random row is std * sqrt(H); keep that scale and a little noise for rows without counts.
        model.encoder.embeddings.weight.mul_(0.1).add_(vectors * 0.02 * config.hidden**0.5)
    return model


def add_word_vectors(model: MaskedLanguageModel, rows: Tokens, tokenizer: Path) -> None:
    """Give the embeddings what the word vectors of ja-ginza know of their tokens."""
    size = model.encoder.config.vocab_size
    known, table = ginza_words()
    vectors = torch.from_numpy(piece_vectors(load_tokenizer(tokenizer).get_vocab(), known, table, size))
    counts = torch.from_numpy(np.bincount(np.asarray(rows).reshape(-1), minlength=size)).float()
    add_knowledge(model.encoder.embeddings, vectors, counts)


def _options(argv: Sequence[str] | None) -> dict[str, Any]:
    parser = argparse.ArgumentParser(prog="python -m models.pretrain", description=__doc__)
    here = Path(__file__).resolve().parent
    parser.add_argument("--corpora", type=Path, default=here.parents[1] / "shared" / "corpora")
    parser.add_argument("--comments", type=Path, nargs="*", default=training_files(here / "corpus"))
    parser.add_argument("--folder", type=Path, default=here.parent / "runs" / "pretrain")
    parser.add_argument("--tokenizer", type=Path, default=here / "weights" / "tokenizer.json")
    parser.add_argument("--start", type=Path, help="folder of a pre-trained encoder to go on from, with new optimizers")
    parser.add_argument("--generator", type=Path, help="folder of an encoder that puts in the tokens to be found")
    parser.add_argument("--words", action="store_true", help="start from the word vectors of the package ja-ginza too")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--compile", action="store_true", help="1.3 times faster after a minute; needs a C++ compiler")
    for name, value in (*asdict(Plan()).items(), *asdict(EncoderConfig()).items()):
        if name != "vocab_size":
            parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    return vars(parser.parse_args(argv))


def main(argv: Sequence[str] | None = None) -> None:
    """Command line of pre-training."""
    options = _options(argv)
    torch.set_num_threads(options["threads"])
    plan = Plan(**{name: options[name] for name in asdict(Plan())})
    config = EncoderConfig(**{name: options[name] for name in asdict(EncoderConfig()) if name != "vocab_size"})
    folder: Path = options["folder"]
    folder.mkdir(parents=True, exist_ok=True)
    source = (options["corpora"], options["comments"])
    rows = prepare_rows(folder / "rows.npy", *source, MIX, 4, plan, options["tokenizer"])
    late = prepare_rows(folder / "late.npy", *source, LATE_MIX, 6, plan, options["tokenizer"])
    print(f"{rows.size / 1e6:.1f} million tokens, then {late.size / 1e6:.1f} million nearer to the comments")
    torch.manual_seed(plan.seed)
    if (folder / "checkpoint.pt").exists():
        language = MaskedLanguageModel(config)  # its weights are in the checkpoint
    elif options["start"]:
        language = load_pretrained(options["start"])
    else:
        language = build_model(rows, config, plan.seed)
    if options["words"]:
        add_word_vectors(language, rows, options["tokenizer"])
    generator = load_pretrained(options["generator"]).eval() if options["generator"] else None
    model = ReplacedTokenModel(language, _DETECTION_WEIGHT) if generator else language
    train(model, rows, late, plan, folder, generator=generator, compiled=options["compile"])
    if options["words"]:
        merge_knowledge(language.encoder.embeddings)
    save_pretrained(folder, language)


if __name__ == "__main__":
    main()
