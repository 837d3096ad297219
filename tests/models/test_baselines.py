from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.baselines import majority, mention_against, public_tool, words_alone
from models.data import Example
from models.public_tools import load_scores, split_sentences, text_key
from pipeline.targets import Target

NONE = {"us": "none", "russia": "none", "ukraine": "none"}
TRAIN = [
    *[Example(f"a{i}", f"ロシアは嘘つきだ{i}", NONE | {"russia": "against"}, "negative") for i in range(8)],
    *[Example(f"b{i}", f"ウクライナは立派だ{i}", NONE | {"ukraine": "favor"}, "positive") for i in range(5)],
    *[Example(f"c{i}", f"弁当が来週届く{i}", NONE, "neutral") for i in range(6)],
]


def test_the_majority_knows_no_text(targets: tuple[Target, ...]) -> None:
    answers = majority(TRAIN, 2, targets)
    assert answers.stance.tolist() == [[3, 3, 3]] * 2
    assert answers.sentiment.tolist() == [2, 2]


def test_who_is_named_is_blamed(targets: tuple[Target, ...]) -> None:
    assert mention_against(TRAIN, ["ロシアと米国", "弁当"], targets).stance.tolist() == [[1, 1, 3], [3, 3, 3]]


def test_words_alone_carry_over_to_another_target(targets: tuple[Target, ...]) -> None:
    answers = words_alone(TRAIN, ["アメリカは嘘つきだ", "弁当が来週届く"], targets)
    assert answers.stance.tolist() == [[1, 3, 3], [3, 3, 3]]
    assert answers.sentiment.tolist() == [2, 1]


def test_a_tools_polarity_counts_for_the_targets_of_its_sentence(targets: tuple[Target, ...]) -> None:
    text = "ロシアは最低だ。ウクライナは最高だ。米国は来週来る。"
    scores = {text_key(text): {"oseti": [-1.0, 1.0, 0.0]}}
    answers = public_tool("oseti", scores, [text], targets)
    assert answers is not None
    assert answers.stance.tolist() == [[2, 1, 0]]
    assert answers.sentiment.tolist() == [1]
    assert public_tool("oseti", scores, ["別の文"], targets) is None


def test_sentences_keep_their_closing_brackets() -> None:
    assert split_sentences("「行け。」と言った。\n\nうそ!?") == ["「行け。」", "と言った。\n\n", "うそ!?"]


def test_saved_scores_have_one_number_a_sentence() -> None:
    folder = Path(__file__).resolve().parents[2] / "models" / "corpus"
    scores = load_scores()
    for name in ("dev", "test", "quoteguard"):
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            found = scores[text_key(text)]
            assert all(len(values) == len(split_sentences(text)) for values in found.values())


def test_no_scores_without_a_file(tmp_path: Path) -> None:
    assert load_scores(tmp_path / "none.jsonl") == {}
    (tmp_path / "bad.jsonl").write_text("x", encoding="utf-8")
    with pytest.raises(ValueError, match="Expecting"):
        load_scores(tmp_path / "bad.jsonl")
