"""Shares, intervals and differences are right, and the tables leave nothing out."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from pipeline.report import tables
from pipeline.report.tables import FEW, SHOWN, cells, newcombe, shown_stance, wilson

TARGETS = ("us", "russia", "ukraine")
counts_of = st.integers(0, 400).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


def counts(*rows: tuple[str, str, str, int, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["kind", "target", "stance", "n", "votes", "n_with_votes"])


@given(counts_of)
def test_wilson_is_what_scipy_gives(pair: tuple[int, int]) -> None:
    n, total = pair
    low, high = wilson(n, total)
    if total == 0:
        assert (low, high) == (0.0, 1.0)
        return
    expected = binomtest(n, total).proportion_ci(confidence_level=0.95, method="wilson")
    assert low == pytest.approx(expected.low, abs=1e-9)
    assert high == pytest.approx(expected.high, abs=1e-9)
    assert low - 1e-12 <= n / total <= high + 1e-12


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [  # Newcombe 1998, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombe_gives_the_published_intervals(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    difference, *ends = newcombe(*first, *second)
    assert difference == pytest.approx(first[0] / first[1] - second[0] / second[1])
    assert ends == pytest.approx([low, high], abs=5e-5)


@given(counts_of, counts_of)
def test_a_difference_lies_in_its_interval_and_turns_with_its_groups(
    one: tuple[int, int], two: tuple[int, int]
) -> None:
    difference, low, high = newcombe(*one, *two)
    if math.isnan(difference):
        assert (low, high) == (-1.0, 1.0)
        return
    assert low <= difference <= high
    back = newcombe(*two, *one)
    assert back == pytest.approx((-difference, -high, -low))


def test_stance_table_holds_zeros_and_counts_missing_votes_apart() -> None:
    found = counts(
        ("reader", "us", "against", 3, 10, 2),
        ("reader", "us", "favor", 1, 0, 0),
        ("quotation", "us", "favor", 9, 0, 0),
        ("reader", "us", "review", 2, 5, 1),
    )
    table = tables.stance_table(found, "kind", TARGETS, ("expert", "reader"))
    assert len(table) == 2 * len(TARGETS) * len(SHOWN)
    reader = cells(table, "reader", "us")
    assert list(reader) == list(SHOWN)
    assert (reader["against"].n, reader["against"].total, reader["against"].share) == (3, 6, 0.5)
    assert (reader["against"].votes_total, reader["against"].with_votes_total) == (15, 3)
    assert reader["against"].vote_share == pytest.approx(10 / 15)
    assert reader["none"].n == 0
    nobody = cells(table, "expert", "us")["favor"]
    assert (nobody.n, nobody.total) == (0, 0)
    assert math.isnan(nobody.share)
    assert math.isnan(nobody.vote_share)
    assert cells(table, "quotation") == {}


def test_an_undecided_stance_is_never_shown_as_its_best_guess() -> None:
    row = {"stance_us": "against", "stance_us_review": True, "human_stance_us": "favor"}
    assert shown_stance(row, "us") == "review"
    assert shown_stance(row, "us", human=True) == "favor"
    assert shown_stance(row | {"stance_us_review": False}, "us") == "against"
    assert shown_stance({}, "us") is None
    assert shown_stance({"stance_us": math.nan}, "us") is None


def test_differences_tell_small_groups_and_clear_ones() -> None:
    found = counts(
        ("expert", "us", "against", FEW - 1, 0, 0),
        ("reader", "us", "favor", 200, 0, 0),
        ("reader", "us", "against", 1, 0, 0),
    )
    table = tables.stance_table(found, "kind", ("us",), ("expert", "reader"))
    by_stance = {item.stance: item for item in tables.differences(table, "expert", "reader", ("us",))}
    assert by_stance["against"].clear
    assert by_stance["against"].few
    assert not by_stance["neutral"].clear
    assert by_stance["favor"].difference == pytest.approx(-200 / 201)


def test_cross_table_has_every_cell() -> None:
    found = pd.DataFrame(
        [("negative", "us", "favor", 2), ("negative", "us", "favor", 3), ("positive", "russia", "favor", 7)],
        columns=["sentiment", "target", "stance", "n"],
    )
    table = tables.cross_table(found, "us", ["negative", "positive"])
    assert len(table) == len(SHOWN) * 2
    assert table["n"].sum() == 5
    assert table.set_index(["stance", "sentiment"]).loc[("favor", "negative"), "n"] == 5


def test_speaker_matrix_puts_the_fullest_first_and_leaves_none_out() -> None:
    found = pd.DataFrame(
        [
            ("甲", "us", "favor", 1),
            ("乙", "us", "against", 5),
            ("乙", "russia", "none", 9),
            (None, "ukraine", "review", 2),
        ],
        columns=["speaker", "target", "stance", "n"],
    )
    matrix = tables.speaker_matrix(found, TARGETS)
    assert list(matrix["speaker"]) == ["乙", "", "甲"]
    assert "none" not in set(matrix["stance"])
    assert list(tables.speaker_matrix(found, TARGETS, limit=1)["speaker"]) == ["乙"]


def test_time_table_holds_dated_posts_in_order() -> None:
    found = pd.DataFrame(
        [("2022-03", "us", "favor", 1), (None, "us", "favor", 4), ("2022-02", "us", "against", 2)],
        columns=["month", "target", "stance", "n"],
    )
    table = tables.time_table(found, "month", "us")
    assert list(table["period"]) == ["2022-02", "2022-03"]
    assert table["n"].sum() == 3


def test_dot_table_keeps_a_missing_vote_missing() -> None:
    posts = pd.DataFrame(
        {
            "id": ["a", "b"],
            "kind": ["reader", "reader"],
            "votes": pd.array([None, 0], dtype="Int64"),
            "text": ["x", "y"],
            "stance_us": ["favor", None],
            "stance_us_review": [False, None],
        }
    )
    dots = tables.dot_table(posts, "kind", ("us",))
    assert list(dots["id"]) == ["a"]
    assert dots.loc[0, "votes"] is None
