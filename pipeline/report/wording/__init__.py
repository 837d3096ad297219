"""The one string table: every text that a user sees, in Japanese and English.

It is kept in TOML files beside this module, one an area; together they are one table of unique keys.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

Lang = Literal["ja", "en"]
LANGS: tuple[Lang, ...] = ("ja", "en")


@cache
def table() -> dict[str, dict[Lang, str]]:
    """Key to its text in each language.

    Raises:
        ValueError: a key stands in two files, or lacks a language.
    """
    merged: dict[str, dict[Lang, str]] = {}
    for file in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        for key, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if key in merged:
                raise ValueError(f"{file.name}: {key!r} stands in another file too")
            if set(entry) != set(LANGS):
                raise ValueError(f"{file.name}: {key!r} needs exactly {LANGS}")
            merged[key] = entry
    return merged


def text(key: str, lang: Lang, **params: object) -> str:
    """The text of ``key`` in ``lang``, its ``{placeholders}`` filled.

    Raises:
        KeyError: no such key, or a placeholder that ``params`` lacks.
    """
    return table()[key][lang].format_map(params)
