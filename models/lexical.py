"""The lexical member: character n-grams around the target, TF-IDF weights and a linear classifier.

Words alone reach a plateau, but what they know (rare words, turns of phrase) a compact encoder with little
pre-training does not; the two err differently, so their logits are mixed. Names are slots here too, so that a swap
of names swaps the labels.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from models.mentions import Masked
from models.tokenizer import SLOT_PIECES
from pipeline.targets import Target

Hashes = NDArray[np.int64]
Floats = NDArray[np.float32]
Logits = tuple[Tensor, Tensor]

_OWN, _OTHER = "★", "☆"
_MULTIPLIER = np.int64(1_000_003)
_BITS = np.int64((1 << 61) - 1)
# The upper 32 bits of a hash are kept: half the room on disk, and of ten million n-grams 1 in 400 meets another.
_DROPPED_BITS = np.int64(29)
_WINDOW = 12
_TAIL = 14
_MAX_CHARS = 2000
_TEXTS = 128
_CLAUSE_END = re.compile("[。!?\n]")
_OTHERS = {ord(piece): _OTHER for piece in SLOT_PIECES}


@dataclass(frozen=True)
class Features:
    """Hashed features of N texts, in no order: hashes [F], and rows [F], the text that each belongs to."""

    hashes: Hashes
    rows: Hashes
    count: int


@dataclass(frozen=True)
class _Line:
    """A text to take n-grams of: its row, the section they stand in, and whether places near its target count too."""

    text: str
    row: int
    section: str
    marked: bool = False


def _salt(section: str) -> np.int64:
    value = 7
    for char in section:
        value = (value * 131 + ord(char)) % (1 << 40)
    return np.int64(value)


def _salted(hashes: Hashes, salt: Hashes | np.int64) -> Hashes:
    with np.errstate(over="ignore"):
        mixed: Hashes = (((hashes ^ salt) * np.int64(2_654_435_761)) & _BITS) >> _DROPPED_BITS
    return mixed


def _marks(lines: Sequence[_Line], total: int, starts: Hashes) -> dict[str, NDArray[np.bool_]]:
    """For each section of its own (near, clause, tail) which characters of the joined lines belong to it, [total]."""
    marks = {name: np.zeros(total, bool) for name in ("near", "clause", "tail")}
    for line, start in zip(lines, starts, strict=True):
        if not line.marked:
            continue
        text = line.text
        marks["tail"][start + max(0, len(text) - _TAIL) : start + len(text)] = True
        ends = [-1, *(m.start() for m in _CLAUSE_END.finditer(text)), len(text)]
        for match in re.finditer(_OWN, text):
            place = match.start()
            marks["near"][start + max(0, place - _WINDOW) : start + min(len(text), place + _WINDOW)] = True
            after = bisect(ends, place)
            marks["clause"][start + ends[after - 1] + 1 : start + ends[after]] = True
    return marks


def _extract(lines: Sequence[_Line], count: int) -> Features:
    """N-grams of one to three characters of all lines at once, for ``count`` rows; none crosses a line's end."""
    joined = "".join(f"{line.text}\0" for line in lines)
    codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32).astype(np.int64)
    lengths = np.array([len(line.text) + 1 for line in lines], np.int64)
    starts = np.cumsum(lengths) - lengths
    line_rows = np.array([line.row for line in lines], np.int64)
    rows = np.repeat(line_rows, lengths)
    salts = np.array([_salt(line.section) for line in lines], np.int64)
    char_salts = np.repeat(salts, lengths)
    marks = _marks(lines, len(codes), starts)
    hashes, owners = [_salted(np.zeros(len(lines), np.int64), salts)], [line_rows]
    inside = codes != 0
    grams = np.zeros(len(codes), np.int64)
    whole = np.ones(len(codes), bool)
    for size in (1, 2, 3):
        shift = size - 1
        with np.errstate(over="ignore"):
            grams = (grams[: len(codes) - shift] * _MULTIPLIER + codes[shift:] + 1) & _BITS
        whole = whole[: len(codes) - shift] & inside[shift:]
        hashes.append(_salted(grams[whole], char_salts[: len(grams)][whole]))
        owners.append(rows[: len(grams)][whole])
        for name, mark in marks.items():
            if name != "tail" and size == 1:
                continue
            chosen = whole & mark[: len(grams)]
            hashes.append(_salted(grams[chosen], _salt(name)))
            owners.append(rows[: len(grams)][chosen])
    return Features(np.concatenate(hashes), np.concatenate(owners), count)


def stance_features(masked: Sequence[Masked], targets: Sequence[Target]) -> Features:
    """Features of each text for each target; row = text * Q + target.

    Where the target is not named, they stand under the target's own key: words that mean it. Such features of a target
    not trained on are unknown and count nothing. Where it is named, or words point to it, they say nothing of which
    target it is, and those near it, in its sentences and at the end count on their own too.
    """
    lines = []
    for at, text in enumerate(masked):
        plain = unicodedata.normalize("NFKC", text.text[:_MAX_CHARS])
        for q, (target, slot) in enumerate(zip(targets, text.slots, strict=True)):
            own = plain if slot is None else plain.replace(SLOT_PIECES[slot], _OWN)
            line = _Line(own.translate(_OTHERS), at * len(targets) + q, target.key)
            if not text.named[q]:
                lines.append(line)
            if slot is not None:
                lines.append(replace(line, section="named" if text.named[q] else "pointed", marked=True))
    return _extract(lines, len(masked) * len(targets))


def sentiment_features(masked: Sequence[Masked]) -> Features:
    """Features of each text for its sentiment, names alike."""
    plain = (unicodedata.normalize("NFKC", text.text[:_MAX_CHARS]).translate(_OTHERS) for text in masked)
    return _extract([_Line(text, row, "whole", marked=True) for row, text in enumerate(plain)], len(masked))


@dataclass(frozen=True)
class Linear:
    """A linear classifier over hashed features: hashes [V] sorted, idf [V], weights [V, C], bias [C].

    One logistic regression a label, each against all others; their probabilities are normalised to sum to 1 (Zadrozny
    and Elkan 2002).
    """

    hashes: Hashes
    idf: Floats
    weights: Floats
    bias: Floats

    def vectors(self, features: Features) -> tuple[Hashes, Hashes, Floats]:
        """Rows, columns and values of the sparse [N, V]: (1 + log count) * idf of known features, rows of length 1."""
        places = np.minimum(np.searchsorted(self.hashes, features.hashes), len(self.hashes) - 1)
        known = self.hashes[places] == features.hashes
        cells, counts = np.unique(features.rows[known] * len(self.hashes) + places[known], return_counts=True)
        rows, columns = np.divmod(cells, len(self.hashes))
        values = (1.0 + np.log(counts)).astype(np.float32) * self.idf[columns]
        norms = np.sqrt(np.bincount(rows, values * values, features.count)).astype(np.float32)
        return rows, columns, (values / np.maximum(norms, 1e-6)[rows]).astype(np.float32)

    def log_probabilities(self, features: Features) -> Floats:
        """[N, C] log-probabilities of each text."""
        rows, columns, values = self.vectors(features)
        terms = (self.weights[columns] * values[:, None]).T
        logits = np.stack([np.bincount(rows, term, features.count) for term in terms], axis=1) + self.bias
        likely = -np.logaddexp(0, -logits)
        result: Floats = (likely - np.logaddexp.reduce(likely, axis=1, keepdims=True)).astype(np.float32)
        return result


@dataclass(frozen=True)
class LexicalModel:
    """Stance and sentiment by words alone, and the share each has in the mixed logits."""

    stance: Linear
    sentiment: Linear
    stance_share: float
    sentiment_share: float

    def mix(self, stance: Tensor, sentiment: Tensor, masked: Sequence[Masked], targets: Sequence[Target]) -> Logits:
        """Mix the encoder's logits, stance [N, Q, 4] and sentiment [N, 3], with this member's; same shapes.

        The mean of log-probabilities weighted by the shares: what both hold likely stays likely.
        """
        words, feeling = (torch.from_numpy(part) for part in self.score(masked, targets))
        return (
            (1 - self.stance_share) * stance.float().log_softmax(-1) + self.stance_share * words,
            (1 - self.sentiment_share) * sentiment.float().log_softmax(-1) + self.sentiment_share * feeling,
        )

    def stance_part(self, masked: Sequence[Masked], targets: Sequence[Target]) -> Tensor:
        """What this member adds to the mixed logits of stance, [N, Q, 4]."""
        return self.stance_share * torch.from_numpy(self._score_stance(masked, targets))

    def score(self, masked: Sequence[Masked], targets: Sequence[Target]) -> tuple[Floats, Floats]:
        """Log-probabilities of stance [N, Q, 4] and of sentiment [N, 3]."""
        feelings = [self.sentiment.log_probabilities(sentiment_features(part)) for part in _parts(masked)]
        return self._score_stance(masked, targets), np.concatenate(feelings)

    def _score_stance(self, masked: Sequence[Masked], targets: Sequence[Target]) -> Floats:
        found = [self.stance.log_probabilities(stance_features(part, targets)) for part in _parts(masked)]
        return np.concatenate(found).reshape(len(masked), len(targets), len(self.stance.bias))


def _parts(masked: Sequence[Masked]) -> list[Sequence[Masked]]:
    """At most ``_TEXTS`` texts each, one part where there are none: all n-grams of a part are held at once."""
    return [masked[at : at + _TEXTS] for at in range(0, max(1, len(masked)), _TEXTS)]
