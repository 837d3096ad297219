"""The headline of a page: the heading that the page's own titles agree on, without the name of the site."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.article.bylines import is_role_and_name
from pipeline.extract.article.sites import host_of
from pipeline.extract.article.structured import Structured, publisher_of

_HEADINGS = 'h1, h2, h3, [itemprop="headline"], .entry-title, .post-title, .article-title'
_FURNITURE = frozenset(("nav", "aside", "footer"))
_SEPARATOR = re.compile(r"\s*[|｜«»‹›]\s*|\s+[-–—‐−:：/／・·<＜]\s+|\s*[：]\s*|\s+[-–—]|·")
_ORNAMENT = re.compile(r"^[\s■□●○◆◇▼▲★☆♪※#]+")
_SHORTEST = 4
_LONGEST_SUFFIX = 40
_CLIMB = 30


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline and the heading element that shows it (None where only the head of the page has it)."""

    text: str | None
    node: LexborNode | None
    byline: str | None = None


def headline_of(tree: LexborHTMLParser, data: Structured, url: str | None) -> Headline:
    """The headline of the page."""
    title = tree.css_first("title")
    stated = [data.meta("og:title"), data.text("headline"), _text_of(title) if title is not None else None]
    stated += [data.meta("twitter:title", "title", "cxenseparse:title", "dc.title")]
    titles = [spaced(text) for text in stated if text and spaced(text)]
    names = site_names(data, url)
    best: tuple[int, Headline] | None = None
    for node in tree.css(_HEADINGS):
        pieces = _pieces(node)
        if not pieces or _is_furniture(node, url):
            continue
        byline = pieces.pop() if len(pieces) > 1 and is_role_and_name(pieces[-1]) else None
        text = " ".join(pieces)
        score = _agreement(text, titles)
        if score and key(text) not in names and (best is None or score > best[0]):
            best = score, Headline(text, node, byline)
    if best is not None:
        return best[1]
    if titles:
        return Headline(without_site(titles[0], names) or None, None)
    only = [node for node in tree.css("h1") if _pieces(node) and not _is_furniture(node, url)]
    return Headline(" ".join(_pieces(only[0])), only[0]) if len(only) == 1 else Headline(None, None)


def site_names(data: Structured, url: str | None) -> frozenset[str]:
    """Keys of the names that the page gives its site."""
    stated = (data.meta("og:site_name"), data.meta("application-name"), publisher_of(data), host_of(url))
    return frozenset(key(name) for name in stated if name)


def without_site(title: str, names: frozenset[str]) -> str:
    """The title without the site's name at its ends; where no name is known, without a short last part."""
    shorter = title
    while (last := list(_SEPARATOR.finditer(shorter))) and _names_site(shorter[last[-1].end() :], names):
        shorter = shorter[: last[-1].start()].strip()
    while (first := _SEPARATOR.search(shorter)) and _names_site(shorter[: first.start()], names):
        shorter = shorter[first.end() :].strip()
    if shorter == title and not names and (last := list(_SEPARATOR.finditer(title))):
        head, tail = title[: last[-1].start()].strip(), title[last[-1].end() :]
        if len(tail) <= _LONGEST_SUFFIX and len(tail) < len(head):
            return head
    return shorter or title


def _names_site(part: str, names: frozenset[str]) -> bool:
    short = key(part)
    return len(short) >= 2 and any(
        short == name or (len(short) >= _SHORTEST and (short in name or name in short)) for name in names
    )


def spaced(text: str) -> str:
    """The text with single spaces."""
    return " ".join(text.split())


def key(text: str) -> str:
    """Form for comparing: NFKC, lower case, without spaces and ornaments at the start."""
    return "".join(unicodedata.normalize("NFKC", _ORNAMENT.sub("", text)).lower().split())


def _agreement(text: str, titles: Sequence[str]) -> int:
    """How many characters of the heading one of the titles repeats; 0 where they do not agree."""
    heading = key(text)
    if len(heading) < _SHORTEST:
        return 0
    return max((_overlap(heading, key(title)) for title in titles), default=0)


def _overlap(heading: str, title: str) -> int:
    if heading in title:
        return len(heading)
    cut = title.rstrip(".…")
    if len(cut) >= 2 * _SHORTEST and heading.startswith(cut):
        return len(cut)
    same = next(
        (i for i, (a, b) in enumerate(zip(heading, title, strict=False)) if a != b), min(len(heading), len(title))
    )
    return same if same >= 0.6 * len(heading) else 0


def _pieces(node: LexborNode) -> list[str]:
    """Texts of a heading, apart where the page breaks the line or changes the element between blocks."""
    pieces = [""]
    for child in node.traverse(include_text=True):
        if child.tag == "-text":
            pieces[-1] += child.text_content or ""
        elif child.tag in ("br", "div", "p"):
            pieces.append("")
    return [spaced(piece) for piece in pieces if spaced(piece)]


def _text_of(node: LexborNode) -> str:
    return spaced(node.text(deep=True))


def _is_furniture(node: LexborNode, url: str | None) -> bool:
    """Whether a heading stands in a menu or sidebar, or is the logo that leads to the front page."""
    link = node.css_first("a[href]")
    if link is not None and _leads_home(link.attributes.get("href") or "", url):
        return True
    above: LexborNode | None = node
    for _ in range(_CLIMB):
        if above is None:
            return False
        if above.tag in _FURNITURE:
            return True
        above = above.parent
    return False


def _leads_home(href: str, url: str | None) -> bool:
    try:
        parts = urlsplit(href.strip())
    except ValueError:  # broken brackets
        return False
    own = parts.netloc == "" or host_of(href) == host_of(url)
    return own and parts.path in ("/", "/index.html", "/index.php", "./") and not parts.query
