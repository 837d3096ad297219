"""Stance toward one target, one block a group: dots below ``FEW`` posts, diverging bars from there on.

Against runs to the left of the middle line and favor to the right. Neutral, undecided and not mentioned stand in three
fields beneath, because they lie on no side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from pipeline.report import charts
from pipeline.report.charts import Style
from pipeline.report.tables import FEW, REST, SIDES

_PITCH = 1 / 15  # of half the width: 15 dots in a row still do not touch on a phone
_DOT = 10.0
_LINE = 14.0  # height of a row of dots, pixels
_LABEL = 18.0  # height of a line of words
_GAP = 14.0
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
    weighted: bool = False,
) -> go.Figure:
    """Blocks of one target.

    Args:
        table: rows of one target from :func:`tables.stance_table`.
        dots: rows of the same target from :func:`tables.dot_table`; needed for groups below ``FEW`` posts.
        groups: blocks from top to bottom; a group without posts is left out.
        head: what the chart shows; the number of posts is added.
        weighted: draw votes in place of posts; posts without votes are left out.

    Each dot carries its post's id as customdata, each bar [group, stance].
    """
    number = "votes" if weighted else "n"
    totals = {group.key: _total(table, group.key, "votes_total" if weighted else "total") for group in groups}
    shown = [group for group in groups if totals[group.key]]
    posts = sum(_total(table, group.key, "with_votes_total" if weighted else "total") for group in shown)
    figure = charts.base(charts.title_with_n(head, posts, style), 100, style)
    top = 0.0
    for group in shown:
        rows = table[table["group"] == group.key].set_index("stance")
        as_dots = _total(table, group.key, "total") < FEW
        block = _Block(figure, style, rows, group, number, totals[group.key], weighted)
        top = block.dots(_of(dots, group), top) if as_dots else block.bars(top)
        top += _GAP * style.scale
    figure.update_xaxes(range=[-1.04, 1.04], visible=False, fixedrange=True)
    figure.update_yaxes(range=[top, 0], visible=False, fixedrange=True)
    figure.update_layout(height=top + style.size(48) + 8)
    return figure


def _total(table: pd.DataFrame, group: str, column: str) -> int:
    values = table.loc[table["group"] == group, column]
    return int(values.iloc[0]) if len(values) else 0


def _of(dots: pd.DataFrame, group: Group) -> pd.DataFrame:
    return dots[dots["group"] == group.key]


@dataclass(frozen=True, slots=True)
class _Block:
    figure: go.Figure
    style: Style
    rows: pd.DataFrame
    group: Group
    number: str
    total: int
    weighted: bool

    def dots(self, posts: pd.DataFrame, top: float) -> float:
        """Draw one dot a post; the bottom of the block."""
        line = _LINE * self.style.scale
        by_stance = {stance: posts[posts["stance"] == stance] for stance in (*SIDES, *REST)}
        if self.weighted:
            by_stance = {stance: found[found["votes"].notna()] for stance, found in by_stance.items()}
        y = self._head(top, percent=False)
        rows = max(1, *(_rows(len(by_stance[stance]), 15) for stance in SIDES))
        self._middle(y, y + rows * line)
        for sign, stance in zip((-1, 1), SIDES, strict=True):
            places = [
                (sign * _PITCH * (i % 15 + 0.7), y + line * (i // 15 + 0.5)) for i in range(len(by_stance[stance]))
            ]
            self._dots(stance, by_stance[stance], places)
        y = self._rest_head(y + rows * line, percent=False)
        rows = max(1, *(_rows(len(by_stance[stance]), _REST_ROW) for stance in REST))
        for stance in REST:
            left = _REST_LEFT[stance] + _PITCH / 2
            places = [
                (left + _PITCH * (i % _REST_ROW), y + line * (i // _REST_ROW + 0.5))
                for i in range(len(by_stance[stance]))
            ]
            self._dots(stance, by_stance[stance], places)
        return y + rows * line

    def bars(self, top: float) -> float:
        """Draw bars of shares with 95 % intervals; the bottom of the block."""
        scale = self.style.scale
        y = self._head(top, percent=True)
        self._middle(y, y + 26 * scale)
        for sign, stance in zip((-1, 1), SIDES, strict=True):
            self._bar(stance, y + 13 * scale, sign * self._share(stance), 0.0, 20 * scale, interval=not self.weighted)
        y = self._rest_head(y + 26 * scale, percent=True)
        for stance in REST:
            length = self._share(stance) * _REST_WIDTH
            self._bar(stance, y + 8 * scale, length, _REST_LEFT[stance], 12 * scale, interval=False)
        return y + 16 * scale

    def _share(self, stance: str) -> float:
        return float(self.rows.loc[stance, self.number]) / self.total

    def _words(self, stance: str, percent: bool) -> str:
        n = int(self.rows.loc[stance, self.number])
        return f"{self.style.word(stance)} {charts.counted(n, self.total) if percent else n}"

    def _head(self, top: float, percent: bool) -> float:
        name = f"<b>{charts.safe(self.group.name)}</b> ({self._n()})"
        self._write(-1, top, name, "left")
        top += _LABEL * self.style.scale
        self._write(-1, top, self._words(SIDES[0], percent), "left")
        self._write(1, top, self._words(SIDES[1], percent), "right")
        return top + _LABEL * self.style.scale

    def _n(self) -> str:
        if not self.weighted:
            return f"n={self.total:,}"
        with_votes = int(self.rows["with_votes_total"].iloc[0])
        return self.style.say("chart.votes", votes=f"{self.total:,}", n=f"{with_votes:,}")

    def _rest_head(self, top: float, percent: bool) -> float:
        for stance in REST:
            n = int(self.rows.loc[stance, self.number])
            count = charts.counted(n, self.total) if percent else str(n)
            words = f"{self.style.word(stance)}<br>{count}" if percent else f"{self.style.word(stance)} {count}"
            self._write(_REST_LEFT[stance], top, words, "left", 11)
        return top + _LABEL * self.style.scale * (1.7 if percent else 1)

    def _write(self, x: float, y: float, words: str, anchor: str, size: float = 12) -> None:
        self.figure.add_annotation(
            x=x,
            y=y,
            text=words,
            showarrow=False,
            xanchor=anchor,
            yanchor="top",
            align=anchor,
            font={"size": self.style.size(size), "color": self.style.ink},
            yshift=2,
        )

    def _middle(self, top: float, bottom: float) -> None:
        line = {"color": self.style.ink, "width": 1}
        self.figure.add_shape(type="line", x0=0, x1=0, y0=top, y1=bottom, line=line)

    def _dots(self, stance: str, posts: pd.DataFrame, places: Sequence[tuple[float, float]]) -> None:
        if not places:
            return
        self.figure.add_scatter(
            x=[x for x, _ in places],
            y=[y for _, y in places],
            mode="markers",
            name=f"{self.group.key}:{stance}",
            marker={
                "size": self._sizes(posts),
                "color": charts.fill(stance, self.style),
                "opacity": 1,
                "line": {"color": charts.edge(stance, self.style), "width": 1.5},
            },
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 0.55}},
            customdata=posts["id"].tolist(),
            hovertext=[_hover(post, self.style) for post in posts.to_dict("records")],
            hovertemplate="%{hovertext}<extra></extra>",
        )

    def _sizes(self, posts: pd.DataFrame) -> list[float]:
        dot = _DOT * self.style.scale
        if not self.weighted:
            return [dot] * len(posts)
        most = max(1, int(self.rows["votes"].max()))
        # The area, not the width, goes with the votes; a post with 0 votes keeps a visible point.
        return [max(4.0, 1.6 * dot * (max(0, int(votes)) / most) ** 0.5) for votes in posts["votes"]]

    def _bar(self, stance: str, y: float, length: float, left: float, width: float, *, interval: bool) -> None:
        row = self.rows.loc[stance]
        errors: Mapping[str, object] | None = None
        if interval:
            over, under = float(row["high"] - row["share"]), float(row["share"] - row["low"])
            ends = (under, over) if length < 0 or stance == SIDES[0] else (over, under)
            errors = {
                "type": "data",
                "symmetric": False,
                "array": [ends[0]],
                "arrayminus": [ends[1]],
                "color": self.style.ink,
                "thickness": 1.5,
                "width": 4,
            }
        self.figure.add_bar(
            x=[length],
            y=[y],
            base=[left],
            width=[width],
            orientation="h",
            name=f"{self.group.key}:{stance}",
            marker={
                "color": charts.fill(stance, self.style),
                "line": {"color": charts.edge(stance, self.style), "width": 1},
                "pattern": {"shape": charts.pattern(stance), "fgcolor": charts.NEUTRAL, "bgcolor": self.style.pale}
                if charts.pattern(stance)
                else None,
            },
            error_x=errors,
            customdata=[[self.group.key, stance]],
            hovertemplate=f"{self._words(stance, True)}{self._interval(row, interval)}<extra></extra>",
        )

    def _interval(self, row: pd.Series, interval: bool) -> str:
        if not interval:
            return ""
        low, high = charts.percent(float(row["low"])), charts.percent(float(row["high"]))
        return f"<br>{self.style.say('chart.interval', low=low, high=high)}"


def _rows(count: int, in_row: int) -> int:
    return -(-count // in_row)


def _hover(post: Mapping[str, object], style: Style) -> str:
    votes = post["votes"]
    known = votes is not None and not pd.isna(votes)
    tail = style.say("chart.post_votes", votes=int(votes)) if known else style.say("chart.no_votes")  # type: ignore[call-overload]  # a cell of a table has no narrower type
    return f"<b>{style.word(str(post['stance']))}</b> · {tail}<br>{charts.wrap(str(post['text']))}"
