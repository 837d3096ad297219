# ruff: noqa: E501 -- mark-up reads best as a page has it
"""One thread in the mark-up of further themes, plug-ins and sites: see tests/extract/html/layouts.py."""

from __future__ import annotations

from tests.extract.html.layouts import ISO, LINK, WRITTEN, Layout


def wpdiscuz_7(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div id="wpd-comm-{n}_0" class="comment even thread-even depth-1 wpd-comment wpd_comment_level-1"><div class="wpd-comment-wrap wpd-blog-guest">
    <div class="wpd-comment-left"><div class="wpd-avatar"><img alt="{name}" class="avatar"></div></div><div id="comment-{n}" class="wpd-comment-right"><div class="wpd-comment-header">
    <div class="wpd-user-info"><div class="wpd-uinfo-top"><div class="wpd-comment-author">{name}</div><div class="wpd-comment-share wpd-hidden"><i class="fas"></i></div></div>
    <div class="wpd-uinfo-bottom"><div class="wpd-comment-date" title="{WRITTEN}"><i class="far fa-clock"></i> 4 年 前</div></div></div></div>
    <div class="wpd-comment-text"><p>{text}</p></div><div class="wpd-comment-footer"><div class="wpd-vote"><div class="wpd-vote-up wpd_not_clicked"><svg></svg></div>
    <div class="wpd-vote-down wpd_not_clicked"><svg></svg></div></div><div class="wpd-reply-button"><span>返信</span></div></div></div></div><div id="wpdiscuz_form_anchor-{n}_0"></div>{replies}</div>"""


def blocksy(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li id="comment-{n}" class="comment even depth-1 ct-has-avatar"><article class="ct-comment-inner" id="ct-comment-inner-{n}" itemprop="comment" itemscope itemtype="https://schema.org/Comment">
    <footer class="ct-comment-meta" itemprop="author" itemscope itemtype="https://schema.org/Person"><figure class="ct-media-container"><img alt="" class="avatar"></figure><h4 class="ct-comment-author">
    <cite itemprop="name">{name}</cite></h4><div class="ct-comment-meta-data"><a href="{LINK}#comment-{n}"><time datetime="{ISO}" itemprop="datePublished">{WRITTEN}</time></a>
    <a class="comment-reply-link" href="#">返信</a></div></footer><div class="ct-comment-content entry-content is-layout-flow" itemprop="text"><p>{text}</p></div></article>
    {f'<ol class="children">{replies}</ol>' if replies else ""}</li>"""


def kadence(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li id="comment-{n}" class="comment even"><article id="div-comment-{n}" class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><img alt="" class="avatar">
    <b class="fn">{name}</b><span class="says">より:</span></div><div class="comment-metadata"><a href="{LINK}#comment-{n}"><time datetime="{ISO}">{WRITTEN}</time></a></div></footer>
    <div class="comment-content"><p>{text}</p></div><div class="reply"><a class="comment-reply-link" href="#">返信</a></div></article>
    {f'<ol class="children">{replies}</ol>' if replies else ""}</li><!-- #comment-## -->"""


def the_thor(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li class="comment even commentList__item" id="li-comment-{n}"><div class="commentList__body" id="comment-{n}"><div class="commentList__header"><span class="commentList__name">{name}</span>
    <span class="commentList__date">{WRITTEN}</span></div><div class="commentList__text"><p>{text}</p></div></div>{f'<ul class="children">{replies}</ul>' if replies else ""}</li>"""


def sango(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div id="comment-{n}" class="comment cf"><article class="cf"><header class="comment-author vcard"><img class="load-gravatar avatar" alt=""><cite class="fn">{name}</cite>
    <time datetime="2022-02-21"><a href="{LINK}#comment-{n}">{WRITTEN} </a></time></header><section class="comment_content cf"><p>{text}</p></section>
    <a class="comment-reply-link" href="#">返信</a></article>{replies}</div>"""


def affinger(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li class="comment even" id="comment-{n}"><div id="div-comment-{n}" class="comment-body"><div class="comment-author vcard"><img class="avatar" alt=""> <cite class="fn"><a href="https://example.com" class="url" rel="ugc">{name}</a></cite>
    <span class="says">より:</span></div><div class="comment-meta commentmetadata"><a href="{LINK}#comment-{n}">{WRITTEN}</a></div><p>{text}</p><div class="reply"><a class="comment-reply-link" href="#">返信</a></div></div>
    {f'<ul class="children">{replies}</ul>' if replies else ""}</li>"""


def diver(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li class="comment even" id="li-comment-{n}"><div id="comment-{n}" class="comment_wrap clearfix"><div class="com_thumb"><img alt=""></div><div class="com_content"><div class="com_header"><span class="com_name">{name}</span>
    <span class="com_date">{WRITTEN}</span></div><div class="com_text"><p>{text}</p></div></div></div>{f'<ul class="children">{replies}</ul>' if replies else ""}</li>"""


def blogger_embed(n: int, name: str, text: str, replies: str) -> str:
    c = f"45678901234567890{n}"
    inner = f'<div class="comment-replies"><div id="c{c}-rt" class="comment-thread inline-thread"><span class="thread-toggle thread-expanded"><span class="thread-count"><a>返信</a></span></span><ol id="c{c}-ra" class="thread-chrome thread-expanded"><div>{replies}</div><div id="c{c}-continue" class="continue"><a class="comment-reply">返信</a></div></ol></div></div>'
    return f"""<li class="comment" id="c{c}"><div class="avatar-image-container"><img alt=""></div><div class="comment-block"><div class="comment-header"><cite class="user">{name}</cite>
    <span class="icon user"></span><span class="datetime secondary-text"><a rel="nofollow" href="{LINK}?showComment=1645414496000#c{c}">{WRITTEN}</a></span></div><p class="comment-content">{text}</p>
    <span class="comment-actions secondary-text"><a class="comment-reply" target="_self" data-comment-id="{c}">返信</a><span class="item-control blog-admin"><a>削除</a></span></span></div>
    {inner if replies else '<div class="comment-replies"></div>'}<div class="comment-replybox-single"></div></li>"""


def blogger_dl(n: int, name: str, text: str, replies: str) -> str:
    c = f"45678901234567890{n}"
    return f"""<dt class="comment-author" id="c{c}"><a name="c{c}"></a><div class="avatar-image-container avatar-stock"><span dir="ltr"><img alt=""></span></div>{name}<span> さんのコメント...</span></dt>
    <dd class="comment-body" id="Blog1_cmt-{c}"><p>{text}</p></dd><dd class="comment-footer"><span class="comment-timestamp"><a href="{LINK}?showComment=1645414496000#c{c}" title="comment permalink">{WRITTEN}</a>
    <span class="item-control blog-admin"><a class="comment-delete" href="#"><img alt=""></a></span></span></dd>{replies}"""


def disqus_dom(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li class="post" id="post-{n}"><div role="alert"></div><div data-role="post-content" class="post-content"><div class="indicator"></div><div class="avatar hovercard"><img alt="Avatar"></div><div class="post-body"><header class="comment__header">
    <span class="post-byline"><span class="author publisher-anchor-color"><a href="#">{name}</a></span></span><span class="post-meta"><a href="{LINK}#comment-{n}" data-role="relative-time" class="time-ago" title="2022年2月21日 月曜 12:34">4年前</a></span></header>
    <div class="post-body-inner"><div class="post-message-container" data-role="message-container"><div data-role="message-content"><div class="post-message" data-role="message" dir="auto"><p>{text}</p></div></div></div></div><footer class="comment__footer"><menu><li class="voting" data-role="voting"><a class="vote-up count-0"><span class="updatable count" data-role="likes"></span></a></li><li class="reply"><a>返信</a></li></menu></footer></div></div>
    <ul class="children" data-role="children">{replies}</ul></li>"""


def news_article(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div class="commentItem" data-id="{n}"><div class="commentItem_head"><p class="commentItem_user">{name}</p><p class="commentItem_time">{WRITTEN}</p></div><div class="commentItem_body">{text}</div>
    <div class="commentItem_foot"><button class="like">いいね</button><button>返信する</button></div></div>{replies}"""


def hashed_nested(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div class="css-1x{n}"><div class="css-h"><span class="css-n">{name}</span><time class="css-t" datetime="{ISO}">{WRITTEN}</time></div><div class="css-b"><p>{text}</p></div>{f'<div class="css-r">{replies}</div>' if replies else ""}</div>"""


def reddit_old(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div class="thing id-t1_{n} comment" id="thing_t1_{n}" data-author="{name}" data-fullname="t1_{n}"><div class="midcol"><div class="arrow up"></div></div><div class="entry unvoted"><p class="tagline"><a href="#" class="expand">[–]</a><a href="#" class="author">{name}</a>
    <time title="Mon Feb 21 12:34:56 2022 UTC" datetime="{ISO}" class="live-timestamp">4 years ago</time></p><form class="usertext"><div class="usertext-body may-blank-within md-container"><div class="md"><p>{text}</p></div></div></form><ul class="flat-list buttons"><li><a>permalink</a></li></ul></div>
    <div class="child">{f'<div class="sitetable listing">{replies}</div>' if replies else ""}</div></div>"""


def phpbb(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div id="p{n}" class="post has-profile bg2"><div class="inner"><dl class="postprofile"><dt class="no-profile-rank"><a href="#" class="username">{name}</a></dt><dd class="profile-posts"><strong>記事:</strong> 12</dd></dl>
    <div class="postbody"><div id="post_content{n}"><p class="author"><span class="responsive-hide">by <strong><a href="#" class="username">{name}</a></strong> » </span><time datetime="{ISO}">{WRITTEN}</time></p><div class="content">{text}</div></div></div></div></div>{replies}"""


def block_element_names(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div class="p-comments__item" id="comment-{n}"><div class="p-comments__head"><span class="p-comments__author">{name}</span><time class="p-comments__date" datetime="{ISO}">{WRITTEN}</time></div>
    <div class="p-comments__body">{text}</div>{f'<div class="p-comments__children">{replies}</div>' if replies else ""}</div>"""


def footer_byline(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div class="commentBlock"><div class="commentHeader"><b>{n}. 無題</b></div><div class="commentBody">{text}</div><div class="commentFooter"><a href="#">{name}</a> {WRITTEN}
    <a href="#">≫このコメントに返信</a></div></div>{replies}"""


def object_names(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li class="o-noteComments__item"><div class="o-commentItem"><a class="o-commentItem__user" href="/x"><img alt="{name}"></a><div class="o-commentItem__main"><div class="o-commentItem__header">
    <a class="o-commentItem__userName" href="/x">{name}</a><span class="o-commentItem__time">{WRITTEN}</span></div><div class="o-commentItem__body"><p>{text}</p></div></div></div></li>{replies}"""


def table_rows(n: int, name: str, text: str, replies: str) -> str:
    return f'<tr><td class="no">{n}</td><td><b>{name}</b><br>{WRITTEN}</td><td>{text}</td></tr>{replies}'


def paragraphs(n: int, name: str, text: str, replies: str) -> str:
    return f"<p><b>{n}. {name}</b> {WRITTEN}</p><p>{text}</p>{replies}"


MORE: dict[Layout, tuple[str, bool]] = {
    wpdiscuz_7: ('<div id="comments" class="comments-area"><div id="wpdcom" class="wpdiscuz_unauth"><div id="wpd-threads" class="wpd-thread-wrapper"><div class="wpd-thread-list">{}</div></div></div></div>', True),
    blocksy: ('<div class="ct-comments" id="comments"><h3 class="ct-comments-title">3件のコメント</h3><ol class="ct-comment-list">{}</ol></div>', True),
    kadence: ('<div id="comments" class="comments-area"><ol class="comment-list">{}</ol></div>', True),
    the_thor: ('<aside class="comments" id="comments"><h2 class="heading">コメント</h2><ul class="commentList">{}</ul></aside>', True),
    sango: ('<section id="comments" class="commentlist">{}</section>', True),
    affinger: ('<div id="comments"><ol class="commets-list">{}</ol></div>', True),
    diver: ('<div id="comments"><div class="com_list_title">コメント</div><ol class="com_list">{}</ol></div>', True),
    blogger_embed: ('<div class="comments" id="comments"><h4>4 件のコメント:</h4><div class="comments-content"><div id="comment-holder"><div class="comment-thread toplevel-thread"><ol id="top-ra">{}</ol></div></div></div></div>', True),
    blogger_dl: ('<div class="comments" id="comments"><h4>4 件のコメント:</h4><div id="Blog1_comments-block-wrapper"><dl class="avatar-comment-indent" id="comments-block">{}</dl></div></div>', False),
    disqus_dom: ('<div id="disqus_thread"><section id="conversation"><ul id="post-list" class="post-list">{}</ul></section></div>', True),
    news_article: ('<section class="commentArea"><h2>コメント（4件）</h2><div class="commentArea_list">{}</div></section>', False),
    hashed_nested: ('<div class="css-x"><h3>コメント</h3><div class="css-l">{}</div></div>', True),
    reddit_old: ('<div class="commentarea"><div class="sitetable nestedlisting">{}</div></div>', True),
    block_element_names: ('<section class="p-comments" id="comments"><h2>コメント</h2>{}</section>', True),
    footer_byline: ('<div id="comments"><h3>コメント</h3>{}</div>', False),
    object_names: ('<div class="o-noteComments"><h2>コメント</h2><ul>{}</ul></div>', False),
    table_rows: ('<h2>みんなの感想</h2><table><tbody>{}</tbody></table>', False),
    paragraphs: ('<div class="comments"><h3>コメント</h3>{}</div>', False),
    phpbb: ('<div id="page-body"><h2 class="topic-title">題</h2>{}</div>', False),
}  # fmt: skip
