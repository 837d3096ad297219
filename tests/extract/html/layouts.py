# ruff: noqa: E501 -- mark-up reads best as a page has it
"""One thread in the mark-up of many themes, plug-ins and systems: each layout renders a comment and its replies.

A layout gets the number, name and text of a comment and its replies as rendered; the time is the same everywhere.
Only facts of mark-up are theirs: every word is of these tests.
"""

from __future__ import annotations

from collections.abc import Callable

ISO, WRITTEN = "2022-02-21T12:34:56+09:00", "2022年2月21日 12:34"
LINK = "https://example.jp/2022/02/lynx.html"
Layout = Callable[[int, str, str, str], str]


def _reply(n: int, name: str) -> str:
    return (
        f'<div class="reply"><a rel="nofollow" class="comment-reply-link" href="{LINK}?replytocom={n}#respond"'
        f' data-commentid="{n}" aria-label="{name} に返信">返信</a></div>'
    )


def twentyten(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li class="comment even thread-even depth-1" id="li-comment-{n}"><div id="comment-{n}">
    <div class="comment-author vcard"><img alt="" class="avatar avatar-40 photo" src="a.png"> <cite class="fn">{name}</cite>
    <span class="says">より:</span></div><!-- .comment-author .vcard -->
    <div class="comment-meta commentmetadata"><a href="{LINK}#comment-{n}">{WRITTEN} PM</a></div>
    <div class="comment-body"><p>{text}</p></div>{_reply(n, name)}</div><!-- #comment-##  -->
    {f'<ul class="children">{replies}</ul>' if replies else ""}</li>"""


def twentyeleven(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li class="comment even" id="li-comment-{n}"><article id="comment-{n}" class="comment">
    <footer class="comment-meta"><div class="comment-author vcard"><img class="avatar" alt=""><span class="fn">{name}</span>、
    <a href="{LINK}#comment-{n}"><time pubdate datetime="{ISO}">{WRITTEN} PM</time></a> <span class="says">のコメント:</span>
    </div></footer><div class="comment-content"><p>{text}</p></div>{_reply(n, name)}</article>
    {f'<ul class="children">{replies}</ul>' if replies else ""}</li>"""


def twentytwelve(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li class="comment even" id="li-comment-{n}"><article id="comment-{n}" class="comment">
    <header class="comment-meta comment-author vcard"><img class="avatar" alt=""><cite><b class="fn">{name}</b> </cite>
    <a href="{LINK}#comment-{n}"><time datetime="{ISO}">{WRITTEN} PM</time></a></header>
    <section class="comment-content comment"><p>{text}</p></section>{_reply(n, name)}</article>
    {f'<ol class="children">{replies}</ol>' if replies else ""}</li>"""


def twentynineteen(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li id="comment-{n}" class="comment even depth-1"><article id="div-comment-{n}" class="comment-body">
    <footer class="comment-meta"><div class="comment-author vcard"><a href="https://example.com" rel="external nofollow"
    class="url"><img class="avatar" alt=""><span class="fn">{name}</span> <span class="screen-reader-text says">より:</span></a>
    </div><div class="comment-metadata"><a href="{LINK}#comment-{n}"><time datetime="{ISO}" title="{WRITTEN}">{WRITTEN}</time>
    </a></div></footer><div class="comment-content"><p>{text}</p></div></article><div class="comment-reply">
    <a class="comment-reply-link" href="#" aria-label="{name} に返信">返信</a></div>
    {f'<ol class="children">{replies}</ol>' if replies else ""}</li>"""


def twentytwenty(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div id="comment-{n}" class="comment even depth-1 parent"><article id="div-comment-{n}" class="comment-body">
    <footer class="comment-meta"><div class="comment-author vcard"><img class="avatar" alt=""><span class="fn">{name}</span>
    <span class="screen-reader-text says">より:</span></div><div class="comment-metadata"><a href="{LINK}#comment-{n}">
    <time datetime="{ISO}" title="{WRITTEN}">{WRITTEN}</time></a></div></footer><div class="comment-content entry-content">
    <p>{text}</p></div><footer class="comment-footer-meta"><span class="comment-reply"><a class="comment-reply-link"
    aria-label="{name} に返信">返信</a></span></footer></article>{replies}</div><!-- #comment-## -->"""


def swell(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li class="comment even depth-1 c-commentList__item" id="comment-{n}"><div id="div-comment-{n}"
    class="comment-body"><div class="comment-author vcard"><img class="avatar" alt=""><cite class="fn">{name}</cite>
    <span class="says">より:</span></div><div class="comment-meta commentmetadata"><a href="{LINK}#comment-{n}">{WRITTEN}</a>
    &nbsp;&nbsp;<a class="comment-edit-link" href="#">(編集)</a></div><p>{text}</p>{_reply(n, name)}</div>
    {f'<ul class="children">{replies}</ul>' if replies else ""}</li>"""


def stinger(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li class="comment even" id="li-comment-{n}"><div id="comment-{n}"><div class="comment-listCon">
    <div class="comment-info"><img class="avatar" alt="">名前：<cite class="comment-name">{name}</cite> <time class="comment-meta">
    投稿日：{WRITTEN}</time></div><div class="comment-body"><p>{text}</p></div>{_reply(n, name)}</div></div>
    {f'<ul class="children">{replies}</ul>' if replies else ""}</li>"""


def jin(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li class="comment byuser even" id="li-comment-{n}"><div id="comment-{n}" class="comment-wrapper">
    <div class="comment-icon"><img class="avatar" alt=""></div><div class="comment-detail"><span class="comment-user-name">{name}
    </span><span class="comment-day"><i class="jic jin-ifont-watch"></i>{WRITTEN}</span></div><div class="comment-txt">
    <p>{text}</p></div><span class="comment-reply-btn"><a class="comment-reply-link" href="#">返信する</a></span></div>
    {f'<ul class="children">{replies}</ul>' if replies else ""}</li>"""


def astra(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li class="comment even depth-1" id="li-comment-{n}"><article id="comment-{n}" class="ast-comment">
    <div class="ast-comment-info"><div class="ast-comment-avatar-wrap"><img class="avatar" alt=""></div>
    <header class="ast-comment-meta ast-row ast-comment-author capitalize"><div class="ast-comment-cite-wrap"><cite>
    <b class="fn">{name}</b> </cite></div><div class="ast-comment-time ast-col-lg-12"><span class="timendate">
    <a href="{LINK}#comment-{n}"><time datetime="{ISO}">{WRITTEN}</time></a></span></div></header></div>
    <section class="ast-comment-content comment"><p>{text}</p><div class="ast-comment-edit-reply-wrap">
    <span class="ast-reply-link"><a class="comment-reply-link" href="#">返信</a></span></div></section></article>
    {f'<ol class="children">{replies}</ol>' if replies else ""}</li>"""


def generatepress(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li id="comment-{n}" class="comment even depth-1"><article class="comment-body" id="div-comment-{n}"
    itemtype="https://schema.org/Comment" itemscope><footer class="comment-meta" aria-label="コメント メタ"><img alt=""
    class="avatar"><div class="comment-author-info"><div class="comment-author vcard" itemprop="author"
    itemtype="https://schema.org/Person" itemscope><cite itemprop="name" class="fn">{name}</cite></div>
    <div class="entry-meta comment-metadata"><a href="{LINK}#comment-{n}"><time datetime="{ISO}" itemprop="datePublished">
    {WRITTEN}</time></a></div></div></footer><div class="comment-content" itemprop="text"><p>{text}</p>
    <span class="reply"><a class="comment-reply-link" href="#">返信</a></span></div></article>
    {f'<ol class="children">{replies}</ol>' if replies else ""}</li>"""


def divi(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li class="comment even" id="li-comment-{n}"><article id="comment-{n}" class="comment-body clearfix">
    <div class="comment_avatar"><img class="avatar" alt=""></div><div class="comment_postinfo"><span class="fn">{name}</span>
    <span class="comment_date">on {WRITTEN} PM</span></div><div class="comment_area"><div class="comment-content clearfix">
    <p>{text}</p><span class="reply-container"><a class="comment-reply-link" href="#">返信</a></span></div></div></article>
    {f'<ul class="children">{replies}</ul>' if replies else ""}</li>"""


def avada(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li class="comment even" id="comment-{n}"><div class="the-comment"><div class="avatar"><img alt=""></div>
    <div class="comment-box"><div class="comment-author meta"><strong>{name}</strong>{WRITTEN}<a
    class="comment-reply-link" href="#"> - 返信</a></div><div class="comment-text"><p>{text}</p></div></div></div>
    {f'<ul class="children">{replies}</ul>' if replies else ""}</li>"""


def newspaper(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li class="comment" id="comment-{n}"><article><footer><img class="avatar" alt=""><cite>{name}</cite>
    <a class="comment-link" href="#comment-{n}"><time pubdate="1645414496">{WRITTEN}</time></a></footer>
    <div class="comment-content"><p>{text}</p></div><div class="comment-meta" id="comment-meta-{n}"><a
    class="comment-reply-link" href="#">返信</a></div></article>
    {f'<ul class="children">{replies}</ul>' if replies else ""}</li>"""


def movable_type(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div class="comment" id="comment-{n}"><div class="inner"><div class="comment-header"><div
    class="asset-meta"><span class="byline"><span class="vcard author">{name}</span> | <a href="#comment-{n}"><abbr
    class="published" title="{ISO}">{WRITTEN}</abbr></a></span></div></div><div class="comment-content"><p>{text}</p></div>
    </div></div>{replies}"""


def isso(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div class="isso-comment" id="isso-{n}"><div class="isso-avatar"><svg></svg></div>
    <div class="isso-text-wrapper"><div class="isso-comment-header" role="meta"><span class="isso-author">{name}</span>
    <span class="isso-spacer">•</span><a class="isso-permalink" href="#isso-{n}"><time title="{ISO}" datetime="{ISO}">4年前</time>
    </a></div><div class="isso-text"><p>{text}</p></div><div class="isso-comment-footer"><a class="isso-upvote" href="#">
    <svg></svg></a><span class="isso-spacer">|</span><a class="isso-downvote" href="#"><svg></svg></a><a class="isso-reply"
    href="#">返信</a></div></div><div class="isso-follow-up">{replies}</div></div>"""


def drupal(n: int, name: str, text: str, replies: str) -> str:
    return f"""<article data-comment-user-id="0" id="comment-{n}" class="comment js-comment">
    <mark class="hidden" data-comment-timestamp="1645414496"></mark><footer class="comment__meta"><p
    class="comment__author"><span>{name}</span></p><p class="comment__time">{WRITTEN}</p><p class="comment__permalink"><a
    href="/comment/{n}#comment-{n}" hreflang="ja">パーマリンク</a></p></footer><div class="comment__content"><div
    class="clearfix text-formatted field field--name-comment-body"><p>{text}</p></div><ul class="links inline"><li
    class="comment-reply"><a href="/comment/reply/{n}">返信</a></li></ul></div></article>
    {f'<div class="indented">{replies}</div>' if replies else ""}"""


def discourse(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div id="post_{n}" itemprop="comment" itemscope itemtype="http://schema.org/Comment"
    class="topic-body crawler-post"><div class="crawler-post-meta"><span class="creator" itemprop="author" itemscope
    itemtype="http://schema.org/Person"><a itemprop="url" href="https://example.jp/u/x"><span itemprop="name">{name}</span></a>
    </span><link itemprop="mainEntityOfPage" href="{LINK}"><span class="crawler-post-infos"><time itemprop="datePublished"
    datetime="{ISO}" class="post-time">{WRITTEN}</time><meta itemprop="dateModified" content="{ISO}"><span
    itemprop="position">{n}</span></span></div><div class="post" itemprop="text"><p>{text}</p></div></div>{replies}"""


def livedoor(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li id="comment-{n}" class="comment-list-item"><div class="comment-info"><span class="comment-number">{n}.
    </span><span class="comment-author">{name}</span><span class="comment-date">{WRITTEN}</span></div>
    <div class="comment-body">{text}</div><div class="comment-rate"><a class="good" href="#">良い</a></div></li>{replies}"""


def read_cgi(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div class="post" id="{n}" data-date="NG" data-userid="ID:abc{n}" data-id="{n}"><div class="meta"><span
    class="number">000{n}</span><span class="name"><b>{name}</b></span><span class="date">2022/02/21(月) 12:34:56.78</span>
    <span class="uid">ID:abc{n}</span></div><div class="message"><span class="escaped"> {text} </span></div></div>{replies}"""


def read_cgi_now(n: int, name: str, text: str, replies: str) -> str:
    return f"""<article id="{n}" class="clear post" data-date="NG" data-userid="ID:abc{n}" data-id="{n}">
    <details open class="post-header"><summary><span class="postid">000{n}</span><span class="postusername"><b>{name}</b></span>
    </summary><span class="date">2022/02/21(月) 12:34:56.78</span><span class="uid">ID:abc{n}</span></details>
    <section class="post-content"> {text} </section></article>{replies}"""


def board_dl(n: int, name: str, text: str, replies: str) -> str:
    return f"""<dt>{n} ：<font color="green"><b>{name}</b></font>：2022/02/21(月) 12:34:56.78 ID:abc{n}</dt>
    <dd> {text} <br><br></dd>{replies}"""


def matome(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div class="t_h">{n}: <span style="color: green; font-weight: bold;">{name}</span> <span
    style="color: gray;"> 2022/02/21(月) 12:34:56.78 ID:abc{n}</span></div><div class="t_b">{text}</div>{replies}"""


# The wrapper around a layout's comments, whether its replies nest, and whether the page gives the seconds.
WRAPPERS: dict[Layout, tuple[str, bool]] = {
    twentyten: ('<div id="comments"><h3 id="comments-title">題に3件のコメント</h3><ol class="commentlist">{}</ol></div>', True),
    twentyeleven: ('<div id="comments"><ol class="commentlist">{}</ol></div>', True),
    twentytwelve: ('<div id="comments" class="comments-area"><ol class="commentlist">{}</ol></div>', True),
    twentynineteen: (
        '<div id="comments" class="comments-area"><div class="comments-title-wrap"><h2 class="comments-title">会話に参加</h2>'
        '</div><ol class="comment-list">{}</ol></div>',
        True,
    ),
    twentytwenty: (
        '<div class="comments" id="comments"><div class="comments-header section-inner"><h2 class="comment-reply-title">'
        '“題”への3件のフィードバック</h2></div><div class="comments-inner section-inner">{}</div></div>',
        True,
    ),
    swell: (
        '<section id="comments" class="l-articleBottom__section p-commentArea"><h2 class="l-articleBottom__title c-secTitle">'
        'コメント</h2><h3 class="p-commentArea__title -for-list">コメント一覧 （3件）</h3><ul class="c-commentList">{}</ul>'
        "</section>",
        True,
    ),
    stinger: ('<div id="comments"><ol class="commets-list">{}</ol></div>', True),
    jin: (
        '<section id="comment-box"><div class="comment-box-inner"><div class="comment-list-title">COMMENT</div><ul'
        ' class="commets-list">{}</ul></div></section>',
        True,
    ),
    astra: ('<div id="comments" class="comments-area"><ol class="ast-comment-list">{}</ol></div>', True),
    generatepress: ('<div id="comments"><h2 class="comments-title">3件のコメント</h2><ol class="comment-list">{}</ol></div>', True),
    divi: ('<section id="comment-wrap"><h1 id="comments">3 Comments</h1><ol class="commentlist clearfix">{}</ol></section>', True),
    avada: ('<div id="comments" class="comments-container"><ol class="comment-list commentlist">{}</ol></div>', True),
    newspaper: ('<div class="comments" id="comments"><ol class="comment-list">{}</ol></div>', True),
    movable_type: ('<div id="comments" class="comments"><div class="comments-content">{}</div></div>', False),
    isso: ('<section id="isso-thread"><h4 class="isso-thread-heading">3 件のコメント</h4><div id="isso-root">{}</div></section>', True),
    drupal: ('<section class="field field--name-comment comment-wrapper"><h2 class="title">コメント</h2>{}</section>', True),
    discourse: ('<div itemscope itemtype="http://schema.org/DiscussionForumPosting">{}</div>', False),
    livedoor: (
        '<div class="article-comments" id="comments"><h3>コメント一覧</h3><ol class="comment-list">{}</ol></div>', False
    ),
    read_cgi: ('<div class="thread">{}</div>', False),
    read_cgi_now: ('<div id="thread" class="thread">{}</div>', False),
    board_dl: ('<dl class="thread">{}</dl>', False),
    matome: ('<div class="article-body-inner">{}</div>', False),
}  # fmt: skip
