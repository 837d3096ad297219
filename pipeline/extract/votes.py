"""Vote counts as pages write them: ``3``, ``＋12``, ``−2``, ``1,204``, ``1.2k``, ``1.2万``."""

from __future__ import annotations

import re
import unicodedata

from pipeline.records import Votes, VotesKind

_SCALE = {"": 1, "k": 1_000, "m": 1_000_000, "千": 1_000, "万": 10_000, "億": 100_000_000}
_MINUS = str.maketrans("−–‐‑﹣－", "------")
_COUNT = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<number>\d{1,3}(?:[,'’ ]\d{3})+|\d+)"
    r"(?:[.,](?P<fraction>\d{1,2}))?\s*(?P<scale>[kKmM千万億]?)"
)
_LONGEST = 100
_WORDS = re.compile(r"[^\d+\-]*")


def parse_count(text: str | None) -> int | None:
    """Whole number that the text shows, alone or beside words (``3件``, ``いいね! 12``), or None.

    A shortened number (1.2k) counts as what it says (1200). Two numbers, or more than 12
    digits, are no count.
    """
    if not text or len(text) > _LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).translate(_MINUS).strip()
    matches = list(_COUNT.finditer(plain))
    if len(matches) != 1:
        return None
    match = matches[0]
    digits = re.sub(r"\D", "", match["number"])
    fraction, scale = match["fraction"] or "", _SCALE[match["scale"].lower()]
    if len(digits) > 12 or (fraction and scale == 1):
        return None
    rest = plain[: match.start()] + plain[match.end() :]
    if not _WORDS.fullmatch(rest):
        return None
    value = int(digits) * scale + (int(fraction) * scale // 10 ** len(fraction) if fraction else 0)
    return -value if match["sign"] == "-" else value


def make_votes(up: int | None = None, down: int | None = None, net: int | None = None) -> Votes:
    """Votes from the counts that a page shows; a count that is not shown is None and stays so.

    ``down`` alone keeps ``value`` None: a page that shows only dislikes says nothing of likes.
    """
    down = abs(down) if down is not None else None
    if up is not None:
        return Votes(up, VotesKind.UP, down)
    if net is not None:
        return Votes(net, VotesKind.NET, down)
    if down is not None:
        return Votes(None, VotesKind.UP, down)
    return Votes()
