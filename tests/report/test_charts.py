"""Charts hold the numbers of their tables, name n, and say nothing by colour alone."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given

from pipeline.report import charts, charts_cross, charts_difference, charts_model, charts_stance, charts_time, tables
from pipeline.report.canvas import WORDS
from pipeline.report.charts import Style
from pipeline.report.charts_stance import Group
from pipeline.report.model_card import CurvePoint, ReliabilityPoint
from pipeline.report.tables import FEW, SHOWN
from tests.fakes import texts

GROUPS = (Group("expert", "専門家"), Group("reader", "読者"))
STYLES = [Style(lang, dark, scale) for lang in ("ja", "en") for dark in (False, True) for scale in (1.0, 1.35)]


def counts(expert: dict[str, int], reader: dict[str, int]) -> pd.DataFrame:
    rows = [
        (kind, "us", stance, n, 10 * n, n)
        for kind, found in (("expert", expert), ("reader", reader))
        for stance, n in found.items()
    ]
    return pd.DataFrame(rows, columns=["kind", "target", "stance", "n", "votes", "n_with_votes"])


def table(expert: dict[str, int], reader: dict[str, int]) -> pd.DataFrame:
    return tables.stance_table(counts(expert, reader), "kind", ("us",), ("expert", "reader"))


def dots(group: str, found: dict[str, int], text: str = "本文") -> pd.DataFrame:
    rows = [
        (f"{group}{stance}{number}", group, "us", stance, number or None, text)
        for stance, n in found.items()
        for number in range(n)
    ]
    return pd.DataFrame(rows, columns=["id", "group", "target", "stance", "votes", "text"])


def words(figure: go.Figure) -> str:
    written = [text for trace in figure.data if trace.name == WORDS for text in trace.text]
    return " ".join([note.text for note in figure.layout.annotations] + written)


def marks(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.name != WORDS]


def traces(figure: go.Figure) -> dict[str, Any]:
    return {trace.name: trace for trace in marks(figure)}


def test_small_groups_are_one_dot_a_post_that_carries_its_id() -> None:
    expert, reader = {"against": 2, "favor": 0, "none": 1}, {"against": 6, "favor": 3, "neutral": 1, "review": 2}
    found = pd.concat([dots("expert", expert), dots("reader", reader)])
    figure = charts_stance.stance_chart(table(expert, reader), found, GROUPS, "米国への立場", Style())
    assert {trace.type for trace in figure.data} == {"scatter"}
    drawn = [post for trace in marks(figure) for post in trace.customdata]
    assert sorted(drawn) == sorted(found["id"])
    assert all(x < 0 for x in traces(figure)["reader:against"].x)
    assert all(x > 0 for x in traces(figure)["reader:favor"].x)
    places = [(x, y) for trace in marks(figure) for x, y in zip(trace.x, trace.y, strict=True)]
    assert len(set(places)) == len(found), "a dot hides another"
    assert "%" not in words(figure), "shares of so few posts mislead"
    assert "n=15" in words(figure)
    assert "n=3" in words(figure)
    assert "n=12" in words(figure)


def test_from_thirty_posts_bars_show_share_count_and_interval() -> None:
    reader = {"against": FEW // 2, "favor": FEW // 2}
    found = table({}, reader)
    full = charts_stance.full_side(found)
    figure = charts_stance.stance_chart(found, dots("reader", {}), GROUPS, "x", Style(), full=full)
    against, favor = traces(figure)["reader:against"], traces(figure)["reader:favor"]
    assert against.type == "bar"
    assert against.x[0] == pytest.approx(-0.5 / full)
    assert favor.x[0] == pytest.approx(0.5 / full)
    low, high = tables.wilson(FEW // 2, FEW)
    assert favor.error_x.array[0] == pytest.approx((high - 0.5) / full)
    assert favor.error_x.arrayminus[0] == pytest.approx((0.5 - low) / full)
    assert against.error_x.array[0] == pytest.approx((0.5 - low) / full)
    assert "50 % (15/30)" in words(figure)
    assert max(abs(against.x[0]) + against.error_x.arrayminus[0], favor.x[0] + favor.error_x.array[0]) <= 1


def test_the_border_between_dots_and_bars() -> None:
    under, over = {"favor": FEW - 1}, {"favor": FEW}
    one = charts_stance.stance_chart(table(under, over), dots("expert", under), GROUPS, "x", Style())
    kinds = {trace.name.split(":")[0]: trace.type for trace in marks(one)}
    assert kinds == {"expert": "scatter", "reader": "bar"}


def test_weighted_dots_leave_out_posts_without_votes_and_grow_in_area() -> None:
    rows = [("a", "reader", "us", "favor", 0, "x"), ("b", "reader", "us", "favor", 9, "x")]
    rows += [("c", "reader", "us", "favor", 36, "x"), ("d", "reader", "us", "favor", None, "x")]
    found = pd.DataFrame(rows, columns=["id", "group", "target", "stance", "votes", "text"])
    one = pd.DataFrame([("reader", "us", "favor", 4, 45, 3)], columns=counts({}, {}).columns)
    stances = tables.stance_table(one, "kind", ("us",), ("reader",))
    figure = charts_stance.stance_chart(stances, found, GROUPS, "x", Style(), weighted=True)
    (trace,) = marks(figure)
    assert list(trace.customdata) == ["a", "b", "c"]
    sizes = list(trace.marker.size)
    assert sizes[0] > 0
    assert (sizes[2] / sizes[1]) ** 2 == pytest.approx(4)
    assert "n=3" in words(figure)
    assert "45" in words(figure)


@pytest.mark.parametrize("style", STYLES)
def test_stances_differ_without_colour(style: Style) -> None:
    looks = {(charts.fill(stance, style), charts.edge(stance, style)) for stance in SHOWN}
    assert len(looks) == len(SHOWN)
    assert charts.fill("against", style) == "#e66101"
    assert charts.fill("favor", style) == "#5e3c99"
    assert charts.fill("review", style) == "rgba(0,0,0,0)", "undecided is an outline"
    hatched = [stance for stance in SHOWN if "pattern" in charts.bar_marker(stance, style)]
    assert hatched == ["none"]


@pytest.mark.parametrize("style", STYLES)
def test_colours_stand_on_every_trace(style: Style) -> None:
    expert, reader = {"against": 3, "none": 2}, {"favor": 90, "review": 10}
    figure = charts_stance.stance_chart(table(expert, reader), dots("expert", expert), GROUPS, "x", style)
    for trace in marks(figure):
        assert trace.marker.color == charts.fill(trace.name.split(":")[1], style)


@given(content=texts)
def test_wrapping_keeps_every_character_of_a_short_text(content: str) -> None:
    shown = charts.wrap(content, columns=500, lines=500)
    plain = shown.replace("<br>", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert "".join(plain.split()) == "".join(content.split())


def test_wrapping_breaks_japanese_and_stops() -> None:
    lines = charts.wrap("あ" * 1000, columns=20, lines=4).split("<br>")
    assert [len(line) for line in lines] == [10, 10, 10, 11]
    assert lines[-1].endswith("…")


def test_hostile_text_is_no_tag_on_a_chart() -> None:
    bad = "<script>alert(1)</script><a href='javascript:x'>y</a>"
    found = {"favor": 1}
    figure = charts_stance.stance_chart(
        table({}, found), dots("reader", found, bad), [Group("reader", bad)], bad, Style()
    )
    content = json.dumps(figure.to_plotly_json(), default=str)
    assert "<script" not in content
    assert "<a " not in content


def test_mood_chart_writes_every_count() -> None:
    found = pd.DataFrame([("negative", "us", "favor", 3), ("positive", "us", "none", 1200)])
    found.columns = ["sentiment", "target", "stance", "n"]  # type: ignore[assignment]  # a list is what pandas takes
    moods = ["negative", "positive"]
    figure = charts_cross.mood_chart(tables.cross_table(found, "us", moods), moods, "x", Style())
    shown = {trace.name: [text.strip() for text in trace.text or ()] for trace in figure.data}
    assert shown["favor"] == ["3"]
    assert shown["none"] == ["1,200"]
    assert shown["against"] == []
    assert "n=1,203" in words(figure)


def test_speaker_chart_has_a_mark_a_cell() -> None:
    matrix = pd.DataFrame(
        [("甲", "us", "favor", 2), ("甲", "russia", "against", 3), ("", "us", "review", 1)],
        columns=["speaker", "target", "stance", "n"],
    )
    figure = charts_cross.speaker_chart(matrix, [("us", "米国"), ("russia", "ロシア")], "x", Style())
    marks = {
        tuple(cell): text for t in figure.data for cell, text in zip(t.customdata or (), t.text or (), strict=True)
    }
    assert marks == {("甲", "us", "favor"): "2", ("甲", "russia", "against"): "3", ("", "us", "review"): "1"}
    assert "n=6" in words(figure)
    assert "発言者の記載なし" in "".join(figure.layout.yaxis.ticktext).replace("<br>", "")


def test_time_chart_puts_against_below_the_line() -> None:
    found = pd.DataFrame(
        [("2022-02", "favor", 2), ("2022-02", "against", 3), ("2022-03", "none", 4)], columns=["period", "stance", "n"]
    )
    figure = charts_time.time_chart(found, "x", Style())
    assert list(traces(figure)["against"].y) == [-3]
    assert list(traces(figure)["favor"].y) == [2]
    assert list(traces(figure)["none"].y) == [4]
    assert "n=9" in words(figure)
    assert list(figure.layout.yaxis.ticktext) == ["3", "0", "3"], "no minus posts"


def test_a_post_is_as_high_in_both_fields_of_the_time_chart() -> None:
    found = pd.DataFrame([("2022-02", "favor", 6), ("2022-02", "none", 8)], columns=["period", "stance", "n"])
    layout = charts_time.time_chart(found, "x", Style()).layout
    heights = [
        (axis.domain[1] - axis.domain[0]) / (axis.range[1] - axis.range[0]) for axis in (layout.yaxis, layout.yaxis2)
    ]
    assert heights[0] == pytest.approx(heights[1])


def test_one_post_beside_many_without_a_side_still_has_a_field_to_be_seen_in() -> None:
    found = pd.DataFrame([("2022-02", "favor", 1), ("2022-02", "none", 5000)], columns=["period", "stance", "n"])
    layout = charts_time.time_chart(found, "x", Style()).layout
    assert layout.yaxis.domain[1] - layout.yaxis.domain[0] > 0.15
    assert layout.yaxis2.domain[1] < layout.yaxis.domain[0]


def test_difference_chart_draws_the_interval() -> None:
    found = tables.differences(
        table({"favor": 40, "against": 10}, {"favor": 10, "against": 40}), "expert", "reader", ["us"]
    )
    full = charts_difference.full_difference(found)
    figure = charts_difference.difference_chart(found, "x", full, ("甲", "乙"), Style())
    trace = traces(figure)["favor"]
    assert trace.x[0] == pytest.approx(60)
    item = next(item for item in found if item.stance == "favor")
    assert trace.x[0] + trace.error_x.array[0] == pytest.approx(100 * item.high)
    assert trace.x[0] - trace.error_x.arrayminus[0] == pytest.approx(100 * item.low)
    assert 100 * item.high <= figure.layout.xaxis.range[1]
    assert "← 乙に多い" in words(figure)
    assert "甲に多い →" in words(figure)


def test_an_empty_group_has_no_difference_to_draw() -> None:
    found = tables.differences(table({"favor": 4}, {}), "expert", "reader", ["us"])
    assert not charts_difference.difference_chart(found, "x", 1.0, ("甲", "乙"), Style()).data


def test_model_charts_hold_what_was_measured() -> None:
    points = [ReliabilityPoint(0.55, 0.5, 10, 0.24, 0.76), ReliabilityPoint(0.9, 0.8, 40, 0.65, 0.9)]
    figure = charts_model.reliability_chart(points, Style())
    trace = traces(figure)["reliability"]
    assert list(trace.y) == [50, 80]
    assert trace.error_y.array[0] == pytest.approx(26)
    assert "n=50" in words(figure)
    assert list(trace.marker.symbol) == ["circle", "circle"]
    few = charts_model.reliability_chart([ReliabilityPoint(0.3, 1.0, 1, 0.2, 1.0)], Style())
    assert list(traces(few)["reliability"].marker.symbol) == ["circle-open"]
    curve = charts_model.coverage_chart([CurvePoint(0.5, 0.9), CurvePoint(1.0, 0.8)], CurvePoint(0.5, 0.9), 50, Style())
    assert (curve.data[1].x[0], curve.data[1].y[0]) == pytest.approx((50, 10))
    assert list(curve.data[0].y) == pytest.approx([10, 20])


def test_percent_never_says_zero_of_something() -> None:
    assert charts.percent(0) == "0 %"
    assert charts.percent(0.004) == "0.4 %"
    assert charts.counted(1, 3) == "33 % (1/3)"
    assert charts.counted(0, 0) == "–"
    assert charts.signed(-0.071) == "−7"
    assert charts.signed(0.004) == "0"
