"""Vote counters and comment plug-ins."""

from __future__ import annotations

import pytest

from pipeline.records import Votes, VotesKind
from tests.extract.html.pages import reasons, rows, threads


def item(votes: str, text: str = "本文") -> str:
    return f"""<div id="comments"><ol class="commentlist"><li class="comment" id="comment-5"><b class="fn">甲</b><div
      class="comment-content"><p>{text}</p>{votes}</div></li></ol></div>"""


def cld(like: str, dislike: str) -> str:
    return f"""<div class="cld-like-dislike-wrap cld-template-1"><div class="cld-like-wrap cld-common-wrap"><a
      class="cld-like-trigger" data-comment-id="5" data-trigger-type="like"><i class="fas"></i></a><span
      class="cld-like-count-wrap cld-count-wrap">{like}</span></div><div class="cld-dislike-wrap cld-common-wrap"><a
      class="cld-dislike-trigger"><i></i></a><span
      class="cld-dislike-count-wrap cld-count-wrap">{dislike}</span></div>
      </div>"""


@pytest.mark.parametrize(
    ("mark_up", "votes"),
    [
        (cld("3", "0"), Votes(3, VotesKind.UP, 0)),
        (cld("", ""), Votes()),
        (cld("", "6"), Votes(None, VotesKind.UP, 6)),
        (cld("0", "6"), Votes(0, VotesKind.UP, 6)),
        (
            """<div class="wpulike wpulike-default"><div class="wp_ulike_general_class"><button
            class="wp_ulike_btn">いいね
            </button><span class="count-box wp_ulike_counter_up"
            data-ulike-counter-value="1204">1.2k</span></div></div>""",
            Votes(1204, VotesKind.UP),
        ),
        (
            '<span class="votesum voted-positive" title="5 Bewertung(en) (4 positiv, 1 negativ)">+3</span>',
            Votes(4, VotesKind.UP, 1),
        ),
        ('<span class="vote-count">−2</span>', Votes(-2, VotesKind.NET)),
    ],
)
def test_counts_are_those_shown_and_no_part_of_the_text(mark_up: str, votes: Votes) -> None:
    (post,) = threads(item(mark_up)).posts
    assert (post.votes, post.text) == (votes, "本文")


def wpdiscuz7(number: int, parent: int, vote: str, inner: str = "") -> str:
    level = 1 if not parent else 2
    return f"""<div id="wpd-comm-{number}_{parent}" class="comment wpd-comment wpd_comment_level-{level}"><div
      class="wpd-comment-wrap wpd-blog-guest"><div class="wpd-comment-left"><div class="wpd-avatar"><img
      alt="N{number}"
      class="avatar"></div></div><div id="comment-{number}" class="wpd-comment-right"><div
      class="wpd-comment-header"><div
      class="wpd-comment-author ">N{number}<span class="wpd-user-nicename">(@n{number})</span></div><div
      class="wpd-comment-label"><span>Gast</span></div><div class="wpd-comment-date"
      title="27. Juni 2021 12:45"><i></i>vor 2
      Jahren</div></div><div class="wpd-comment-text"><p>Text {number}</p></div><div class="wpd-comment-footer"><div
      class="wpd-vote">{vote}</div><div class="wpd-reply-button"><span>Antworten</span></div></div></div></div>
      <div id="wpdiscuz_form_anchor-{number}_{parent}"></div>{inner}</div>"""


def test_wpdiscuz_7_nested_and_flat() -> None:
    net = '<div class="wpd-vote-up"></div><div class="wpd-vote-result wpd-up" title="1204">1.2k</div>'
    both = """<div class="wpd-vote-result wpd-vote-result-like wpd-up" title="11">11</div><div class="wpd-vote-result
      wpd-vote-result-dislike wpd-down" title="-2">-2</div>"""
    nested = wpdiscuz7(1, 0, net, wpdiscuz7(2, 1, both))
    result = threads(
        f'<div id="wpdcom"><div class="wpd-thread-list">{nested}{wpdiscuz7(3, 1, "")}</div></div>', lang="de"
    )
    assert rows(result) == [
        ("N1", "2021-06-27T12:45", 1204, None, "Text 1"),
        ("N2", "2021-06-27T12:45", 11, "Text 1", "Text 2"),
        ("N3", "2021-06-27T12:45", None, "Text 1", "Text 3"),
    ]
    assert [post.votes.kind for post in result.posts] == [VotesKind.NET, VotesKind.UP, VotesKind.UNKNOWN]
    assert result.posts[1].votes.down == 2


def test_wpdiscuz_5_keeps_relative_dates_as_written() -> None:
    body = """<div id="wcThreadWrapper" class="wc-thread-wrapper"><div id="wc-comm-58561_0" class="wc-comment
      wc_comment_level-1"><div class="wc-comment-left"><div class="wc-comment-label"><span>Gast</span></div></div><div
      id="comment-58561" class="wc-comment-right"><div class="wc-comment-header"><div
      class="wc-comment-author">Bibi</div>
      </div><div class="wc-comment-text"><p>Danke</p></div><div class="wc-comment-footer"><div
      class="wc-vote-result">6
      </div><div class="wc-footer-right"><div
      class="wc-comment-date"><i></i>1 Monat her</div></div></div></div></div></div>"""
    (post,) = threads(body, lang="de").posts
    assert (post.author, post.votes, post.text) == ("Bibi", Votes(6, VotesKind.NET), "Danke")
    assert post.posted_at is not None
    assert (post.posted_at.value, post.posted_at.how.value, post.posted_at.raw) == (None, "relative", "1 Monat her")


def test_deleted_placeholder_of_a_plugin() -> None:
    body = item("").replace(
        "<p>本文</p>", '<span class="deleted-comment">このコメントは投稿者によって削除されました。</span>'
    )
    result = threads(body)
    assert result.posts == ()
    assert reasons(result) == ["deleted"]


def test_typo3_comments_with_replies() -> None:
    def one(number: int, css: str, vote: str, replies: str = "") -> str:
        return f"""<li class="{css}" id="comment-{number}"><div class="comment-inner"><div class="comment-avatar"><img
          class="comment-author-image" alt="N{number}"></div><div class="comment-box"><div class="comment-head"><h5
          class="comment-name">N{number}</h5><span class="comment-date"
          title="12.03.2020 14:05:33">vor 2 Jahren</span><div
          class="comment-actions">{vote}<a class="upvote" href="#">+</a><a class="reply" href="#">Antworten</a>
          </div></div>
          <div class="comment-content">Text {number}<br />Zeile</div></div></div>{replies}</li>"""

    vote = '<span class="votesum voted-negative" title="3 Bewertung(en) (1 positiv, 2 negativ)">-1</span>'
    reply = f'<ol class="comment-replies">{one(8, "comment-reply first-reply", "")}</ol>'
    body = f"""<div id="c57423" class="csc-default"><h1>Kommentare (2)</h1><ol class="comment_list list">
      {one(7, "comment first-comment", vote, reply)}</ol></div>"""
    result = threads(body, lang="de")
    assert rows(result) == [
        ("N7", "2020-03-12T14:05:33", 1, None, "Text 7\nZeile"),
        ("N8", "2020-03-12T14:05:33", None, "Text 7\nZeile", "Text 8\nZeile"),
    ]
    assert result.posts[0].votes.down == 2
