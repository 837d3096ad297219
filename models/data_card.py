"""Tables of the data card: ``python -m models.data_card --write`` fills the marked parts of ``corpus/README.md``."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from models.agreement import agreement
from models.config import SENTIMENTS, STANCES
from models.data import EVALUATION_PREFIXES, Example, read_examples

CORPUS = Path(__file__).resolve().parent / "corpus"
KEYS = ["us", "russia", "ukraine"]
_PART = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(card: str, folder: Path = CORPUS) -> str:
    """``card`` with each marked part holding its table, counted from the files of ``folder``."""
    makers = {"counts": _counts, "labels": _labels, "phenomena": _phenomena, "agreement": _agreement}
    return _PART.sub(lambda part: f"{part[1]}{makers[part[2]](folder)}\n{part[3]}", card)


def _sets(folder: Path) -> dict[str, list[Example]]:
    return {path.stem: read_examples(path) for path in sorted(folder.glob("*.jsonl"))}


def _counts(folder: Path) -> str:
    rows: list[list[object]] = []
    total = doubtful = 0
    for name, examples in _sets(folder).items():
        use = "evaluation" if name.startswith(EVALUATION_PREFIXES) else "training"
        lengths = sorted(len(example.text) for example in examples)
        groups = len({example.group for example in examples if example.group})
        more = sum(bool(any(example.also.values()) or example.sentiment_also) for example in examples)
        middle = lengths[len(lengths) // 2]
        rows.append([name, use, len(examples), middle, f"{lengths[0]}-{lengths[-1]}", groups, more])
        total += len(examples)
        doubtful += more
    rows.append(["all", "", total, "", "", "", doubtful])
    heads = ["file", "use", "comments", "characters (median)", "range", "contrast groups", "with a second label"]
    return _table(heads, rows)


def _labels(folder: Path) -> str:
    sets = _sets(folder)
    train = [e for name, part in sets.items() if not name.startswith(EVALUATION_PREFIXES) for e in part]
    rows = []
    for name, examples in {
        "training": train,
        **{k: v for k, v in sets.items() if k.startswith(EVALUATION_PREFIXES)},
    }.items():
        for key in KEYS:
            counts = Counter(example.stance[key] for example in examples)
            rows.append([name, key, *(_share(counts[label], len(examples)) for label in STANCES)])
        feelings = Counter(example.sentiment for example in examples)
        shares = [f"{label} {_share(feelings[label], len(examples))}" for label in SENTIMENTS]
        rows.append([name, "sentiment", *shares, ""])
    return _table(["set", "toward", *STANCES], rows)


def _phenomena(folder: Path) -> str:
    counts: dict[str, Counter[str]] = {}
    for name, examples in _sets(folder).items():
        kind = next((prefix for prefix in EVALUATION_PREFIXES if name.startswith(prefix)), "training")
        counts.setdefault(kind, Counter()).update(label for example in examples for label in example.phenomena)
    kinds = ["training", *sorted(set(counts) - {"training"})]
    names = sorted(set().union(*counts.values()), key=lambda name: (-sum(counts[kind][name] for kind in kinds), name))
    frequent = [name for name in names if sum(counts[kind][name] for kind in kinds) >= 30]
    return _table(["phenomenon", *kinds], [[name, *(counts[kind][name] for kind in kinds)] for name in frequent])


def _agreement(folder: Path) -> str:
    rows = []
    for second in sorted((folder / "second").glob("*.jsonl")):
        found = agreement(folder / second.name, second, KEYS)
        kappa, percent = found["kappa"], found["percent"]
        rows.append(
            [second.stem, found["comments"], *(f"{kappa[name]:.2f}" for name in (*KEYS, "stance", "sentiment"))]
            + [f"{percent[name]:.1%}" for name in ("stance", "sentiment")]
            + [f"{found['strict'][name]:.2f} / {found['also'][name]:.2f}" for name in found["strict"]]
        )
    heads = ["set", "comments", *(f"κ {name}" for name in (*KEYS, "stance pooled", "sentiment"))]
    heads += ["same stance", "same sentiment", "stance macro-F1", "favor/against F1", "sentiment macro-F1"]
    return _table(heads, rows)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}"


def _table(heads: Sequence[object], rows: Sequence[Sequence[object]]) -> str:
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in (heads, ["---"] * len(heads), *rows))


def main(argv: Sequence[str] | None = None) -> None:
    """Fill the card."""
    parser = argparse.ArgumentParser(prog="python -m models.data_card", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write corpus/README.md instead of printing it")
    options = parser.parse_args(argv)
    path = CORPUS / "README.md"
    card = filled(path.read_text(encoding="utf-8"))
    if options.write:
        path.write_text(card, encoding="utf-8")
    else:
        print(card, end="")


if __name__ == "__main__":
    main()
