"""Sentences say the numbers of their charts, in one form for all targets and groups."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.report import sentences, tables
from pipeline.report.charts_stance import Group
from pipeline.report.tables import FEW
from pipeline.report.wording import LANGS, Lang, table

GROUPS = (Group("expert", "専門家"), Group("reader", "読者"))
NAMES = [("us", "米国"), ("russia", "ロシア")]


def stances(rows: list[tuple[str, str, str, int, int, int]]) -> pd.DataFrame:
    counts = pd.DataFrame(rows, columns=["kind", "target", "stance", "n", "votes", "n_with_votes"])
    return tables.stance_table(counts, "kind", [key for key, _ in NAMES], ("expert", "reader"))


def of_us(found: pd.DataFrame) -> pd.DataFrame:
    return found[found["target"] == "us"]


SMALL = stances(
    [
        ("expert", "us", "against", 1, 0, 0),
        ("expert", "us", "review", 2, 0, 0),
        ("reader", "us", "favor", 4, 10, 2),
        ("reader", "us", "none", 8, 30, 6),
        ("expert", "russia", "none", 3, 0, 0),
        ("reader", "russia", "review", 12, 40, 8),
    ]
)
LARGE = stances([("reader", "us", "against", 10, 0, 0), ("reader", "us", "favor", 30, 0, 0)])


def test_the_headline_names_every_target_in_one_form() -> None:
    said = sentences.headline(SMALL, NAMES, "ja")
    assert "投稿 15 件" in said
    assert "米国 5 件(批判 1・支持 4)" in said
    assert "ロシア 0 件" in said
    assert "判定保留は米国 2・ロシア 12 件" in said
    assert sentences.headline(stances([]), NAMES, "ja") == ""


def test_below_few_posts_counts_are_told_with_intervals_and_no_share() -> None:
    expert, reader = sentences.stance_sentence(of_us(SMALL), GROUPS, "ja").split("\n")
    assert expert == "専門家 3 件: 批判 1〔6〜79 %〕、支持 0〔0〜56 %〕、判定保留 2。"
    assert "支持 4〔14〜61 %〕" in reader
    assert "33 %" not in expert


def test_from_few_posts_on_shares_stand_beside_their_counts() -> None:
    assert FEW <= 40
    (reader,) = sentences.stance_sentence(of_us(LARGE), GROUPS, "en").split("\n")
    assert reader.startswith("読者, 40 posts: against 25 % (10/40) [14 to 40 %], favor 75 % (30/40)")


def test_votes_are_counted_where_they_are_shown_and_missing_ones_are_told() -> None:
    expert, reader = sentences.weighted_sentence(of_us(SMALL), GROUPS, "ja").split("\n")
    assert "票の表示がなく" in expert
    assert reader.startswith("読者 8 件・40 票: 批判 0 % (0/40)、支持 25 % (10/40)、言及なし 75 % (30/40)。")
    assert "4 件は数えていません" in reader


@pytest.mark.parametrize("lang", LANGS)
def test_no_posts_is_said(lang: Lang) -> None:
    nothing = table()["say.nobody"][lang]
    for found in (sentences.stance_sentence, sentences.short_sentence, sentences.weighted_sentence):
        assert found(of_us(stances([])), GROUPS, lang) == nothing


def test_a_difference_says_whether_it_can_be_told() -> None:
    many = stances([("expert", "us", "favor", 90, 0, 0), ("expert", "us", "none", 10, 0, 0)])
    both = pd.concat([many[many["group"] == "expert"], LARGE[LARGE["group"] == "reader"]])
    favor = next(item for item in tables.differences(both, "expert", "reader", ["us"]) if item.stance == "favor")
    said = sentences.difference_sentence(favor, ("A", "B"), "ja")
    assert "A 90 % (90/100)、B 75 % (30/40)、差 +15 ポイント" in said
    assert table()["say.clear" if favor.clear else "say.unclear"]["ja"] in said
    few = next(item for item in tables.differences(SMALL, "expert", "reader", ["us"]) if item.stance == "favor")
    assert table()["say.too_few"]["ja"] in sentences.difference_sentence(few, ("A", "B"), "ja")


def test_no_word_of_ours_takes_posts_for_what_society_thinks() -> None:
    for key, entry in table().items():
        for word in ("世論", "民意"):
            assert word not in entry["ja"], key
        assert "public opinion" not in entry["en"].lower(), key
