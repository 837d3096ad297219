"""The mark-up of a section tag by tag: what each tag means to the walk, read once for all that are equal.

A DOM is slow to visit from Python: each attribute, text and neighbour is a call and an object of its own. Lexbor writes
a section down many times faster, well nested and with ``<`` and ``>`` escaped in texts and in values of attributes: a
split at ``<`` gives its tags, each with the text behind it, and equal tags are equal strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import IntEnum, auto
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from pipeline.extract.html.roles import (
    CONTENT,
    DATA_ROLES,
    DOWN,
    FURNITURE,
    ITEM_PROPERTIES,
    STRONG,
    UP,
    VOTES,
    Part,
    part_of,
)
from pipeline.extract.html.textbuilder import BREAK, CLOSING, MARKS

# A slash ends the name of an attribute wherever a page is parsed: no page has an attribute of this name.
_NUMBER = "/n"
_ATTRIBUTE = re.compile(r' (=?[^\s=]+)="([^"]*)"')
_EMOJI_CLASS = re.compile(r"emoji|smiley|smil|wp-smil|emote", re.IGNORECASE)
_EMOJI_SOURCE = re.compile(r"emoji|smil|twemoji|icon_\w+\.gif", re.IGNORECASE)
_KARMA = re.compile(r"(?:ckratings?_)?karma-\d+-(up|down)")
_SCRIPT = re.compile(r"(/?)script[\s/>]", re.IGNORECASE)

_IGNORED = frozenset(
    ("script", "style", "noscript", "template", "textarea", "select", "option", "svg", "iframe", "head")
)
# What stands in these is written down as it is, "<" and all.
_RAW = frozenset(("script", "style", "iframe", "xmp", "noembed", "noframes", "plaintext"))
_VOID = frozenset(
    (
        "area",
        "base",
        "basefont",
        "bgsound",
        "col",
        "embed",
        "frame",
        "hr",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    )
)
_FURNITURE_TAGS = frozenset(("form", "button", "menu"))
_IN_FORMS = VOTES | {CONTENT}
# Without attributes these say nothing of what they hold.
_SILENT = frozenset(("p", "div", "span", "strong", "em", "b", "i", "li", "ul", "ol", "blockquote", "td", "tr"))
_OPENING_TAGS = frozenset(("a", "pre", "h2", "h3", "h4", "h5", "h6"))


class Does(IntEnum):
    """What a tag, or what stands between two, does in a walk."""

    START = auto()  # an element begins that opens nothing
    END = auto()
    TEXT = auto()  # an element that is a piece of text: a line break or an image
    OPEN = auto()  # an element begins that may open something
    WHOLE = auto()  # an element that may open something, with all that it holds
    NOTHING = auto()  # an element that a reader does not see
    COMMENT = auto()


START, END, TEXT, OPEN, WHOLE, NOTHING, COMMENT = Does


class Element(NamedTuple):
    """A start tag. ``part`` is what its names say that it holds; ``number`` is that of the candidate which it is."""

    tag: str
    names: str
    attributes: Mapping[str, str]
    part: Part | None = None
    number: int | None = None
    inside: str = ""  # text of an element that is read whole


Known = tuple[Does, str | None, Element | None]  # what a tag does, what it puts into a text, and what it is
_NOTHING: Known = (NOTHING, None, None)
_COMMENT: Known = (COMMENT, None, None)


@contextmanager
def numbered(nodes: Iterable[LexborNode]) -> Iterator[None]:
    """Inside the block the elements carry their numbers, by which they are known again where they are written down."""
    marked = list(nodes)
    for number, node in enumerate(marked):
        node.attrs[_NUMBER] = str(number)
    try:
        yield
    finally:
        for node in marked:
            del node.attrs[_NUMBER]


def read_tag(piece: str, pieces: Iterator[str], known: dict[str, Known]) -> tuple[Known, str]:
    """What a tag does that is not ``known`` yet, and the text behind it; what stands inside the ignored is passed."""
    if piece.startswith("!--"):
        return _COMMENT, _behind_comment(piece, pieces)
    if ">" not in piece:  # the name of an element or of an attribute holds a "<"
        piece = _whole_tag(piece, pieces)
    token, _, text = piece.partition(">")
    tag = token.partition(" ")[0]
    if tag in _IGNORED:
        return _NOTHING, _raw(tag, text, pieces)[1] if tag in _RAW else _behind(tag, pieces)
    does = _end(tag) if token[:1] == "/" else _start(tag, token)
    if tag in _RAW and (element := does[2]) is not None:
        inside, text = _raw(tag, text, pieces)
        return (WHOLE, does[1], element._replace(inside=inside)), text
    known[token] = does
    return does, text


def unescaped(text: str) -> str:
    """Text without the few references that Lexbor writes."""
    plain = text.replace("&nbsp;", "\xa0").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    return plain.replace("&amp;", "&")


def _end(tag: str) -> Known:
    return END, CLOSING.get(tag[1:]), None


def _start(tag: str, token: str) -> Known:
    attributes = dict(_ATTRIBUTE.findall(token))
    if "&" in token:
        attributes = {name: unescaped(value) for name, value in attributes.items()}
    if tag == "br":
        return TEXT, BREAK, None
    if tag == "img":
        return TEXT, _emoji(attributes), None
    number = attributes.pop(_NUMBER, None)
    names = attributes.get("class", "")
    part = _part(tag, names, attributes) if attributes or tag not in _SILENT else None
    opens = part is not None or number is not None or tag in _OPENING_TAGS or tag in _RAW
    element = Element(tag, names, attributes, part, int(number) if number is not None else None) if opens else None
    if tag in _VOID:
        return (WHOLE, MARKS.get(tag), element) if opens or tag in MARKS else _NOTHING
    return OPEN if opens else START, MARKS.get(tag), element


def _part(tag: str, names: str, attributes: Mapping[str, str]) -> Part | None:
    """What the tag, the class names and other attributes say that an element holds."""
    part = part_of(tag, names)
    if "itemprop" in attributes:
        part = ITEM_PROPERTIES.get(attributes["itemprop"].lower(), part)
    elif "data-role" in attributes:
        part = DATA_ROLES.get(attributes["data-role"], part)
    if tag in _FURNITURE_TAGS and (part is None or part[0] not in _IN_FORMS):
        return FURNITURE, STRONG
    if part is None and "id" in attributes and (match := _KARMA.fullmatch(attributes["id"])) is not None:
        return (UP if match[1] == "up" else DOWN), STRONG
    return part


def _emoji(attributes: Mapping[str, str]) -> str:
    """Alternative text of an emoji image; other images have no text."""
    named = _EMOJI_CLASS.search(attributes.get("class", "")) or _EMOJI_SOURCE.search(attributes.get("src", ""))
    return attributes.get("alt", "") if named else ""


def _whole_tag(piece: str, pieces: Iterator[str]) -> str:
    found = [piece]
    while ">" not in found[-1]:
        found.append(next(pieces))
    return "<".join(found)


def _behind_comment(piece: str, pieces: Iterator[str]) -> str:
    """The text behind a comment, which may hold what looks like tags."""
    while (end := piece.find("-->")) < 0:
        piece = next(pieces)
    return piece[end + 3 :]


def _behind(tag: str, pieces: Iterator[str]) -> str:
    """The text behind an element with elements in it, its like among them."""
    level = 1
    for piece in pieces:
        token, _, text = piece.partition(">")
        name = token.partition(" ")[0]
        if piece.startswith("!--"):
            _behind_comment(piece, pieces)
        elif name in _RAW:
            _raw(name, text, pieces)
        elif name == tag:
            level += 1
        elif name == f"/{tag}":
            level -= 1
            if not level:
                return text
    return ""


def _raw(tag: str, text: str, pieces: Iterator[str]) -> tuple[str, str]:
    """The text of an element in which nothing is a tag, and the text behind it.

    The text of a script may hold the end of a script, where it has hidden the script in it as a comment.
    """
    inside = [text]
    hidden = nested = False
    end = f"/{tag}>"
    for piece in pieces:
        if not nested and piece.startswith(end):
            return "<".join(inside), piece[len(end) :]
        if tag == "script":
            hidden = hidden or piece.startswith("!--")
            if (match := _SCRIPT.match(piece)) is not None:
                nested = hidden and not match[1]
            if "-->" in piece:
                hidden = nested = False
        inside.append(piece)
    return "<".join(inside), ""
