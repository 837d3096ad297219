"""When the article of an HTML page was published.

Order of evidence: JSON-LD, meta elements, ``<time datetime>`` at the headline, a visible date at the headline, the one
date that the theme's classes mark as the post's. Machines are often told the time in UTC, or a local time that is
marked as UTC; where the page shows a time at its headline that agrees to the day, the shown form counts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.extract.article.nearby import at_headline, in_furniture, text_of
from pipeline.extract.article.structured import Structured
from pipeline.extract.dates import find_dates, from_epoch, parse_date
from pipeline.records import Dated, DateHow, Precision

_METAS = (
    *("article:published_time", "og:published_time", "article.published", "datepublished", "dc.date.issued"),
    *("dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "pubdate", "publishdate", "publish_date"),
    *("publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime"),
    *("cxenseparse:publishtime", "release_date", "date", "epoch-publish-date"),
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?")
_UTC = re.compile(r"(?:Z|[+-]00:?00)$")
_PUBLISHED = re.compile(r"公開|掲載|配信|投稿|発表|掲出|登録|作成|posted|published", re.IGNORECASE)
_UPDATED = re.compile(r"更新|改訂|修正|updated|modified", re.IGNORECASE)
_OTHER = re.compile(
    r"開催|発売|期間|開始|締切|締め切り|会期|放送|公演|受付|販売|募集|有効|copyright|©|\(c\)|生まれ|ランキング",
    re.IGNORECASE,
)
_FINE = (Precision.DAY, Precision.MINUTE, Precision.SECOND)
_LONGEST_LABEL = 60


def published_of(tree: LexborHTMLParser, data: Structured, heading: LexborNode | None) -> Dated | None:
    """The date of publication, or None where the page gives none of its own. Threads must have been removed."""
    stated = _stated(data)
    if stated is not None and not _UTC.search(stated.raw):
        return stated
    shown = [found for node in at_headline(heading) for found in _date_of(node)] if heading is not None else []
    if stated is None:
        marked = tree.css_first('time[itemprop="datePublished"], [itemprop="datePublished"], time[pubdate]')
        stated = _of_element(marked) if marked is not None else None
    if stated is not None:
        return _as_shown(stated, shown)
    return _best(shown) or _best(list(_labelled(tree)))


def whole_date(text: str) -> Dated | None:
    """A date to the day or finer that the text is: ISO in any form, or as people write it."""
    match = _COMPACT.fullmatch(text.strip())
    if match:
        clock = f"T{match[4]}:{match[5]}:{match[6] or '00'}" if match[4] else ""
        dated = parse_date(f"{match[1]}-{match[2]}-{match[3]}{clock}{match[7] or ''}")
    else:
        dated = parse_date(text) or from_epoch(text)
    if dated is None or dated.value is None or dated.how is not DateHow.STATED or dated.precision not in _FINE:
        return None
    return Dated(dated.value, dated.precision, dated.how, text.strip())


def _stated(data: Structured) -> Dated | None:
    texts = [data.text("datePublished"), *(data.meta(name) for name in _METAS), data.text("dateCreated")]
    return next((dated for text in texts if text and (dated := whole_date(text))), None)


def _of_element(node: LexborNode) -> Dated | None:
    """Date of an element: its attribute where the text does not show another form of it, else its text."""
    attributes = node.attributes
    stated = next((d for name in ("datetime", "content") if (d := whole_date(attributes.get(name) or ""))), None)
    shown = whole_date(text_of(node))
    if stated is None or shown is None:
        return stated or shown
    return stated if (stated.value or "").startswith(shown.value or "") else _as_shown(stated, [("", shown)])


def _as_shown(stated: Dated, shown: Sequence[tuple[str, Dated]]) -> Dated:
    """The stated date in the local form that the page shows, where it is in UTC and both are nearly the same day."""
    if not _UTC.search(stated.raw):
        return stated
    near = [
        dated for _, dated in shown if _days_apart(stated, dated) <= 1 and len(dated.value or "") > len("2022-02-21")
    ]
    return near[0] if near else stated


def _days_apart(one: Dated, other: Dated) -> int:
    days = [dt.date.fromisoformat((dated.value or "")[:10]) for dated in (one, other)]
    return abs((days[0] - days[1]).days)


def _best(shown: Sequence[tuple[str, Dated]]) -> Dated | None:
    """The first date that is labelled as publication, else the first without a label, else the first."""
    published = [dated for label, dated in shown if _PUBLISHED.search(label) and not _UPDATED.search(label)]
    unlabelled = [dated for label, dated in shown if not _UPDATED.search(label)]
    return next(iter(published or unlabelled or [dated for _, dated in shown]), None)


def _date_of(node: LexborNode) -> Iterator[tuple[str, Dated]]:
    """The date of a ``<time>`` element, or of a short text that has little else in it."""
    if node.tag == "time":
        dated = _of_element(node)
        if dated is not None:
            yield _context(node), dated
    elif node.tag == "-text" and (node.parent is None or node.parent.tag != "time"):
        yield from _date_of_text(text_of(node), _context(node))


def _date_of_text(text: str, context: str) -> Iterator[tuple[str, Dated]]:
    if not 6 <= len(text) <= _LONGEST_LABEL or _OTHER.search(text) or not re.search(r"\d", text):
        return
    spans = find_dates(text)
    if any(text[span.end :].lstrip().startswith(("から", "~", "〜", "～", "まで", "に", "、")) for span in spans):
        return  # a period or a sentence about that day
    before = 0
    for span in spans:
        label = text[before : span.start] + (text[span.end :] if span is spans[-1] else "")
        before = span.end
        if span.dated.how is DateHow.STATED and span.dated.precision in _FINE and span.dated.value:
            yield label if _PUBLISHED.search(label) or _UPDATED.search(label) else context + label, span.dated


def _context(node: LexborNode) -> str:
    """Text right before the node in its parent, and the parent's class: they hold the label of a date."""
    before = node.prev
    text = (text_of(before) if before is not None else "")[-12:]
    parent = node.parent
    own = node.attributes.get("class") if node.tag != "-text" else None
    names = f"{own or ''} {(parent.attributes.get('class') or '') if parent is not None else ''}"
    return text + (" updated" if re.search(r"updat|modif", names) else "")


def _labelled(tree: LexborHTMLParser) -> Iterator[tuple[str, Dated]]:
    """Dates that a label or a class of the theme marks as the post's own, where the main part has only one such day."""
    found: list[tuple[str, Dated]] = []
    selector = ".entry-date, .post-date, .published, .posted-on, .postdate, .dateline, .article-date, .date-header"
    for node in tree.css(selector):
        if not in_furniture(node) and (node.parent is None or node.parent.tag != "li"):
            text = text_of(node)
            dated = _of_element(node)
            found += [("", dated)] if dated else _date_of_text(text, "")
    days = {(dated.value or "")[:10] for _, dated in found}
    if len(days) == 1:
        yield from found
