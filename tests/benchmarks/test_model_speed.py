"""Speed of the embedded model as ratios within one run: same comments, same machine, same threads.

Nothing here depends on what the weights have learnt, only on their shapes. Ratios are of processor seconds on one
thread, best of several rounds on both sides: other work on the machine hardly moves them.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from models.data import prepare, read_examples
from models.embedded import BATCH_TOKENS, EmbeddedLabeller, fastest_type
from pipeline.label import label_posts, load_labeller
from pipeline.records import Kind, Post
from pipeline.targets import load_targets

pytestmark = pytest.mark.benchmark

ROOT = Path(__file__).resolve().parents[2]
TARGETS = load_targets()
ROUNDS = 3
MANY = 20_000


def _texts() -> list[str]:
    return [example.text for example in read_examples(ROOT / "models" / "corpus" / "dev.jsonl")]


def _best(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Processor seconds of the fastest round on one thread."""
    times = []
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    for _ in range(rounds):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    torch.set_num_threads(threads)
    return min(times)


@pytest.fixture(scope="module")
def labeller() -> EmbeddedLabeller:
    found = load_labeller(None, TARGETS)
    assert isinstance(found, EmbeddedLabeller)
    found.predict(_texts()[:64], evidence=False)
    return found


def test_eighty_times_the_usual_way(labeller: EmbeddedLabeller) -> None:
    """Against a BERT-base pipeline of ``transformers`` with random weights, one pair (comment, target) each."""
    transformers = pytest.importorskip("transformers")
    texts = _texts()
    few = sorted(texts, key=len)[20::40]  # short and long as in the whole
    ours = len(texts) / _best(lambda: labeller.predict(texts, evidence=False))
    explained = len(texts) / _best(lambda: labeller.predict(texts), 1)
    usual_pipeline = _bert_pipeline(transformers)
    pairs = [{"text": text, "text_pair": target.ja} for text in few for target in TARGETS]
    usual = len(few) / _best(lambda: usual_pipeline(pairs), 2)
    print(
        f"\ncomments/s: {ours:.0f}, with evidence {explained:.0f}, the usual way {usual:.2f}: ratio {ours / usual:.0f}"
    )
    assert ours >= 80 * usual


def _bert_pipeline(transformers: object) -> Callable[[object], object]:
    """BERT-base, 12 layers of 768, with our own tokenizer: the ratio owes nothing to one that cuts texts smaller."""
    vocabulary = json.loads((ROOT / "models" / "weights" / "tokenizer.json").read_text(encoding="utf-8"))
    from tokenizers import Tokenizer, processors

    inner = Tokenizer.from_str(json.dumps(vocabulary))
    inner.post_processor = processors.BertProcessing((inner.id_to_token(3), 3), (inner.id_to_token(2), 2))
    tokenizer = transformers.PreTrainedTokenizerFast(  # type: ignore[attr-defined]
        tokenizer_object=inner, pad_token=inner.id_to_token(0), model_max_length=512
    )
    config = transformers.BertConfig(vocab_size=inner.get_vocab_size(), num_labels=4)  # type: ignore[attr-defined]
    model = transformers.BertForSequenceClassification(config).eval()  # type: ignore[attr-defined]
    result: Callable[[object], object] = transformers.pipeline(  # type: ignore[attr-defined]
        "text-classification", model=model, tokenizer=tokenizer, device="cpu"
    )
    return result


def test_forty_percent_of_the_matrix_products_alone(labeller: EmbeddedLabeller) -> None:
    """The rate of all labelling, text to prediction, against that of its linear layers' products of full batches."""
    texts = _texts()
    config = labeller._model.config.encoder
    inputs, _ = prepare(labeller._tokenizer, texts, TARGETS, config.max_length)
    tokens = sum(len(item.ids) for item in inputs)
    width, inner = config.hidden, config.ffn
    shapes = [(width, 3 * width), (width, width), (width, inner), (inner, width)] * config.layers
    dtype = fastest_type()
    weights = [torch.randn(n, k, dtype=dtype) for k, n in shapes]
    rows = {k: torch.randn(BATCH_TOKENS, k, dtype=dtype) for k in {k for k, _ in shapes}}

    def products() -> None:
        with torch.inference_mode():
            for weight in weights:
                torch.nn.functional.linear(rows[weight.shape[1]], weight)

    products()
    alone = BATCH_TOKENS / _best(products, 10)
    whole = tokens / _best(lambda: labeller.predict(texts, evidence=False))
    print(f"\ntokens/s: labelling {whole:.0f}, matrix products alone {alone:.0f}, share {whole / alone:.2f}")
    assert whole >= 0.4 * alone


def test_a_first_label_within_four_seconds() -> None:
    """Seconds on the wall from the start of the process, the best of three; needs a machine that is not busy."""
    code = (
        "from models.predict import load_labeller; from pipeline.targets import load_targets;"
        "print(load_labeller(None, load_targets()).predict(['ロシアを信じろと言うほうが無理だ。']))"
    )

    walls = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT)
        walls.append(time.perf_counter() - start)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = (used.ru_utime + used.ru_stime) / ROUNDS
    print(f"\nfirst label after {min(walls):.2f} s, {busy:.2f} of them on the processor")
    assert min(walls) <= 4.0


def test_memory_stays_flat_over_a_long_stream() -> None:
    """Peak memory after many comments, in a process of its own; what a million need follows from its being flat."""
    code = f"from tests.benchmarks.test_model_speed import stream; stream({MANY})"
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    early, late = json.loads(result.stdout)
    print(f"\npeak memory: {early:.0f} MB after {MANY // 4} comments, {late:.0f} MB after {MANY}")
    assert late < 700
    assert late - early < 40


def stream(count: int) -> None:
    """Label ``count`` posts one after another and print the peak memory in MB after a quarter and at the end."""
    texts = _texts()
    posts = (Post(str(i), "d", Kind.READER, f"{texts[i % len(texts)]}{i}", i) for i in range(count))
    peaks = []
    for number, _ in enumerate(label_posts(posts, load_labeller(None, TARGETS), evidence=False), 1):
        if number in (count // 4, count):
            peaks.append(_peak())
    print(json.dumps(peaks))


def _peak() -> float:
    """MB that this program held at most; ``getrusage`` would count what its parent held before it began."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
