"""Polarity of sentences by the public Japanese tools oseti, asari and ML-Ask (pymlask), saved for the baselines.

``python -m models.public_tools`` runs in an environment that has the extra ``baselines`` (asari needs packaging < 22,
which other packages here refuse, hence an environment of its own) and needs neither torch nor the model. What each
tool needed: oseti and ML-Ask a MeCab dictionary, for which ``ipadic`` serves and has to be named to them, as they
look for a system-wide one; asari the system locale en_US.UTF-8 (``localedef -i en_US -f UTF-8 en_US.UTF-8``).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
FILE = HERE / "tool_scores.jsonl"
TOOLS = ("oseti", "asari", "mlask")
_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]*[」』）)]*")
# asari knows no neutral; between these odds its answer counts as none of both.
_ASARI_SURE = 0.7

Polarity = Callable[[str], float]


def split_sentences(text: str) -> list[str]:
    """Sentences of ``text``, none of them blank."""
    return [part.group() for part in _SENTENCE.finditer(text) if part.group().strip()]


def text_key(text: str) -> str:
    """What the saved scores of a text are found by: 16 hex digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _oseti() -> Polarity:
    analyzer = import_module("oseti").Analyzer(mecab_args=import_module("ipadic").MECAB_ARGS)

    def polarity(sentence: str) -> float:
        scores: list[float] = analyzer.analyze(sentence)
        return sum(scores) / len(scores) if scores else 0.0

    return polarity


def _asari() -> Polarity:
    sonar = import_module("asari.api").Sonar()

    def polarity(sentence: str) -> float:
        found = sonar.ping(text=sentence)
        odds = {entry["class_name"]: float(entry["confidence"]) for entry in found["classes"]}
        if max(odds.values()) < _ASARI_SURE:
            return 0.0
        return odds["positive"] - odds["negative"]

    return polarity


def _mlask() -> Polarity:
    analyzer = import_module("mlask").MLAsk(import_module("ipadic").MECAB_ARGS)
    values = {"POSITIVE": 1.0, "mostly_POSITIVE": 0.5, "NEGATIVE": -1.0, "mostly_NEGATIVE": -0.5}

    def polarity(sentence: str) -> float:
        return values.get(analyzer.analyze(sentence).get("orientation", "NEUTRAL"), 0.0)

    return polarity


_LOADERS: dict[str, Callable[[], Polarity]] = {"oseti": _oseti, "asari": _asari, "mlask": _mlask}


def load_scores(path: Path = FILE) -> dict[str, dict[str, list[float]]]:
    """Saved polarities: key of a text to, for each tool, one number from -1 to 1 a sentence. Empty without a file."""
    if not path.is_file():
        return {}
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return {row["text"]: {tool: row[tool] for tool in TOOLS} for row in rows}


def main(argv: Sequence[str] | None = None) -> None:
    """Score the texts of gold files."""
    parser = argparse.ArgumentParser(prog="python -m models.public_tools", description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+", help="JSON Lines with a field text")
    parser.add_argument("--output", type=Path, default=FILE)
    options = parser.parse_args(argv)
    tools = {name: load() for name, load in _LOADERS.items()}
    texts = dict.fromkeys(
        json.loads(line)["text"] for path in options.gold for line in path.read_text("utf-8").splitlines() if line
    )
    with options.output.open("w", encoding="utf-8") as file:
        for text in texts:
            sentences = split_sentences(text)
            row = {name: [round(tool(s), 3) for s in sentences] for name, tool in tools.items()}
            file.write(json.dumps({"text": text_key(text), **row}) + "\n")
    print(f"{len(texts)} texts to {options.output}")


if __name__ == "__main__":
    main()
