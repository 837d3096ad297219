"""Stance toward one target over time: favor above the line, against below, what is on no side beneath."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from pipeline.report import charts
from pipeline.report.charts import Style
from pipeline.report.tables import REST, SIDES

_HEIGHT = 260.0
# With more periods than this, tick labels are thinned by Plotly.
_ALL_TICKS = 8


def time_chart(table: pd.DataFrame, head: str, style: Style) -> go.Figure:
    """Counts of posts by period from :func:`tables.time_table`; counts, not shares, so no interval is drawn."""
    figure = charts.base(charts.title_with_n(head, int(table["n"].sum()), style), style.size(_HEIGHT), style)
    figure.update_layout(barmode="relative", bargap=0.25)
    for stance, sign, axis in [(SIDES[0], -1, "y"), (SIDES[1], 1, "y"), *((stance, 1, "y2") for stance in REST)]:
        rows = table[table["stance"] == stance]
        figure.add_bar(
            x=rows["period"].tolist(),
            y=(sign * rows["n"]).tolist(),
            yaxis=axis,
            name=stance,
            marker={
                "color": charts.fill(stance, style),
                "line": {"color": charts.edge(stance, style), "width": 1},
                "pattern": {"shape": charts.pattern(stance), "fgcolor": charts.NEUTRAL, "bgcolor": style.pale}
                if charts.pattern(stance)
                else None,
            },
            hovertext=[
                f"{period}: {style.word(stance)} {n:,}" for period, n in zip(rows["period"], rows["n"], strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            textposition="none",
        )
    _axes(figure, table, style)
    return figure


def _axes(figure: go.Figure, table: pd.DataFrame, style: Style) -> None:
    periods = sorted(table["period"].unique())
    few = {"tickvals": periods} if len(periods) <= _ALL_TICKS else {"nticks": _ALL_TICKS}
    figure.update_xaxes(type="category", categoryarray=periods, fixedrange=True, showgrid=False, anchor="y2", **few)
    by_period = table.assign(side=table["stance"].isin(SIDES)).groupby(["period", "stance"])["n"].sum()
    most = max(1, *(int(by_period[key]) for key in by_period.index if key[1] in SIDES), 1)
    rest = table[table["stance"].isin(REST)].groupby("period")["n"].sum()
    shared = {"fixedrange": True, "gridcolor": style.faint, "zerolinecolor": style.ink, "automargin": True}
    figure.update_layout(
        yaxis={"domain": [0.42, 1], "range": [-1.15 * most, 1.15 * most], **_whole(most), **shared},
        yaxis2={
            "domain": [0, 0.3],
            "range": [0, 1.15 * max(1, int(rest.max() if len(rest) else 1))],
            "nticks": 3,
            **shared,
        },
    )
    figure.update_layout(yaxis2_zeroline=False)
    figure.add_annotation(**_note(style, f"▲ {style.word('favor')}　▼ {style.word('against')}", 1.0))
    figure.add_annotation(**_note(style, " / ".join(style.word(stance) for stance in REST), 0.3))


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
