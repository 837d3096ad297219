"""Charts of a classroom: who reads them sees every number, and sums are right."""

from __future__ import annotations

import pandas as pd

from pipeline.report.charts import Style
from pipeline.report.charts_classroom import class_chart, class_sentence, flow_sentence, flow_table

NAMES = {"us": "米国"}


def test_every_piece_shows_its_number_and_a_narrow_one_nothing_else() -> None:
    tally = pd.DataFrame({"field": ["us"] * 3, "value": ["against", "none", "favor"], "n": [20, 1, 9]})
    style = Style("ja", False)
    figure = class_chart(tally, NAMES, style)
    assert [trace.text for trace in figure.data] == ["批判 20", "1", "支持 9"]
    assert class_sentence(tally, NAMES, style) == "米国は批判 20、中立 0、言及なし 1、支持 9"


def test_the_flow_sums_over_posts_and_says_what_changed() -> None:
    changes = pd.DataFrame(
        {
            "post_id": ["a", "b", "b"],
            "field": ["us"] * 3,
            "before": ["favor", "favor", "against"],
            "after": ["favor", "favor", "neutral"],
            "n": [2, 3, 1],
        }
    )
    table = flow_table(changes, "us")
    assert {(row.before, row.after, row.n) for row in table.itertuples()} == {
        ("favor", "favor", 5),
        ("against", "neutral", 1),
    }
    assert "6 件のうち 5 件" in flow_sentence(table, "us", Style("ja", False))
