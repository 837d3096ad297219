"""How quotations found are counted against those that were annotated.

- A direct, partial or continued quotation is found if one with exactly its words is; whether it was called direct or
  partial does not count. An indirect one is found if an indirect one covers it: their ranges in the body share at least
  half of what both together cover (its borders in a sentence are a matter of taste).
- One found quotation counts for one annotated quotation. Precision: found ones that were annotated, of all found.
- A speaker is right if his name is exactly the annotated one (the fullest mention in the article) or one annotated as
  equally right (``speaker_also``). Counted over the quotations found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.records import Post, QuoteKind

_SHARED = 0.5


@dataclass
class Counts:
    """Counts over one or more bodies."""

    quoted: list[bool] = field(default_factory=list)
    indirect: list[bool] = field(default_factory=list)
    precise: list[bool] = field(default_factory=list)
    speakers: list[bool] = field(default_factory=list)

    @staticmethod
    def share(values: Sequence[bool]) -> float:
        return sum(values) / len(values)

    def add(self, body: str, posts: Sequence[Post], gold: Sequence[Mapping[str, Any]]) -> None:
        left = list(posts)
        for item in gold:
            match = next((post for post in left if _same(body, post, item)), None)
            (self.indirect if item["quote_kind"] == "indirect" else self.quoted).append(match is not None)
            if match is not None:
                left.remove(match)
                self.precise.append(True)
                assert match.quotation is not None
                self.speakers.append(match.quotation.speaker in (item["speaker"], *item.get("speaker_also", ())))
        self.precise += [False] * len(left)


def _same(body: str, post: Post, item: Mapping[str, Any]) -> bool:
    assert post.quotation is not None
    indirect = item["quote_kind"] == "indirect"
    if indirect != (post.quotation.quote_kind is QuoteKind.INDIRECT):
        return False
    if not indirect:
        return bool(post.text == item["text"])
    one, other = _range(body, post.text), _range(body, item["text"])
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0])) >= _SHARED


def _range(body: str, text: str) -> tuple[int, int]:
    start = body.index(text)
    return start, start + len(text)
