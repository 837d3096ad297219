"""Handouts on paper: a sheet of posts with empty boxes, and the room's poster. The teacher's key is in handout_key.

Blind by design: a sheet shows neither author, kind of author, votes nor any label. No article body is in any of them.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files

import pandas as pd
import regex
import segno

from pipeline.records import Stance
from pipeline.report.masking import mask
from pipeline.report.wording import Lang, text
from pipeline.targets import Target

# Millimetres, as handout.css lays the page out.
_PAGE_HEIGHT = 273.0
_HEADER = {"ja": 27.0, "en": 28.0}
_FOOTER_LINE = 3.6
_FOOTER_UNITS = 66.0  # full-width characters a footer line
_BOXES_WIDTH = {"ja": 53.0, "en": 75.0}
_TEXT_WIDTH = 186.0 - 7.0 - 8.0
_POST_PADDING = 3.4
_BOXES_HEAD = 3.6
_BOXES_ROW = 4.0
_MM_PER_POINT = 0.3528
_LINE_HEIGHT = 1.45
SIZES = (11.0, 10.0, 9.0)  # points; 9 is the least that a copied page keeps readable
# A post may take this part of the page; a longer one is cut, and says so.
_LONGEST = 0.8


@dataclass(frozen=True, slots=True)
class Item:
    """One post on the sheet: its words as they are printed, and where it stands."""

    post_id: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: the items that fit, the size of type in points, and how many posts were chosen."""

    items: tuple[Item, ...]
    size: float
    chosen: int


def printable(content: str, lang: Lang) -> str:
    """``content`` for paper: contact data masked, control characters and runs of empty lines gone."""
    kept = "".join(
        char for char in mask(content, lang) if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs")
    )
    return regex.sub(r"\n\s*\n+", "\n", kept).strip()


def source_line(row: pd.Series, lang: Lang) -> str:
    """Where a post stands: site, title, address."""
    title = row.get("title")
    named = text("handout.source_title", lang, title=mask(title, lang)) if isinstance(title, str) else None
    parts = [row.get("site"), named, row.get("url")]
    return " ".join(part for part in parts if isinstance(part, str) and part) or "—"


def make_sheet(posts: pd.DataFrame, targets: Sequence[Target], lang: Lang) -> Sheet:
    """The largest type at which all posts fit; at the smallest, as many of them as fit, in their order."""
    items = [
        Item(str(row["id"]), printable(str(row["text"]), lang), source_line(row, lang)) for _, row in posts.iterrows()
    ]
    for size in SIZES:
        cut = [_cut(item, size, lang) for item in items]
        if _height(cut, len(cut), size, len(targets), lang) <= _PAGE_HEIGHT:
            return Sheet(tuple(cut), size, len(items))
    smallest = SIZES[-1]
    kept: list[Item] = []
    for item in (_cut(item, smallest, lang) for item in items):
        if _height([*kept, item], len(items), smallest, len(targets), lang) <= _PAGE_HEIGHT:
            kept.append(item)
    return Sheet(tuple(kept), smallest, len(items))


def sheet_html(sheet: Sheet, targets: Sequence[Target], lang: Lang) -> str:
    """The pupils' page."""
    fill = f"{_word('handout.name', lang)}<span></span>{_word('handout.date', lang)}<span class='short'></span>"
    body = (
        f"<header><div class='top'><h1>{_word('handout.title', lang)}</h1><p class='fill'>{fill}</p></div>"
        f"<p class='task'>{_word('handout.task', lang)} {_word('handout.independent', lang)}</p>"
        f"<p class='legend'>{_word('handout.legend', lang)}</p></header><main>"
        + "".join(_post(number, item, targets, lang) for number, item in enumerate(sheet.items, 1))
        + f"</main><footer><p>{escape(_notes(len(sheet.items), sheet.chosen, lang))}</p>"
        f"{sources_html(sheet.items, lang)}</footer>"
    )
    return page_html(text("handout.title", lang), body, sheet.size, lang)


def _notes(shown: int, chosen: int, lang: Lang) -> str:
    notes = [text("caveat.posts", lang, n=shown), text("handout.quote_note", lang)]
    if shown < chosen:
        notes.insert(0, text("handout.left_out", lang, chosen=chosen, n=shown))
    return " ".join(notes)


def sources_html(items: Sequence[Item], lang: Lang) -> str:
    """Each source once, with the numbers of its posts."""
    return f"<p dir='auto'>{escape(_sources(items, lang))}</p>"


def _sources(items: Sequence[Item], lang: Lang) -> str:
    lines = [f"{line} ({_numbers(numbers, lang)})" for line, numbers in _by_source(items).items()]
    return f"{text('handout.sources', lang)}: {' / '.join(lines)}"


def poster_html(code: str, address: str, lang: Lang) -> str:
    """A page for the wall: QR code of the whole address; to type, the address without its query, and the code."""
    picture = segno.make(address, error="m").svg_inline(omitsize=True, title=text("handout.poster_qr", lang))
    body = (
        f"<main class='poster'><h1>{_word('handout.poster_title', lang)}</h1>"
        f"<p class='steps'>{_word('handout.poster_steps', lang)}</p>{picture}"
        f"<p class='address'>{escape(address.partition('?')[0])}</p>"
        f"<p class='label'>{_word('handout.poster_code', lang)}</p><p class='code'>{escape(code)}</p></main>"
    )
    return page_html(text("handout.poster_title", lang), body, SIZES[0], lang)


def page_html(title: str, body: str, size: float, lang: Lang) -> str:
    """A page that stands alone: its style is inside, it loads nothing and runs nothing."""
    css = files("pipeline.report").joinpath("handout.css").read_text(encoding="utf-8")
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return (
        f"<!DOCTYPE html>\n<html lang='{lang}'><head><meta charset='utf-8'>"
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<meta name='viewport' content='width=device-width'><title>{escape(title)}</title>"
        f"<style>:root {{ --size: {size}pt; }}\n{css}</style></head><body>{body}</body></html>\n"
    )


def _post(number: int, item: Item, targets: Sequence[Target], lang: Lang) -> str:
    heads = "".join(f"<th scope='col'>{_word(f'stance.{stance}', lang)}</th>" for stance in Stance)
    names = [escape(target.ja if lang == "ja" else target.en) for target in targets]
    boxes = "<td><i></i></td>" * len(Stance)
    rows = "".join(f"<tr><th scope='row'>{name}</th>{boxes}</tr>" for name in names)
    return (
        f"<section class='post'><p class='number'>{number}</p><p class='words' dir='auto'>{escape(item.words)}</p>"
        f"<table class='boxes'><tr><td></td>{heads}</tr>{rows}</table></section>"
    )


def _word(key: str, lang: Lang) -> str:
    return escape(text(key, lang))


def _numbers(numbers: Sequence[int], lang: Lang) -> str:
    return text("handout.numbers", lang, numbers=", ".join(map(str, numbers)))


def _by_source(items: Sequence[Item]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, item in enumerate(items, 1):
        found.setdefault(item.source, []).append(number)
    return found


def _units(line: str) -> float:
    """Width in full-width characters, by the widest of the usual fonts."""
    return sum(map(_width, line))


def _width(char: str) -> float:
    if unicodedata.category(char) == "So":
        return 1.4  # emoji
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    return 1.0 if char in "MWmw@%" else 0.75 if char.isupper() else 0.58


def _lines(words: str, size: float, lang: Lang) -> int:
    a_line = math.floor((_TEXT_WIDTH - _BOXES_WIDTH[lang]) / (size * _MM_PER_POINT)) - 1
    return sum(max(1, math.ceil(_units(line) / a_line)) for line in words.split("\n"))


def _item_height(item: Item, size: float, targets: int, lang: Lang) -> float:
    words = _lines(item.words, size, lang) * size * _MM_PER_POINT * _LINE_HEIGHT
    return max(words, _BOXES_HEAD + _BOXES_ROW * targets) + _POST_PADDING


def _height(items: Sequence[Item], chosen: int, size: float, targets: int, lang: Lang) -> float:
    paragraphs = (_notes(len(items), chosen, lang), _sources(items, lang))
    # One line more: an address that is too long for the rest of its line begins a new one.
    lines = 1 + sum(math.ceil(_units(words) / _FOOTER_UNITS) for words in paragraphs)
    posts = sum(_item_height(item, size, targets, lang) for item in items)
    return _HEADER[lang] + posts + lines * _FOOTER_LINE


def _cut(item: Item, size: float, lang: Lang) -> Item:
    """``item`` cut at a line's or sentence's end where it would take more than its part of the page."""
    allowed = int(_LONGEST * _PAGE_HEIGHT / (size * _MM_PER_POINT * _LINE_HEIGHT))
    if _lines(item.words, size, lang) <= allowed:
        return item
    low, high = 0, len(item.words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _lines(item.words[:middle], size, lang) < allowed else (low, middle - 1)
    kept = item.words[:low]
    end = max(kept.rfind(mark) for mark in ("。", "\n", "．", "!", "！", "?", "？"))
    kept = kept[: end + 1] if end > low // 2 else kept
    return Item(item.post_id, kept.rstrip() + text("handout.cut", lang), item.source)
