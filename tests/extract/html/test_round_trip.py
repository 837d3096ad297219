"""Generated threads, rendered in the mark-up of each system, come back exactly."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.extract.html.pages import rows, threads

Row = tuple[str | None, str | None, int | None, str | None, str]


@dataclass(frozen=True)
class Comment:
    """One generated comment; ``name`` and ``votes`` are None where the page shows none."""

    number: int
    name: str | None
    minute: int
    votes: int | None
    lines: tuple[str, ...]
    replies: tuple[Comment, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def time(self) -> str:
        return f"2022-02-21T12:{self.minute:02d}"

    @property
    def markup(self) -> str:
        return "<br />\n".join(html.escape(line) for line in self.lines)


# What trips readers up: bare numbers, ordinals, quote marks, kaomoji, dates inside a text, emoji, full-width forms.
LINES = st.sampled_from(
    [
        "賛成です。",
        "100",
        "3 件",
        "＞＞3 それは違う",
        ">>1 同意",
        "(-_-;)",
        "😀🇺🇦👍🏽",
        "2022年2月24日に始まった",
        "1. 一点目",
        "a < b && c > d",
        "「引用」と言った",
        "返信ありがとう",
        "①髙橋Ⅲ",
        "いいね 5",
        "https://example.jp/?a=1&b=2",
        "Hello, world: 12:34",
    ]
)
NAMES = st.one_of(
    st.none(),
    st.sampled_from(["774545", "名無し", "伝説のハムスター☆☆☆", "omg -_-", "A&B <x>", "12:34", "山田　太郎", "😀"]),
)


@st.composite
def comments(draw: st.DrawFn, deep: int = 3) -> tuple[Comment, ...]:
    """Threads of up to three levels; numbers are given in document order."""
    counter = iter(range(1, 1000))

    def level(depth: int) -> tuple[Comment, ...]:
        made = []
        for _ in range(draw(st.integers(1 if depth == 0 else 0, 3 if depth == 0 else 2))):
            number = next(counter)
            name, minute = draw(NAMES), draw(st.integers(0, 59))
            votes = draw(st.one_of(st.none(), st.integers(0, 99_999)))
            lines = tuple(draw(st.lists(LINES, min_size=1, max_size=3)))
            replies = level(depth + 1) if depth + 1 < deep else ()
            made.append(Comment(number, name, minute, votes, (f"第{number}の意見", *lines), replies))
        return tuple(made)

    return level(0)


def flat(thread: tuple[Comment, ...], parent: Comment | None = None) -> list[tuple[Comment, Comment | None]]:
    return [pair for c in thread for pair in [(c, parent), *flat(c.replies, c)]]


def expected(thread: tuple[Comment, ...], *, votes: bool) -> list[Row]:
    return [
        (c.name, c.time, c.votes if votes else None, above.text if above else None, c.text) for c, above in flat(thread)
    ]


def nested(render: Callable[[Comment, str], str], wrap: str, thread: tuple[Comment, ...]) -> str:
    return "".join(render(c, wrap.replace("{}", nested(render, wrap, c.replies)) if c.replies else "") for c in thread)


def core(c: Comment, replies: str) -> str:
    return f"""<li id="comment-{c.number}" class="comment depth-1"><article id="div-comment-{c.number}"
      class="comment-body">
      <footer class="comment-meta"><div class="comment-author vcard"><b class="fn">{html.escape(c.name or "")}</b>
      <span class="says">より:</span></div><div class="comment-metadata"><a href="#comment-{c.number}"><time
      datetime="{c.time}">2022年2月21日 12:{c.minute:02d}</time></a></div></footer><div
      class="comment-content"><p>{c.markup}</p></div><div class="reply"><a class="comment-reply-link">返信</a></div>
      </article>
      {replies}</li>"""


def tcd_with_likes(c: Comment, replies: str) -> str:
    shown = "" if c.votes is None else c.votes
    return f"""<li class="comment guest-comment" id="comment-{c.number}"><ul class="comment-name-date"><li
      class="comment-name"><span id="commentauthor-{c.number}">{html.escape(c.name or "")}</span><li
      class="comment-date">2022年 2月 21日 12:{c.minute:02d}</li></ul><div class="comment-content post">
      <p>{c.markup}</p><div
      class="cld-like-dislike-wrap"><div class="cld-like-wrap"><a class="cld-like-trigger"><i></i></a><span
      class="cld-like-count-wrap cld-count-wrap">{shown}</span></div></div></div>{replies}</li>"""


def wpdiscuz(c: Comment, replies: str) -> str:
    vote = (
        "" if c.votes is None else f'<div class="wpd-vote-result" title="{c.votes}">{c.votes // 1000 or c.votes}k</div>'
    )
    return f"""<div id="wpd-comm-{c.number}_0" class="comment wpd-comment wpd_comment_level-1"><div
      class="wpd-comment-wrap">
      <div id="comment-{c.number}" class="wpd-comment-right"><div class="wpd-comment-header"><div
      class="wpd-comment-author">{html.escape(c.name or "")}</div><div class="wpd-comment-date"
      title="2022年2月21日 12:{c.minute:02d}">3 年前</div></div><div class="wpd-comment-text"><p>{c.markup}</p>
      </div><div
      class="wpd-comment-footer"><div class="wpd-vote">{vote}</div></div></div></div>{replies}</div>"""


def blogger(c: Comment, replies: str) -> str:
    return f"""<li class="comment" id="c{10_000_000 + c.number}"><div class="comment-block"><div
      class="comment-header"><cite
      class="user">{html.escape(c.name or "")}</cite><span class="icon user"></span><span
      class="datetime secondary-text"><a
      href="?showComment=1#c{10_000_000 + c.number}">2022年2月21日 12:{c.minute:02d}</a></span></div><p
      class="comment-content">{c.markup}</p><span class="comment-actions"><a class="comment-reply">返信</a></span>
      </div><div
      class="comment-replies"><ol>{replies}</ol></div></li>"""


def microdata(c: Comment, replies: str) -> str:
    vote = "" if c.votes is None else f'<span itemprop="upvoteCount">{c.votes}</span>'
    return f"""<div itemprop="comment" itemscope itemtype="https://schema.org/Comment" id="comment-{c.number}"><span
      itemprop="name">{html.escape(c.name or "")}</span><time itemprop="datePublished"
      datetime="{c.time}">2/21</time><div
      itemprop="text">{c.markup}</div>{vote}{replies}</div>"""


LAYOUTS = {
    "core": (core, '<ol class="children">{}</ol>', '<ol class="comment-list">{}</ol>', False),
    "tcd": (tcd_with_likes, '<ul class="children">{}</ul>', '<ol class="commentlist">{}</ol>', True),
    "wpdiscuz": (wpdiscuz, "{}", '<div class="wpd-thread-list">{}</div>', True),
    "blogger": (blogger, "{}", '<div id="comments"><ol>{}</ol></div>', False),
    "microdata": (microdata, "{}", "<section>{}</section>", True),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(thread=comments())
def test_nested_layouts(layout: str, thread: tuple[Comment, ...]) -> None:
    render, wrap, section, votes = LAYOUTS[layout]
    result = threads(f"<article><p>本文</p></article>{section.replace('{}', nested(render, wrap, thread))}")
    assert rows(result) == expected(thread, votes=votes)


@settings(max_examples=40, deadline=None)
@given(thread=comments(deep=1))
def test_definition_list(thread: tuple[Comment, ...]) -> None:
    body = "".join(
        f"""<dt class="comment" id="comment-{c.number}"><span
        class="comment_author">{html.escape(c.name or "")}</span> <span
        class="comment_time">2022年2月21日 12:{c.minute:02d}</span></dt><dd class="comment"><p>{c.markup}</p></dd>"""
        for c in thread
    )
    assert rows(threads(f"<dl>{body}</dl>")) == expected(thread, votes=False)


@settings(max_examples=40, deadline=None)
@given(thread=comments())
def test_disqus_thread_data(thread: tuple[Comment, ...]) -> None:
    posts = [
        {
            "id": str(c.number),
            "parent": above.number if above else None,
            "message": f"<p>{c.markup}</p>",
            "createdAt": c.time,
            "author": {"name": c.name},
            "likes": c.votes,
        }
        for c, above in flat(thread)
    ]
    data = json.dumps({"response": {"posts": posts}}).replace("</", "<\\/")
    assert rows(threads(f'<script id="disqus-threadData">{data}</script>')) == expected(thread, votes=True)


@settings(max_examples=40, deadline=None)
@given(thread=comments())
def test_the_same_page_gives_the_same_posts(thread: tuple[Comment, ...]) -> None:
    render, wrap, section, _ = LAYOUTS["tcd"]
    body = section.replace("{}", nested(render, wrap, thread))
    first, second = threads(body), threads(body)
    assert first.posts == second.posts
    assert len({post.id for post in first.posts}) == len(first.posts)
