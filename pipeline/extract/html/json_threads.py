"""Comments that a page holds as JSON: Disqus' thread data, and schema.org comments in JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from pipeline.extract.dates import parse_date
from pipeline.extract.html.items import Item
from pipeline.extract.html.visible import markup_text
from pipeline.extract.votes import make_votes, parse_count
from pipeline.records import Dated, SkipReason

_COMMENT_TYPES = frozenset(("comment", "usercomments", "answer", "discussionforumposting", "socialmediaposting"))
_CHILDREN = ("comment", "comments", "suggestedAnswer", "acceptedAnswer")


def disqus_items(tree: LexborHTMLParser) -> list[Item]:
    """Posts of ``script#disqus-threadData``, in its order."""
    for script in tree.css("script#disqus-threadData"):
        data = _load(script.text() or "")
        response = data.get("response") if isinstance(data, dict) else None
        posts = response.get("posts") if isinstance(response, dict) else None
        if isinstance(posts, list):
            return _disqus(_parents_first([post for post in posts if isinstance(post, dict)]))
    return []


def _disqus(posts: list[dict[str, Any]]) -> list[Item]:
    items: list[Item] = []
    index: dict[str, int] = {}
    for post in posts:
        author = post.get("author")
        message = post.get("message") or post.get("raw_message") or ""
        reason = SkipReason.DELETED if post.get("isDeleted") else SkipReason.SPAM if post.get("isSpam") else None
        number = str(post["id"]) if post.get("id") is not None else None
        if number is not None:
            index[number] = len(items)
        items.append(
            Item(
                text=markup_text(str(message)),
                author=_text(author.get("name")) if isinstance(author, dict) else _text(author),
                posted_at=_date(post.get("createdAt")),
                votes=make_votes(_count(post.get("likes")), _count(post.get("dislikes")), _count(post.get("points"))),
                number=number,
                parent=index.get(str(post.get("parent"))),
                reason=reason,
            )
        )
    return items


def _parents_first(posts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Posts in their order, but none before its parent (pages may list the newest first)."""
    by_id = {str(post.get("id")): post for post in posts}
    done: set[int] = set()
    ordered: list[dict[str, Any]] = []
    for post in posts:
        chain: list[dict[str, Any]] = []
        current: dict[str, Any] | None = post
        while current is not None and id(current) not in done:
            done.add(id(current))
            chain.append(current)
            current = by_id.get(str(current.get("parent")))
        ordered += reversed(chain)
    return ordered


def json_ld_items(tree: LexborHTMLParser) -> list[Item]:
    """Comments of all JSON-LD blocks: those under an article or question, their replies, and lists of comments."""
    items: list[Item] = []
    seen: set[int] = set()
    for script in tree.css('script[type="application/ld+json"]'):
        text = script.text() or ""
        if "omment" in text or "Answer" in text or "reply" in text.lower():
            _collect(_load(text), items, seen)
    return items


def _collect(root: Any, items: list[Item], seen: set[int]) -> None:
    """Walk with a stack of (value, index of the comment above, whether a comment is expected here)."""
    named: dict[str, int] = {}
    stack: list[tuple[Any, int | None, bool]] = [(root, None, False)]
    while stack:
        value, above, expected = stack.pop()
        if isinstance(value, list):
            stack += [(part, above, expected) for part in reversed(value)]
        elif isinstance(value, dict) and id(value) not in seen:
            seen.add(id(value))
            here = above
            if _is_comment(value, expected):
                parent = value.get("parentItem")
                if above is None and isinstance(parent, dict):
                    above = named.get(str(parent.get("@id")))
                here = len(items)
                items.append(_item(value, above))
                if value.get("@id"):
                    named[str(value["@id"])] = here
            children = [(value[key], here, True) for key in _CHILDREN if key in value]
            others = [
                (part, here, False)
                for key, part in value.items()
                if key not in _CHILDREN and key not in ("author", "parentItem") and isinstance(part, dict | list)
            ]
            stack += reversed(children + others)


def _is_comment(value: dict[str, Any], expected: bool) -> bool:
    types = {kind.rsplit("/", 1)[-1].lower() for kind in _strings(value.get("@type"))}
    if not (value.get("text") or value.get("commentText") or value.get("articleBody")):
        return False
    return bool(types & _COMMENT_TYPES) if expected else bool(types & {"comment", "usercomments"})


def _item(value: dict[str, Any], above: int | None) -> Item:
    up, down = _count(value.get("upvoteCount")), _count(value.get("downvoteCount"))
    statistics = value.get("interactionStatistic")
    for statistic in statistics if isinstance(statistics, list) else [statistics]:
        if isinstance(statistic, dict):
            kind = " ".join(_strings(statistic.get("interactionType")) or _strings_of_type(statistic))
            count = _count(statistic.get("userInteractionCount"))
            if "DislikeAction" in kind:
                down = down if down is not None else count
            elif "LikeAction" in kind:
                up = up if up is not None else count
    author = value.get("author") or value.get("creator")
    author = author[0] if isinstance(author, list) and author else author
    number = value.get("identifier") or value.get("@id")
    return Item(
        text=markup_text(str(value.get("text") or value.get("commentText") or value.get("articleBody") or "")),
        author=_text(author.get("name")) if isinstance(author, dict) else _text(author),
        posted_at=_date(value.get("datePublished") or value.get("dateCreated") or value.get("commentTime")),
        updated_at=_date(value.get("dateModified")),
        votes=make_votes(up, down),
        number=str(number) if isinstance(number, str | int) else None,
        parent=above,
    )


def _strings_of_type(statistic: dict[str, Any]) -> Iterator[str]:
    kind = statistic.get("interactionType")
    return iter(_strings(kind.get("@type")) if isinstance(kind, dict) else ())


def _strings(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(part for part in value if isinstance(part, str)) if isinstance(value, list) else ()


def _load(text: str) -> Any:
    """Parsed JSON, or None where it is broken or nested beyond what the parser takes."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _count(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    return value if isinstance(value, int) else parse_count(value) if isinstance(value, str) else None


def _date(value: Any) -> Dated | None:
    return parse_date(value) if isinstance(value, str) else None


def _text(value: Any) -> str | None:
    return re.sub(r"[ \t\r\n\f]+", " ", value).strip(" ") or None if isinstance(value, str) else None
