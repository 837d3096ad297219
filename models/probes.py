"""Probes beside the scores: swapped names, opinions quoted, and whether deleting the evidence matters."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any, Protocol

from models.config import STANCES
from models.data import Example
from models.explain import clauses, without
from pipeline.records import Prediction, Span, Stance
from pipeline.targets import Target, find_mentions, find_related

Report = dict[str, Any]

_SEED = 5
# Names with an exact counterpart for each of the three targets, by what they name. The first of each is put in.
_ROLES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "country": {"us": ("アメリカ", "米国"), "russia": ("ロシア",), "ukraine": ("ウクライナ",)},
    "army": {"us": ("米軍",), "russia": ("露軍", "ロ軍"), "ukraine": ("ウ軍", "宇軍", "ウク軍")},
    "leader": {"us": ("バイデン", "トランプ", "オバマ"), "russia": ("プーチン",), "ukraine": ("ゼレンスキー",)},
    "government": {"us": ("米政府",), "russia": ("露政府",), "ukraine": ("宇政府", "ウ政府")},
}
_ROLE_OF = {name: (role, key) for role, names in _ROLES.items() for key, group in names.items() for name in group}


class Labels(Protocol):
    """What the probes need of a labeller."""

    @property
    def targets(self) -> tuple[Target, ...]: ...

    def predict(self, texts: Sequence[str], *, evidence: bool = True) -> list[Prediction]: ...


def swap_names(text: str, targets: Sequence[Target], exchange: Mapping[str, str]) -> str | None:
    """``text`` with each target named in place of another; None where a name, or a word that points to one of the
    targets (its city, its weapon), has no exact counterpart.

    Args:
        text: the comment.
        targets: the three targets.
        exchange: key of each target to the key of the one that takes its place.
    """
    if any(find_related(text, target) for target in targets):
        return None
    spans = sorted({(m.start, m.end) for target in targets for m in find_mentions(text, target)})
    pieces, at = [], 0
    for start, end in spans:
        name = text[start:end]
        if name not in _ROLE_OF or start < at:
            return None
        role, key = _ROLE_OF[name]
        pieces += [text[at:start], _ROLES[role][exchange[key]][0]]
        at = end
    return "".join([*pieces, text[at:]])


def swap_pairs(examples: Sequence[Example], targets: Sequence[Target]) -> list[tuple[str, str, dict[str, str]]]:
    """Minimal pairs (text, text with names swapped, exchange) of all comments where a swap is well defined.

    That is so where the comment names, by names with an exact counterpart, just the targets that are meant.
    """
    keys = [target.key for target in targets]
    pairs = []
    for example in examples:
        named = {target.key for target in targets if find_mentions(example.text, target)}
        if not named or named != {key for key in keys if example.stance[key] != Stance.NONE}:
            continue
        for order in permutations(keys):
            exchange = dict(zip(keys, order, strict=True))
            plain = swap_names(example.text, targets, {key: key for key in keys})
            swapped = swap_names(example.text, targets, exchange)
            if plain is not None and swapped is not None and any(exchange[key] != key for key in named):
                pairs.append((plain, swapped, exchange))
    return pairs


def swap_rate(labeller: Labels, examples: Sequence[Example]) -> Report:
    """Share of minimal pairs in which swapping the names swaps the labels of all targets."""
    pairs = swap_pairs(examples, labeller.targets)
    texts = list(dict.fromkeys(text for plain, swapped, _ in pairs for text in (plain, swapped)))
    found = dict(zip(texts, labeller.predict(texts, evidence=False), strict=True))
    whole = labels = 0
    for plain, swapped, exchange in pairs:
        one, two = found[plain].stances, found[swapped].stances
        same = [one[key].stance == two[other].stance for key, other in exchange.items()]
        whole += all(same)
        labels += sum(same)
    return {
        "texts": len({plain for plain, _, _ in pairs}),
        "pairs": len(pairs),
        "pairs_swapped": _share(whole, len(pairs)),
        "labels_swapped": _share(labels, len(pairs) * len(labeller.targets)),
    }


def quotation_guard(labeller: Labels, examples: Sequence[Example]) -> Report:
    """How often an opinion that is quoted is not taken for the writer's.

    ``labels_right`` counts the labels of the targets that are meant; ``comments_right`` the comments with all of
    these right or among the second labels; ``opposite_avoided`` the labels favor and against that were not read as
    their opposite.
    """
    opposite = {"favor": "against", "against": "favor"}
    predictions = labeller.predict([example.text for example in examples], evidence=False)
    labels = right = accepted = sides = avoided = comments = 0
    for example, prediction in zip(examples, predictions, strict=True):
        meant = [key for key, stance in example.stance.items() if stance != Stance.NONE]
        hits = []
        for key in meant:
            gold, guess = example.stance[key], str(prediction.stances[key].stance)
            hits.append(guess == gold or guess in example.also.get(key, ()))
            right += guess == gold
            sides += gold in opposite
            avoided += gold in opposite and guess != opposite[gold]
        labels += len(meant)
        accepted += sum(hits)
        comments += all(hits)
    return {
        "n": len(examples),
        "labels": labels,
        "labels_right": _share(right, labels),
        "labels_right_also": _share(accepted, labels),
        "comments_right": _share(comments, len(examples)),
        "opposite_avoided": _share(avoided, sides),
    }


def _rival(text: str, evidence: Span, rng: random.Random) -> Span | None:
    """A span as long as the evidence, begun or ended at another clause of ``text``, that does not touch it."""
    length = evidence.end - evidence.start
    units = [unit for unit in clauses(text) if unit.end <= evidence.start or unit.start >= evidence.end]
    rng.shuffle(units)
    for unit in units:
        for start in (unit.start, unit.end - length):
            free = start >= evidence.end or start + length <= evidence.start
            if start >= 0 and start + length <= len(text) and free:
                return Span(start, start + length)
    return None


def evidence_test(labeller: Labels, examples: Sequence[Example]) -> Report:
    """Share of labels other than none whose probability falls more when the evidence is deleted than when a random
    clause of equal length is; labels of comments too short for such a clause are counted apart."""
    rng = random.Random(_SEED)
    texts = [example.text for example in examples]
    cases: list[tuple[str, float, int, str, str]] = []
    alone = 0
    for text, prediction in zip(texts, labeller.predict(texts), strict=True):
        for key, score in prediction.stances.items():
            if not score.evidence:
                continue
            span = score.evidence[0]
            rival = _rival(text, span, rng)
            if rival is None:
                alone += 1
                continue
            label = STANCES.index(score.stance)
            cases.append((key, score.confidence, label, without(text, span), without(text, rival)))
    after = labeller.predict([case[3] for case in cases] + [case[4] for case in cases], evidence=False)
    wins = 0
    drops = [0.0, 0.0]
    for (key, confidence, label, _, _), one, two in zip(cases, after[: len(cases)], after[len(cases) :], strict=True):
        lost, rival_lost = (confidence - p.stances[key].probabilities[label] for p in (one, two))
        wins += lost > rival_lost
        drops = [drops[0] + lost, drops[1] + rival_lost]
    return {
        "labels": len(cases),
        "too_short": alone,
        "evidence_wins": _share(wins, len(cases)),
        "mean_drop": _share(drops[0], len(cases)),
        "mean_drop_random": _share(drops[1], len(cases)),
    }


def _share(part: float, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
