"""Elements that may hold one comment each, by the ids and classes that the systems document."""

from __future__ import annotations

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

# Lexbor tries each selector on each element of the page: one cheap test of an attribute goes before those of its value,
# and all stand in one list, so that an element is found once.
_IDS = (
    '[id^="c"]:is([id^="comment"], li, [itemtype], [itemscope], [data-answerid], '
    + ", ".join(f'[id^="c{digit}"]' for digit in range(10))
    + ")",
    '[id*="-comm"]:is([id^="li-comment"], [id^="div-comment"], [id^="dsq-comment"], [id^="wpd-comm-"]'
    ', [id^="wc-comm-"])',
)
_CLASSES = (
    '[class*="comment" i]:is(.comment, .wpd-comment, .wc-comment, .c-comment__list-item, .entry-comment-contents'
    ", .isso-comment)",
    ".js-bookmark-item, .answer[data-answerid]",
)
_LISTS = (
    ".commentlist, .comment-list, .comments-list, .comment_list, .commentList, #commentlist, #comments-list"
    ", .comment-replies"
)
_ITEMS = f'li:is(.pingback, .trackback, [id^="post-"], :is({_LISTS}) > *)'
_PROPERTIES = (
    '[itemprop="comment"], [itemtype*="schema.org/"]'
    ':is([itemtype*="schema.org/Comment"], [itemtype*="schema.org/UserComments"])'
)
_SELECTOR = f":is({', '.join((*_IDS, *_CLASSES, _ITEMS, _PROPERTIES))})"
_NUMBERED = re.compile(r"(?:(?:li|div|the|wp|single|dsq|article|p)-)?comment[-_]?(\d+)|isso-(\d+)|c(\d{12,})")
_WITH_PARENT = re.compile(r"(?:wpd|wc)-comm-(\d+)_(\d+)")
_DEPTH = re.compile(r"(?:^|\s)(?:depth-|wpd_comment_level-|wc_comment_level-|comment-level-|level-)(\d+)(?:\s|$)")
_PING = re.compile(r"(?:^|\s)(?:pingback|trackback|comment-type-(?:pingback|trackback))(?:\s|$)")
_LIST_ITEM = re.compile(r"(?:^|\s)(?:comment|pingback|trackback|c-comment__list-item|comment-set)(?:\s|$)")
_UNNUMBERED = re.compile(
    r"(?:^|\s)(?:wpd-comment|wc-comment|entry-comment-contents|js-bookmark-item|isso-comment)(?:\s|$)"
)
_NO_CONTAINER = frozenset(
    (
        "a",
        "span",
        "p",
        "b",
        "i",
        "em",
        "strong",
        "img",
        "input",
        "textarea",
        "label",
        "form",
        "button",
        "script",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    )
)


class Candidate(NamedTuple):
    """What the element says about a comment that it may hold.

    ``sure`` is False for names that also stand on parts of a comment; ``container`` is False for elements that only
    name the comment around them. ``opens_siblings`` marks the first of several siblings that hold one comment
    together, as ``<dt>`` does; ``stops`` marks a sibling that belongs to none, and ``byline`` one that
    holds nothing but who and when.
    """

    number: str | None = None
    parent_number: str | None = None
    depth: int | None = None
    ping: bool = False
    sure: bool = True
    container: bool = True
    opens_siblings: bool = False
    stops: bool = False
    byline: bool = False


def find_candidates(tree: LexborHTMLParser) -> dict[int, tuple[LexborNode, Candidate]]:
    """Elements that may hold a comment, in document order, by their identity in the DOM."""
    found: dict[int, tuple[LexborNode, Candidate]] = {}
    for node in tree.css(_SELECTOR):
        if (candidate := _candidate(node)) is not None:
            found[node.mem_id] = (node, candidate)
    return found


def _candidate(node: LexborNode) -> Candidate | None:
    attributes, tag = node.attributes, node.tag or ""
    names, identifier = attributes.get("class") or "", attributes.get("id") or ""
    depth_match = _DEPTH.search(names) if "l-" in names or "h-" in names else None
    depth = int(depth_match[1]) if depth_match and len(depth_match[1]) < 7 else None
    ping = "back" in names and _PING.search(names) is not None
    if match := _WITH_PARENT.fullmatch(identifier):
        return Candidate(match[1], match[2] if match[2] != "0" else None, depth, ping)
    if answer := attributes.get("data-answerid"):
        return Candidate(f"post-{answer}")
    if match := _NUMBERED.fullmatch(identifier):
        return Candidate(match[1] or match[2] or match[3], None, depth, ping, container=tag not in _NO_CONTAINER)
    if tag == "li" and identifier.startswith("post-") and identifier[5:].isdigit() and "post" in names.split():
        return Candidate(identifier[5:], None, depth, ping)
    if tag in _NO_CONTAINER:
        return None
    if (tag in ("li", "dt") and _LIST_ITEM.search(names)) or _UNNUMBERED.search(names):
        return Candidate(None, None, depth, ping)
    if "itemtype" in attributes or ("itemprop" in attributes and "itemscope" in attributes):
        return Candidate(None, None, depth, ping)
    if tag == "li" and not identifier.startswith("comment"):
        return Candidate(None, None, depth, ping)
    return Candidate(None, None, depth, ping, sure=False) if "comment" in names.split() and tag != "dd" else None
