"""Labelling on Ray gives the table that labelling here gives."""

from __future__ import annotations

import builtins
import sys

import pandas as pd
import pytest

from pipeline.errors import RayUnavailable
from pipeline.label_table import label_table
from pipeline.scale import LabelActor, label_on_ray
from tests.conftest import missing
from tests.fakes import WordLabeller


def test_ray_gives_the_same_table_as_here() -> None:
    try:
        import ray
    except ImportError:
        missing("ray (pip install 'tachiba[ray]')")
    texts = [f"{i} ロシアを{'支持' if i % 3 else '批判'}する" if i % 7 else "" for i in range(2500)]
    frame = pd.DataFrame({"n": range(2500), "text": texts})
    seen: list[int] = []
    try:
        labelled = label_on_ray(frame, "text", WordLabeller(), seen.append)
    finally:
        ray.shutdown()
    pd.testing.assert_frame_equal(labelled, label_table(frame, "text", WordLabeller()))
    assert seen[-1] == sum(map(bool, texts))


def test_an_actor_answers_each_row_by_its_number() -> None:
    answer = LabelActor(WordLabeller())(pd.DataFrame({"row": [9, 4], "text": ["ロシアを支持", "晴れ"]}))
    assert list(answer["row"]) == [9, 4]
    assert '"stance_russia": "favor"' in answer["labels"][0]


def test_without_ray_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: object) -> object:
        if name.split(".")[0] == "ray":
            raise ImportError("No module named 'ray'")
        return real(name, *rest)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.delitem(sys.modules, "ray", raising=False)
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(RayUnavailable) as caught:
        label_on_ray(pd.DataFrame({"text": ["ロシア"]}), "text", WordLabeller())
    assert "pip install 'tachiba[ray]'" in caught.value.message("ja")
