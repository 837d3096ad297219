"""Pre-training text: the corpora mixed by weight, countries partly masked to slots, packed as rows of tokens."""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models.tokenizer import CLS, SEP, SLOT_COUNT, SLOT_PIECES, clean, encode

Tokens = NDArray[np.uint16]

# Characters taken of each source, in millions (all of it where it holds less). Argued opinion and talk come first,
# economics and old prose are held down.
MIX: dict[str, float] = {
    "text/diet.txt.xz": 30.0,
    "text/assembly.txt.xz": 4.0,
    "text/wikipedia.txt.xz": 6.5,
    "text/chat.txt.xz": 10.0,
    "text/open2ch.txt.xz": 3.0,
    "text/public_comments.txt.xz": 3.0,
    "text/aozora.txt.xz": 8.0,
    "labelled/economy_watchers.tsv.xz": 8.0,
}
# These say most about the register in question, so they come more often in one pass.
REPEATS: dict[str, int] = {"text/open2ch.txt.xz": 2, "text/public_comments.txt.xz": 2}
_MAX_DOCUMENT = 1200
_NAMES = re.compile(
    "アメリカ|米国|ロシア|ウクライナ|中国|韓国|北朝鮮|イラン|イスラエル|ドイツ|フランス|イギリス|英国|インド|台湾|トルコ|ポーランド"
    "|ソ連|イラク|シリア|オーストラリア|カナダ|バイデン|トランプ|オバマ|プーチン|ゼレンスキー|習近平|安倍|岸田|石破|自民党|立憲民主党"
    "|公明党|共産党|日本維新の会|国民民主党|れいわ|東京電力|トヨタ|財務省|文科省|厚労省"
)


def slot_names(text: str, rng: random.Random) -> str:
    """Replace the actors named in half of the texts by slots in order of first mention, as ``mask_mentions`` does."""
    if rng.random() < 0.5:
        return text
    slots: dict[str, str] = {}

    def put(match: re.Match[str]) -> str:
        if match.group() not in slots and len(slots) == SLOT_COUNT:
            return match.group()
        return slots.setdefault(match.group(), SLOT_PIECES[len(slots) % SLOT_COUNT])

    return _NAMES.sub(put, text)


def read_source(path: Path) -> list[str]:
    """Documents of one corpus file; of a table, its last column."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        lines = file.read().split("\n")
    if path.name.endswith(".tsv.xz"):
        return [line.rsplit("\t", 1)[-1] for line in lines[1:] if line]
    return [line for line in lines if line]


def sample_documents(corpora: Path, mix: dict[str, float], seed: int) -> list[str]:
    """A shuffled mixture of documents, long ones cut to passages of at most 1,200 characters."""
    rng = random.Random(seed)
    documents: list[str] = []
    for name, millions in mix.items():
        lines = read_source(corpora / name)
        rng.shuffle(lines)
        taken, budget = [], millions * 1e6
        for line in lines:
            if budget <= 0:
                break
            budget -= len(line)
            taken += [line[i : i + _MAX_DOCUMENT] for i in range(0, len(line), _MAX_DOCUMENT)]
        documents += taken * REPEATS.get(name, 1)
    rng.shuffle(documents)
    return [slot_names(clean(document), rng) for document in documents]


def read_comments(paths: Sequence[Path]) -> list[str]:
    """Texts of labelled comments (JSON Lines)."""
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return [json.loads(line)["text"] for line in lines if line]


def pack(tokenizer: Tokenizer, documents: Sequence[str], length: int) -> Tokens:
    """[N, length] rows: [CLS] document [SEP] document [SEP] ... cut wherever a row is full."""
    rows: list[Tokens] = []
    rest = np.zeros(0, np.uint16)
    for start in range(0, len(documents), 4096):
        flat: list[int] = []
        for encoding in encode(tokenizer, documents[start : start + 4096]):
            flat += [*encoding.ids, SEP]
        rest = np.concatenate((rest, np.asarray(flat, np.uint16)))
        whole = len(rest) // (length - 1) * (length - 1)
        rows.append(rest[:whole].reshape(-1, length - 1))
        rest = rest[whole:]
    body = np.concatenate(rows)
    return np.concatenate((np.full((len(body), 1), CLS, np.uint16), body), axis=1)


def epochs(rows: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """A new order of the rows for every epoch; the same for the same seed."""
    epoch = 0
    while True:
        yield np.random.default_rng((seed, epoch)).permutation(rows)
        epoch += 1
