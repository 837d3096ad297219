"""Marks, words and lines of a chart, collected to be given to Plotly at once: one by one they take ten times as long.

Coordinates are the chart's own: x from -1 to 1, y in pixels from the top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pipeline.report import charts
from pipeline.report.charts import Style

# Name of the trace that holds all words.
WORDS = "words"
# Of a word's size: room above it, where Plotly sets it close to its anchor.
_LEADING = 0.5
# To which side of their anchor words run, in Plotly's terms.
_SIDE = {"left": "bottom right", "center": "bottom center", "right": "bottom left"}


@dataclass(frozen=True, slots=True)
class _Words:
    x: float
    y: float
    text: str
    position: str
    size: float


@dataclass(slots=True)
class Canvas:
    """What is drawn so far, as Plotly's own dictionaries."""

    style: Style
    traces: list[dict[str, Any]] = field(default_factory=list)
    words: list[_Words] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)

    def box(self, left: float, right: float, top: float, bottom: float) -> None:
        """A faint box for marks to stand in, so that an empty one is seen to be empty."""
        ends = {"x0": left, "x1": right, "y0": top, "y1": bottom}
        self.lines.append({"type": "rect", **ends, "line": {"color": self.style.faint, "width": 1}, "layer": "below"})

    def upright(self, x: float, top: float, bottom: float) -> None:
        """The line between two sides."""
        ends = {"x0": x, "x1": x, "y0": top, "y1": bottom}
        self.lines.append({"type": "line", **ends, "line": {"color": self.style.ink, "width": 1.5}})

    def write(self, x: float, y: float, words: str, anchor: str, size: float = 12) -> None:
        """Words whose top stands at ``y``, and whose ``anchor`` (left, center, right) at ``x``."""
        size = self.style.size(size)
        self.words.append(_Words(x, y + _LEADING * size, words, _SIDE[anchor], size))

    def all_traces(self) -> list[dict[str, Any]]:
        """The marks, and all words as one trace: a browser draws it in half the time of as many annotations."""
        ink = {"color": self.style.ink}
        return [
            *self.traces,
            {
                "type": "scatter",
                "name": WORDS,
                "mode": "text",
                "x": [words.x for words in self.words],
                "y": [words.y for words in self.words],
                "text": [words.text for words in self.words],
                "textposition": [words.position for words in self.words],
                "textfont": ink | {"size": [words.size for words in self.words]},
                # A click on a dot fades the other dots; words stay as they are.
                "selected": {"textfont": ink},
                "unselected": {"textfont": ink},
                "hoverinfo": "skip",
                "cliponaxis": False,
            },
        ]

    def dots(
        self, name: str, stance: str, posts: pd.DataFrame, places: Sequence[tuple[float, float]], sizes: Sequence[float]
    ) -> None:
        """One dot a post, with its id as customdata and its text on hovering."""
        self.traces.append(
            {
                "type": "scatter",
                "x": [x for x, _ in places],
                "y": [y for _, y in places],
                "mode": "markers",
                "name": name,
                "marker": {
                    "size": list(sizes),
                    "color": charts.fill(stance, self.style),
                    "opacity": 1,
                    "line": {"color": charts.edge(stance, self.style), "width": 1.5},
                },
                "selected": {"marker": {"opacity": 1}},
                "unselected": {"marker": {"opacity": 0.55}},
                "customdata": posts["id"].tolist(),
                "hovertext": [
                    _hover(stance, *row, self.style) for row in zip(posts["votes"], posts["text"], strict=True)
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )


def _hover(stance: str, votes: float | None, content: str, style: Style) -> str:
    missing = votes is None or pd.isna(votes)
    tail = style.say("chart.no_votes") if missing else style.say("chart.post_votes", votes=f"{votes:.0f}")
    return f"<b>{style.word(stance)}</b> · {tail}<br>{charts.wrap(content)}"
