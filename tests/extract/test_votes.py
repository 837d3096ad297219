"""Vote counts: as shown, and None where none is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.votes import make_votes, parse_count
from pipeline.records import Votes, VotesKind


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("3", 3),
        ("0", 0),
        ("＋１２", 12),
        ("−2", -2),
        ("-2", -2),
        ("1,204", 1204),
        ("1.2k", 1200),
        ("1.25K", 1250),
        ("1.2万", 12000),
        ("2万", 20000),
        ("いいね! 12", 12),
        ("共感した 1,020件", 1020),
        ("+3", 3),
        ("", None),
        (None, None),
        ("👍", None),
        ("3 of 5", None),
        ("1.5", None),
        ("2022/02/21", None),
        ("12345678901234", None),
    ],
)
def test_counts(text: str | None, count: int | None) -> None:
    assert parse_count(text) == count


@given(st.integers(-(10**11), 10**11))
def test_whole_numbers_come_back(number: int) -> None:
    assert parse_count(str(number)) == number
    assert parse_count(f"{number:,}") == number


def test_up_and_down_are_kept_apart() -> None:
    assert make_votes(up=3, down=-1) == Votes(3, VotesKind.UP, 1)
    assert make_votes(down=6) == Votes(None, VotesKind.UP, 6)
    assert make_votes(net=-2) == Votes(-2, VotesKind.NET)
    assert make_votes() == Votes()
