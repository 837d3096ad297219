"""One comment while its parts are being collected."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.extract.html.roles import Part
from pipeline.extract.html.textbuilder import TextBuilder


@dataclass(slots=True)
class DateSource:
    """A place of a comment that may say when it was posted: its text and its attributes."""

    text: str
    datetime: str | None = None
    title: str | None = None


@dataclass(slots=True, eq=False)
class Frame:
    """Parts of one comment, as found: nothing is interpreted here.

    ``answers_number`` is the comment that a link "in reply to" names; ``contents`` holds (rank, depth of nesting among
    content elements, text); ``rest`` is what no named element held.
    """

    number: str | None = None
    parent: Frame | None = None
    parent_number: str | None = None
    answers_number: str | None = None
    depth_class: int | None = None
    ping: bool = False
    sure: bool = True
    start: int = 0
    end: int = 0
    authors: list[tuple[int, str]] = field(default_factory=list)
    dates: list[DateSource] = field(default_factory=list)
    contents: list[tuple[int, int, TextBuilder]] = field(default_factory=list)
    rest: TextBuilder = field(default_factory=TextBuilder)
    meta: list[str] = field(default_factory=list)
    title: str | None = None
    notice: str | None = None
    up: str | None = None
    down: str | None = None
    net: str | None = None
    reply_label: str | None = None
    permalink: str | None = None
    epoch: str | None = None
    children: int = 0
    linked: int = 0
    widget: bool = False


@dataclass(slots=True)
class Sink:
    """Where text goes at the moment: the builder, the element that ends it, and what the text is."""

    ends_with: int
    builder: TextBuilder
    part: Part | None
    datetime: str | None = None
    title: str | None = None
    level: int = 0
