"""Evidence: the clause whose deletion lowers the probability of the label most (occlusion, Zeiler & Fergus 2014).

Deletion is done in the text itself and the rest is scored anew, so what is shown is what moved the label. A cheap part
of the model, where it has one, guesses first what each deletion leaves of the label, and the whole model scores only
those that the guess leaves open. The variants of all texts go through the model in one stream of batches, and one pass
of a variant serves all targets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from torch import Tensor

from pipeline.records import Span

# More units than this are joined: the cost is one short pass a unit.
MAX_UNITS = 6
_MIN_UNIT = 5
_SHORT_TOPIC = 12
_WORTH_SPLITTING = 14
_UNIT = re.compile(r"[^。！？!?…\n、，,]*[。！？!?…\n、，,]*[」』）)】]*", re.DOTALL)
_TOPIC = re.compile(r"[はもがで]\s*[、，,]\s*$")
# Where a text without punctuation can be parted: after a particle that ends a phrase.
_PHRASE_END = re.compile(r"(?:から|ので|けど|のに|って|たら|ては|[はがをにでとも])(?=[^はがをにでともかっんー、。\s])")

# Deletions whose guessed probabilities are this near to the lowest may be overturned by the whole model, which looks at
# no more than so many. Measured on 620 comments: 0.98 of the evidence is what scoring every deletion finds.
_OPEN = 0.1
_MOST_OPEN = 3

Score = Callable[[Sequence[str]], Tensor]
Guess = Callable[[Sequence[str], Sequence[int]], Tensor]


def clauses(text: str) -> list[Span]:
    """Units that evidence is given in, at most six, which together cover ``text``.

    They end at punctuation; a short topic (「ロシアは、」) stays with what is said of it. A text without punctuation is
    parted at particles.
    """
    ends = [m.end() for m in _UNIT.finditer(text) if m.end() > m.start()]
    spans = _join([Span(a, b) for a, b in pairwise([0, *ends])], text)
    if len(spans) == 1 and len(text) >= _WORTH_SPLITTING:
        ends = [m.end() for m in _PHRASE_END.finditer(text)]
        spans = _join([Span(a, b) for a, b in pairwise([0, *ends, len(text)])], text)
    return spans


def _join(spans: list[Span], text: str) -> list[Span]:
    """Join what is too short to stand alone, then the shortest neighbours until few enough are left."""
    joined: list[Span] = []
    for span in spans:
        before = text[joined[-1].start : joined[-1].end] if joined else ""
        if joined and (_depends(before) or len(text[span.start : span.end].strip()) < _MIN_UNIT):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    while len(joined) > MAX_UNITS:
        at = min(range(len(joined) - 1), key=lambda i: joined[i + 1].end - joined[i].start)
        joined[at : at + 2] = [Span(joined[at].start, joined[at + 1].end)]
    return joined


def _depends(unit: str) -> bool:
    stripped = unit.strip()
    return len(stripped) < _MIN_UNIT or (len(stripped) <= _SHORT_TOPIC and bool(_TOPIC.search(unit)))


def without(text: str, span: Span) -> str:
    """``text`` with ``span`` deleted."""
    return text[: span.start] + text[span.end :]


@dataclass(frozen=True)
class _Case:
    """A label to explain: its text, target and number, and the deletions (rows of all variants) that may explain it."""

    text: int
    target: int
    label: int
    rows: tuple[int, ...]


def find_evidence(
    texts: Sequence[str], asked: Sequence[Sequence[tuple[int, int]]], score: Score, guess: Guess | None = None
) -> list[dict[int, Span]]:
    """The evidence of the labels asked for.

    Args:
        texts: N texts.
        asked: for each text, pairs (target number, label number) to explain.
        score: texts to their probabilities [M, Q, C].
        guess: variants, and for each the number of its text, to rough probabilities [M, Q, C]; None where all
            variants are to be scored.

    Returns:
        For each text, target number to the span; a text of a single unit is its own evidence.
    """
    units = [clauses(text) if pairs else [] for text, pairs in zip(texts, asked, strict=True)]
    deleted = [(text, span) for text, spans in enumerate(units) if len(spans) > 1 for span in spans]
    variants = [without(texts[text], span) for text, span in deleted]
    cases = _cases(units, asked)
    if guess and variants:
        rough = guess(variants, [text for text, _ in deleted])
        cases = [replace(case, rows=_left_open(case, rough)) for case in cases]
    scored = sorted({row for case in cases if len(case.rows) > 1 for row in case.rows})
    exact = dict(zip(scored, score([variants[row] for row in scored]), strict=True))
    found = [{target: spans[0] for target, _ in pairs} for spans, pairs in zip(units, asked, strict=True)]
    for case in cases:
        # Of the first guess a single row may be left, which needs no score.
        row = min(case.rows, key=lambda row: float(exact[row][case.target, case.label]) if row in exact else 0.0)
        found[case.text][case.target] = deleted[row][1]
    return found


def _cases(units: Sequence[Sequence[Span]], asked: Sequence[Sequence[tuple[int, int]]]) -> list[_Case]:
    """The labels of texts of several units, each with all deletions of its text."""
    cases = []
    first = 0
    for text, (spans, pairs) in enumerate(zip(units, asked, strict=True)):
        if len(spans) > 1:
            rows = tuple(range(first, first + len(spans)))
            cases += [_Case(text, target, label, rows) for target, label in pairs]
            first += len(spans)
    return cases


def _left_open(case: _Case, rough: Tensor) -> tuple[int, ...]:
    """The deletions that leave least of the label by the guess, least first, as far as they are near each other."""
    left = {row: float(rough[row, case.target, case.label]) for row in case.rows}
    order = sorted(case.rows, key=left.__getitem__)
    return tuple(row for row in order if left[row] - left[order[0]] <= _OPEN)[:_MOST_OPEN]
