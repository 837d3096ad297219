"""Exports of comments: XML, JSON and tables, each by what stands in it."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from pipeline.errors import UnreadableInput
from pipeline.extract.exports.disqus import is_disqus_json, read_disqus_json, read_disqus_xml
from pipeline.extract.exports.hatena import is_hatena, read_hatena
from pipeline.extract.exports.own import is_own, read_own
from pipeline.extract.exports.table import read_tables
from pipeline.extract.exports.wp_rest import is_wp_rest, read_wp_rest
from pipeline.extract.exports.wxr import read_wxr
from pipeline.extract.tables import json_lines, page_tables
from pipeline.records import Extraction, Page

__all__ = ["extract_json", "extract_table", "extract_xml"]

_HEAD = 20_000


def extract_xml(page: Page) -> tuple[Extraction, ...]:
    """A WordPress or Disqus export.

    Raises:
        UnreadableInput: the XML is broken, hostile, or of another kind.
    """
    head = page.text[:_HEAD]
    if "<disqus" in head:
        return read_disqus_xml(page)
    if "<rss" in head and "wordpress.org/export" in head:
        return read_wxr(page)
    raise UnreadableInput(path=page.source, detail="XML of another kind than WordPress (WXR) and Disqus exports")


def extract_json(page: Page) -> tuple[Extraction, ...]:
    """Comments of WordPress' REST interface, Hatena Bookmark, Disqus, our own records, or a list of flat objects.

    Raises:
        UnreadableInput: JSON without comments of a known form.
        NoTextColumn: a list of objects without a field of texts.
    """
    value = json.loads(page.text.lstrip("\ufeff"))
    if is_wp_rest(value) or is_wp_rest([value]):
        return read_wp_rest(page, value if isinstance(value, list) else [value])
    if is_hatena(value):
        return read_hatena(page, value)
    posts = _posts(value)
    if posts is not None and is_disqus_json(posts):
        return read_disqus_json(page, posts)
    if posts is not None and is_own(posts):
        return read_own(page, posts)
    if posts is not None:
        return read_tables(page, {None: pd.DataFrame(posts, dtype=object)})
    raise UnreadableInput(path=page.source, detail="JSON without comments of a known form")


def _posts(value: Any) -> list[dict[str, Any]] | None:
    """The list of objects that the value is, or holds under a usual name; None where there is none."""
    if isinstance(value, dict):
        inner = value.get("response", value)
        value = next(
            (
                inner[name]
                for name in ("posts", "comments", "items", "data")
                if isinstance(inner, dict) and name in inner
            ),
            [value] if "type" in value else None,
        )
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return value
    return None


def extract_table(page: Page) -> tuple[Extraction, ...]:
    """Our own JSON Lines, or a table with a column of texts.

    Raises:
        UnreadableInput: the table is damaged or protected.
        NoTextColumn: it has no column of texts.
    """
    if not page.raw and page.text.lstrip("\ufeff \r\n").startswith("{"):
        lines = json_lines(page)
        if is_own(lines):
            return read_own(page, lines)
    return read_tables(page, page_tables(page))
