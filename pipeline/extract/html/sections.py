"""Where comments stand: the section around them, and lists that belong to other pages."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

_SECTION = re.compile(
    r"(?:^|\s)(?:[a-z]+[-_])?(?:comments?|comments?[-_]?(?:area|list|section|wrap(?:per)?|container|block|box|holder|thread"
    r"|template|main|content)|commentlist|commentarea|wpdcom|wpd-threads|wc[-_]?threadwrapper|wpcomm|disqus_thread|dsq-comments"
    r"|comment-thread|p-comment|c-comment|wp-block-comments|bookmarks)(?:\s|$)",
    re.IGNORECASE,
)
_WIDGET = re.compile(
    r"(?:^|\s)(?:widget|widgets?[-_](?:area|recent[-_]comments)|widget_[a-z_]*comments|sidebar|side|sidemenu|recent[-_]?comments?"
    r"|latest[-_]?comments?|wp-block-latest-comments|secondary|sidebar-\w+|plugin-comment)(?:\s|$)",
    re.IGNORECASE,
)
_MAIN = re.compile(r"(?:^|\s)(?:comments?-area|comments?-section|comment-?list)(?:\s|$)", re.IGNORECASE)
_STOP = frozenset(("body", "main", "article", "html"))
_CLIMB = 40


def section_of(node: LexborNode) -> tuple[LexborNode, bool]:
    """The outermost comment section around a comment (else its parent), and whether it is a sidebar's list."""
    best: LexborNode | None = None
    widget = False
    above = node.parent
    steps = 0
    while above is not None and above.tag not in _STOP and steps < _CLIMB:
        names = names_of(above)
        if names and _SECTION.search(names) and not _WIDGET.search(names):
            best, widget = above, False
        elif (names and _WIDGET.search(names)) or above.tag == "aside":
            widget = True
        above = above.parent
        steps += 1
    if best is not None:
        return best, _inside_widget(best) if not _is_main(best) else False
    parent = node.parent
    return (parent if parent is not None and parent.tag not in _STOP else node), widget


def names_of(node: LexborNode) -> str:
    """Id and class names of an element in one string."""
    attributes = node.attributes
    return f"{attributes.get('id') or ''} {attributes.get('class') or ''}".strip()


def _is_main(node: LexborNode) -> bool:
    return (node.attributes.get("id") or "").lower() in (
        "comments",
        "comment",
        "wpdcom",
        "disqus_thread",
        "commentlist",
    )


def _inside_widget(node: LexborNode) -> bool:
    above = node.parent
    # Some themes put the page's own thread into an <aside>; a sidebar's list of comments has none of these names.
    main = _MAIN.search(names_of(node)) is not None
    for _ in range(_CLIMB):
        if above is None or above.tag in _STOP:
            return False
        if (above.tag == "aside" and not main) or _WIDGET.search(names_of(above)):
            return True
        above = above.parent
    return False
