"""What the columns of a table of comments hold, by the names that they usually have in Japanese and English."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.records import VotesKind

# Field to the names of its column, the likeliest first; compared without case, spaces, - and _.
_NAMES: dict[str, tuple[str, ...]] = {
    field: tuple(" ".join(names).split())
    for field, names in {
        "number": ("commentid id postid no", "番号 コメント番号 コメントid 投稿id"),
        "parent": (
            "parentid commentparent parent parentcommentid replyto inreplyto",
            "返信先 返信先id 親コメント 親id",
        ),
        "author": (
            "author authorname commentauthor username user name authorid screenname nickname",
            "投稿者 投稿者名 名前 氏名 著者 ユーザー ユーザー名 ユーザ名 ニックネーム ハンドルネーム 発言者 回答者",
        ),
        "affiliation": ("affiliation organization organisation", "所属 肩書 肩書き 所属・肩書"),
        "kind": ("kind", "種別"),
        "posted_at": (
            "postedat timestamp datetime date createdat commentdate published publishedat created postedtime time",
            "投稿日時 投稿日 日時 日付 作成日時 作成日 回答日時 年月日",
        ),
        "updated_at": ("updatedat modifiedat editedat", "更新日時 更新日"),
        "up": (
            "likes likecount like upvotes upvotecount agrees agreementscount favorites",
            "いいね いいね数 賛成 賛成数 共感 共感数 共感した",
        ),
        "net": ("score points netvotes", "評価 スコア"),
        "votes": ("votes votecount", "票 票数 得票数 投票数"),
        "down": (
            "votesdown dislikes dislikecount downvotes downvotecount disagrees disagreementscount",
            "反対 反対数 うーん わるいね",
        ),
        "votes_kind": ("voteskind",),
        "moderated": ("moderated",),
    }.items()
}
KINDS = {"up": VotesKind.UP, "net": VotesKind.NET, "votes": VotesKind.UNKNOWN}


def find_columns(names: Iterable[str], text: str) -> dict[str, str]:
    """Field to the column that holds it; a column is used once, and never the column of the texts."""
    free = {_plain(name): name for name in reversed([name for name in names if name != text])}
    found: dict[str, str] = {}
    for field, usual in _NAMES.items():
        name = next((free[plain] for plain in usual if plain in free), None)
        if name is not None:
            found[field] = name
            del free[_plain(name)]
    return found


def _plain(name: str) -> str:
    return name.lower().translate({ord(sign): None for sign in " _-\u3000"})
