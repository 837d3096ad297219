"""What looks like a comment, a vote, a name or a date in copied text, and is none; and the other way round."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.load import load_text
from pipeline.records import DateHow, Extraction, Kind, Post, SkipReason, VotesKind
from pipeline.report.wording import LANGS
from pipeline.report.wording import text as wording


def read(text: str) -> Extraction:
    (extraction,) = extract(load_text(text, "page.txt"))
    return extraction


def comments(text: str) -> tuple[Post, ...]:
    return tuple(post for post in read(text).posts if post.kind is not Kind.QUOTATION)


def authors(text: str) -> list[str | None]:
    return [post.author for post in comments(text)]


def reasons(text: str) -> list[SkipReason]:
    return [part.reason for part in read(text).skipped]


TWO = "コメント\n\n  • 太郎\n  • 2022年 2月 21日\n\n  一つ目\n\n  3\n  • 花子\n  • 2022年 2月 22日\n\n  二つ目\n"


def test_a_ranking_is_no_thread() -> None:
    assert comments("人気ランキング\n  • 1\n    見出し一 2022年2月21日\n  • 2\n    見出し二\n") == ()


def test_a_list_of_dates_without_a_heading_is_no_thread() -> None:
    assert comments("年表です。\n• 2014年3月18日\nクリミア併合\n• 2022年2月24日\n侵攻開始\n") == ()


def test_a_list_of_dates_within_a_comment_is_its_text() -> None:
    listed = "  • 2014年3月18日\n  • 2022年2月24日\n"
    first, _ = comments(TWO.replace("  一つ目\n", "  一つ目\n" + listed))
    assert first.text == "一つ目\n• 2014年3月18日\n• 2022年2月24日"


def test_ordinals_before_names_are_no_votes() -> None:
    heads = ("太郎", "一つ目"), ("花子", "二つ目"), ("次郎", "三つ目")
    blocks = [f"{i}\n• {name}\n• 2022年2月2{i}日\n\n{words}\n" for i, (name, words) in enumerate(heads, 1)]
    text = "\n".join(["コメント\n", *blocks])
    assert [(post.author, post.text, post.votes.value) for post in comments(text)] == [
        ("太郎", "一つ目", None),
        ("花子", "二つ目", None),
        ("次郎", "三つ目", None),
    ]


def test_a_number_in_the_text_is_no_vote() -> None:
    first, second = comments(TWO.replace("一つ目", "一つ目\n  10").replace("二つ目", "100"))
    assert (first.text, first.votes.value) == ("一つ目\n10", 3)
    assert (second.text, second.votes.value) == ("100", None)


@pytest.mark.parametrize(
    ("shown", "value", "kind"), [("３", 3, "unknown"), ("+3", 3, "net"), ("-2", -2, "net"), ("0", 0, "unknown")]
)
def test_bare_numbers(shown: str, value: int, kind: str) -> None:
    first, _ = comments(TWO.replace("\n  3\n", f"\n  {shown}\n"))
    assert (first.votes.value, first.votes.kind) == (value, VotesKind(kind))


def test_missing_votes_are_none_and_not_zero() -> None:
    assert [post.votes.value for post in comments(TWO)] == [3, None]


def test_the_same_author_and_text_twice_are_two_comments() -> None:
    again = TWO.replace("花子", "太郎").replace("二つ目", "一つ目").replace("22日", "21日")
    first, second = comments(again)
    assert first.id != second.id


def test_buttons_are_not_text() -> None:
    text = TWO.replace("21日\n", "21日\n  • 返信\n  • 引用\n").replace("  一つ目\n", "  一つ目\n  返信\n")
    assert [post.text for post in comments(text)] == ["一つ目", "二つ目"]
    (only, _) = comments(TWO.replace("一つ目", "返信"))
    assert only.text == "返信"


def test_a_heading_states_the_count() -> None:
    for heading, count in (
        ("コメント (12)", 12),
        ("コメント１２件", 12),
        ("2件のコメント", 2),
        ("「題」への3件のフィードバック", 3),
        ("コメント", None),
    ):
        assert read(TWO.replace("コメント", heading, 1)).document.page_states_comments == count


def test_deleted_comments_are_skipped_and_their_answers_have_no_parent() -> None:
    text = (
        TWO.replace("一つ目", "このコメントは削除されました")
        .replace("  • 花子\n  • 2022年 2月 22日\n\n  二つ目", "    • 花子\n    • 2022年 2月 22日\n\n    二つ目")
        .replace("  3\n", "")
    )
    extraction = read(text)
    (answer,) = extraction.posts
    assert (answer.text, answer.parent_id, answer.depth) == ("二つ目", None, None)
    assert SkipReason.DELETED in [part.reason for part in extraction.skipped]


def test_without_indentation_nesting_is_unknown_and_says_so() -> None:
    flat = "\n".join(line.strip() for line in TWO.split("\n"))
    extraction = read(flat)
    assert {(post.parent_id, post.depth) for post in extraction.posts} == {(None, None)}
    assert extraction.document.notes == ("nesting_unknown",)
    assert read(TWO).document.notes == ()
    for lang in LANGS:
        assert wording("note.nesting_unknown", lang)


def test_what_follows_a_thread_is_in_no_comment() -> None:
    flat = "\n".join(line.strip() for line in TWO.split("\n"))
    for after in (
        "PAGE TOP",
        "コメントを残す\n名前\nメール",
        "この記事へのトラックバックはありません。",
        "関連記事\n別の記事の見出し",
    ):
        assert comments(flat + after + "\n")[-1].text == "二つ目"


def test_full_width_and_ascii_forms_are_alike() -> None:
    wide = (
        TWO.replace("2022年 2月 21日", "２０２２年２月２１日（月）　１２：３４")
        .replace("  3\n", "  ３\n")
        .replace("•", "・")
    )
    first, second = comments(wide)
    assert (first.posted_at and first.posted_at.value, first.votes.value) == ("2022-02-21T12:34", 3)
    assert (second.author, second.text) == ("花子", "二つ目")


def test_paragraph_indentation_by_a_full_width_space_is_kept() -> None:
    first, _ = comments(TWO.replace("一つ目", "一つ目\n  　字下げ\n\n \xa0 \n  (-_-;)"))
    assert first.text == "一つ目\n　字下げ\n\n\n(-_-;)"


def test_line_ends_do_not_matter() -> None:
    texts = [post.text for post in comments(TWO)]
    assert texts == [post.text for post in comments(TWO.replace("\n", "\r\n"))]
    assert texts == [post.text for post in comments(TWO.replace("\n", "\r"))]


THINK = """記事の題はここにあります、長い題名

多様な観点からニュースを考える

※掲載される投稿は投稿者個人の見解であり、日本経済新聞社の見解ではありません。

岩間陽子のアバター
岩間陽子
政策研究大学院大学　教授
コメントメニュー

ひとこと解説

一段落目。

二段落目。

2021年12月31日 11:26 （2021年12月31日 11:27更新）
12
鈴木一人のアバター
鈴木一人
東京大学 教授
コメントメニュー

この投稿は現在非表示に設定されています

小平龍四郎のアバター
小平龍四郎
論説委員・編集委員
コメントメニュー
ラベルのない投稿です。短くない本文が続きます。
5時間前

Think! の投稿を読む
"""


def test_think() -> None:
    extraction = read(THINK)
    first, last = extraction.posts
    assert {first.kind, last.kind} == {Kind.EXPERT}
    assert (first.author, first.affiliation, first.label) == ("岩間陽子", "政策研究大学院大学　教授", "ひとこと解説")
    assert first.text == "一段落目。\n\n二段落目。"
    assert first.posted_at is not None
    assert first.updated_at is not None
    assert (first.posted_at.value, first.updated_at.value) == ("2021-12-31T11:26", "2021-12-31T11:27")
    assert first.votes.value == 12
    assert (last.author, last.affiliation, last.label) == ("小平龍四郎", "論説委員・編集委員", None)
    assert last.posted_at is not None
    assert (last.posted_at.value, last.posted_at.how, last.posted_at.raw) == (None, DateHow.RELATIVE, "5時間前")
    hidden = [part for part in extraction.skipped if part.reason is SkipReason.DELETED]
    assert [part.excerpt for part in hidden] == ["鈴木一人のアバター"]


def test_think_wrapped_in_brackets() -> None:
    head, _, rest = THINK.partition("\n\n")
    wrapped = read(f"{head}\n\n『{rest.split('Think! の')[0].rstrip()}』")
    assert [post.text for post in wrapped.posts] == [post.text for post in read(THINK).posts]
    assert [post.posted_at for post in wrapped.posts] == [post.posted_at for post in read(THINK).posts]


def test_experts_and_readers_on_one_page() -> None:
    kinds = [post.kind for post in read(THINK + "\n" + TWO).posts]
    assert kinds == [Kind.EXPERT, Kind.EXPERT, Kind.READER, Kind.READER]


BOARD = """1: 名無しさん 2022/02/21(月) 12:34:56.78 ID:abc
始まった
2: 名無しさん 2022/02/21(月) 12:35:00.00 ID:def
>>1
＞引用ではない行
3: あぼーん あぼーん あぼーん
あぼーん
4 ：名無しさん＠お腹いっぱい。[sage]：2022/02/21(月) 12:36:00 ID:ghi
＞＞２ 本当に
5: 名無しさん 2022/02/21(月) 12:37:00.00 ID:jkl
>>3 見えない
6: 名無し [192.0.2.1] 2022/02/21(月) 12:38:00.00 ID:mno
20万人 >>1 も見た
"""


def test_boards() -> None:
    one, two, four, five, six = comments(BOARD)
    assert two.parent_id == one.id
    assert (four.author, four.parent_id, four.depth) == ("名無しさん＠お腹いっぱい。", two.id, 2)
    assert (five.parent_id, five.depth) == (None, None)
    assert (six.author, six.parent_id, six.depth) == ("名無し", None, 0)
    assert one.site_id == "1"
    assert SkipReason.DELETED in reasons(BOARD)


YAHOO = """コメント 2件
中村逸郎
5時間前
政治学者／筑波大学名誉教授
見解
専門家の本文です。
参考になった
1,234
lia*****
3時間前
なるほど

100
返信
3
件
共感した
120
なるほど
10
うーん
5
abc*****
2/21(月) 12:34
非表示・削除された投稿
このコメントは削除されました
返信0件
共感した0
なるほど0
うーん0
"""


def test_yahoo() -> None:
    expert, reader = comments(YAHOO.replace("非表示・削除された投稿\n", ""))
    assert (expert.kind, expert.affiliation, expert.label) == (Kind.EXPERT, "政治学者／筑波大学名誉教授", "見解")
    assert (expert.text, expert.votes.value, expert.votes.kind) == ("専門家の本文です。", 1234, VotesKind.UP)
    assert (reader.author, reader.text) == ("lia*****", "なるほど\n\n100")
    assert (reader.votes.value, reader.votes.down, reader.depth) == (120, 5, None)
    assert SkipReason.DELETED in reasons(YAHOO.replace("非表示・削除された投稿\n", ""))


HATENA = """人気コメント
user_one
なるほど
[政治][外交]
2022/02/21
リンク
★12
新着コメント
newUser
10
2022/02/22 12:34
リンク
user_one
なるほど
[政治][外交]
2022/02/21
リンク
★12
"""


def test_hatena_lists_share_comments() -> None:
    first, second = comments(HATENA)
    assert (first.author, first.text, first.label, first.votes.value) == ("user_one", "なるほど", "[政治][外交]", 12)
    assert (second.author, second.text, second.votes.value) == ("newUser", "10", None)
    assert reasons(HATENA).count(SkipReason.DUPLICATE) == 1


def test_hatena_on_single_lines() -> None:
    text = (
        "はてなブックマーク 3 users\n人気コメント\n• 2022年02月21日 user_one [政治] なるほど\n"
        "• 2022/02/22 other 短い\n• 2022/02/22 empty\n"
    )
    assert [(post.author, post.text, post.label) for post in comments(text)] == [
        ("user_one", "なるほど", "[政治]"),
        ("other", "短い", None),
    ]
    assert SkipReason.EMPTY in reasons(text)


def test_wordpress_heads_need_a_date() -> None:
    text = (
        "1. 太郎 より: 2022年2月21日 at 12:34\nロイターより: 引用します\n返信\n2. Jane says:\n2022/02/22 10:00\nhello\n"
    )
    first, second = comments(text)
    assert (first.author, first.text) == ("太郎", "ロイターより: 引用します")
    assert (second.author, second.text) == ("Jane", "hello")


def test_an_article_alone_has_no_comments() -> None:
    extraction = read(
        "題名がここにあります、長い題名です\n\n" + "本文がここにある。とても長い本文であり、三十字を超えている。\n" * 3
    )
    assert extraction.posts == ()
    assert extraction.document.title == "題名がここにあります、長い題名です"
    assert extraction.document.body.count("本文がここにある") == 3
