"""WordPress: core mark-up of several ages, Japanese themes, and what stands in a thread without being a comment."""

from __future__ import annotations

from tests.extract.html.pages import reasons, rows, threads


def html5(number: int, name: str, text: str, time: str = "2022-02-21T12:34:56+09:00", inner: str = "") -> str:
    return f"""<li id="comment-{number}" class="comment even depth-1"><article id="div-comment-{number}"
      class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><img class="avatar" alt="">
      <b class="fn">{name}</b> <span class="says">より:</span></div><div class="comment-metadata">
      <a href="https://example.jp/2022/02/lynx.html#comment-{number}"><time datetime="{time}">2022年2月21日
      12:34</time></a> <span class="edit-link"><a href="/wp-admin/">編集</a></span></div></footer>
      <div class="comment-content"><p>{text}</p></div><div class="reply"><a class="comment-reply-link"
      data-commentid="{number}" aria-label="{name} に返信"
      href="?replytocom={number}#respond">返信</a></div></article>
      {inner}</li>"""


def section(items: str) -> str:
    return f"""<div id="comments" class="comments-area"><h2>「題」への2件のフィードバック</h2><ol
      class="comment-list">{items}
      </ol><div id="respond"><h3>コメントを残す</h3><form><label for="comment">コメント</label><textarea id="comment">
      </textarea></form></div></div>"""


def test_html5_with_replies_in_children() -> None:
    reply = html5(3, "774545", "100", inner=f'<ol class="children">{html5(4, "弐", "三段目")}</ol>')
    result = threads(
        section(html5(2, "山田", "一行目<br />\n二行目</p><p>段落", inner=f'<ol class="children">{reply}</ol>'))
    )
    assert rows(result) == [
        ("山田", "2022-02-21T12:34:56", None, None, "一行目\n二行目\n段落"),
        ("774545", "2022-02-21T12:34:56", None, "一行目\n二行目\n段落", "100"),
        ("弐", "2022-02-21T12:34:56", None, "100", "三段目"),
    ]
    assert [post.depth for post in result.posts] == [0, 1, 2]
    assert [post.site_id for post in result.posts] == ["2", "3", "4"]
    assert [node.attributes.get("id") for node in result.nodes] == ["comments"]


def test_legacy_without_time_element_or_content_element() -> None:
    body = """<ol class="commentlist"><li class="comment odd alt" id="comment-7"><div id="div-comment-7"
      class="comment-body"><div class="comment-author vcard"><cite class="fn"><a class="url"
      href="http://a.jp/">Lisa</a>
      </cite> <span class="says">sagt:</span></div><div class="comment-meta commentmetadata"><a
      href="https://example.jp/2022/02/lynx.html/comment-page-1#comment-7">12. März 2013 um 14:05</a>&nbsp;<a
      class="comment-edit-link" href="#">(Bearbeiten)</a></div><p>Erster Absatz.</p><p>Zweiter<br/>Absatz.</p>
      <div class="reply"><a class="comment-reply-link" href="#">Antworten</a></div></div></li></ol>"""
    assert rows(threads(body)) == [("Lisa", "2013-03-12T14:05", None, None, "Erster Absatz.\nZweiter\nAbsatz.")]


def test_oldest_themes_write_cite_and_small() -> None:
    body = """<ol class="commentlist"><li class="alt" id="comment-5"><cite><a href="http://x.jp"
      rel="external nofollow">
      Karl</a></cite> Says:<br /><small class="commentmetadata"><a href="#comment-5" title="">May 5th, 2009 at 3:04 pm
      </a></small><p>Hello there.</p></li></ol>"""
    assert rows(threads(body, lang="en")) == [("Karl", "2009-05-05T15:04", None, None, "Hello there.")]


def test_id_on_the_article_and_replies_beside_it() -> None:
    def item(number: int, name: str, inner: str = "") -> str:
        return f"""<li class="comment depth-1"><article id="comment-{number}"><span
        class="comment-number">{number}</span>
          <header class="comment__meta comment-author"><span class="comment__author-name">{name}</span> <time
          datetime="2020-08-11T09:52:46+02:00"><a href="#comment-{number}">on 11/08/2020 at 9:52</a></time></header>
          <section class="comment__content comment"><p>Text {name}</p></section></article>{inner}</li>"""

    children = f"<ul class=children>{item(2, 'Helen')}</ul>"
    body = f'<ol class="commentlist">{item(1, "Julia", children)}</ol>'
    result = threads(body)
    assert rows(result) == [
        ("Julia", "2020-08-11T09:52:46", None, None, "Text Julia"),
        ("Helen", "2020-08-11T09:52:46", None, "Text Julia", "Text Helen"),
    ]


def test_replies_in_a_list_beside_a_comment_without_list_item() -> None:
    def article(number: int, text: str) -> str:
        return f"""<article class="comment" id="comment-{number}"><b class="fn">N{number}</b><div
        class="comment-content">
          {text}</div></article>"""

    body = f"""<div id="comments">{article(1, "a")}<div class="children">{article(2, "b")}<div class="children">
      {article(3, "c")}</div></div>{article(4, "d")}</div>"""
    assert [(row[3], row[4]) for row in rows(threads(body))] == [(None, "a"), ("a", "b"), ("b", "c"), (None, "d")]


def test_classes_tell_depth_where_replies_are_not_nested() -> None:
    def item(number: int, depth: int) -> str:
        return f"""<li class="comment depth-{depth}" id="li-comment-{number}"><b class="fn">N{number}</b><div
          class="comment-text">t{number}</div></li>"""

    body = f'<ol class="commentlist">{item(1, 1)}{item(2, 2)}{item(3, 3)}{item(4, 2)}{item(5, 1)}</ol>'
    assert [(row[3], row[4]) for row in rows(threads(body))] == [
        (None, "t1"),
        ("t1", "t2"),
        ("t2", "t3"),
        ("t1", "t4"),
        (None, "t5"),
    ]


def test_genesis_theme_nests_microdata_in_the_list_item() -> None:
    body = """<div class="entry-comments" id="comments"><ol class="comment-list"><li class="comment depth-1"
      id="comment-3">
      <article id="article-comment-3" itemprop="comment" itemscope itemtype="https://schema.org/Comment"><header
      class="comment-header"><p class="comment-author" itemprop="author" itemscope><span class="comment-author-name"
      itemprop="name">Ann</span> <span class="says">says</span></p><p class="comment-meta"><time class="comment-time"
      datetime="2020-08-11T09:52:46+02:00" itemprop="datePublished"><a class="comment-time-link" href="#comment-3"
      itemprop="url">August 11, 2020</a></time></p></header><div class="comment-content" itemprop="text"><p>Hi</p>
      </div>
      </article></li></ol></div>"""
    assert rows(threads(body, lang="en")) == [("Ann", "2020-08-11T09:52:46", None, None, "Hi")]


def test_a_nameless_wrapper_in_a_numbered_item_is_the_same_comment() -> None:
    body = """<ol class="commentlist"><li class="comment" id="comment-3"><div itemscope
      itemtype="https://schema.org/Comment"><b class="fn">甲</b><div itemprop="text">本文</div></div></li></ol>"""
    result = threads(body)
    assert rows(result) == [("甲", None, None, None, "本文")]
    assert result.posts[0].site_id == "3"


def test_author_in_a_header_with_the_date() -> None:
    body = """<ol class="commentlist"><li class="comment panel"><article id="comment-4"><header
      class="comment-author">Bob on
      <time datetime="2015-04-2"><a href="#comment-4">April 2, 2015 at 3:04 pm</a></time></header><section
      class="comment_content"><p>Text</p></section></article></li></ol>"""
    assert rows(threads(body, lang="en")) == [("Bob", "2015-04-02T15:04", None, None, "Text")]


def test_name_in_a_heading_within_the_text_element() -> None:
    body = """<ol class="commentlist"><li class="comment" id="li-comment-5"><div id="comment-5"
      class="comment-entry"><div
      class="comment-text"><h4>Eve</h4><p>Text</p><div class="reply"><a class="comment-reply-link">Reply</a></div>
      </div>
      </div></li></ol>"""
    assert rows(threads(body, lang="en")) == [("Eve", None, None, None, "Text")]


def test_name_that_only_the_reply_link_tells_is_taken_off_the_text() -> None:
    body = """<ol class="commentlist"><li class="comment" id="comment-6"><div class="c-head">Eve</div><div>
      <p>Text</p></div><a
      class="comment-reply-link" aria-label="Reply to Eve">Reply</a></li></ol>"""
    assert rows(threads(body, lang="en")) == [("Eve", None, None, None, "Text")]


def test_likes_that_wordpress_com_puts_into_the_text() -> None:
    likes = """<p id="comment-like-2" class="comment-likes comment-not-liked"><a class="comment-like-link">
      <span>いいね</span>
      </a><span class="comment-like-feedback">3人がいいねをつけています</span></p>"""
    assert rows(threads(section(html5(2, "甲", f"本文</p>{likes}<p>")))) == [
        ("甲", "2022-02-21T12:34:56", 3, None, "本文")
    ]


def test_a_link_in_reply_to_names_the_parent_where_nothing_is_nested() -> None:
    def item(number: int, link: str) -> str:
        return f"""<li class="comment" id="comment-{number}"><b class="fn">N{number}</b> {link}<div
        class="comment-content">
          t{number}</div></li>"""

    body = section(item(1, "") + item(2, '<a class="comment-in-reply-to" href="#comment-1">N1</a>'))
    assert [(row[3], row[4]) for row in rows(threads(body))] == [(None, "t1"), ("t1", "t2")]


def test_name_and_date_beside_the_text_in_elements_without_names() -> None:
    body = """<ol class="commentlist"><li class="comment" id="comment-7"><div><strong>Eve</strong></div>
      <div>April 2, 2015 at
      3:04 pm</div><div class="comment-text">One</div></li><li class="comment" id="comment-8">
      <p>Bob on April 3, 2015</p>
      <div class="comment-text">Two</div></li><li class="comment" id="comment-9"><p>Guest</p><div
      class="comment-text">Three
      </div></li></ol>"""
    assert rows(threads(body, lang="en")) == [
        ("Eve", "2015-04-02T15:04", None, None, "One"),
        ("Bob", "2015-04-03", None, None, "Two"),
        (None, None, None, None, "Three"),
    ]


def test_block_theme() -> None:
    body = """<div class="wp-block-comments"><h2>コメント</h2><ol class="wp-block-comment-template"><li id="comment-9"
      class="comment depth-1"><div class="wp-block-group"><div class="wp-block-comment-author-name">九条</div><div
      class="wp-block-comment-date"><time datetime="2023-05-07T10:00:00+09:00"><a
      href="#comment-9">5月7日</a></time></div>
      <div class="wp-block-comment-content"><p>良い記事</p></div><div class="wp-block-comment-reply-link"><a
      class="comment-reply-link" aria-label="九条に返信">返信</a></div></div></li></ol></div>"""
    assert rows(threads(body)) == [("九条", "2023-05-07T10:00:00", None, None, "良い記事")]


def test_tcd_theme_with_list_items_for_name_and_date_left_open() -> None:
    body = """<div id="comments"><ol class="commentlist"><li class="comment guest-comment" id="comment-5"><div
      class="comment-meta"><ul class="comment-name-date"><li class="comment-name"><span
      id="commentauthor-5">無名</span>
      <li class="comment-date">2022年 2月 21日</li></ul><ul class="comment-act"><li class="comment-reply"><a
      href="#">返信</a>
      </li><li class="comment-quote"><a href="#">引用</a></li></ul></div><div class="comment-content post"
      id="comment-content-5"><p>本文です</p></div><ul class="children"><li class="comment admin-comment"
      id="comment-6"><ul
      class="comment-name-date"><li class="comment-name"><a id="commentauthor-6">管理人</a></li><li
      class="comment-date">
      2022年 2月 22日</li></ul><div class="comment-content post"><p>返事</p></div></li></ul></li></ol><ol
      class="commentlist">
      <li class="comment"><div
      class="comment-content"><p>この記事へのトラックバックはありません。</p></div></li></ol></div>"""
    result = threads(body)
    assert rows(result) == [
        ("無名", "2022-02-21", None, None, "本文です"),
        ("管理人", "2022-02-22", None, "本文です", "返事"),
    ]
    assert reasons(result) == ["boilerplate"]


def test_newer_tcd_theme() -> None:
    body = """<ol class="c-comment__list"><li id="comment-8" class="c-comment__list-item comment"><div
      class="c-comment__item-header u-clearfix"><div class="c-comment__item-meta"><div
      class="p-comment__item-author"><span
      class="p-comment__item-author_thumbnail"><img class="avatar" alt="八"></span><span
      class="p-comment__item-author_name">
      八</span></div><time class="c-comment__item-date"
      datetime="2022-02-21T12:34:56+09:00">2022.02.21 12:34</time></div>
      <ul class="c-comment__item-act"><li><a class="comment-reply-link">REPLY</a></li></ul></div><div
      id="comment-content-8" class="c-comment__item-body"><p>本文</p></div></li></ol><ol class="c-comment__list"><li
      class="c-comment__list-item"><div
      class="c-comment__item-body"><p>この記事へのトラックバックはありません。</p></div></li>
      </ol>"""
    result = threads(body)
    assert rows(result) == [("八", "2022-02-21T12:34:56", None, None, "本文")]
    assert reasons(result) == ["boilerplate"]


def test_cocoon_theme() -> None:
    body = """<div id="comment-area"><ol class="commentlist"><li class="comment parent" id="comment-3"><div
      id="div-comment-3" class="comment-body"><div class="comment-author vcard"><cite class="fn">三郎</cite> <span
      class="says">より:</span></div><em class="comment-awaiting-moderation">コメントは承認待ちです。</em><br><div
      class="comment-meta commentmetadata"><a href="#comment-3">2022年2月21日 3:32 PM</a></div><div
      class="comment-content">
      <p>なるほど</p></div><div class="reply"><a class="comment-reply-link">返信</a></div></div></li></ol></div>"""
    assert rows(threads(body)) == [("三郎", "2022-02-21T15:32", None, None, "なるほど")]


def test_pingbacks_and_trackbacks_are_skipped() -> None:
    pings = """<li class="pingback even" id="comment-3"><p>Pingback: <a href="http://b.jp/">他の記事</a></p></li>
      <li id="comment-4" class="trackback"><div class="comment-body">トラックバック: <a href="#">他</a></div></li>
      <li id="comment-5" class="comment"><div class="comment-body">ピンバック: <a href="#">他</a></div></li>"""
    result = threads(section(html5(2, "甲", "本文") + pings))
    assert [post.text for post in result.posts] == ["本文"]
    assert reasons(result) == ["trackback"] * 3


def test_recent_comments_of_other_pages_are_skipped() -> None:
    other = """<aside class="sidebar"><ul class="widget"><li class="comment" id="li-comment-90"><b
      class="fn">他</b> <a
      href="https://example.jp/other.html#comment-90">別の記事</a><div
      class="comment-text">別の記事への感想</div></li></ul></aside>"""
    result = threads(section(html5(2, "甲", "本文")) + other)
    assert [post.text for post in result.posts] == ["本文"]
    assert reasons(result) == ["other_page"]


def test_a_permalink_tells_another_page_without_a_sidebar() -> None:
    other = html5(91, "他", "別の感想").replace("/2022/02/lynx.html", "/2021/other.html")
    result = threads(section(html5(2, "甲", "本文") + html5(3, "乙", "二つ目") + other))
    assert [post.text for post in result.posts] == ["本文", "二つ目"]
    assert reasons(result) == ["other_page"]


def test_a_link_in_a_text_does_not_make_it_a_comment_of_another_page() -> None:
    link = '<a href="https://example.jp/other.html#comment-77">参照</a>'
    items = f"""<li class="comment"><b class="fn">甲</b><div class="comment-text">一 {link}</div></li><li
      class="comment"><b class="fn">乙</b><div class="comment-text"><pre>二
三</pre></div></li>"""
    assert [row[4] for row in rows(threads(section(items)))] == ["一 参照", "二\n三"]


def test_deleted_comments_are_skipped_and_their_replies_kept_without_parent() -> None:
    children = f'<ul class="children">{html5(3, "乙", "返事")}</ul>'
    gone = html5(2, "甲", "このコメントは削除されました。", inner=children)
    result = threads(section(gone + html5(4, "丙", "[deleted]") + html5(5, "丁", "削除されましたね、あの記事")))
    assert [(post.text, post.parent_id, post.depth) for post in result.posts] == [
        ("返事", None, 1),
        ("削除されましたね、あの記事", None, 0),
    ]
    assert reasons(result) == ["deleted", "deleted"]


def test_no_name_is_none_and_a_reply_label_may_tell_it() -> None:
    def item(number: int, label: str) -> str:
        return f"""<li class="comment" id="comment-{number}"><div class="comment-author vcard"><b
        class="fn"></b></div>
          <div class="comment-content">t{number}</div><a class="comment-reply-link" {label}>返信</a></li>"""

    body = section(item(1, "") + item(2, 'aria-label="花子 に返信"') + item(3, 'aria-label="Reply to Bob"'))
    assert [row[0] for row in rows(threads(body))] == [None, "花子", "Bob"]


def test_emoji_images_quotes_and_spaces_stay_as_written() -> None:
    text = """顔<img src="https://s.w.org/images/core/emoji/1f600.svg" alt="😀" class="emoji">文字<img src="cat.jpg"
      alt="猫">
      </p><blockquote><p>引用文<br>二行</p></blockquote><p>\u3000返答 2&nbsp;件 &gt;&gt;3 (-_-;)"""
    (row,) = rows(threads(section(html5(2, "甲", text))))
    assert row[4] == "顔😀文字\n> 引用文\n> 二行\n\u3000返答 2\u00a0件 >>3 (-_-;)"


def test_the_same_comment_listed_twice_is_one_post() -> None:
    result = threads(section(html5(2, "甲", "本文") + html5(2, "甲", "本文") + html5(3, "甲", "本文")))
    assert [post.site_id for post in result.posts] == ["2", "3"]
    assert reasons(result) == ["duplicate"]


def test_a_date_that_contradicts_a_coarse_attribute_is_the_shown_one() -> None:
    item = html5(2, "甲", "本文", time="2019-01-01")
    (row,) = rows(threads(section(item)))
    assert row[1] == "2022-02-21T12:34"


def test_what_stands_around_the_thread_is_accounted_for() -> None:
    result = threads(section(html5(2, "甲", "本文")))
    (frame,) = [part for part in result.skipped if part.span is None]
    assert frame.reason.value == "boilerplate"
    assert frame.excerpt.startswith("「題」への2件のフィードバック")


def test_a_form_alone_is_no_comment() -> None:
    result = threads(section("") + '<p id="comment-notes" class="comment-notes">メールは公開されません</p>')
    assert (result.posts, result.nodes) == ((), ())
