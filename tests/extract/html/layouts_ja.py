# ruff: noqa: E501 -- mark-up reads best as a page has it
"""One thread in the mark-up of Japanese blog services, diaries and boards: see tests/extract/html/layouts.py."""

from __future__ import annotations

from tests.extract.html.layouts import WRITTEN, Layout


def tdiary(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div class="commentator"><a name="c0{n}" href="./?date=20220221#c0{n}"><span class="canchor">_</span></a>
    <span class="commentator">{name}</span> <span class="commenttime">[{WRITTEN}]</span></div>
    <p>{text}</p>{replies}"""


def hatena_diary(n: int, name: str, text: str, replies: str) -> str:
    return f"""<p><a name="c164541449{n}"></a><span class="canchor">#</span> <span class="commentator">{name}</span>
    <span class="commentbody">{text}</span> <span class="timestamp">(2022/02/21 12:34)</span></p>{replies}"""


def excite(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div class="COMMENT_TAIL">Commented by <b>{name}</b> at 2022-02-21 12:34 x</div>
    <div class="COMMENT_BODY">{text}</div>{replies}"""


def cocolog(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div class="comment"><a id="c{n}"></a><p>{text}</p><p class="posted">投稿: {name} |
    <a href="#comment-{n}">2022年2月21日 (月) 12時34分</a></p></div>{replies}"""


def jugem(n: int, name: str, text: str, replies: str) -> str:
    return f"""<div class="comment_body">{text}</div><ul class="comment_state"><li>{name}</li>
    <li>2022/02/21 12:34 PM</li></ul>{replies}"""


def goo(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li class="mod-comment-list-item"><div class="mod-comment-head"><span class="mod-comment-name">{name}</span>
    <span class="mod-comment-date">2022-02-21 12:34:56</span></div><div class="mod-comment-text">{text}</div></li>{replies}"""


def goo_old(n: int, name: str, text: str, replies: str) -> str:
    return f"""<dl class="comment"><dt>Unknown <span class="name">({name})</span></dt><dd class="time">2022-02-21 12:34:56</dd>
    <dd class="text">{text}</dd></dl>{replies}"""


def srad(n: int, name: str, text: str, replies: str) -> str:
    inner = f'<ul id="group_{n}">{replies}</ul>' if replies else ""
    return f"""<li id="tree_{n}" class="comment"><div id="comment_status_{n}" class="commentstatus"></div>
    <div id="comment_{n}" class="cw"><div id="comment_top_{n}" class="commentTop newcomment"><div class="details">
    <span class="by">by <a href="/~x">{name}</a></span> <span class="otherdetails" id="comment_otd_{n}">{WRITTEN}
    (<a href="/c/{n}">#{n}</a>)</span></div></div><div class="commentBody"><div id="comment_body_{n}">{text}</div></div></div>
    {inner}</li>"""


def open2ch(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li><dl val="{n}"><dt class="a-d1"><a class="num" val="{n}">{n}</a>：<font color="green"><b>{name}</b></font>：
    22/02/21(月) 12:34:56 <span class="_id" val="abc{n}">ID:abc{n}</span></dt><dd class="mesg body"> {text} </dd></dl></li>
    {replies}"""


def matome_dl(n: int, name: str, text: str, replies: str) -> str:
    return f"""<dl class="t_b_list"><dt class="t_h">{n} ： <span style="color:green;font-weight:bold;">{name}</span>：2022/02/21(月)
    12:34:56.78 ID:abc{n}</dt><dd class="t_b">{text}</dd></dl>{replies}"""


def fc2_list(n: int, name: str, text: str, replies: str) -> str:
    return f"""<li class="comment_li"><div class="comment_header"><span
    class="comment_author">{name}</span><time datetime="2022-02-21T12:34:56+09:00">2022-02-21 (月) 12:34</time></div>
    <p class="comment_text">{text}</p></li>{replies}"""


def news_voices(n: int, name: str, text: str, replies: str) -> str:
    """A news site of no known system: hashed classes, replies after it, counts on buttons."""
    return f"""<div class="sc-a1b2{n} voices"><div class="sc-q1"><span class="sc-n">{name}</span><span class="sc-d">
    {WRITTEN}</span></div><p class="sc-t">{text}</p><div class="sc-f"><button>返信</button></div></div>{replies}"""


def bbs_table(n: int, name: str, text: str, replies: str) -> str:
    """A board of tables, as old scripts print them."""
    return f"""<table border="1"><tr><td>[{n}] 投稿者：<b>{name}</b> 投稿日：2022/02/21(Mon) 12:34 <hr>
    <blockquote>{text}</blockquote></td></tr></table>{replies}"""


def review(n: int, name: str, text: str, replies: str) -> str:
    return f"""<section class="p-voice__item"><header><p class="p-voice__name">{name}</p><time class="p-voice__date"
    datetime="2022-02-21T12:34">2022.02.21 12:34</time></header><div class="p-voice__body"><p>{text}</p></div></section>{replies}"""


JAPANESE: dict[Layout, tuple[str, bool]] = {
    tdiary: ('<div class="comment"><div class="caption">本日のツッコミ(全4件)</div><div class="commentbody">{}</div></div>', False),
    hatena_diary: ('<div class="comment"><div class="caption">コメント</div><div class="commentshort">{}</div></div>', False),
    excite: ('<div class="COMMENT"><a name="comment"></a>{}</div>', False),
    cocolog: ('<div class="comments-body"><h2 id="comments">コメント</h2>{}</div>', False),
    jugem: ('<div class="comment"><h3 id="comments">コメント</h3>{}</div>', False),
    goo: ('<div class="mod-comment"><h3>コメント (4)</h3><ul class="mod-comment-list">{}</ul></div>', False),
    goo_old: ('<div id="comment-list"><h4>コメント</h4>{}</div>', False),
    srad: ('<div id="commentlisting-wrap"><ul id="commentlisting" class="d2">{}</ul></div>', True),
    open2ch: ('<div class="thread"><ol>{}</ol></div>', False),
    matome_dl: ('<div class="article-body">{}</div>', False),
    fc2_list: ('<div id="comment" class="comment_area"><h3>コメント</h3><ul>{}</ul></div>', False),
    news_voices: ('<div class="sc-zz"><h2>みんなのコメント</h2><div class="sc-yy">{}</div></div>', False),
    bbs_table: ('<h1>掲示板</h1><div class="log">{}</div>', False),
    review: ('<div class="p-voice"><h2>読者の声</h2>{}</div>', False),
}  # fmt: skip
