"""Charts of two directions: stance against tone, and who speaks how of whom."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from pipeline.report import charts
from pipeline.report.charts import Style
from pipeline.report.tables import REVIEW, SHOWN

_CELL = 34.0
_NAME_COLUMNS = 16
_NAME_WIDTH = 104.0
_STANCE_WIDTH = 84.0
# Places of a speaker's marks within a cell: against left, favor right, as on every other chart.
_OFFSETS = {"against": -0.36, "neutral": -0.12, REVIEW: 0.12, "favor": 0.36}


def mood_chart(table: pd.DataFrame, moods: Sequence[str], head: str, style: Style) -> go.Figure:
    """Counts of posts by stance (rows) and tone (columns), from :func:`tables.cross_table`.

    The mark's area goes with the count, and the count is written beside it; an empty cell stays empty.
    """
    total = int(table["n"].sum())
    rows = list(SHOWN)
    figure = charts.base(style)
    filled = table[table["n"] > 0]
    most = max(1, int(table["n"].max() if len(table) else 1))
    for stance in rows:
        cells = filled[filled["stance"] == stance]
        figure.add_scatter(
            x=[moods.index(mood) for mood in cells["sentiment"]],
            y=[rows.index(stance)] * len(cells),
            mode="markers+text",
            name=stance,
            text=[f"  {n:,}" for n in cells["n"]],
            textposition="middle right",
            textfont={"size": style.size(13), "color": style.ink},
            marker={
                "size": [max(6.0, style.size(28) * (n / most) ** 0.5) for n in cells["n"]],
                "color": charts.fill(stance, style),
                "opacity": 1,
                "line": {"color": charts.edge(stance, style), "width": 1.5},
            },
            hovertext=[
                f"{style.word(stance)} × {style.say(f'sentiment.{mood}')}: {charts.counted(n, total)}"
                for mood, n in zip(cells["sentiment"], cells["n"], strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    words = [style.say(f"sentiment.{mood}") for mood in moods]
    _axes(figure, words, [style.word(stance) for stance in rows], style)
    _fit(figure, charts.title_with_n(head, total, style), len(rows), _STANCE_WIDTH, style)
    return figure


def speaker_chart(matrix: pd.DataFrame, targets: Sequence[tuple[str, str]], head: str, style: Style) -> go.Figure:
    """Speakers (rows) and targets (columns) of :func:`tables.speaker_matrix`; a mark a stance, its count written in it.

    ``targets`` are pairs of key and name. Each mark carries [speaker, target, stance] as customdata.
    """
    speakers = list(dict.fromkeys(matrix["speaker"]))
    words = dict(targets)
    keys = list(words)
    figure = charts.base(style)
    for stance, offset in _OFFSETS.items():
        cells = matrix[matrix["stance"] == stance]
        figure.add_scatter(
            x=[keys.index(target) + offset for target in cells["target"]],
            y=[speakers.index(speaker) for speaker in cells["speaker"]],
            mode="markers+text",
            name=stance,
            text=[f"{n:,}" for n in cells["n"]],
            textfont={"size": style.size(11), "color": _on(stance, style)},
            marker={
                "size": style.size(17),
                "color": charts.fill(stance, style),
                "opacity": 1,
                "line": {"color": charts.edge(stance, style), "width": 1.5},
            },
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 0.55}},
            customdata=cells[["speaker", "target", "stance"]].to_numpy().tolist(),
            hovertext=[
                f"{charts.safe(speaker or style.say('chart.nobody'))} → {words[target]}: {style.word(stance)} {n:,}"
                for speaker, target, n in zip(cells["speaker"], cells["target"], cells["n"], strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    names = [charts.wrap(speaker or style.say("chart.nobody"), _NAME_COLUMNS, 2) for speaker in speakers]
    _axes(figure, [name for _, name in targets], names, style)
    for place in range(1, len(targets)):
        figure.add_vline(x=place - 0.5, line={"color": style.faint, "width": 1})
    title = charts.title_with_n(head, int(matrix["n"].sum()), style, "chart.mentions")
    _fit(figure, title, len(speakers), _NAME_WIDTH, style)
    return figure


def _on(stance: str, style: Style) -> str:
    """Colour of type on a mark: dark on orange and grey, light on purple, the page's own in an outline."""
    return {"favor": "#ffffff", "against": "#1b1a18", "neutral": "#1b1a18"}.get(stance, style.ink)


def _axes(figure: go.Figure, columns: Sequence[str], rows: Sequence[str], style: Style) -> None:
    figure.update_xaxes(
        tickvals=list(range(len(columns))),
        ticktext=list(columns),
        range=[-0.5, len(columns) - 0.5],
        side="top",
        showgrid=False,
        zeroline=False,
        fixedrange=True,
        tickfont={"size": style.size(12), "color": style.ink},
    )
    figure.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=list(rows),
        range=[len(rows) - 0.5, -0.5],
        gridcolor=style.faint,
        zeroline=False,
        fixedrange=True,
        tickfont={"size": style.size(12), "color": style.ink},
    )


def _fit(figure: go.Figure, title: str, rows: int, left: float, style: Style) -> None:
    room = charts.Room(above=style.size(24), left=style.size(left))
    charts.fit(figure, title, style.size(_CELL) * max(1, rows), style, room)
