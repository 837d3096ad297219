"""Targets of stance: their names and aliases, and where a text mentions them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pipeline.errors import BadTargets
from pipeline.records import Span

_DEFAULT_FILE = Path(__file__).with_name("targets.toml")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")
# A guarded alias must not touch a character that would make it part of another word.
_SAME_SCRIPT = {
    "kanji": r"[一-鿿々]",
    "katakana": r"[ァ-ヺー]",
    "latin": r"[A-Za-z0-9]",
}


@dataclass(frozen=True)
class Target:
    """One target: ``key`` names it in files (``stance_KEY``), ``ja`` and ``en`` on screen.

    ``related`` are words that point to it without naming it: its cities, agencies, weapons, people.
    """

    key: str
    ja: str
    en: str
    aliases: tuple[str, ...]
    guarded: tuple[str, ...] = ()
    related: tuple[str, ...] = field(default=(), hash=False)  # thousands: equal keys and names tell targets apart

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Longest alias first, so that ロシア軍 does not end at ロ."""
        plain = [(alias, re.escape(alias)) for alias in self.aliases]
        guarded = [(alias, _guard(alias)) for alias in self.guarded]
        ordered = sorted(plain + guarded, key=lambda pair: -len(pair[0]))
        return re.compile("|".join(pattern for _, pattern in ordered))

    @cached_property
    def related_words(self) -> dict[str, list[str]]:
        """The related words by their first two characters, longest first: quicker than a pattern of thousands."""
        groups: dict[str, list[str]] = {}
        for word in sorted(self.related, key=len, reverse=True):
            groups.setdefault(word[:2], []).append(word)
        return groups


def _guard(alias: str) -> str:
    script = "latin" if alias.isascii() else "katakana" if re.fullmatch(r"[ァ-ヺー]+", alias) else "kanji"
    border = _SAME_SCRIPT[script]
    return rf"(?<!{border}){re.escape(alias)}(?!{border})"


def find_mentions(text: str, target: Target) -> tuple[Span, ...]:
    """Character spans where ``text`` names ``target`` by an alias."""
    return tuple(Span(*match.span()) for match in target.pattern.finditer(text))


def find_related(text: str, target: Target) -> tuple[Span, ...]:
    """Character spans of the words in ``text`` that point to ``target`` without naming it, longest first."""
    spans: list[Span] = []
    free = 0
    for start in range(len(text) - 1):
        if start < free:
            continue
        for word in target.related_words.get(text[start : start + 2], ()):
            if text.startswith(word, start) and _stands_alone(text, start, start + len(word)):
                free = start + len(word)
                spans.append(Span(start, free))
                break
    return tuple(spans)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether neither end of a word in katakana or Latin letters goes on in its script."""
    return not any(
        re.fullmatch(2 * _SAME_SCRIPT[script], text[max(0, place - 1) : place + 1])
        for script in ("katakana", "latin")
        for place in (start, end)
    )


def load_targets(path: Path | None = None) -> tuple[Target, ...]:
    """Targets of a TOML file, in its order; the project's own three where ``path`` is None.

    Raises:
        BadTargets: the file cannot be read, or a table lacks a name or an alias.
    """
    file = path or _DEFAULT_FILE
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadTargets(path=file, detail=str(error)) from error
    targets = tuple(_target(file, key, table) for key, table in tables.items())
    if not targets:
        raise BadTargets(path=file, detail="no target in it")
    return targets


def make_target(key: str, ja: str, en: str, aliases: Sequence[str]) -> Target:
    """A target of a user's own; the Japanese name counts as an alias.

    Raises:
        BadTargets: the key is not lower-case ASCII, or a name is empty.
    """
    return _target(Path(key), key, {"ja": ja, "en": en, "aliases": [ja, *aliases]})


def _target(file: Path, key: str, table: object) -> Target:
    if not _KEY.fullmatch(key):
        raise BadTargets(path=file, detail=f"key {key!r} is not lower-case ASCII letters, digits and _")
    if not isinstance(table, dict):
        raise BadTargets(path=file, detail=f"[{key}] is no table")
    names = {name: table.get(name) for name in ("ja", "en")}
    aliases = table.get("aliases", [])
    guarded = table.get("guarded", [])
    if not all(isinstance(name, str) and name.strip() for name in names.values()):
        raise BadTargets(path=file, detail=f"[{key}] needs ja and en")
    if not (_are_names(aliases) and _are_names(guarded)):
        raise BadTargets(path=file, detail=f"[{key}] needs aliases as a list of strings")
    if not aliases and not guarded:
        raise BadTargets(path=file, detail=f"[{key}] has no alias")
    unique = tuple(dict.fromkeys(aliases))
    related = _related(file, key, table.get("related"))
    return Target(key, str(names["ja"]), str(names["en"]), unique, tuple(dict.fromkeys(guarded)), related)


def _related(file: Path, key: str, name: object) -> tuple[str, ...]:
    """The words, one a line, of the text file ``name`` (from the folder of ``file``); none where no file is named."""
    if name is None:
        return ()
    if not isinstance(name, str):
        raise BadTargets(path=file, detail=f"[{key}] needs related as the name of a text file")
    try:
        words = (file.parent / name).read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError) as error:  # ValueError: not UTF-8, or a null character in the name
        raise BadTargets(path=file, detail=f"[{key}] related: {error}") from error
    found = tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
    if short := [word for word in found if len(word) < 2]:
        raise BadTargets(path=file, detail=f"[{key}] related: {short[0]!r} is shorter than two characters")
    return found


def _are_names(group: object) -> bool:
    return isinstance(group, list) and all(isinstance(alias, str) and alias for alias in group)
