"""Stance toward one target, one block a group: dots below ``FEW`` posts, diverging bars from there on.

Against runs to the left of the middle line and favor to the right. Neutral, undecided and not mentioned stand in three
fields beneath, because they lie on no side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from pipeline.report import charts
from pipeline.report.canvas import Canvas
from pipeline.report.charts import Style
from pipeline.report.tables import FEW, REST, SIDES, StanceCell, cells

_PITCH = 1 / 10.5  # of half the width: dots of a row do not touch in a third of a screen, nor on a phone
_SIDE_ROW = 10
_DOT = 12.0
_LINE = 17.0  # height of a row of dots, pixels
_PAD = 3.0  # above and below the rows of dots in their field
_LABEL = 21.0  # height of a line of words
_BAR = 22.0
_REST_BAR = 12.0
_GAP = 18.0
_REST_LEFT = {"neutral": -1.0, "review": -0.32, "none": 0.36}
_REST_WIDTH = 0.64
_REST_ROW = 6  # dots in a row of one of the three fields
_GROWN = 1.25  # room that the largest dot takes where the area tells the votes


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
    canvas, top = Canvas(style), 0.0
    for block in blocks:
        top = block.draw(canvas, dots[dots["group"] == block.group.key], top) + style.size(_GAP)
    figure = charts.base(style, canvas.all_traces(), canvas.lines)
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

    def draw(self, canvas: Canvas, dots: pd.DataFrame, top: float) -> float:
        """Draw the block from ``top`` on; its bottom, in pixels."""
        cell = self._any
        as_dots = cell is not None and cell.total < FEW
        top = self._head(canvas, top, as_dots)
        if not as_dots:
            return self._bars(canvas, top)
        if self.weighted:
            dots = dots[dots["votes"].notna()]
        return self._all_dots(canvas, {stance: dots[dots["stance"] == stance] for stance in self.cells}, top)

    def _all_dots(self, canvas: Canvas, posts: Mapping[str, pd.DataFrame], top: float) -> float:
        bottom = top + self._height(posts, SIDES, self._in_row(_SIDE_ROW))
        for sign, stance in zip((-1, 1), SIDES, strict=True):
            canvas.box(0, sign, top, bottom)
            step = sign * self._pitch
            self._dots(canvas, stance, posts[stance], 0.75 * step, step, self._in_row(_SIDE_ROW), top)
        canvas.upright(0, top, bottom)
        top = self._rest_head(canvas, bottom + self.style.size(_PAD), as_dots=True)
        bottom = top + self._height(posts, REST, self._in_row(_REST_ROW))
        for stance in REST:
            left = _REST_LEFT[stance]
            canvas.box(left, left + _REST_WIDTH, top, bottom)
            self._dots(
                canvas, stance, posts[stance], left + 0.6 * self._pitch, self._pitch, self._in_row(_REST_ROW), top
            )
        return bottom

    @property
    def _pitch(self) -> float:
        return _PITCH * (_GROWN if self.weighted else 1.0)

    @property
    def _line(self) -> float:
        return self.style.size(_LINE * (_GROWN if self.weighted else 1.0))

    def _in_row(self, dots: int) -> int:
        return round(dots / _GROWN) if self.weighted else dots

    def _height(self, posts: Mapping[str, pd.DataFrame], stances: Sequence[str], in_row: int) -> float:
        return self._line * max(1, *(_rows(len(posts[stance]), in_row) for stance in stances)) + 2 * self.style.size(
            _PAD
        )

    def _bars(self, canvas: Canvas, top: float) -> float:
        height = self.style.size(_BAR)
        canvas.upright(0, top, top + height)
        for sign, stance in zip((-1, 1), SIDES, strict=True):
            canvas.box(0, sign, top, top + height)
            self._bar(canvas, stance, top + height / 2, 0.0, sign / self.full, height * 0.8)
        top = self._scale(canvas, top + height)
        top = self._rest_head(canvas, top, as_dots=False)
        height = self.style.size(_REST_BAR)
        for stance in REST:
            canvas.box(_REST_LEFT[stance], _REST_LEFT[stance] + _REST_WIDTH, top, top + height)
            self._bar(canvas, stance, top + height / 2, _REST_LEFT[stance], _REST_WIDTH, height)
        return top + height

    def _scale(self, canvas: Canvas, top: float) -> float:
        end = charts.percent(self.full)
        for x, words, anchor in ((-1, end, "left"), (0, "0", "center"), (1, end, "right")):
            canvas.write(x, top, words, anchor, 10)
        return top + self.style.size(_LABEL)

    def _head(self, canvas: Canvas, top: float, as_dots: bool) -> float:
        canvas.write(-1, top, f"<b>{charts.wrap(self.group.name, 36, 1)}</b> ({self._n()})", "left")
        top += self.style.size(_LABEL)
        for x, stance, anchor in zip((-1, 1), SIDES, ("left", "right"), strict=True):
            canvas.write(x, top, f"{self.style.word(stance)} {self._count(stance, as_dots)}", anchor)
        return top + self.style.size(_LABEL)

    def _rest_head(self, canvas: Canvas, top: float, *, as_dots: bool) -> float:
        between = " " if as_dots else "<br>"
        for stance in REST:
            n = self._number(stance)
            # Three fields share the width, so the whole stands in the block's head alone.
            count = f"{n:,}" if as_dots else f"{charts.percent(n / self.total)} ({n:,})"
            words = f"{self.style.word(stance)}{between}{count}"
            canvas.write(_REST_LEFT[stance], top, words, "left", 11)
        return top + self.style.size(_LABEL) * (1 if as_dots else 1.7)

    def _count(self, stance: str, as_dots: bool) -> str:
        n = self._number(stance)
        return f"{n:,}" if as_dots else charts.counted(n, self.total)

    def _n(self) -> str:
        if not self.weighted:
            return f"n={self.total:,}"
        return self.style.say("chart.votes", votes=f"{self.total:,}", n=f"{self.posts:,}")

    def _dots(
        self, canvas: Canvas, stance: str, posts: pd.DataFrame, start: float, step: float, in_row: int, top: float
    ) -> None:
        if posts.empty:
            return
        top += self.style.size(_PAD)
        places = [(start + step * (i % in_row), top + self._line * (i // in_row + 0.5)) for i in range(len(posts))]
        canvas.dots(f"{self.group.key}:{stance}", stance, posts, places, self._sizes(posts))

    def _sizes(self, posts: pd.DataFrame) -> list[float]:
        dot = self.style.size(_DOT)
        if not self.weighted:
            return [dot] * len(posts)
        most = max(1, *(cell.votes for cell in self.cells.values()))
        # The area, not the width, goes with the votes; a post with 0 votes keeps a visible point.
        return [max(4.0, 1.45 * dot * (max(0, int(votes)) / most) ** 0.5) for votes in posts["votes"]]

    def _bar(self, canvas: Canvas, stance: str, y: float, left: float, scale: float, width: float) -> None:
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
