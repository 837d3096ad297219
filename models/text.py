"""Pre-training text: the corpora mixed by weight, countries partly masked to slots, packed as rows of tokens."""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models.mentions import mask_mentions
from models.tokenizer import CLS, SEP, SLOT_COUNT, SLOT_PIECES, clean, encode
from pipeline.targets import load_targets

Tokens = NDArray[np.uint16]

# Characters taken of each source, in millions (all of it where it holds less). Argued opinion and talk come first,
# economics and old prose are held down.
MIX: dict[str, float] = {
    "text/diet.txt.xz": 30.0,
    "text/assembly.txt.xz": 11.0,
    "text/wikipedia.txt.xz": 6.5,
    "text/chat.txt.xz": 10.0,
    "text/open2ch.txt.xz": 3.0,
    "text/public_comments.txt.xz": 3.0,
    "text/aozora.txt.xz": 14.0,
    "labelled/economy_watchers.tsv.xz": 18.0,
}
# The end of training reads what is nearest to the comments: talk, opinion, and the Diet on foreign affairs.
LATE_MIX: dict[str, float] = {
    "text/diet.txt.xz": 30.0,
    "text/chat.txt.xz": 2.0,
    "text/wikipedia.txt.xz": 1.0,
    "text/open2ch.txt.xz": 3.0,
    "text/public_comments.txt.xz": 1.5,
}
_FOREIGN = re.compile(
    "アメリカ|米国|ロシア|ウクライナ|プーチン|トランプ|バイデン|ゼレンスキー|侵略|制裁|防衛|同盟|核兵器|安全保障|停戦"
)
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


def sample_documents(corpora: Path, mix: Mapping[str, float], seed: int) -> list[str]:
    """A shuffled mixture of documents, long ones cut to passages of at most 1,200 characters."""
    rng = random.Random(seed)
    documents: list[str] = []
    for name, millions in mix.items():
        lines = read_source(corpora / name)
        if mix is LATE_MIX and "diet" in name:
            lines = [line for line in lines if _FOREIGN.search(line)]
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


def mask_comments(texts: Sequence[str], seed: int) -> list[str]:
    """Comments as fine-tuning will see them, names as slots, and half of them as written."""
    rng = random.Random(seed)
    targets = load_targets()
    return [mask_mentions(text, targets).text if rng.random() < 0.5 else clean(text) for text in texts]


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
