"""What the overview counts and draws without filters, done once before anybody asks.

The counts are kept as for any visitor; of the charts, what stays is that Plotly and pandas have loaded their parts.
"""

from __future__ import annotations

from contextlib import suppress

from pipeline.errors import TachibaError
from pipeline.report import charts_stance
from pipeline.report.charts import Style
from pipeline.screens import blocks, overview, state
from pipeline.store import Filters


def first_screen() -> None:
    """Count and draw; a store that cannot be opened is for the screen to tell."""
    with suppress(TachibaError):
        filters, style = Filters(), Style()
        state.measured()
        if state.documents().empty:
            return
        table = overview.stance_table(filters)
        dots, groups = blocks.dots(table, filters), [charts_stance.Group(kind, kind) for kind in blocks.KINDS]
        charts_stance.stance_chart(table, dots, groups, "", style).to_json()
