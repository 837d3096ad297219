"""Comment blocks of Japanese blog services, whose templates differ from blog to blog."""

from __future__ import annotations

from tests.extract.html.pages import rows, threads


def test_livedoor_list_of_sets() -> None:
    def one(number: int, name: str, text: str) -> str:
        return f"""<li class="comment-set"><ul><li class="comment-author"><span
        class="comment-num">{number}.</span> {name}</li>
          <li class="comment-date">2022年02月21日 12:3{number}</li><li class="comment-body"><p>{text}</p></li></ul>
          </li>"""

    items = one(1, "名無しさん", "一つ目<br>二行目") + one(2, "774545", "100")
    body = (
        f'<div id="comments" class="comment-box"><h3>コメント一覧</h3><ol class="comment-body-outer">{items}</ol></div>'
    )
    assert rows(threads(body)) == [
        ("名無しさん", "2022-02-21T12:31", None, None, "一つ目\n二行目"),
        ("774545", "2022-02-21T12:32", None, None, "100"),
    ]


def test_fc2_author_and_time_after_the_text() -> None:
    def one(number: int, name: str, text: str) -> str:
        return f"""<div class="sub_content" id="comment{number}"><h4 class="sub_title">件名{number}</h4><div
        class="sub_body">
          {text}</div><ul class="sub_footer"><li>2022/02/21(12:34)</li><li><a href="mailto:x">{name}</a> <a>URL</a>
          </li><li><a
          href="#">編集</a></li></ul></div>"""

    items = one(12, "甲", "本文<br>二") + one(13, "乙", "三")
    body = f'<div id="cm" class="content"><h3 class="sub_header">コメント</h3>{items}</div>'
    result = threads(body)
    assert [(row[1], row[4]) for row in rows(result)] == [
        ("2022-02-21T12:34", "件名12\n本文\n二"),
        ("2022-02-21T12:34", "件名13\n三"),
    ]
    assert [post.author for post in result.posts] == ["甲", "乙"]


def test_seesaa_posted_line_after_each_text() -> None:
    def one(name: str, text: str) -> str:
        return f'<div class="text">{text}</div><div class="posted">Posted by {name} at 2012年03月04日 12:11</div>'

    body = f"""<div class="comment"><a name="comment"></a>
      <h3>この記事へのコメント</h3>{one("甲", "一<br>二")}{one("乙", "三")}
      {one("774", "四")}</div><div class="comment"><h3>コメントを書く</h3><form>お名前: <input></form></div>"""
    assert rows(threads(body)) == [
        ("甲", "2012-03-04T12:11", None, None, "一\n二"),
        ("乙", "2012-03-04T12:11", None, None, "三"),
        ("774", "2012-03-04T12:11", None, None, "四"),
    ]


def test_ameba_list_items() -> None:
    def one(number: int, name: str, text: str) -> str:
        return f"""<li class="skin-comment js-comment"><p class="skin-commentTitle">{number} ■件名</p><div
          class="skin-commentBody"><p>{text}</p></div><p class="skin-commentAuthor"><a class="skin-commentAuthorName"
          href="#">{name}</a> <time class="skin-commentDate"
          datetime="2022-02-21T12:34:00">2022-02-21 12:34:00</time></p></li>"""

    items = one(1, "花子", "一") + one(2, "太郎", "二")
    body = f'<div class="skin-commentArea"><ul class="skin-commentList">{items}</ul></div>'
    assert rows(threads(body)) == [
        ("花子", "2022-02-21T12:34:00", None, None, "1 ■件名\n一"),
        ("太郎", "2022-02-21T12:34:00", None, None, "2 ■件名\n二"),
    ]


def test_movable_type_text_then_posted_line() -> None:
    def one(name: str, text: str) -> str:
        return f"""<div class="comment"><p>{text}</p><div class="comments-post">Posted by <a
        href="#">{name}</a> on 2006年12月
          4日 10:25</div></div>"""

    items = one("甲", "一</p><p>二") + one("乙", "三")
    body = f'<div class="comments"><div class="comment-head">Comments</div>{items}</div>'
    assert rows(threads(body)) == [
        ("甲", "2006-12-04T10:25", None, None, "一\n二"),
        ("乙", "2006-12-04T10:25", None, None, "三"),
    ]
