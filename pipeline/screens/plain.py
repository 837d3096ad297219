"""Foreign text on the page: always shown as text, whatever stands in it."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from itertools import pairwise

import regex

_SPECIAL = regex.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&^=])")
# Directional overrides and embeddings would reverse what stands after them; isolation by CSS needs none of them.
_MANY_MARKS = regex.compile(r"(\p{M}{3})\p{M}+")

Spans = Sequence[tuple[int, int, str]]


def markdown(content: str) -> str:
    """Text in which Streamlit's Markdown (with its LaTeX, colours and icons) finds nothing to format."""
    return _SPECIAL.sub(r"\\\1", content)


def escape(content: str) -> str:
    """Text for HTML. Piles of combining marks are cut to three a character, so that they cover no other line."""
    return html.escape(_MANY_MARKS.sub(r"\1", content), quote=True)


def spans(value: object) -> list[tuple[int, int]]:
    """Character ranges of a JSON list of [start, end]; none where there is no such list."""
    if not isinstance(value, str):
        return []
    return [(int(start), int(end)) for start, end in json.loads(value)]


def marked(content: str, marks: Spans) -> str:
    """HTML of ``content`` with each span (start, end, title) in a <mark>; where spans overlap, with all titles."""
    borders = sorted(
        {0, len(content), *(min(max(at, 0), len(content)) for start, end, _ in marks for at in (start, end))}
    )
    parts = []
    for start, end in pairwise(borders):
        piece = escape(content[start:end])
        titles = dict.fromkeys(title for first, last, title in marks if first <= start and end <= last)
        parts.append(f'<mark title="{escape(" / ".join(titles))}">{piece}</mark>' if titles else piece)
    return "".join(parts)
