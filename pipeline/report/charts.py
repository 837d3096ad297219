"""What all charts share: colours in light and dark, words of labels, safe and wrapped text, the base layout.

Colours are set on every trace, because the screen's own theme would override what a layout sets.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import regex

from pipeline.report.tables import REVIEW
from pipeline.report.wording import Lang, text

# The type that every chart function gives; screens name it from here.
Figure = go.Figure

# Purple and orange stay apart for colour-blind eyes and on a grey copier, and are no target's flag.
AGAINST = "#e66101"
FAVOR = "#5e3c99"
NEUTRAL = "#8c8c8c"
# Light purple of the same scale: an edge that keeps 3:1 against a dark page, where the purple alone does not.
FAVOR_EDGE_DARK = "#b2abd2"
_CLEAR = "rgba(0,0,0,0)"
_TAG = regex.compile(r"<[^<>]*>")
FONT = "'Noto Sans JP','Noto Sans CJK JP','Hiragino Sans','Yu Gothic UI',Meiryo,system-ui,sans-serif"
# A full-width character is two columns wide; so many columns fit a hover box on a phone.
HOVER_COLUMNS = 48
HOVER_LINES = 8
MARGIN = 8.0


@dataclass(frozen=True, slots=True)
class Style:
    """How charts are drawn: language, dark page or light, and the factor of the classroom's larger type."""

    lang: Lang = "ja"
    dark: bool = False
    scale: float = 1.0

    @property
    def ink(self) -> str:
        """Colour of text and lines."""
        return "#edebe8" if self.dark else "#2f2d2b"

    @property
    def faint(self) -> str:
        """Colour of what is only there to guide the eye."""
        return "#4a4741" if self.dark else "#dddad5"

    @property
    def pale(self) -> str:
        """Fill of what is not mentioned."""
        return "#3a3732" if self.dark else "#ececea"

    def size(self, points: float) -> float:
        """A font size or height in pixels, scaled."""
        return points * self.scale

    def say(self, key: str, **params: object) -> str:
        """A text of the string table in this style's language."""
        return text(key, self.lang, **params)

    def word(self, stance: str) -> str:
        """Name of a stance."""
        return text(f"stance.{stance}", self.lang)


def fill(stance: str, style: Style) -> str:
    """Fill colour of a stance's mark; an undecided one is only outlined."""
    colours = {"against": AGAINST, "favor": FAVOR, "neutral": NEUTRAL, "none": style.pale, REVIEW: _CLEAR}
    return colours[stance]


def edge(stance: str, style: Style) -> str:
    """Outline colour of a stance's mark."""
    if stance == "favor":
        return FAVOR_EDGE_DARK if style.dark else FAVOR
    return {"against": AGAINST, "neutral": NEUTRAL}.get(stance, style.ink if stance == REVIEW else NEUTRAL)


def safe(content: str) -> str:
    """Text that a Plotly label shows as written: its few tags and entities are escaped."""
    return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def wrap(content: str, columns: int = HOVER_COLUMNS, lines: int = HOVER_LINES) -> str:
    """Text cut into lines of ``columns`` (full-width characters count two), joined by <br>; longer text ends in ….

    Japanese has no spaces to break at, and Plotly does not break lines itself.
    """
    rows: list[str] = []
    for paragraph in content.strip().splitlines():
        row, width = "", 0
        for char in paragraph.strip():
            char_width = 2 if unicodedata.east_asian_width(char) in "FWA" else 1
            if unicodedata.combining(char):
                char_width = 0
            if width + char_width > columns:
                rows.append(row)
                row, width = "", 0
            if len(row) < 4 * columns:  # a pile of combining marks has no width but fills memory
                row, width = row + char, width + char_width
            if len(rows) > lines:
                break
        if row:
            rows.append(row)
        if len(rows) > lines:
            break
    shown = rows[:lines]
    if len(rows) > lines and shown:
        shown[-1] += "…"
    return "<br>".join(safe(row) for row in shown)


def bar_marker(stance: str, style: Style) -> dict[str, Any]:
    """Look of a bar: colour, outline, and hatching where nothing is mentioned, so that it differs without colour."""
    marker: dict[str, Any] = {
        "color": fill(stance, style),
        "opacity": 1,
        "line": {"color": edge(stance, style), "width": 1},
    }
    if stance == "none":
        marker["pattern"] = {"shape": "/", "fgcolor": NEUTRAL, "bgcolor": style.pale, "size": 6}
    return marker


def base(style: Style, traces: Sequence[dict[str, Any]] = (), lines: Sequence[dict[str, Any]] = ()) -> go.Figure:
    """A figure with type and transparent ground; :func:`fit` gives it title and height."""
    layout = go.Layout(
        shapes=list(lines),
        font={"size": style.size(12), "family": FONT, "color": style.ink},
        paper_bgcolor=_CLEAR,
        plot_bgcolor=_CLEAR,
        showlegend=False,
        barmode="overlay",
        hoverlabel={"align": "left", "font": {"family": FONT, "size": style.size(13)}},
        dragmode=False,
        clickmode="event+select",
    )
    return go.Figure(list(traces), layout)


def blank() -> go.Figure:
    """A figure of nothing, as small as can be."""
    return go.Figure(layout={"width": 10, "height": 10})


@dataclass(frozen=True, slots=True)
class Room:
    """Pixels beside a drawing, for the words of its axes."""

    above: float = 0.0
    below: float = 0.0
    left: float = 0.0


def fit(figure: go.Figure, title: str, height: float, style: Style, room: Room = Room()) -> None:
    """Give a figure its title and the height of its drawing.

    The title is an annotation: Plotly's own title is placed by its base line, and a second line runs into the drawing.
    """
    head = style.size(46)
    margin = {"l": 4 + room.left, "r": 6, "t": head + room.above, "b": room.below + MARGIN}
    figure.update_layout(height=height + head + room.above + room.below + MARGIN, margin=margin)
    figure.add_annotation(
        name="title",
        text=title,
        x=0,
        xref="paper",
        xanchor="left",
        xshift=-room.left,
        y=1,
        yref="paper",
        yanchor="top",
        yshift=head + room.above,
        showarrow=False,
        align="left",
        borderpad=0,
        font={"size": style.size(15), "family": FONT, "color": style.ink},
    )


def title_with_n(head: str, n: int, style: Style, of: str = "chart.n") -> str:
    """A title of two lines: what is shown, and of how many: posts of the pages read, or what the text ``of`` says."""
    small = f"font-size:{style.size(12):.0f}px"
    return f'<b>{safe(head)}</b><br><span style="{small}">{style.say(of, n=f"{n:,}")}</span>'


def plain_title(figure: go.Figure) -> str:
    """A figure's title without its marks, for a reader who does not see it; "" where it has none."""
    words = next((note.text for note in figure.layout.annotations if note.name == "title"), "")
    return html.unescape(_TAG.sub("", words.replace("<br>", ", ")))


def percent(share: float) -> str:
    """A share as whole per cent; under 1 % with one decimal, so that it does not read 0."""
    value = 100 * share
    return f"{value:.1f} %" if 0 < value < 1 else f"{value:.0f} %"


def counted(n: int, total: int) -> str:
    """A share that never stands without its count: 50 % (6/12)."""
    return f"{percent(n / total)} ({n:,}/{total:,})" if total else "–"


def interval(low: float, high: float, style: Style) -> str:
    """A 95 % interval in words."""
    return style.say("chart.interval", low=percent(low), high=percent(high))


def signed(difference: float) -> str:
    """A difference of shares in percentage points, with its sign; no sign at 0."""
    value = round(100 * difference)
    return f"{value:+d}".replace("-", "−") if value else "0"
