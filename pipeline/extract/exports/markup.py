"""Texts of exports that hold HTML."""

from __future__ import annotations

import html
import re

from pipeline.extract.html.textbuilder import BLOCK_TAGS
from pipeline.extract.html.visible import markup_text

_TAG = re.compile(r"<[a-zA-Z/!]")
_BLOCK = re.compile(rf"\s*(</?(?:{'|'.join(sorted(BLOCK_TAGS))})\b[^>]*>)\s*", re.IGNORECASE)


def lined_text(content: str) -> str:
    """Text of HTML in which a line break is one, as WordPress stores comments: tags and entities resolved."""
    plain = content.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not _TAG.search(plain):
        return html.unescape(plain)
    return markup_text(_BLOCK.sub(r"\1", plain).replace("\n", "<br>"))
