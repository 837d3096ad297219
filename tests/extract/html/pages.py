"""Pages written for these tests, and a short view of what comes out of one."""

from __future__ import annotations

from pipeline.extract.html import ThreadResult, extract_threads
from pipeline.records import Media, Page, Post

URL = "https://example.jp/2022/02/lynx.html"


def threads(body: str, *, url: str | None = URL, head: str = "", lang: str = "ja") -> ThreadResult:
    """Threads of a page with this body."""
    text = f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return extract_threads(Page("page.html", Media.HTML, text, "digest", url=url))


def rows(result: ThreadResult) -> list[tuple[str | None, str | None, int | None, str | None, str]]:
    """(author, time, votes, text of the parent, text) of each post."""
    texts = {post.id: post.text for post in result.posts}
    return [
        (post.author, when(post), post.votes.value, texts[post.parent_id] if post.parent_id else None, post.text)
        for post in result.posts
    ]


def when(post: Post) -> str | None:
    """Value of the post's time, else what is written."""
    if post.posted_at is None:
        return None
    return post.posted_at.value or post.posted_at.raw


def reasons(result: ThreadResult) -> list[str]:
    """Reasons of the skipped parts, without the frame around the thread."""
    return [part.reason.value for part in result.skipped if part.span is not None]
