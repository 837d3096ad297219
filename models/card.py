"""The model card, in Japanese and English, made from ``metrics.json`` and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.report.wording import LANGS, Lang, table, text
from pipeline.targets import load_targets

HERE = Path(__file__).resolve().parent
METRICS = HERE / "metrics.json"
CARD = HERE / "MODEL_CARD.md"
Metrics = Mapping[str, Any]
_SETS = ("test", "seeds", "dev")


def load_metrics(path: Path = METRICS) -> Metrics:
    """The measured numbers; raises OSError or ValueError where there are none."""
    metrics: Metrics = json.loads(path.read_text(encoding="utf-8"))
    return metrics


def render(metrics: Metrics) -> str:
    """The card in both languages, Japanese first."""
    return "\n\n---\n\n".join(render_language(metrics, lang).rstrip() for lang in LANGS) + "\n"


def render_language(metrics: Metrics, lang: Lang) -> str:
    """The card in one language as Markdown."""
    say = _Say(lang)
    parts = [
        say("card.title", name=metrics["model"]["name"], version=metrics["model"]["version"], level="# "),
        *_what(metrics, say),
        *(part for name in _SETS if name in metrics["sets"] for part in _scores(metrics, name, say)),
        *_groups(metrics, say),
        *_calibration(metrics, say),
        *_probes(metrics, say),
        *_unseen(metrics, say),
        *_limits(metrics, say),
        say("card.not.head", level="## "),
        say("card.not"),
        say("card.made"),
    ]
    return "\n\n".join(parts) + "\n"


class _Say:
    """The string table in one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.targets = {target.key: target.ja if lang == "ja" else target.en for target in load_targets()}

    def __call__(self, key: str, level: str = "", **params: object) -> str:
        return level + text(key, self.lang, **params)

    def or_raw(self, key: str, raw: str) -> str:
        """The wording of ``key``, or ``raw`` where the table has none."""
        return self(key) if key in table() else raw


def _what(metrics: Metrics, say: _Say) -> list[str]:
    corpus = metrics["corpus"]
    return [
        say("card.what.head", level="## "),
        say("card.what"),
        say("card.size", **metrics["model"]["size"]),
        say("card.data.head", level="## "),
        say("card.data.corpus", n=f"{sum(corpus.values()):,}", files=len(corpus)),
        say("card.data.text"),
    ]


def _scores(metrics: Metrics, name: str, say: _Say) -> list[str]:
    found = metrics["sets"][name]
    strict, also = found["strict"], found["also"]
    heads = [say(f"card.col.{key}") for key in ("what", "macro", "macro_also", "sides", "accuracy")]
    rows = [[say("card.row.pooled"), *_score_cells(strict["pooled"], also["pooled"])]]
    for key in strict["targets"]:
        rows.append([say.targets.get(key, key), *_score_cells(strict["targets"][key], also["targets"][key])])
    rows.append([say("card.row.sentiment"), *_score_cells(strict["sentiment"], also["sentiment"])])
    heading = f"{say('card.scores.head')}: {name}"
    parts = [f"## {heading}", say("card.scores", set=name, n=found["comments"]), _table(heads, rows)]
    if name == "test":
        parts.insert(2, say("card.scores.test_unused"))
    if metrics["baselines"].get(name):
        parts += [say("card.compare.head", level="### "), say("card.compare"), _comparison(metrics, name, say)]
    return parts


def _score_cells(strict: Metrics, also: Metrics) -> list[str]:
    sides = _interval(strict["sides_f1"]) if "sides_f1" in strict else "–"
    return [_interval(strict["macro_f1"]), _interval(also["macro_f1"]), sides, _interval(strict["accuracy"])]


def _comparison(metrics: Metrics, name: str, say: _Say) -> str:
    systems = {"model": metrics["sets"][name], **metrics["baselines"][name]}
    rows = []
    for system, found in systems.items():
        cells = [say("card.not_run")] * 3
        if found:
            strict = found["strict"]
            pooled = strict["pooled"]
            cells = [_interval(x) for x in (pooled["macro_f1"], pooled["sides_f1"], strict["sentiment"]["macro_f1"])]
        rows.append([say(f"card.system.{system}"), *cells])
    return _table([say(f"card.col.{key}") for key in ("system", "stance", "sides_short", "sentiment")], rows)


def _groups(metrics: Metrics, say: _Say) -> list[str]:
    rows = []
    for name in ("test", "dev"):
        found = metrics["sets"].get(name, {})
        for kind in ("registers", "phenomena"):
            for group, scores in found.get(kind, {}).items():
                label = say.or_raw(f"phenomenon.{group}", group) if kind == "phenomena" else group
                cells = [f"{scores[key]:.2f}" for key in ("stance_macro_f1", "sides_f1", "sentiment_macro_f1")]
                rows.append([f"{name}: {label}", str(scores["n"]), *cells])
    heads = [say(f"card.col.{key}") for key in ("group", "n", "stance", "sides_short", "sentiment")]
    return [say("card.groups.head", level="## "), say("card.groups"), _table(heads, rows)]


def _calibration(metrics: Metrics, say: _Say) -> list[str]:
    name = next(name for name in _SETS if name in metrics["sets"])
    found = metrics["sets"][name]["calibration"]
    numbers = {
        "stance": f"{found['stance_ece']:.3f}",
        "sentiment": f"{found['sentiment_ece']:.3f}",
        "covered": _percent(found["covered"]),
        "accuracy": _percent(found["covered_accuracy"]),
        "also": _percent(found["covered_accuracy_also"]),
    }
    bars = [
        [f"{row['confidence']:.2f}", f"{row['accuracy']:.2f} `{_bar(row['accuracy'])}`", str(row["n"])]
        for row in found["reliability"]
    ]
    curve = [
        [_percent(row["coverage"]), f"{row['accuracy']:.2f} `{_bar(row['accuracy'])}`"]
        for row in found["risk_coverage"][1::2]
    ]
    return [
        say("card.calibration.head", level="## "),
        say("card.calibration", set=name, **numbers),
        _table([say("card.col.confidence"), say("card.col.right"), say("card.col.n")], bars),
        _table([say("card.col.covered"), say("card.col.right")], curve),
    ]


def _probes(metrics: Metrics, say: _Say) -> list[str]:
    swap, guard, evidence = (metrics["probes"][name] for name in ("swap", "quotation_guard", "evidence"))
    name = next(name for name in _SETS if name in metrics["sets"])
    sides = [scores["sides_f1"][0] for scores in metrics["sets"][name]["strict"]["targets"].values()]
    gap = f"{max(sides) - min(sides):.3f} ({name})"
    return [
        say("card.fair.head", level="## "),
        "- "
        + say(
            "card.fair.swap", pairs=swap["pairs"], texts=swap["texts"], rate=_percent(swap["pairs_swapped"]), gap=gap
        ),
        "- "
        + say(
            "card.fair.guard",
            n=guard["n"],
            right=_percent(guard["labels_right"]),
            also=_percent(guard["labels_right_also"]),
            avoided=_percent(guard["opposite_avoided"]),
        ),
        "- "
        + say(
            "card.fair.evidence",
            wins=_percent(evidence["evidence_wins"]),
            labels=evidence["labels"],
            drop=evidence["mean_drop"],
            other=evidence["mean_drop_random"],
            short=evidence["too_short"],
        ),
    ]


def _unseen(metrics: Metrics, say: _Say) -> list[str]:
    found = metrics["unseen_target"]
    parts = [say("card.unseen.head", level="## ")]
    if not found:
        return [*parts, say("card.unseen.none")]
    for key, scores in found.items():
        numbers = {name: f"{scores[name]:.2f}" for name in ("macro", "sides", "seen", "seen_sides")}
        parts.append(say("card.unseen", target=say.targets.get(key, key), **numbers))
    return parts


def _limits(metrics: Metrics, say: _Say) -> list[str]:
    limits = metrics["limits"]
    rows = []
    for row in limits["wrong"]:
        shown = say(f"stance.{row['model']}") + ("" if row["shown"] else f" ({say('stance.review')})")
        labels = [say.targets.get(row["target"], row["target"]), say(f"stance.{row['gold']}"), shown]
        rows.append([_cell(row["text"]), say.or_raw(f"phenomenon.{row['phenomenon']}", ""), *labels])
    heads = [say(f"card.col.{key}") for key in ("text", "group", "what", "gold", "model")]
    return [
        say("card.limits.head", level="## "),
        say("card.limits", n=limits["comments"], wrong=len(rows)),
        _table(heads, rows),
    ]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(content: str) -> str:
    return content.replace("|", "\\|").replace("\n", " ")


def _interval(value: Sequence[float]) -> str:
    return f"{value[0]:.2f} [{value[1]:.2f}, {value[2]:.2f}]"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"


def _bar(share: float) -> str:
    return "█" * round(20 * share)
