"""Charts of a classroom: how many gave each label, and how many changed from one to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from pipeline.human_labels import SENTIMENT
from pipeline.records import Sentiment, Stance
from pipeline.report.charts import Style, bar_marker, base, edge, fill, fit, safe
from pipeline.report.tables import records

# Left to right as on every other chart.
ORDER: tuple[str, ...] = (Stance.AGAINST, Stance.NEUTRAL, Stance.NONE, Stance.FAVOR)
MOODS: tuple[str, ...] = (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)
_GREYS = {Sentiment.NEGATIVE: "#5f5f5f", Sentiment.NEUTRAL: "#bdbdbd", Sentiment.POSITIVE: "#ffffff"}
_ROW = 46.0
_FLOW = 300.0
NAMED = 0.24  # a piece under this share of its bar has room for its number alone, on a phone as well
_GAP = 0.06  # between nodes of the flow, as a part of all


def labels_of(field: str) -> tuple[str, ...]:
    """Labels of a field in the order of the charts."""
    return MOODS if field == SENTIMENT else ORDER


def word(field: str, label: str, style: Style) -> str:
    """A label's word."""
    return style.say(f"{'sentiment' if field == SENTIMENT else 'stance'}.{label}")


def class_chart(tally: pd.DataFrame, names: Mapping[str, str], style: Style) -> go.Figure:
    """One bar a field, split by label with the number of pupils in it.

    Args:
        tally: rows of one post of :meth:`Rooms.tallies`: field, value, n.
        names: field to its name on screen, in order from the top.
    """
    figure = base(style)
    counts = {(row["field"], row["value"]): int(row["n"]) for row in records(tally)}
    for field in names:
        given = [(label, counts.get((field, label), 0)) for label in labels_of(field)]
        total = sum(n for _, n in given)
        for label, n in given:
            if n:
                figure.add_trace(_piece(names[field], field, label, n, style, named=n >= NAMED * total))
    figure.update_layout(barmode="stack", bargap=0.3, uniformtext={"minsize": 9, "mode": "show"})
    figure.update_xaxes(visible=False, fixedrange=True)
    order = [safe(name) for name in reversed(list(names.values()))]
    figure.update_yaxes(categoryorder="array", categoryarray=order, fixedrange=True, automargin=True, ticksuffix=" ")
    fit(figure, f"<b>{style.say('classroom.chart_class')}</b>", style.size(_ROW) * len(names) + 30, style)
    return figure


def _piece(name: str, field: str, label: str, n: int, style: Style, *, named: bool) -> go.Bar:
    shown = word(field, label, style)
    marker = bar_marker(label, style)
    if field == SENTIMENT:
        marker = {"color": _GREYS[Sentiment(label)], "line": {"color": "#5f5f5f", "width": 1}}
    dark = label in (Stance.FAVOR, Stance.AGAINST) or label == Sentiment.NEGATIVE
    return go.Bar(
        x=[n],
        y=[safe(name)],
        orientation="h",
        marker=marker,
        text=f"{safe(shown)} {n}" if named else str(n),
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": "#ffffff" if dark else "#2f2d2b" if field == SENTIMENT else style.ink},
        hovertemplate=f"{safe(name)}: {safe(shown)} {n}<extra></extra>",
    )


def class_sentence(tally: pd.DataFrame, names: Mapping[str, str], style: Style) -> str:
    """The chart in words."""
    counts = {(row["field"], row["value"]): int(row["n"]) for row in records(tally)}
    parts = []
    for field, name in names.items():
        found = [(label, counts.get((field, label), 0)) for label in labels_of(field)]
        said = style.say("classroom.list_mark").join(f"{word(field, label, style)} {n}" for label, n in found)
        parts.append(style.say("classroom.sentence", name=name, counts=said))
    return style.say("classroom.sentence_mark").join(parts)


def flow_table(changes: pd.DataFrame, field: str) -> pd.DataFrame:
    """Changes of one field summed over posts: before, after, n, in the order of the charts, without zeros."""
    rows = changes[changes["field"] == field]
    sums = rows.groupby(["before", "after"])["n"].sum().to_dict()
    order = labels_of(field)
    found = [(str(a), str(b), int(sums[a, b])) for a in order for b in order if (a, b) in sums]
    return pd.DataFrame(found, columns=["before", "after", "n"])


def flow_chart(table: pd.DataFrame, field: str, title: str, style: Style) -> go.Figure:
    """Before on the left, after on the right; the width of a band is the number of answers. It names nobody."""
    order = labels_of(field)
    before = [label for label in order if label in set(table["before"])]
    after = [label for label in order if label in set(table["after"])]
    figure = base(style)
    moods = field == SENTIMENT
    colours = [_GREYS[Sentiment(label)] if moods else fill(label, style) for label in (*before, *after)]
    edges = ["#5f5f5f" if moods else edge(label, style) for label in (*before, *after)]
    figure.add_trace(
        go.Sankey(
            arrangement="snap",
            node={
                "x": [0.001] * len(before) + [0.999] * len(after),
                "y": _places(table, "before", before) + _places(table, "after", after),
                "label": _names(table, "before", before, field, style) + _names(table, "after", after, field, style),
                "color": colours,
                "line": {"color": edges, "width": 1},
                "pad": 18,
                "thickness": 22,
                "hovertemplate": "%{label}<extra></extra>",
            },
            link={
                "source": [before.index(label) for label in table["before"]],
                "target": [len(before) + after.index(label) for label in table["after"]],
                "value": table["n"].tolist(),
                "color": ["rgba(140,140,140,0.35)"] * len(table),
                "hovertemplate": "%{source.label} → %{target.label}: %{value}<extra></extra>",
            },
            textfont={"color": style.ink, "size": style.size(14)},
        )
    )
    fit(figure, f"<b>{safe(title)}</b>", style.size(_FLOW), style)
    return figure


def _places(table: pd.DataFrame, side: str, labels: Sequence[str]) -> list[float]:
    """Middles of the nodes from the top, 0 to 1, in the order of the labels; without them Plotly sorts anew."""
    sums = table.groupby(side)["n"].sum()
    sizes = [float(sums[label]) for label in labels]
    gap = _GAP * sum(sizes)
    whole = sum(sizes) + gap * (len(sizes) - 1)
    return [(sum(sizes[:place]) + gap * place + size / 2) / whole for place, size in enumerate(sizes)]


def _names(table: pd.DataFrame, side: str, labels: Sequence[str], field: str, style: Style) -> list[str]:
    sums = table.groupby(side)["n"].sum()
    return [f"{safe(word(field, label, style))} {int(sums[label])}" for label in labels]


def flow_sentence(table: pd.DataFrame, field: str, style: Style) -> str:
    """The flow in words: how many answers stayed, and which changes there were."""
    stayed = int(table.loc[table["before"] == table["after"], "n"].sum())
    total = int(table["n"].sum())
    moved = [
        f"{word(field, row['before'], style)}→{word(field, row['after'], style)} {row['n']}"
        for row in records(table)
        if row["before"] != row["after"]
    ]
    changed = style.say("classroom.list_mark").join(moved) or style.say("classroom.no_change")
    return style.say("classroom.flow_sentence", stayed=stayed, total=total, changed=changed)
