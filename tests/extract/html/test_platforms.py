"""Blogger, Disqus, StackExchange, definition lists, Hatena, Yahoo! News Japan and Think!."""

from __future__ import annotations

import json

from pipeline.records import Kind, Votes, VotesKind
from tests.extract.html.pages import reasons, rows, threads, when


def blogger(number: int, name: str, text: str, replies: str = "") -> str:
    return f"""<li class="comment" id="c{number}"><div class="avatar-image-container"><img src="a.jpg"
      alt=""></div><div
      class="comment-block"><div class="comment-header"><cite class="user"><a
      href="https://www.blogger.com/profile/1">{name}
      </a></cite><span class="icon user "></span><span class="datetime secondary-text"><a
      href="https://example.jp/2022/02/lynx.html?showComment=1559192764955#c{number}">May 30, 2019 at 1:06 PM</a>
      </span></div>
      <p class="comment-content">{text}</p><span class="comment-actions secondary-text"><a
      class="comment-reply">Reply</a>
      <span class="item-control blog-admin"><a href="#">Delete</a></span></span></div><div
      class="comment-replies"><div
      class="comment-thread inline-thread"><span
      class="thread-toggle"><a>Replies</a></span><ol>{replies}</ol></div></div>
      </li>"""


def test_blogger() -> None:
    reply = blogger(2925100285921034305, "Liz", "Great")
    removed = "This comment has been removed by the author."
    gone = blogger(2925100285921034306, "X", f'<span class="deleted-comment">{removed}</span>')
    body = f"""<div id="comments" class="comments"><h4>3 comments:</h4><div id="comment-holder"><div
      class="comment-thread toplevel-thread"><ol
      id="top-ra">{blogger(7704569152969066600, "Iwona", "Nice :)", reply)}{gone}
      </ol></div></div></div>"""
    result = threads(body, lang="en")
    assert rows(result) == [
        ("Iwona", "2019-05-30T13:06", None, None, "Nice :)"),
        ("Liz", "2019-05-30T13:06", None, "Nice :)", "Great"),
    ]
    assert [post.site_id for post in result.posts] == ["7704569152969066600", "2925100285921034305"]
    assert reasons(result) == ["deleted"]


def test_blogger_classic_definition_list() -> None:
    body = """<div id="comments"><dl id="comments-block"><dt class="comment-author" id="c113287324563210458"><a
      name="c113287324563210458"></a><a href="https://www.blogger.com/profile/1">Ann</a> said...</dt><dd
      class="comment-body"><p>Hello
      <br>there</p></dd><dd class="comment-footer"><span class="comment-timestamp"><a
      href="#c113287324563210458">May 5, 2009 3:04 PM
      </a></span></dd><dt class="comment-author" id="c113287324563210459">Bo said...</dt><dd
      class="comment-body"><p>Yes</p></dd><dd
      class="comment-footer"><span class="comment-timestamp">May 6, 2009 3:04 PM</span></dd></dl></div>"""
    assert rows(threads(body, lang="en")) == [
        ("Ann", "2009-05-05T15:04", None, None, "Hello\nthere"),
        ("Bo", "2009-05-06T15:04", None, None, "Yes"),
    ]


def test_definition_list_of_a_wordpress_theme() -> None:
    body = """<dl id="comment_list"><dt class="comment even depth-1" id="comment-11"><span
      class="comment_author">Armanox</span>
      <span class="comment_time"><a href="#comment-11">June 28, 2015 at 10:25 pm</a></span></dt><dd
      class="comment even depth-1"><div class="format_text"
      id="comment-body-11"><p>Really?<br />And 89?</p></div></dd><dt
      class="comment odd depth-1" id="comment-12"><span class="comment_author">12</span> <span
      class="comment_time">June 29,
      2015 at 1:00 am</span></dt><dd class="comment"><div class="format_text"><p>100</p></div></dd></dl>"""
    assert rows(threads(body, lang="en")) == [
        ("Armanox", "2015-06-28T22:25", None, None, "Really?\nAnd 89?"),
        ("12", "2015-06-29T01:00", None, None, "100"),
    ]


def disqus(number: int, name: str, text: str, likes: str, children: str = "", extra: str = "") -> str:
    return f"""<li class="post" id="post-{number}"><div data-role="post-content" class="post-content"><div
      class="avatar"><a
      class="user"><img alt="Avatar"></a></div><div class="post-body"><header class="comment__header"><span
      class="post-byline"><span><span class="author publisher-anchor-color"><a
      href="#">{name}</a></span></span>{extra}
      </span><span class="post-meta"><span class="bullet time-ago-bullet">•</span><a class="time-ago"
      href="#comment-{number}" title="Thursday, May 21, 2015 3:32 AM">7 years ago</a></span></header><div
      class="post-body-inner"><div class="post-message-container"><div class="publisher-anchor-color"><div
      class="post-message"><div><p>{text}</p></div></div></div></div></div><footer class="comment__footer"><menu><li
      class="voting"><a class="vote-up"><span class="updatable count" data-role="likes">{likes}</span></a><span
      class="vote-down"><span class="updatable count" data-role="dislikes">1</span></span></li><li
      class="reply"><a>Reply</a>
      </li></menu></footer></div></div><ul class="children" data-role="children">{children}</ul></li>"""


def test_disqus_saved_as_dom() -> None:
    parent = '<span class="parent-link-container"><a class="parent-link">Ada</a></span>'
    inner = disqus(102, "Bob", "Second", "", extra=parent)
    result = threads(f'<ul id="post-list" class="post-list">{disqus(101, "Ada", "First", "4", inner)}</ul>', lang="en")
    assert rows(result) == [
        ("Ada", "2015-05-21T03:32", 4, None, "First"),
        ("Bob", "2015-05-21T03:32", None, "First", "Second"),
    ]
    assert result.posts[0].votes == Votes(4, VotesKind.UP, 1)


def test_disqus_thread_data() -> None:
    def post(number: int, parent: int | None, **more: object) -> dict[str, object]:
        return {
            "id": str(number),
            "parent": parent,
            "message": f"<p>本文{number}<br>改行 &amp; 記号</p>",
            "createdAt": "2022-02-21T03:32:10",
            "author": {"name": f"N{number}"},
            "likes": number,
            "dislikes": 0,
            "isDeleted": False,
        } | more

    posts = [post(2, 1), post(1, None), post(3, None, isDeleted=True, message="")]
    data = json.dumps({"response": {"posts": posts}})
    result = threads(f'<script type="text/json" id="disqus-threadData">{data}</script>')
    assert rows(result) == [
        ("N1", "2022-02-21T03:32:10", 1, None, "本文1\n改行 & 記号"),
        ("N2", "2022-02-21T03:32:10", 2, "本文1\n改行 & 記号", "本文2\n改行 & 記号"),
    ]
    assert [part.reason.value for part in result.skipped] == ["deleted"]


def test_broken_thread_data_gives_nothing() -> None:
    for data in ("{", "[" * 100_000, '{"response": {"posts": [1, null]}}', '{"response": []}'):
        assert threads(f'<script id="disqus-threadData">{data}</script>').posts == ()


def test_stackexchange_answers_and_comments() -> None:
    def comment(number: int, score: str, shown: str) -> str:
        return f"""<li id="comment-{number}" class="comment js-comment" data-comment-id="{number}"><div
          class="comment-actions"><div class="comment-score js-comment-edit-hide">{score}</div></div><div
          class="comment-text js-comment-text-and-form"><div class="comment-body"><span
          class="comment-copy">C{number} <i>x</i>
          </span><div class="d-inline-flex">&ndash;&nbsp;<a class="comment-user"
          href="/users/1/a">U{number}</a></div><span
          class="comment-date"><span title="2014-02-07 10:53:03Z, License: CC BY-SA 3.0"
          class="relativetime-clean">{shown}
          </span></span></div></div></li>"""

    body = f"""<div class="question" data-questionid="10"><div class="js-post-body" itemprop="text">Q</div><ul
      class="comments-list">{comment(1, '<span class="cool">1</span>', "Feb 7, 2014 at 10:53")}</ul></div><div
      id="answers">
      <div id="answer-20" class="answer js-answer" data-answerid="20" itemprop="suggestedAnswer"><div
      class="votecell"><div
      class="js-vote-count" itemprop="upvoteCount" data-value="22">22</div></div><div class="s-prose js-post-body"
      itemprop="text"><p>A20</p></div><div class="user-info"><div class="user-action-time">edited <span
      title="2015-01-01 00:00:00Z" class="relativetime">Jan 1, 2015 at 0:00</span></div></div><div
      class="user-info"><div
      class="user-action-time">answered <span title="2014-02-07 11:27:20Z"
      class="relativetime">Feb 7, 2014 at 11:27</span></div>
      <div class="user-details" itemprop="author"><a href="/users/2">Ann</a><span
      itemprop="name">Ann</span></div></div><ul
      class="comments-list">{comment(2, "", "3 hours ago")}</ul></div></div>"""
    result = threads(body, lang="en")
    assert [(row[0], row[2], row[3], row[4]) for row in rows(result)] == [
        ("U1", 1, None, "C1 x"),
        ("Ann", 22, None, "A20"),
        ("U2", None, "A20", "C2 x"),
    ]
    assert when(result.posts[0]) == "2014-02-07T10:53:03"
    assert when(result.posts[2]) == "2014-02-07T10:53:03"
    assert [post.site_id for post in result.posts] == ["1", "post-20", "2"]


def bookmark(user: str, text: str, tags: str = "") -> str:
    return f"""<div class="entry-comment-contents js-bookmark-item"><div class="entry-comment-contents-main"><a><img
      class="entry-user-icon" alt="{user}"></a><span class="entry-comment-username"><a
      href="/{user}/">{user}</a></span><span
      class="entry-comment-text js-bookmark-comment">{text}</span></div><div class="entry-comment-contents-foot"><ul
      class="entry-comment-tags">{tags}</ul><p class="entry-comment-meta"><span class="entry-comment-timestamp"><a
      href="/entry/1/comment/{user}">2022/02/21</a></span></p></div></div>"""


def test_hatena_bookmark_lists_hold_duplicates_and_silent_bookmarks() -> None:
    popular = bookmark("aaa", "秀逸", "<li><a>軍事</a></li>")
    recent = bookmark("bbb", "") + bookmark("ccc", "774") + popular
    body = f"""<div class="entry-comments"><div class="js-bookmarks-popular">{popular}</div><div
      class="js-bookmarks-recent">{recent}</div></div>"""
    result = threads(body)
    assert rows(result) == [("aaa", "2022-02-21", None, None, "秀逸"), ("ccc", "2022-02-21", None, None, "774")]
    assert sorted(reasons(result)) == ["duplicate", "empty"]


def test_hatena_blog() -> None:
    body = """<div class="comment-box js-comment-box"><ul class="comment js-comment"><li class="entry-comment"
      id="comment-6801883189077000000"><p class="comment-user-name"><a class="comment-user-id"
      href="http://blog.hatena.ne.jp/id1/"><span class="comment-nickname"
      data-user-name="id1">id:id1</span></a></p><div
      class="comment-content"><p>勉強になる</p></div><p class="comment-metadata"><time
      datetime="2022-02-21T03:34:56Z" data-relative>2022-02-21 12:34</time></p></li></ul></div>"""
    assert rows(threads(body)) == [("id:id1", "2022-02-21T03:34:56", None, None, "勉強になる")]


def yahoo(module: str, place: int, name: str, text: str, buttons: str, extra: str = "") -> str:
    hook = f"_cl_vmodule:{module};_cl_link:"
    return f"""<article class="sc-z8tf0-1 x{place}"><div><a><img alt=""></a></div><div class="sc-1"><div><h2><a
      href="https://news.yahoo.co.jp/users/u{place}"
      data-cl-params="{hook}profnm;_cl_position:{place};">{name}</a></h2><time>
      <a href="https://news.yahoo.co.jp/profile/comments/{place}aaaaaa-1111"
      data-cl-params="{hook}prmtime;">5時間前</a>
      </time>{extra}</div><p class="sc-2">{text}</p><div>{buttons}</div></div></article>"""


def reactions(module: str, *counts: str) -> str:
    links = ("agbtn1", "agbtn2", "disbtn1")
    words = ("共感した", "なるほど", "うーん")
    hook = f"_cl_vmodule:{module};_cl_link:"
    return "".join(
        f'<button data-cl-params="{hook}{link};cmt_id:1.{module};">{word}<span>{count}</span></button>'
        for link, word, count in zip(links, words, counts, strict=False)
    )


def test_yahoo_news_experts_readers_and_replies() -> None:
    hook = '<a data-cl-params="_cl_vmodule:cmt_pro;_cl_link:com;_cl_position:1;" hidden=""></a>'
    expert = yahoo(
        "cmt_pro",
        1,
        "中北",
        f'{hook}<span class="sc-9">解説</span>一段落<br>二段落<button>もっと見る</button>',
        '<button data-cl-params="_cl_vmodule:cmt_pro;_cl_link:ref;">参考になった<span>2411</span></button>',
        '<p class="sc-8">政治学者／大学教授</p>',
    )
    reader = yahoo("cmt_usr", 2, "lia*****", "読者の意見", reactions("cmt_usr", "1,020", "181", "28"))
    reply = yahoo("rep", 3, "tyr*****", "返信です", reactions("rep", "", "6", "0"))
    body = f"""<article id="comment-main"><header><h1><a>題</a></h1></header><ul><li>{expert}</li></ul><ul><li>
      <article>{reader}
      </article><div><ul><li><div>{reply}</div></li></ul></div></li></ul></article>"""
    result = threads(body)
    assert [(p.kind, p.author, p.affiliation, p.label, p.text) for p in result.posts] == [
        (Kind.EXPERT, "中北", "政治学者／大学教授", "解説", "一段落\n二段落"),
        (Kind.READER, "lia*****", None, None, "読者の意見"),
        (Kind.READER, "tyr*****", None, None, "返信です"),
    ]
    assert [p.votes for p in result.posts] == [
        Votes(2411, VotesKind.UP),
        Votes(1020, VotesKind.UP, 28),
        Votes(None, VotesKind.UP, 0),
    ]
    assert [p.parent_id for p in result.posts] == [None, None, result.posts[1].id]
    assert result.posts[0].posted_at is not None
    assert result.posts[0].posted_at.how.value == "relative"


def think(name: str, affiliation: str, label: str, text: str, time: str) -> str:
    return f"""<section class="x1a2"><div class="k9"><img alt="{name}のアバター" src="a.png"><div><p
      class="h3">{name}</p><p
      class="q">{affiliation}</p></div><button class="b"><span>コメントメニュー</span></button></div><p
      class="z">{label}</p>
      {text}<p class="t">{time}</p></section>"""


def test_think_posts_by_portrait_and_time() -> None:
    twice = "2021年12月31日 11:26 (2021年12月31日 11:27更新)"
    hidden = "<p>この投稿は現在非表示に設定されています</p>"
    body = f"""<main><article><p>本文 2021年12月30日</p></article><div class="r2">
      <h2>多様な観点からニュースを考える</h2>
      {think("岩間", "大学院 教授", "分析・考察", "<p>一。</p><p>二。</p>", twice)}
      {think("小平", "論説委員", "ひとこと解説", "<p>三。</p>", "2021年12月31日 12:04")}
      {think("無名", "教授", "", hidden, "")}</div></main>"""
    result = threads(body)
    assert [(p.kind, p.author, p.affiliation, p.label, p.text) for p in result.posts] == [
        (Kind.EXPERT, "岩間", "大学院 教授", "分析・考察", "一。\n二。"),
        (Kind.EXPERT, "小平", "論説委員", "ひとこと解説", "三。"),
    ]
    first, second = result.posts
    assert (when(first), first.updated_at and first.updated_at.value) == ("2021-12-31T11:26", "2021-12-31T11:27")
    assert (when(second), second.updated_at) == ("2021-12-31T12:04", None)
    assert [part.reason.value for part in result.skipped] == ["deleted"]
