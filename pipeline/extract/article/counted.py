"""How many comments a page says that it has: to be compared with those that were found."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.article.nearby import in_furniture, text_of
from pipeline.extract.article.structured import Structured

_COUNT = r"(?P<count>\d{1,3}(?:,\d{3})+|\d{1,6})"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:みんなの)?コメント(?:一覧)?\s*[（(:：]?\s*{_COUNT}\s*件?\s*[)）]?",
        rf".{{0,200}}?{_COUNT}\s*件の(?:コメント|フィードバック|返信).{{0,80}}",
        rf"{_COUNT}\s+(?:comments?|kommentare?|commentaires?|responses?|replies|thoughts?|antworten|reaktionen)\b.{{0,200}}",
        rf"(?:comments?|kommentare?|commentaires?)\s*[（(:：]\s*{_COUNT}\s*[)）]?",
    )
)
_PLACES = (
    'h1, h2, h3, h4, h5, h6, .comments-title, #comments-title, [class*="comment-count"], [class*="comments-count"]'
    ', [class*="commentCount"]'
)
_LONGEST = 300


def stated_comments(tree: LexborHTMLParser, data: Structured) -> int | None:
    """The count in JSON-LD, else in the heading of the comments; None where the page states none, or several."""
    count = data.article.get("commentCount")
    stated = str(count).strip() if isinstance(count, int | str) else ""
    if stated.isdecimal():
        return int(stated)
    found: set[int] = set()
    for node in tree.css(_PLACES):
        text = text_of(node)
        match = _match(text) if 0 < len(text) <= _LONGEST else None
        if match is not None and not in_furniture(node):
            found.add(int(match["count"].replace(",", "")))
    return found.pop() if len(found) == 1 else None


def _match(text: str) -> re.Match[str] | None:
    return next((match for form in _FORMS if (match := form.fullmatch(text))), None)
