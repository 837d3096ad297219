"""What a page says of its article to machines: JSON-LD, meta elements, canonical address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

_ARTICLE = re.compile(
    r"(?:News|Reportage|Analysis|Opinion|Review|Tech|Background|Scholarly|Social\w*)?Article|BlogPosting|\w*Posting"
)
_URL = re.compile(r"https?://|^//|^@")
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Structured:
    """The article's JSON-LD object (empty where there is none) and all meta elements by lower-case name."""

    article: Mapping[str, Any]
    metas: Mapping[str, tuple[str, ...]]

    def meta(self, *names: str) -> str | None:
        """First meta element that is not empty, in the order of the names."""
        return next((value for name in names for value in self.metas.get(name, ())), None)

    def text(self, name: str) -> str | None:
        """A text of the JSON-LD object, or None."""
        value = self.article.get(name)
        return value.strip() or None if isinstance(value, str) else None


def structured_of(tree: LexborHTMLParser) -> Structured:
    """Read JSON-LD and meta elements; what is broken is passed over."""
    return Structured(_article(tree), _metas(tree))


def authors_of(data: Structured) -> tuple[str, ...]:
    """Names of the JSON-LD author: a person, an organisation, a text, or a list of these."""
    return tuple(name for name in _names(data.article.get("author")) if not _URL.search(name))


def publisher_of(data: Structured) -> str | None:
    """Name of the JSON-LD publisher, or None."""
    return next(iter(_names(data.article.get("publisher"))), None)


def _names(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        for text in name if isinstance(name, list) else [name]:
            if isinstance(text, str) and text.strip():
                yield " ".join(text.split())


def _article(tree: LexborHTMLParser) -> Mapping[str, Any]:
    found: list[dict[str, Any]] = []
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            # strict=False: many pages have raw line breaks inside their strings.
            data = json.loads(script.text(deep=True), strict=False)
        except (ValueError, RecursionError):
            continue
        found += _articles(data, 0)
    dated = [item for item in found if item.get("datePublished") or item.get("headline")]
    return next(iter(dated or found), {})


def _articles(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from _articles(item, depth + 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        if any(
            isinstance(kind, str) and _ARTICLE.fullmatch(kind)
            for kind in (kinds if isinstance(kinds, list) else [kinds])
        ):
            yield data
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _articles(data.get(name), depth + 1)


def _metas(tree: LexborHTMLParser) -> Mapping[str, tuple[str, ...]]:
    metas: dict[str, list[str]] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        # "value" instead of "content": some archives of pages write it so.
        content = " ".join((attributes.get("content") or attributes.get("value") or "").split())
        for name in {attributes.get(key) for key in ("property", "name", "itemprop")} - {None, ""}:
            if content:
                metas.setdefault(str(name).lower(), []).append(content)
    return {name: tuple(values) for name, values in metas.items()}
