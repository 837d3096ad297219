"""Neighbouring tasks: texts are read with their labels, and what is learnt of them stays in the encoder."""

from __future__ import annotations

import json
import lzma
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from models.encoder import MaskedLanguageModel
from models.neighbour_texts import TASKS, read_task
from models.neighbours import main
from models.tokenizer import SLOT_PIECES
from models.weights_io import load_pretrained, save_pretrained
from tests.models.conftest import TINY

GOOD, BAD = "売上が伸びて、客の顔も明るい。", "客足が遠のいて、先が見えない。"
FILES = {
    "economy_watchers": ["horizon\tmonth\tlabel\ttext", *(f"current\t200001\t◎\t{GOOD}{n}" for n in range(40))]
    + [f"current\t200001\t×\t{BAD}{n}" for n in range(40)]
    + ["current\t200001\t?\t分からない"],
    "chabsa": ["sentence\ttarget\tfrom\tto\tcategory\tpolarity\tdoc"]
    + [f"国内の売上高は{n}％増えた\t売上高\t3\t6\tx\tpositive\td" for n in range(20)],
    "nli": ["source\tsplit\tpremise\thypothesis\tlabel"]
    + [f"jsick\ttrain\t犬が{n}匹走る\t動物が走る\tentailment" for n in range(20)],
}


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    folder = tmp_path / "corpora" / "labelled"
    folder.mkdir(parents=True)
    for name, lines in FILES.items():
        with lzma.open(folder / f"{name}.tsv.xz", "wt", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    return folder.parent


def test_texts_come_evenly_by_label_and_unknown_labels_not_at_all(corpora: Path) -> None:
    watchers = next(task for task in TASKS if task.name == "watchers")
    assert len(read_task(corpora, watchers, 1)) == 80
    few = read_task(corpora, replace(watchers, most=50), 1)
    assert Counter(text.label for text in few) == {"◎": 10, "×": 10}


def test_the_rated_thing_becomes_a_slot_and_a_pair_stays_a_pair(corpora: Path) -> None:
    found = {task.name: read_task(corpora, task, 1)[0].parts for task in TASKS}
    assert found["polarity"][0].startswith(f"国内の{SLOT_PIECES[0]}は")
    assert found["inference"][1] == "動物が走る"


def test_the_encoder_is_trained_and_saved_with_its_log(corpora: Path, tmp_path: Path) -> None:
    torch.manual_seed(0)
    start, out = tmp_path / "start", tmp_path / "out"
    start.mkdir()
    save_pretrained(start, MaskedLanguageModel(TINY))
    main(["--corpora", str(corpora), "--start", str(start), "--folder", str(out), "--threads", "1"])
    before, after = load_pretrained(start), load_pretrained(out)
    assert not torch.equal(before.encoder.layers[0].qkv.weight, after.encoder.layers[0].qkv.weight)
    assert torch.equal(before.head.weight, after.head.weight)
    last = json.loads((out / "log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert last["texts"] == {"watchers": 79, "polarity": 19, "inference": 19}
    assert all(0 <= share <= 1 for share in last["held_out_accuracy"].values())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="economy_watchers"):
        read_task(tmp_path, TASKS[0], 1)
