"""How sure the model is and how often it is right: reliability, and errors against the share decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from pipeline.report import charts
from pipeline.report.charts import Style
from pipeline.report.model_card import CurvePoint, ReliabilityPoint

_HEIGHT = 240.0
# A share of fewer labels than this tells little, and is drawn hollow.
FEW_LABELS = 10


def reliability_chart(points: Sequence[ReliabilityPoint], style: Style) -> go.Figure:
    """Share that was right by confidence, with Wilson's 95 % intervals; the diagonal is a model that knows itself."""
    figure = charts.base(style)
    _line(figure, [0, 100], [0, 100], style, dash="dot", hover=False)
    figure.add_scatter(
        x=[100 * point.confidence for point in points],
        y=[100 * point.accuracy for point in points],
        mode="markers",
        name="reliability",
        marker={
            "size": style.size(9),
            "color": charts.edge("favor", style),
            "symbol": ["circle-open" if point.n < FEW_LABELS else "circle" for point in points],
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [100 * (point.high - point.accuracy) for point in points],
            "arrayminus": [100 * (point.accuracy - point.low) for point in points],
            "color": style.ink,
            "thickness": 1.2,
        },
        hovertext=[
            f"{charts.percent(point.confidence)} → {charts.percent(point.accuracy)} (n={point.n:,})" for point in points
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    n = sum(point.n for point in points)
    _axes(figure, style.say("chart.confidence"), style.say("chart.accuracy"), 100, style)
    return _fitted(figure, style.say("chart.calibration"), n, style)


def coverage_chart(points: Sequence[CurvePoint], now: CurvePoint, n: int, style: Style) -> go.Figure:
    """Share of errors among the labels shown, by the share shown, most certain first; ``now`` is what is shown now."""
    figure = charts.base(style)
    _line(
        figure,
        [100 * point.coverage for point in points],
        [100 * (1 - point.accuracy) for point in points],
        style,
        dash="solid",
        hover=True,
    )
    figure.add_scatter(
        x=[100 * now.coverage],
        y=[100 * (1 - now.accuracy)],
        mode="markers+text",
        name="now",
        text=[style.say("chart.now")],
        textposition="top left",
        textfont={"size": style.size(12), "color": style.ink},
        marker={"size": style.size(10), "color": charts.edge("favor", style)},
        hovertemplate="%{x:.0f} % → %{y:.0f} %<extra></extra>",
    )
    most = max((100 * (1 - point.accuracy) for point in points), default=10.0)
    _axes(figure, style.say("chart.coverage"), style.say("chart.error_rate"), 1.1 * max(most, 1.0), style)
    return _fitted(figure, style.say("chart.risk"), n, style)


def _line(figure: go.Figure, x: Sequence[float], y: Sequence[float], style: Style, *, dash: str, hover: bool) -> None:
    look: dict[str, Any] = {"hoverinfo": "skip"}
    if hover:
        look = {"hovertemplate": "%{x:.0f} % → %{y:.0f} %<extra></extra>"}
    colour = charts.edge("favor", style) if hover else style.ink
    figure.add_scatter(x=list(x), y=list(y), mode="lines", line={"color": colour, "width": 2, "dash": dash}, **look)


def _axes(figure: go.Figure, below: str, beside: str, top: float, style: Style) -> None:
    shared = {
        "ticksuffix": " %",
        "gridcolor": style.faint,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": style.size(11), "color": style.ink},
        "title_font": {"size": style.size(12), "color": style.ink},
    }
    # A little beyond both ends, where a point would be cut in half.
    figure.update_xaxes(range=[0, 108], dtick=20, title_text=below, **shared)
    figure.update_yaxes(range=[-top / 30, top + 2], title_text=beside, **shared)


def _fitted(figure: go.Figure, head: str, n: int, style: Style) -> go.Figure:
    title = (
        f'<b>{head}</b><br><span style="font-size:{style.size(12):.0f}px">{style.say("model.labels")} n={n:,}</span>'
    )
    room = charts.Room(below=style.size(40), left=style.size(58))
    charts.fit(figure, title, style.size(_HEIGHT), style, room)
    return figure
