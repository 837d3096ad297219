"""Repeated dated blocks on sites that no adapter knows, and lists that only look like a thread."""

from __future__ import annotations

import pytest

from tests.extract.html.pages import rows, threads


def block(name: str, text: str, time: str = "2022/02/21 12:34") -> str:
    return f'<div class="x7"><p class="k1"><span>{name}</span><span>{time}</span></p><p class="k2">{text}</p></div>'


def test_blocks_with_hashed_classes() -> None:
    blocks = block("甲", "一つ目の意見です") + block("774545", "二つ目<br>の意見")
    body = f"<main><h1>題</h1><p>本文</p><section>{blocks}</section></main>"
    assert rows(threads(body)) == [
        ("甲", "2022-02-21T12:34", None, None, "一つ目の意見です"),
        ("774545", "2022-02-21T12:34", None, None, "二つ目\nの意見"),
    ]


def test_board_of_definition_list_without_classes() -> None:
    body = """<h2>掲示板</h2><dl><dt>1 ：名無し：2022/02/21(月) 12:34:56 ID:abc</dt>
      <dd>最初の書き込み<br>二行目</dd><dt>2 ：風吹けば：
      2022/02/21(月) 12:35:10 ID:def</dt><dd>&gt;&gt;1<br>同意</dd>
      <dt>3 ：名無し：2022/02/22(火) 01:00:00 ID:ghi</dt><dd>100</dd>
      </dl>"""
    assert rows(threads(body)) == [
        ("名無し", "2022-02-21T12:34:56", None, None, "最初の書き込み\n二行目"),
        ("風吹けば", "2022-02-21T12:35:10", None, None, ">>1\n同意"),
        ("名無し", "2022-02-22T01:00:00", None, None, "100"),
    ]


def test_heading_and_text_as_siblings() -> None:
    body = """<div class="bbs"><h2>みんなの感想</h2><h4>太郎 2022年2月21日 12:34</h4><p>一</p><p>二</p>
      <h4>花子 2022年2月22日 1:00</h4>
      <p>三つ目</p><h2>新着記事</h2><p>記事</p></div>"""
    assert rows(threads(body)) == [
        ("太郎", "2022-02-21T12:34", None, None, "一\n二"),
        ("花子", "2022-02-22T01:00", None, None, "三つ目"),
    ]


def test_author_and_date_after_the_text() -> None:
    body = """<div class="reviews"><div><p>とても良い記事でした</p><p>山田さん 2022年2月21日</p></div><div>
      <p>参考になります</p>
      <p>鈴木さん 2022年2月22日</p></div></div>"""
    assert [(row[1], row[4]) for row in rows(threads(body))] == [
        ("2022-02-21", "とても良い記事でした"),
        ("2022-02-22", "参考になります"),
    ]


SHORT = """<li><div><cite><a href="/u/{n}">{name}</a></cite>
  <span><a href="/p.html#{n}">2022年2月21日 12:3{n}</a></span></div>
  <p>{text}</p><div><a href="#r">返信</a> <a href="#d">削除</a></div></li>"""


def test_short_comments_between_links() -> None:
    said = [("甲", "賛成"), ("乙", "同じく"), ("丙", "よい記事")]
    items = "".join(SHORT.format(n=n, name=name, text=text) for n, (name, text) in enumerate(said))
    found = rows(threads(f"<main><p>本文</p><section><h4>コメント 3件</h4><ul>{items}</ul></section></main>"))
    assert [(row[0], row[1]) for row in found] == [(name, f"2022-02-21T12:3{n}") for n, (name, _) in enumerate(said)]
    assert all(text in row[4] for row, (_, text) in zip(found, said, strict=True))


def test_latest_comments_on_other_pages_are_no_thread() -> None:
    items = "".join(
        f'<li>甲{n}: <a href="/{n}.html">見出し{n}</a> <span>2022年2月2{n}日</span></li>' for n in range(1, 6)
    )
    assert threads(f"<main><p>本文</p><div><h3>最新のコメント</h3><ul>{items}</ul></div></main>").posts == ()


NEWS = (
    '<li><a href="/{n}.html">見出し{n}がここに長く入る</a> <time datetime="2022-02-2{n}T10:00">2/2{n} 10:00</time></li>'
)
CARD = """<div class="card"><a href="/{n}.html"><h3>見出し{n}</h3></a><span class="date">2022/02/2{n} 10:00</span>
      <p>要約文がここに
  入っている{n}</p></div>"""
RANK = '<li><span>{n}</span><a href="/{n}.html">見出し{n}</a><span>2022年2月2{n}日</span></li>'


@pytest.mark.parametrize(
    ("around", "item"),
    [
        ('<ul class="news-list">{}</ul>', NEWS),
        ("<ul>{}</ul>", NEWS),
        ('<div class="related-posts">{}</div>', CARD),
        ("<div><h2>関連記事</h2><div>{}</div></div>", CARD),
        ('<ol class="ranking">{}</ol>', RANK),
        ("<ol>{}</ol>", RANK),
        ('<table class="calendar"><tr>{}</tr></table>', "<td>2022/02/2{n}</td>"),
        ("<ul><li>2022年2月1日 開店</li>{}</ul>", "<li>2022年2月2{n}日 出来事{n}がありました</li>"),
    ],
)
def test_lists_of_articles_are_no_thread(around: str, item: str) -> None:
    items = "".join(item.replace("{n}", str(n)) for n in range(1, 8))
    assert threads(f"<main><p>本文</p>{around.replace('{}', items)}</main>").posts == ()
