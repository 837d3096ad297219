"""Stance toward one target, one block a group: dots below ``FEW`` posts, diverging bars from there on.

Against runs to the left of the middle line and favor to the right. Neutral, undecided and not mentioned stand in three
fields beneath, because they lie on no side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from pipeline.report import charts
from pipeline.report.charts import Style
from pipeline.report.tables import FEW, REST, SIDES, StanceCell, cells

_PITCH = 1 / 15  # of half the width: 15 dots in a row still do not touch on a phone
_SIDE_ROW = 15
_DOT = 10.0
_LINE = 14.0  # height of a row of dots, pixels
_LABEL = 21.0  # height of a line of words
_BAR = 22.0
_REST_BAR = 12.0
_GAP = 16.0
_REST_LEFT = {"neutral": -1.0, "review": -0.32, "none": 0.36}
_REST_WIDTH = 0.64
_REST_ROW = 9  # dots in a row of one of the three fields


@dataclass(frozen=True, slots=True)
class Group:
    """One block: its key in the tables and its name on the chart."""

    key: str
    name: str


def stance_chart(
    table: pd.DataFrame,
    dots: pd.DataFrame,
    groups: Sequence[Group],
    head: str,
    style: Style,
    *,
    full: float = 1.0,
    weighted: bool = False,
) -> go.Figure:
    """Blocks of one target.

    Args:
        table: rows of one target from :func:`tables.stance_table`.
        dots: rows of the same target from :func:`tables.dot_table`; needed for groups below ``FEW`` posts.
        groups: blocks from top to bottom; a group without posts (or votes) is left out.
        head: what the chart shows; the number of posts is added.
        full: share at the ends of the two sides, the same for all charts beside each other; see :func:`full_side`.
        weighted: draw votes in place of posts; posts without votes are left out.

    Each dot carries its post's id as customdata, each bar [group, stance].
    """
    blocks = [_Block(style, group, cells(table, group.key), weighted, full) for group in groups]
    blocks = [block for block in blocks if block.total]
    canvas, top = _Canvas(), 0.0
    for block in blocks:
        top = block.draw(canvas, dots[dots["group"] == block.group.key], top) + style.size(_GAP)
    figure = charts.base(style, canvas.traces, canvas.words, canvas.lines)
    figure.update_layout(
        xaxis={"range": [-1.04, 1.04], "visible": False, "fixedrange": True},
        yaxis={"range": [top, 0], "visible": False, "fixedrange": True},
    )
    charts.fit(figure, charts.title_with_n(head, sum(block.posts for block in blocks), style), top, style)
    return figure


def full_side(table: pd.DataFrame, *, weighted: bool = False) -> float:
    """The share that fills a side in all charts of a stance table: the least round one that all bars stay within."""
    bars = table[(table["total"] >= FEW) & table["stance"].isin(SIDES)]
    most = float(bars["vote_share" if weighted else "high"].max())
    return next((step for step in (0.1, 0.25, 0.5) if most <= step), 1.0)


@dataclass(slots=True)
class _Canvas:
    """Marks collected to be given to Plotly at once: added one by one they take ten times as long."""

    traces: list[dict[str, Any]] = field(default_factory=list)
    words: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Block:
    style: Style
    group: Group
    cells: Mapping[str, StanceCell]
    weighted: bool
    full: float

    @property
    def _any(self) -> StanceCell | None:
        return next(iter(self.cells.values()), None)

    @property
    def total(self) -> int:
        """What the shares are of: posts, or votes."""
        cell = self._any
        return 0 if cell is None else cell.votes_total if self.weighted else cell.total

    @property
    def posts(self) -> int:
        cell = self._any
        return 0 if cell is None else cell.with_votes_total if self.weighted else cell.total

    def _number(self, stance: str) -> int:
        return self.cells[stance].votes if self.weighted else self.cells[stance].n

    def draw(self, canvas: _Canvas, dots: pd.DataFrame, top: float) -> float:
        """Draw the block from ``top`` on; its bottom, in pixels."""
        cell = self._any
        as_dots = cell is not None and cell.total < FEW
        top = self._head(canvas, top, as_dots)
        if not as_dots:
            return self._bars(canvas, top)
        if self.weighted:
            dots = dots[dots["votes"].notna()]
        return self._all_dots(canvas, {stance: dots[dots["stance"] == stance] for stance in self.cells}, top)

    def _all_dots(self, canvas: _Canvas, posts: Mapping[str, pd.DataFrame], top: float) -> float:
        line = self.style.size(_LINE)
        bottom = top + line * max(1, *(_rows(len(posts[stance]), _SIDE_ROW) for stance in SIDES))
        self._middle(canvas, top, bottom)
        for sign, stance in zip((-1, 1), SIDES, strict=True):
            self._dots(canvas, stance, posts[stance], sign * _PITCH * 0.7, sign * _PITCH, _SIDE_ROW, top)
        top = self._rest_head(canvas, bottom, as_dots=True)
        for stance in REST:
            self._dots(canvas, stance, posts[stance], _REST_LEFT[stance] + _PITCH / 2, _PITCH, _REST_ROW, top)
        return top + line * max(1, *(_rows(len(posts[stance]), _REST_ROW) for stance in REST))

    def _bars(self, canvas: _Canvas, top: float) -> float:
        height = self.style.size(_BAR)
        self._middle(canvas, top, top + height)
        for sign, stance in zip((-1, 1), SIDES, strict=True):
            self._track(canvas, 0, sign, top, top + height)
            self._bar(canvas, stance, top + height / 2, 0.0, sign / self.full, height * 0.8)
        top = self._scale(canvas, top + height)
        top = self._rest_head(canvas, top, as_dots=False)
        height = self.style.size(_REST_BAR)
        for stance in REST:
            self._track(canvas, _REST_LEFT[stance], _REST_LEFT[stance] + _REST_WIDTH, top, top + height)
            self._bar(canvas, stance, top + height / 2, _REST_LEFT[stance], _REST_WIDTH, height)
        return top + height

    def _scale(self, canvas: _Canvas, top: float) -> float:
        end = charts.percent(self.full)
        for x, words, anchor in ((-1, end, "left"), (0, "0", "center"), (1, end, "right")):
            self._write(canvas, x, top, words, anchor, 10)
        return top + self.style.size(_LABEL)

    def _track(self, canvas: _Canvas, left: float, right: float, top: float, bottom: float) -> None:
        """A faint box as long as a bar can get."""
        line = {"color": self.style.faint, "width": 1}
        ends = {"x0": left, "x1": right, "y0": top, "y1": bottom}
        canvas.lines.append({"type": "rect", **ends, "line": line, "layer": "below"})

    def _head(self, canvas: _Canvas, top: float, as_dots: bool) -> float:
        self._write(canvas, -1, top, f"<b>{charts.wrap(self.group.name, 36, 1)}</b> ({self._n()})", "left")
        top += self.style.size(_LABEL)
        for x, stance, anchor in zip((-1, 1), SIDES, ("left", "right"), strict=True):
            self._write(canvas, x, top, f"{self.style.word(stance)} {self._count(stance, as_dots)}", anchor)
        return top + self.style.size(_LABEL)

    def _rest_head(self, canvas: _Canvas, top: float, *, as_dots: bool) -> float:
        between = " " if as_dots else "<br>"
        for stance in REST:
            n = self._number(stance)
            # Three fields share the width, so the whole stands in the block's head alone.
            count = f"{n:,}" if as_dots else f"{charts.percent(n / self.total)} ({n:,})"
            words = f"{self.style.word(stance)}{between}{count}"
            self._write(canvas, _REST_LEFT[stance], top, words, "left", 11)
        return top + self.style.size(_LABEL) * (1 if as_dots else 1.7)

    def _count(self, stance: str, as_dots: bool) -> str:
        n = self._number(stance)
        return f"{n:,}" if as_dots else charts.counted(n, self.total)

    def _n(self) -> str:
        if not self.weighted:
            return f"n={self.total:,}"
        return self.style.say("chart.votes", votes=f"{self.total:,}", n=f"{self.posts:,}")

    def _write(self, canvas: _Canvas, x: float, y: float, words: str, anchor: str, size: float = 12) -> None:
        font = {"size": self.style.size(size), "color": self.style.ink}
        place = {"x": x, "y": y, "xanchor": anchor, "yanchor": "top", "align": anchor, "borderpad": 0}
        canvas.words.append({**place, "text": words, "showarrow": False, "font": font})

    def _middle(self, canvas: _Canvas, top: float, bottom: float) -> None:
        line = {"color": self.style.ink, "width": 1}
        canvas.lines.append({"type": "line", "x0": 0, "x1": 0, "y0": top, "y1": bottom, "line": line})

    def _dots(
        self, canvas: _Canvas, stance: str, posts: pd.DataFrame, start: float, step: float, in_row: int, top: float
    ) -> None:
        if posts.empty:
            return
        line, count = self.style.size(_LINE), range(len(posts))
        canvas.traces.append(
            {
                "type": "scatter",
                "x": [start + step * (i % in_row) for i in count],
                "y": [top + line * (i // in_row + 0.5) for i in count],
                "mode": "markers",
                "name": f"{self.group.key}:{stance}",
                "marker": {
                    "size": self._sizes(posts),
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

    def _sizes(self, posts: pd.DataFrame) -> list[float]:
        dot = self.style.size(_DOT)
        if not self.weighted:
            return [dot] * len(posts)
        most = max(1, *(cell.votes for cell in self.cells.values()))
        # The area, not the width, goes with the votes; a post with 0 votes keeps a visible point.
        return [max(4.0, 1.6 * dot * (max(0, int(votes)) / most) ** 0.5) for votes in posts["votes"]]

    def _bar(self, canvas: _Canvas, stance: str, y: float, left: float, scale: float, width: float) -> None:
        """A bar from ``left``; ``scale`` is the signed length of a share of 1."""
        cell = self.cells[stance]
        side = stance in SIDES and not self.weighted
        if not self._number(stance) and not side:
            return
        canvas.traces.append(
            {
                "type": "bar",
                "x": [scale * self._number(stance) / self.total],
                "y": [y],
                "base": [left],
                "width": [width],
                "orientation": "h",
                "name": f"{self.group.key}:{stance}",
                "marker": charts.bar_marker(stance, self.style),
                "error_x": self._whiskers(cell, scale) if side else None,
                "customdata": [[self.group.key, stance]],
                "hovertemplate": f"{self.style.word(stance)} {self._count(stance, False)}"
                f"{'' if self.weighted else '<br>' + charts.interval(cell.low, cell.high, self.style)}<extra></extra>",
            }
        )

    def _whiskers(self, cell: StanceCell, scale: float) -> dict[str, Any]:
        over, under = abs(scale) * (cell.high - cell.share), abs(scale) * (cell.share - cell.low)
        right, left = (over, under) if scale > 0 else (under, over)
        look = {"color": self.style.ink, "thickness": 1.5, "width": 4}
        return {"type": "data", "symmetric": False, "array": [right], "arrayminus": [left], **look}


def _rows(count: int, in_row: int) -> int:
    return -(-count // in_row)


def _hover(stance: str, votes: float | None, content: str, style: Style) -> str:
    missing = votes is None or pd.isna(votes)
    tail = style.say("chart.no_votes") if missing else style.say("chart.post_votes", votes=f"{votes:.0f}")
    return f"<b>{style.word(stance)}</b> · {tail}<br>{charts.wrap(content)}"
