"""Unigram tokenizer: NFKC, no word segmenter, byte fallback, emoji and kaomoji signs kept.

The special pieces are private-use characters. ``clean`` takes such characters out of every text, so no
comment can spell a special token.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tokenizers import Encoding, Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import Unigram
from tokenizers.trainers import UnigramTrainer

PAD, UNK, CLS, SEP, MASK, QUERY = range(6)
SLOT_COUNT = 8
SLOT_IDS: tuple[int, ...] = tuple(range(6, 6 + SLOT_COUNT))
_SPECIAL_COUNT = 16
_FIRST_SPECIAL = 0xE000
SPECIALS: tuple[str, ...] = tuple(chr(_FIRST_SPECIAL + i) for i in range(_SPECIAL_COUNT))
SLOT_PIECES: tuple[str, ...] = tuple(SPECIALS[i] for i in SLOT_IDS)

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ue000-\uf8ff]")
_PIECES = Regex(r"[\p{L}\p{M}]+|\p{N}|\s|[^\p{L}\p{M}\p{N}\s]+")
_EMOJI_RANGES = ((0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF), (0x2600, 0x27BF), (0x1F1E6, 0x1F1FF))
_MAX_PIECE = 10
_MIN_CHAR_COUNT = 40
_RARE_SCORE = -30.0


def clean(text: str) -> str:
    """Replace control and private-use characters and lone surrogates by a space, one for one, so that offsets stay."""
    return _UNSAFE.sub(" ", text)


def _empty(vocabulary: list[tuple[str, float]] | None) -> Tokenizer:
    model = Unigram() if vocabulary is None else Unigram(vocabulary, UNK, True)
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"[ \t]+"), " "), normalizers.Replace(Regex("w{3,}"), "www")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(_PIECES, "isolated")
    return tokenizer


def _is_emoji(char: str) -> bool:
    return any(low <= ord(char) <= high for low, high in _EMOJI_RANGES)


def train_tokenizer(lines: Sequence[str], vocab_size: int) -> Tokenizer:
    """Train on ``lines``; characters seen fewer than 40 times (emoji: 3) are left to byte fallback."""
    normalizer = normalizers.NFKC()
    normal = [normalizer.normalize_str(clean(line)) for line in lines]
    counts = Counter(char for line in normal for char in line)
    rare = {c for c, n in counts.items() if n < (3 if _is_emoji(c) else _MIN_CHAR_COUNT)}
    table = str.maketrans(dict.fromkeys(rare, "\n"))
    byte_pieces = [f"<0x{i:02X}>" for i in range(256)]
    trained = _empty(None)
    trainer = UnigramTrainer(
        vocab_size=vocab_size - _SPECIAL_COUNT - len(byte_pieces),
        max_piece_length=_MAX_PIECE,
        unk_token="?",
        special_tokens=["?"],
        shrinking_factor=0.5,
        show_progress=False,
    )
    trained.train_from_iterator((line.translate(table) for line in normal), trainer)
    learned = [(p, s) for p, s in json.loads(trained.to_str())["model"]["vocab"] if p != "?" or s != 0.0]
    vocabulary = [(piece, 0.0) for piece in SPECIALS] + [(p, _RARE_SCORE) for p in byte_pieces]
    vocabulary += [(p, float(s)) for p, s in learned][: vocab_size - len(vocabulary)]
    return _empty(vocabulary)


def load_tokenizer(path: Path) -> Tokenizer:
    """Read ``tokenizer.json``; raises ValueError where the special pieces are not at their places."""
    tokenizer = Tokenizer.from_file(str(path))
    for index, piece in enumerate(SPECIALS):
        if tokenizer.id_to_token(index) != piece:
            raise ValueError(f"{path.name}: token {index} is not the special piece this code expects")
    return tokenizer


def encode(tokenizer: Tokenizer, texts: Iterable[str]) -> list[Encoding]:
    """Token ids and character offsets; the texts are cleaned already and may hold slot pieces."""
    return list(tokenizer.encode_batch_fast(list(texts), add_special_tokens=False))
