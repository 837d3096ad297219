"""Differences of two groups' shares, each a point with its 95 % interval around the line of no difference."""

from __future__ import annotations

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from pipeline.report import charts
from pipeline.report.charts import Style
from pipeline.report.tables import Difference

_ROW = 30.0
_STEPS = (0.1, 0.25, 0.5, 1.0)


def full_difference(found: Sequence[Difference]) -> float:
    """The difference at the chart's ends, the same for all targets: the least round one that holds all intervals."""
    most = max((max(abs(item.low), abs(item.high)) for item in found), default=1.0)
    return next((step for step in _STEPS if most <= step), 1.0)


def difference_chart(found: Sequence[Difference], head: str, full: float, style: Style) -> go.Figure:
    """One target's differences from :func:`tables.differences`, a row a stance; nothing is drawn for an empty group."""
    figure = charts.base(style)
    rows = [item for item in found if not math.isnan(item.difference)]
    for at, item in enumerate(rows):
        figure.add_scatter(
            x=[100 * item.difference],
            y=[at],
            mode="markers",
            name=item.stance,
            marker={
                "size": style.size(12),
                "color": charts.fill(item.stance, style),
                "opacity": 1,
                "line": {"color": charts.edge(item.stance, style), "width": 1.5},
            },
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [100 * (item.high - item.difference)],
                "arrayminus": [100 * (item.difference - item.low)],
                "color": style.ink,
                "thickness": 1.5,
                "width": 4,
            },
            hovertemplate=_hover(item, style) + "<extra></extra>",
        )
    end = 100 * full
    figure.add_vline(x=0, line={"color": style.ink, "width": 1})
    figure.update_xaxes(
        range=[-1.05 * end, 1.05 * end],
        tickvals=[-end, -end / 2, 0, end / 2, end],
        ticktext=[charts.signed(value / 100) for value in (-end, -end / 2, 0, end / 2, end)],
        tickfont={"size": style.size(11), "color": style.ink},
        gridcolor=style.faint,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[style.word(item.stance) for item in rows],
        range=[len(rows) - 0.5, -0.5],
        tickfont={"size": style.size(12), "color": style.ink},
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    n = rows[0].total_1 + rows[0].total_2 if rows else 0
    room = charts.Room(below=style.size(22), left=style.size(84))
    charts.fit(figure, charts.title_with_n(head, n, style), style.size(_ROW) * max(1, len(rows)), style, room)
    return figure


def _hover(item: Difference, style: Style) -> str:
    shares = f"A {charts.counted(item.n_1, item.total_1)} / B {charts.counted(item.n_2, item.total_2)}"
    points = style.say("chart.points", value=charts.signed(item.difference))
    ends = style.say("chart.interval", low=charts.signed(item.low), high=charts.signed(item.high))
    return f"{style.word(item.stance)}: {shares}<br>{points}<br>{ends}"
