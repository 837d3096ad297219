"""Safe reading of XML exports, element by element."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from lxml import etree

from pipeline.errors import UnreadableInput
from pipeline.records import Page

# What XML 1.0 forbids; exports of old weblogs hold such signs within their texts.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SKIPPED = (("<?", "?>"), ("<!--", "-->"))


def elements(page: Page, wanted: frozenset[tuple[str, str]]) -> Iterator[etree._Element]:
    """Elements with one of these pairs of local names (parent, own), each when it is complete.

    They are freed behind the caller, who takes what it needs of each at once.

    A document type with declarations is refused, so no entity is ever expanded and nothing is fetched. Broken XML is
    refused whole, not repaired: a repaired export loses comments without a word.

    Raises:
        UnreadableInput: the XML is broken, nested too deep, or declares entities.
    """
    if _declares(page.text):
        raise UnreadableInput(path=page.source, detail="XML that declares entities")
    clean = _FORBIDDEN.sub("\ufffd", page.text.lstrip("\ufeff"))
    events = etree.iterparse(
        io.BytesIO(clean.encode("utf-8")),
        events=("end",),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            parent = element.getparent()
            if parent is not None and (local(parent), local(element)) in wanted:
                yield element
                _forget(element)
    except etree.XMLSyntaxError as error:
        detail = f"broken XML: {error.msg}" if error.msg else "broken XML"
        raise UnreadableInput(path=page.source, detail=detail) from error


def _declares(text: str) -> bool:
    """Whether a document type with declarations of its own stands before the first element."""
    position = 0
    while True:
        position = next((i for i in range(position, len(text)) if text[i] not in " \t\r\n\ufeff"), len(text))
        ends = next((end for start, end in _SKIPPED if text.startswith(start, position)), None)
        if ends is None:
            break
        found = text.find(ends, position)
        if found < 0:
            return False
        position = found + len(ends)
    return text[position : position + 9].upper() == "<!DOCTYPE" and "[" in text[position : text.find(">", position)]


def local(element: etree._Element) -> str:
    """Name of an element without its namespace, which differs with the version of the export."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: etree._Element, name: str) -> etree._Element | None:
    """First child with this local name, or None."""
    return next((item for item in element if local(item) == name), None)


def text_of(element: etree._Element, name: str) -> str:
    """Text of the first child with this local name, trimmed; empty where there is none."""
    found = child(element, name)
    return "".join(str(part) for part in found.itertext()).strip() if found is not None else ""


def _forget(element: etree._Element) -> None:
    """Free an element that has been read, and its older siblings, so that memory does not grow with the file."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
