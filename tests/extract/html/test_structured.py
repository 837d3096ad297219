"""schema.org comments in JSON-LD and microdata."""

from __future__ import annotations

import json

from pipeline.records import Votes, VotesKind
from tests.extract.html.pages import rows, threads


def json_ld(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def test_comments_of_an_article_with_replies_and_counters() -> None:
    reply = {"@type": "Comment", "text": "返事", "author": "乙", "dateCreated": "2022-02-22"}
    comment = {
        "@type": "Comment",
        "@id": "#c1",
        "text": "<p>一行<br>二行</p>",
        "author": {"@type": "Person", "name": "甲"},
        "datePublished": "2022-02-21T12:34:56+09:00",
        "upvoteCount": 3,
        "downvoteCount": "1",
        "comment": [reply],
    }
    liked = {
        "@type": "Comment",
        "text": "三",
        "author": {"name": "丙"},
        "interactionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/LikeAction",
            "userInteractionCount": 7,
        },
    }
    article = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "題", "comment": [comment, liked]}
    result = threads(json_ld(article))
    assert rows(result) == [
        ("甲", "2022-02-21T12:34:56", 3, None, "一行\n二行"),
        ("乙", "2022-02-22", None, "一行\n二行", "返事"),
        ("丙", None, 7, None, "三"),
    ]
    assert result.posts[0].votes == Votes(3, VotesKind.UP, 1)


def test_a_forum_post_is_the_article_and_its_comments_are_posts() -> None:
    forum = {
        "@graph": [
            {
                "@type": "DiscussionForumPosting",
                "text": "最初の投稿",
                "author": {"name": "主"},
                "comment": [{"@type": "Comment", "text": "返信", "author": {"name": "乙"}}],
            }
        ]
    }
    assert rows(threads(json_ld(forum))) == [("乙", None, None, None, "返信")]


def test_the_same_thread_in_json_and_mark_up_is_one_thread() -> None:
    data = json_ld({"@type": "Article", "comment": [{"@type": "Comment", "text": "本文", "author": {"name": "甲"}}]})
    body = """<ol class="commentlist"><li class="comment" id="comment-1"><b class="fn">甲</b><div
      class="comment-text">本文
      </div></li></ol>"""
    result = threads(data + body)
    assert rows(result) == [("甲", None, None, None, "本文")]
    assert [part.reason.value for part in result.skipped] == ["duplicate"]


def test_microdata_comments_nested() -> None:
    def comment(name: str, text: str, inner: str = "") -> str:
        return f"""<div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><span
        itemprop="author" itemscope
          itemtype="https://schema.org/Person"><span itemprop="name">{name}</span></span> <time
          itemprop="datePublished"
          datetime="2022-02-21T12:34">2/21</time><div itemprop="text"><p>{text}</p></div><span
          itemprop="upvoteCount">5</span>
          {inner}</div>"""

    body = f"<section>{comment('甲', '一', comment('乙', '二'))}{comment('丙', '三')}</section>"
    assert rows(threads(body)) == [
        ("甲", "2022-02-21T12:34", 5, None, "一"),
        ("乙", "2022-02-21T12:34", 5, "一", "二"),
        ("丙", "2022-02-21T12:34", 5, None, "三"),
    ]


def test_old_user_comments() -> None:
    body = """<div itemscope itemtype="http://schema.org/UserComments"><span itemprop="creator"><span
      itemprop="name">甲</span>
      </span><meta itemprop="commentTime" content="2012-03-04T05:06:07"><p itemprop="commentText">本文</p></div>"""
    assert rows(threads(body)) == [("甲", "2012-03-04T05:06:07", None, None, "本文")]


def test_broken_json_ld_is_passed_over() -> None:
    assert threads('<script type="application/ld+json">{"comment": [</script>').posts == ()
