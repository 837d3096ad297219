"""A chart on a screen: the figure, what it says in words, and its numbers one click away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pipeline.report.charts import Figure, blank, plain_title
from pipeline.report.tables import SHOWN
from pipeline.screens import state
from pipeline.screens.plain import escape

# Up to this many characters a cell of a table keeps to one line.
_SHORT = 14
# The bar of buttons hides titles on phones; the picture button alone stays.
_CONFIG = {
    "displaylogo": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "zoom2d", "pan2d", "autoScale2d", "resetScale2d"],
    "toImageButtonOptions": {"format": "png", "scale": 2},
}


def fetch() -> None:
    """Have the browser load Plotly while posts are still being counted: by a chart of nothing, which is not shown.

    Reading and compiling its 4.7 MB takes a browser half a second, in which it would otherwise wait for the server.
    """
    with st.container(key="fetch"):
        st.plotly_chart(blank(), key="fetch.chart")


def draw(figure: Figure, sentence: str, key: str, *, pick: bool = False) -> None:
    """Draw a figure and its sentence; with ``pick``, a click on a dot is kept as the post chosen."""
    alt = f"{plain_title(figure)}\n{sentence}"
    if pick:
        st.plotly_chart(
            figure, key=key, config=_CONFIG, alt=alt, selection_mode="points", on_select=lambda: _chosen(key)
        )
    else:
        st.plotly_chart(figure, key=key, config=_CONFIG, alt=alt)
    say(sentence)


def say(sentence: str) -> None:
    """A paragraph of our own words, in which names of foreign origin may stand; it keeps its lines."""
    st.html(paragraph(sentence))


def paragraph(sentence: str) -> str:
    """A paragraph as HTML."""
    return f'<p class="say">{escape(sentence)}</p>'


def legend() -> None:
    """The five marks and their names."""
    marks = "".join(
        f'<span class="chip {stance}"><i></i>{escape(state.say(f"stance.{stance}"))}</span>' for stance in SHOWN
    )
    st.html(f'<div class="chips">{marks}</div>')


def _chosen(key: str) -> None:
    points = st.session_state[key].selection.points
    ids = [point.get("customdata") for point in points]
    found = next((value for value in map(_single, ids) if value), None)
    st.session_state["picked"] = found


def _single(value: object) -> str | None:
    """The id of a dot; bars carry a list of two and are no post."""
    if isinstance(value, (list, tuple)) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, str) else None


def numbers(table: pd.DataFrame, names: Mapping[str, str], key: str) -> None:
    """The table of a chart, shown on a click. ``names`` are the columns to show and their headers."""
    box = st.expander(state.say("frame.table"), key=key, on_change="rerun")
    if box.open:
        with box:
            st.html(html_table(table[list(names)].rename(columns=dict(names))))


def html_table(frame: pd.DataFrame) -> str:
    """An escaped HTML table: prints, scrolls on a phone and is read aloud, which a canvas is not."""
    head = "".join(f"<th>{escape(str(name))}</th>" for name in frame.columns)
    rows = "".join(f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in frame.itertuples(index=False))
    # In the tab order, so that a table wider than a phone can be moved by keys.
    return f'<div class="wide" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _cell(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f'<td class="number">{value:,}</td>'
    content = "–" if pd.isna(value) else str(value)
    kind = "short" if len(content) <= _SHORT else "long"
    return f'<td class="{kind}">{escape(content)}</td>'
