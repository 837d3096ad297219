"""Evidence: the clause whose deletion lowers the probability of the label most (occlusion, Zeiler & Fergus 2014).

Deletion is done in the text itself and the rest is scored anew, so what is shown is what moved the label. The
variants of all texts go through the model in one stream of batches, and one pass of a variant serves all targets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
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

Score = Callable[[Sequence[str]], Tensor]


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


def find_evidence(
    texts: Sequence[str], asked: Sequence[Sequence[tuple[int, int]]], stance: Tensor, score: Score
) -> list[dict[int, Span]]:
    """The evidence of the labels asked for.

    Args:
        texts: N texts.
        asked: for each text, pairs (target number, label number) to explain.
        stance: [N, Q, C] probabilities of the whole texts.
        score: texts to their probabilities [M, Q, C].

    Returns:
        For each text, target number to the span; a text of a single unit is its own evidence.
    """
    units = [clauses(text) if pairs else [] for text, pairs in zip(texts, asked, strict=True)]
    rows = [(row, span) for row, spans in enumerate(units) if len(spans) > 1 for span in spans]
    scores = score([without(texts[row], span) for row, span in rows])
    drops: list[list[Tensor]] = [[] for _ in texts]
    for (row, _), probabilities in zip(rows, scores, strict=True):
        drops[row].append(stance[row] - probabilities)
    return [
        {target: _strongest(spans, [float(drop[target, label]) for drop in lost]) for target, label in pairs}
        for spans, lost, pairs in zip(units, drops, asked, strict=True)
    ]


def _strongest(spans: Sequence[Span], drops: Sequence[float]) -> Span:
    return spans[max(range(len(drops)), key=drops.__getitem__)] if drops else spans[0]
