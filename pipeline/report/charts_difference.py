"""Differences of two groups' shares, each a point with its 95 % interval around the line of no difference."""

from __future__ import annotations

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from pipeline.report import charts
from pipeline.report.charts import Style
from pipeline.report.tables import Difference

_ROW = 30.0
_NAME_COLUMNS = 10  # of a group's name at an end of the scale
_STEPS = (0.1, 0.25, 0.5, 1.0)


def full_difference(found: Sequence[Difference]) -> float:
    """The difference at the chart's ends, the same for all targets: the least round one that holds all intervals."""
    most = max((max(abs(item.low), abs(item.high)) for item in found), default=1.0)
    return next((step for step in _STEPS if most <= step), 1.0)


def difference_chart(
    found: Sequence[Difference], head: str, full: float, names: tuple[str, str], style: Style
) -> go.Figure:
    """One target's differences from :func:`tables.differences`, a row a stance; nothing is drawn for an empty group.

    ``names`` are those of the two groups: they stand at the ends, so that it is seen which group a mark leans to.
    """
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
        # Room for the words of the last tick, which Plotly leaves out rather than cut.
        range=[-1.12 * end, 1.12 * end],
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
    for x, side, group in ((-1.1 * end, "left", names[1]), (1.1 * end, "right", names[0])):
        figure.add_annotation(
            x=x,
            xanchor=side,
            y=0,
            yref="paper",
            yanchor="top",
            yshift=-style.size(20),
            text=_arrow(style.say("chart.more_in", group=charts.wrap(group, _NAME_COLUMNS, 1)), side),
            showarrow=False,
            font={"size": style.size(11), "color": style.ink},
        )
    n = rows[0].total_1 + rows[0].total_2 if rows else 0
    room = charts.Room(below=style.size(38), left=style.size(84))
    charts.fit(figure, charts.title_with_n(head, n, style), style.size(_ROW) * max(1, len(rows)), style, room)
    return figure


def _arrow(words: str, side: str) -> str:
    return f"← {words}" if side == "left" else f"{words} →"


def _hover(item: Difference, style: Style) -> str:
    shares = f"A {charts.counted(item.n_1, item.total_1)} / B {charts.counted(item.n_2, item.total_2)}"
    points = style.say("chart.points", value=charts.signed(item.difference))
    ends = style.say("chart.interval", low=charts.signed(item.low), high=charts.signed(item.high))
    return f"{style.word(item.stance)}: {shares}<br>{points}<br>{ends}"
