"""Mentions of targets become slots, so that the model reads what is said and not of whom.

The target that a text names first is slot 1, the second slot 2 and so on. Two texts that differ only in which
targets they name are then the same input, and swapping names swaps the labels. A target that is not named gets its slot
behind the words that point to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from models.tokenizer import SLOT_COUNT, SLOT_PIECES, clean
from pipeline.targets import Target, find_mentions, find_related

_KATAKANA = "ァ-ヺー"


@dataclass(frozen=True)
class Masked:
    """A text with slots in place of names.

    ``slots`` gives for each target its slot (0 to SLOT_COUNT - 1) or None where it is not meant by any word, ``named``
    whether it is named; ``starts`` maps each character of ``text`` to the character of the original where it begins,
    with the original's length at the end.
    """

    text: str
    slots: tuple[int | None, ...]
    named: tuple[bool, ...]
    starts: tuple[int, ...]


@lru_cache(maxsize=256)
def _short_form(target: Target) -> re.Pattern[str] | None:
    """The one-character names of a target (米, 露, ロ), as they stand inside longer aliases (米軍, 対露)."""
    short = [name for name in (*target.guarded, *target.aliases) if len(name) == 1]
    parts = [rf"(?<![{_KATAKANA}]){c}(?![{_KATAKANA}])" if "ァ" <= c <= "ヺ" else re.escape(c) for c in short]
    return re.compile("|".join(parts)) if parts else None


def _named_part(text: str, start: int, end: int, target: Target) -> list[tuple[int, int]]:
    """What of an alias is the name itself: 米 of 米軍 or 日米, all of 米国 or ロシア."""
    short = _short_form(target)
    alias = text[start:end]
    if short is None or len(alias) == 1 or (len(alias) == 2 and alias[1] == "国"):
        return [(start, end)]
    found = [(m.start(), m.end()) for m in short.finditer(text, start, end)]
    return found or [(start, end)]


def mask_mentions(text: str, targets: Sequence[Target]) -> Masked:
    """Replace the names of ``targets`` in ``text`` by slot pieces; targets past the last slot keep their names.

    A target that is not named gets its piece put in behind each word that points to it.
    """
    text = clean(text)
    names = [
        [
            part
            for mention in find_mentions(text, target)
            for part in _named_part(text, mention.start, mention.end, target)
        ]
        for target in targets
    ]
    places = [
        named or [(word.end, word.end) for word in find_related(text, target)]
        for named, target in zip(names, targets, strict=True)
    ]
    spans = sorted((place, index) for index, group in enumerate(places) for place in group)
    slots: dict[int, int] = {}
    pieces: list[str] = []
    starts: list[int] = []
    at = 0
    for (start, end), index in spans:
        if start < at or (index not in slots and len(slots) == SLOT_COUNT):
            continue
        slot = slots.setdefault(index, len(slots))
        pieces.append(text[at:start] + SLOT_PIECES[slot])
        starts.extend(range(at, start + 1))
        at = end
    pieces.append(text[at:])
    starts.extend(range(at, len(text) + 1))
    found = tuple(slots.get(i) for i in range(len(targets)))
    named = tuple(bool(group) and slot is not None for group, slot in zip(names, found, strict=True))
    return Masked("".join(pieces), found, named, tuple(starts))
