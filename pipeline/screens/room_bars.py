"""The class's answers on a phone: bars of plain HTML, where a chart's program would be fetched by forty phones at once.

They show what the chart on the wall shows; the sentence below them says it in words, for a screen reader as well.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.human_labels import SENTIMENT
from pipeline.report.charts import Style
from pipeline.report.charts_classroom import NAMED, class_sentence, flow_sentence, labels_of, word
from pipeline.report.tables import records
from pipeline.screens.figure import paragraph
from pipeline.screens.plain import escape


def class_bars(tally: pd.DataFrame, names: Mapping[str, str], style: Style) -> str:
    """One bar a field, as :func:`pipeline.report.charts_classroom.class_chart` draws them, and its sentence."""
    counts = {(row["field"], row["value"]): int(row["n"]) for row in records(tally)}
    bars = [
        _bar(name, field, {label: counts.get((field, label), 0) for label in labels_of(field)}, style)
        for field, name in names.items()
    ]
    return _figure(style.say("classroom.chart_class"), bars, class_sentence(tally, names, style))


def flow_bars(table: pd.DataFrame, field: str, title: str, style: Style) -> str:
    """The answers before and after, one bar each, and the sentence that says what changed.

    Args:
        table: as :func:`pipeline.report.charts_classroom.flow_table` makes it.
    """
    bars = []
    for side in ("before", "after"):
        sums = table.groupby(side)["n"].sum().to_dict()
        counts = {label: int(sums.get(label, 0)) for label in labels_of(field)}
        bars.append(_bar(style.say(f"classroom.column_{side}"), field, counts, style))
    return _figure(title, bars, flow_sentence(table, field, style))


def _figure(title: str, bars: list[str], sentence: str) -> str:
    drawn = f'<figure class="bars"><figcaption>{escape(title)}</figcaption>{"".join(bars)}</figure>'
    return f"{drawn}{paragraph(sentence)}"


def _bar(name: str, field: str, counts: Mapping[str, int], style: Style) -> str:
    total = sum(counts.values())
    pieces = []
    for label, n in counts.items():
        if n:
            said = word(field, label, style)
            shown = f"{said} {n}" if n >= NAMED * total else str(n)
            kind = f"mood {label}" if field == SENTIMENT else label
            pieces.append(f'<i class="{escape(kind)}" style="flex-grow:{n}">{escape(shown)}</i>')
    return f'<div aria-hidden="true"><b>{escape(name)}</b><span>{"".join(pieces)}</span></div>'
