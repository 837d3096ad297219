"""What an element of a comment is for, told from its tag and class names.

The names are those that WordPress, its themes and comment plug-ins, Blogger, Disqus, Hatena, FC2, livedoor and other
systems document or print; they follow a few habits (``comment-author``, ``comment__date``, ``wpd-comment-text``), so
patterns cover themes that were never seen. A strong name says what the element holds; a weak one is a wrapper.
"""

from __future__ import annotations

import re
from enum import IntEnum, auto
from functools import lru_cache


class Role(IntEnum):
    """What the text of an element is."""

    AUTHOR = auto()
    DATE = auto()
    CONTENT = auto()
    META = auto()
    FURNITURE = auto()
    NOTICE = auto()
    UP = auto()
    DOWN = auto()
    NET = auto()
    CHILDREN = auto()
    TITLE = auto()


# Names of their own: a member is read from its enumeration in ten times the time of a name (Python 3.11), and the walk
# asks at every element.
AUTHOR, DATE, CONTENT, META, FURNITURE, NOTICE, UP, DOWN, NET, CHILDREN, TITLE = Role
STRONG, WEAK = 0, 1
Part = tuple[Role, int]

# Order is precedence: an element with several names gets the first role that any of them has.
_NAMES: tuple[tuple[Role, int, tuple[str, ...]], ...] = (
    (
        Role.DOWN,
        STRONG,
        (
            r"(?:.*-)?(?:dislike-count-wrap|vote-result-dislike|ulike-counter-down|dislikes?(?:-count|-num))",
            r"(?:.*-)?(?:down-?votes?-count|votes?-down-count|thumbs?-?down-count|bad-count)",
        ),
    ),
    (
        Role.UP,
        STRONG,
        (
            r"(?:.*-)?(?:like-count-wrap|vote-result-like|ulike-counter-up|likes?(?:-count|-num|-counter))",
            r"(?:.*-)?(?:up-?votes?-count|votes?-up-count|thumbs?-?up-count|good-count)|comment-like-feedback",
        ),
    ),
    (Role.NET, STRONG, (r"(?:.*-)?(?:vote-result|votesum|votes?-count|comment-score|vote-score|score|karma)",)),
    (
        Role.FURNITURE,
        STRONG,
        (
            r"says|screen-reader-text|sr-only|avatar(?:-.*)?|user-avatar|thread-toggle|expand|continue|report|parent-link.*",
            r"comment-(?:number|num|no|count|index|order|rank)|entry-comment-tags|.*-thumbnail|.*nicename",
            r".*comment-?link|comment-permalink|.*(?:comment-|post-)?edit-link|.*comment-?label",
            r"reply|reply-link|comment-reply|.*comment-reply-?link|(?:comment|item)-act(?:ions?|s)?|.*item-act",
            r"item-control.*|comment-(?:links|toolbar|tools|buttons?|menu|avatar|respond|replybox.*|form|share)",
            r"vote-(?:up|down)|.*like-trigger|comment-likes|comment-like-link|upvote|downvote|.*(?:star|likes?)-?(?:btn|button)",
        ),
    ),
    (
        Role.NOTICE,
        STRONG,
        (r"comment-awaiting-moderation|.*item-note|comment-note|deleted-comment|comment-deleted|.*-deleted",),
    ),
    (
        Role.DATE,
        STRONG,
        (
            r"(?!.*name-date)(?:.*-)?(?:comment|item|post|posted|published?|entry|created|update)?-?"
            r"(?:date|time|datetime|timestamp|time-?ago|posted-(?:on|at)|relativetime(?:-clean)?|time-style)",
            r"published|dtreviewed|comment-?day",
        ),
    ),
    (
        Role.AUTHOR,
        STRONG,
        (
            r"(?:.*-)?(?:author|(?:post)?user|commenter|poster|nick|handle|display|commentator|contributor)-?name",
            r"(?:.*-)?comment-?(?:name|user-?name|user-?id|user|nick)|(?:.*-)?(?:comment-)?item-name",
            r"fn|nickname|commenter|comment-by|user-id",
        ),
    ),
    (
        Role.CONTENT,
        STRONG,
        (
            r"(?:.*-)?comment-?(?:content|text|txt|copy|message|msg|entry|main-?text|desc(?:ription)?|detail)",
            r"(?:.*-)?comment-?(?:sentence|paragraph)|(?:.*-)?comment-item-body|comment-body-text|cmtbody",
            r"post-(?:message|content)|format-text|isso-text",
        ),
    ),
    (
        Role.CHILDREN,
        STRONG,
        (
            r"children|indented|(?:comment-)?replies|replys|comment-?children|child-comments?|sub-?comments?",
            r"(?:comment-)?reply-?list",
        ),
    ),
    (
        Role.META,
        WEAK,
        (
            r"(?:.*-)?comment-?(?:meta-?data|meta(?:-.*)?|info|header|head|heading|footer|foot|data|details)",
            r"meta|posted|post-meta|details|otherdetails|sub-footer|(?:.*-)?item-(?:header|meta)|comment-name-date|user-info",
        ),
    ),
    (
        Role.AUTHOR,
        WEAK,
        (
            r"(?:.*-)?(?:comment-?)?author|by|posted-by|commentator|.*-user|byline|(?!.*(?:file|site|blog|category|tag|product)-name).*-name|(?:.*-)?item-author|vcard|user|name|post-byline",
        ),
    ),
    (Role.TITLE, STRONG, (r"(?:.*-)?comment-?(?:title|subject)|sub-title",)),
    (
        Role.CONTENT,
        WEAK,
        (
            r"(?:.*-)?comment-?(?:body|inner|main|block|box|wrap|right)|(?:.*-)?item-body",
            r"body|text|content|message|sub-body|comment|usertext(?:-body)?",
        ),
    ),
)
_COMPILED = tuple((role, rank, re.compile("|".join(names))) for role, rank, names in _NAMES)
_MOST_NAMES, _LONGEST = 30, 60
_SEPARATORS = re.compile(r"_+|--+")


@lru_cache(maxsize=4096)
def part_of(tag: str, names: str) -> Part | None:
    """Role and rank of an element from its tag and class attribute; None where they say nothing."""
    tokens = [_SEPARATORS.sub("-", token) for token in names.lower().split()[:_MOST_NAMES] if len(token) <= _LONGEST]
    for role, rank, pattern in _COMPILED:
        for token in tokens:
            if pattern.fullmatch(token):
                return role, rank
    if tag == "time":
        return Role.DATE, STRONG
    if tag == "cite" or (tag == "a" and "url" in tokens):
        return Role.AUTHOR, WEAK
    return None


# schema.org property names inside a comment (Comment, UserComments, Answer), and Disqus' roles of its counters.
ITEM_PROPERTIES: dict[str, Part] = {
    "text": (Role.CONTENT, STRONG),
    "commenttext": (Role.CONTENT, STRONG),
    "description": (Role.CONTENT, WEAK),
    "author": (Role.AUTHOR, WEAK),
    "creator": (Role.AUTHOR, WEAK),
    "name": (Role.AUTHOR, STRONG),
    "datepublished": (Role.DATE, STRONG),
    "datecreated": (Role.DATE, STRONG),
    "commenttime": (Role.DATE, STRONG),
    "upvotecount": (Role.UP, STRONG),
    "downvotecount": (Role.DOWN, STRONG),
}
DATA_ROLES: dict[str, Part] = {"likes": (Role.UP, STRONG), "dislikes": (Role.DOWN, STRONG)}
