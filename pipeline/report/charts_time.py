"""Stance toward one target over time: favor above the line, against below, what is on no side beneath."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from pipeline.report import charts
from pipeline.report.charts import Style
from pipeline.report.tables import REST, SIDES

_HEIGHT = 260.0
_BETWEEN = 0.13  # of the height: room between the two fields, for the words of the lower one
_LEAST = 0.09  # of the height: half the upper field, or the lower one, at least
_TICKS = 5  # dates that fit beside each other on a phone


def time_chart(table: pd.DataFrame, head: str, style: Style) -> go.Figure:
    """Counts of posts by period from :func:`tables.time_table`; counts, not shares, so no interval is drawn."""
    figure = charts.base(style)
    # A bar no wider than a sixth of the drawing: one day with one post is no wall of colour.
    figure.update_layout(barmode="relative", bargap=max(0.25, 1 - table["period"].nunique() / 6))
    for stance, sign, axis in [(SIDES[0], -1, "y"), (SIDES[1], 1, "y"), *((stance, 1, "y2") for stance in REST)]:
        rows = table[table["stance"] == stance]
        figure.add_bar(
            x=rows["period"].tolist(),
            y=(sign * rows["n"]).tolist(),
            yaxis=axis,
            name=stance,
            marker=charts.bar_marker(stance, style),
            hovertext=[
                f"{period}: {style.word(stance)} {n:,}" for period, n in zip(rows["period"], rows["n"], strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            textposition="none",
        )
    _axes(figure, table, style)
    room = charts.Room(above=style.size(16), below=style.size(24), left=style.size(34))
    charts.fit(figure, charts.title_with_n(head, int(table["n"].sum()), style), style.size(_HEIGHT), style, room)
    return figure


def _axes(figure: go.Figure, table: pd.DataFrame, style: Style) -> None:
    periods = sorted(table["period"].unique())
    kept = periods[:: -(-len(periods) // _TICKS)]
    one_year = len({period[:4] for period in periods}) == 1
    figure.update_xaxes(
        type="category",
        categoryarray=periods,
        categoryorder="array",
        tickvals=kept,
        ticktext=[period[5:] if one_year else period for period in kept],
        tickangle=0,
        tickfont={"size": style.size(11), "color": style.ink},
        fixedrange=True,
        showgrid=False,
        anchor="y2",
    )
    by_period = table.groupby(["period", "stance"])["n"].sum()
    most = max(1, *(int(by_period[key]) for key in by_period.index if key[1] in SIDES), 1)
    rest = table[table["stance"].isin(REST)].groupby("period")["n"].sum()
    rest_most = max(1, int(rest.max() if len(rest) else 1))
    floor = _border(most, rest_most)
    font = {"size": style.size(11), "color": style.ink}
    shared = {"fixedrange": True, "gridcolor": style.faint, "zerolinecolor": style.ink, "tickfont": font}
    top = floor - _BETWEEN
    figure.update_layout(
        yaxis={"domain": [floor, 1], "range": [-most, most], **_whole(most), **shared},
        yaxis2={"domain": [0, top], "range": [0, rest_most], "tickvals": [0, rest_most], **shared},
    )
    figure.update_layout(yaxis2_zeroline=False)
    figure.add_annotation(**_note(style, f"▲ {style.word('favor')}　▼ {style.word('against')}", 1.0))
    figure.add_annotation(**_note(style, " / ".join(style.word(stance) for stance in REST), top))


def _border(most: int, rest: int) -> float:
    """Where the upper field begins: so that a post is as high in both, unless one of them would be too low to read."""
    share = rest / (2 * most + rest)
    height = 1 - _BETWEEN
    return _BETWEEN + min(max(share * height, _LEAST), height - 2 * _LEAST)


def _whole(most: int) -> dict[str, object]:
    """Ticks at the middle and the two ends, without a sign: below the line there are posts too, not minus posts."""
    return {"tickvals": [-most, 0, most], "ticktext": [f"{most:,}", "0", f"{most:,}"]}


def _note(style: Style, words: str, y: float) -> dict[str, object]:
    return {
        "text": words,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": y,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": style.size(11), "color": style.ink},
    }
