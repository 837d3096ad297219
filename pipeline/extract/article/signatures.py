"""Who signs the article of an HTML page: author elements at the headline, JSON-LD, meta elements, the dateline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.article import bylines
from pipeline.extract.article.nearby import at_headline, in_furniture, text_of
from pipeline.extract.article.structured import Structured, authors_of
from pipeline.extract.article.titles import Headline, key, spaced

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:by[-_]?author|byline|author[-_]?name|entry[-_]?author|post[-_]?author|article[-_]?author|posted[-_]?by"
    r"|author|writer|writer[-_]?name|reporter|contributor)(?:$|\s)|(?:[a-z])(?:Author|Byline|Writer)(?:Name)?(?:$|\s)",
    re.IGNORECASE,
)
_SELECTOR = (
    '[rel="author"], [itemprop="author"], [class*="author" i], [class*="byline" i], [class*="writer" i], '
    '[class*="posted-by" i], [class*="reporter" i], [class*="contributor" i], [id*="author" i]'
)
_LABEL = re.compile(
    r"^(?:by|von|posted by|written by|author|text|(?:取材・?)?文(?:・(?:写真|構成|撮影))?"
    r"|執筆(?:者)?|著者|筆者|投稿者|作者|ライター|記者)"
    r"(?:\s*[:：●／/]\s*|\s+)",
    re.IGNORECASE,
)
_GLUED_BY = re.compile(r"^by(?=[^\x00-\x7f])", re.IGNORECASE)
_APART = re.compile(r"\s*[、,／/]\s*|\s+and\s+|\s*&\s*")
_NO_NAME = re.compile(
    r"https?:|@|続きを読む|記事一覧|プロフィール|フォロー|について|投稿をすべて|^\d|[。!?！？]|Inc\.?$|株式会社|^admin(?:istrator)?$"
    r"|編集部について|この記事|著者$|^\s*$",
    re.IGNORECASE,
)
_METAS = ("author", "article:author", "cxenseparse:author", "dc.creator")
_LONGEST = 60
_HEAD = 6


def signed_by(
    tree: LexborHTMLParser, data: Structured, headline: Headline, lines: Sequence[str], sites: frozenset[str]
) -> tuple[tuple[str, ...], str | None]:
    """(authors as the page writes them, agency). ``sites`` are keys of the site's names: a site is no author."""
    line = next((byline for text in lines[:_HEAD] if (byline := bylines.dateline(text))), None)
    signed = (bylines.signed_agency(text) for text in reversed(lines[-_HEAD:]))
    agency = (line.agency if line else None) or next(filter(None, signed), None)
    for names in _claims(tree, data, headline, line, sites):
        kept = [name for name in dict.fromkeys(names) if _is_author(name, sites)]
        if kept:
            return tuple(kept), agency
    return (), agency


def _claims(
    tree: LexborHTMLParser,
    data: Structured,
    headline: Headline,
    line: bylines.Byline | None,
    sites: frozenset[str],
) -> Iterator[Iterable[str]]:
    """Names that may be the authors', the surest first; the next are looked for only where those are none."""
    shown = bylines.name_in(headline.byline) if headline.byline else None
    if shown:
        yield (shown,)
    yield _elements(tree, sites)
    yield _labelled(headline.node)
    yield authors_of(data)
    yield (name for key_ in _METAS for name in data.metas.get(key_, ()))
    if line:
        yield line.authors


def _is_author(name: str, sites: frozenset[str]) -> bool:
    short = key(name).strip("《》<>【】()[]")
    if not short or len(name) > _LONGEST or _NO_NAME.search(name):
        return False
    return not any(short == site or (len(short) >= 4 and short in site) for site in sites)


def _elements(tree: LexborHTMLParser, sites: frozenset[str]) -> Iterator[str]:
    """Names in the first author element that has any; nested ones repeat it, later ones belong to other posts."""
    for node in tree.css(_SELECTOR):
        if not _is_author_element(node) or in_furniture(node):
            continue
        names = _names_of(_own_text(node))
        if any(_is_author(name, sites) for name in names):
            yield from names
            return


def _labelled(heading: LexborNode | None) -> Sequence[str]:
    """Names behind a label such as 文: or 著者: in the short texts at the headline."""
    if heading is None:
        return ()
    texts = (text_of(node) for node in at_headline(heading) if node.tag == "-text")
    return next((names for text in texts if len(text) < _LONGEST and (names := bylines.labelled_authors(text))), ())


def _is_author_element(node: LexborNode) -> bool:
    attributes = node.attributes
    if attributes.get("rel") == "author" or attributes.get("itemprop") == "author":
        return True
    return any(_NAMED.search(attributes.get(name) or "") for name in ("class", "id"))


def _own_text(node: LexborNode) -> str:
    name = node.css_first('[itemprop="name"], .fn, [rel="author"]')
    if name is not None and spaced(name.text(deep=True)):
        return spaced(name.text(deep=True))
    return spaced(node.attributes.get("content") or node.text(deep=True))


def _names_of(text: str) -> Sequence[str]:
    if len(text) > _LONGEST:
        return ()
    text = _GLUED_BY.sub("", _LABEL.sub("", text))
    return [bylines.name_in(name) or name for part in _APART.split(text) if (name := part.strip(" -–—|·"))]
