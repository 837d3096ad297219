"""Agreement: the library's alpha, scikit-learn's kappa, and honest answers where a measure is not defined."""

from __future__ import annotations

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from pipeline.human_labels import HumanLabel, Sample, make_labels
from pipeline.report import agreement
from pipeline.report.agreement import (
    MODEL,
    agreements,
    cohen_kappa,
    disagreeing,
    human_table,
    krippendorff_alpha,
    measured_error,
    model_table,
)

codes = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30)


def table(rows: list[tuple[str, str, str]], field: str = "us") -> pd.DataFrame:
    """Labels from (post, annotator, value)."""
    return pd.DataFrame(
        [(post, field, who, value) for post, who, value in rows],
        columns=["post_id", "field", "annotator", "value"],
    )


@given(pairs=codes)
def test_kappa_is_scikit_learns(pairs: list[tuple[int, int]]) -> None:
    first, second = np.array(pairs).T
    ours = cohen_kappa(first, second)
    if ours is None:
        assert len(set(first) | set(second)) == 1
    else:
        assert ours == pytest.approx(cohen_kappa_score(first, second))


@given(pairs=codes, seed=st.integers(0, 9))
def test_the_resamples_alpha_is_the_librarys(pairs: list[tuple[int, int]], seed: int) -> None:
    counts = np.zeros((len(pairs), 4))
    for row, pair in enumerate(pairs):
        for code in pair:
            counts[row, code] += 1
    weights = np.random.default_rng(seed).multinomial(len(pairs), [1 / len(pairs)] * len(pairs), 3)
    expected = []
    for weight in weights:
        repeated = np.repeat(counts, weight, axis=0)
        if (repeated.sum(axis=0) > 0).sum() > 1:
            expected.append(krippendorff.alpha(value_counts=repeated, level_of_measurement="nominal"))
    assert agreement._alphas(counts, weights) == pytest.approx(expected)


def test_a_unanimous_class_has_no_alpha_and_does_not_fail() -> None:
    found = agreements(table([(post, who, "none") for post in "abc" for who in ("甲", "乙")]))
    (pair,) = found
    assert pair.percent.value == 1.0
    assert pair.alpha.value is None
    assert pair.kappa is not None
    assert pair.kappa.value is None
    assert krippendorff_alpha(np.array([[2.0, 0.0]])) is None


def test_intervals_hold_the_value_and_are_the_same_each_time() -> None:
    labels = table(
        [
            (str(n), who, "favor" if (n * k) % 5 < 3 else "against")
            for n in range(40)
            for k, who in ((1, "甲"), (2, "乙"), (3, "丙"))
        ]
    )
    found = agreements(labels)
    assert found == agreements(labels)
    assert {len(item.who) for item in found} == {2, 3}
    for item in found:
        for interval in (item.percent, item.alpha):
            assert interval.low <= interval.value <= interval.high  # type: ignore[operator]
        assert (item.kappa is None) == (len(item.who) == 3)


def test_only_posts_that_two_labelled_count() -> None:
    labels = table([("a", "甲", "favor"), ("b", "甲", "favor"), ("b", "乙", "against"), ("c", "乙", "favor")])
    (pair,) = agreements(labels)
    assert (pair.n, pair.percent.value) == (1, 0.0)
    assert agreements(table([("a", "甲", "favor")])) == []


def test_the_most_evenly_split_post_comes_first() -> None:
    votes = {"a": "ffffa", "b": "ffaan", "c": "fffff"}
    words = {"f": "favor", "a": "against", "n": "neutral"}
    labels = table([(post, str(n), words[mark]) for post, marks in votes.items() for n, mark in enumerate(marks)])
    assert list(disagreeing(labels)["post_id"]) == ["b", "a"]


def test_the_models_labels_and_its_measured_error() -> None:
    posts = pd.DataFrame(
        {
            "id": ["a", "b", "c"],
            "stance_us": ["favor", "against", "neutral"],
            "stance_us_review": [False, False, True],
            "sentiment": ["positive", None, "neutral"],
        }
    )
    every = model_table(posts, ["us", "china"], decided_only=False)
    assert len(every) == 5
    assert len(model_table(posts, ["us"], decided_only=True)) == 4
    assert set(every["annotator"]) == {MODEL}

    def at(second: int) -> str:
        return f"2026-01-01T00:00:0{second}.000000+00:00"

    log: list[HumanLabel] = [
        *make_labels("a", {"us": "against"}, "甲", at(1), reason=None, sample=Sample.RANDOM),
        *make_labels("a", {"us": "favor"}, "乙", at(2), reason=None, sample=Sample.RANDOM),
        *make_labels("b", {"us": "none"}, "甲", at(3), reason=None, sample=Sample.RANDOM),
        *make_labels("c", {"us": "none"}, "甲", at(4), reason=None, sample=Sample.CONFIDENCE),
        *make_labels("b", {"us": "against"}, "甲", at(5), reason=None, sample=Sample.CONFIDENCE),
    ]
    error = measured_error(human_table(log, Sample.RANDOM), every).iloc[0]
    assert (error["field"], error["n"], error["wrong"], error["error"]) == ("us", 2, 1, 0.5)
    assert 0 < error["low"] < 0.5 < error["high"] < 1
    assert measured_error(human_table([]), every).empty
