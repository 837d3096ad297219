"""Parts of copied pages that are no article: related posts, rankings, adverts, navigation.

A mark stands for itself alone, for the list that follows it, or for all that follows up to the next mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from pipeline.extract.text.drafts import Cut, cut
from pipeline.extract.text.lines import Line, folded
from pipeline.records import SkipReason


class _Reach(Enum):
    """How far a mark reaches."""

    LINE = auto()
    ITEMS = auto()
    REST = auto()


_R = SkipReason
_L, _I, _A = _Reach.LINE, _Reach.ITEMS, _Reach.REST
_MARKS: tuple[tuple[re.Pattern[str], SkipReason, _Reach], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reason, reach)
    for pattern, reason, reach in (
        (r"[【\[■◆●]\s*(?:関連|話題の|あわせて読みたい|おすすめ|こちらも)[^】\]]{0,12}[】\]]?$", _R.RELATED, _I),
        (r"(?:関連記事|関連リンク|あわせて読みたい|合わせて読みたい|次に読む)\s*:.+", _R.RELATED, _L),
        (
            r"(?:関連記事|関連ニュース|関連する記事|おすすめ記事|最近の投稿|最新記事一覧|あわせて読みたい)$",
            _R.RELATED,
            _A,
        ),
        (r"今、?あなたに(?:オススメ|おすすめ)|おすすめの記事|ニュース速報|こんな記事も読まれています", _R.RELATED, _A),
        (
            r"(?:\d+\.\s*)?(?:この記事への?)?(?:トラックバック|ピンバック)(?:はありません|\s*\(\d+\)|URL|一覧)?。?$",
            _R.TRACKBACK,
            _L,
        ),
        (r".{0,8}(?:人気|アクセス|週間|月間|閲覧)?(?:記事)?ランキング$", _R.RANKING, _A),
        (
            r"MAGAZINE$|メールマガジン|(?:PR|AD|広告|スポンサーリンク|Sponsored(?: Links?)?)$|.{0,20}好評発売中",
            _R.ADVERT,
            _A,
        ),
        (r"お知らせ\s*:", _R.ADVERT, _L),
        (r".{0,120}(?:前|次)の(?:ページ|記事)(?:へ)?\s*[>»]?$", _R.NAVIGATION, _L),
        (
            r"(?:PAGE\s*TOP|ページトップ(?:へ)?|トップへ戻る|ホーム|HOME|メニュー|検索|ログイン|シェアする|ツイート)$",
            _R.NAVIGATION,
            _L,
        ),
        (r"Copyright\b|©|\(c\)\s*\d{4}|.{0,60}無断(?:転載|転用|複製)", _R.BOILERPLATE, _A),
        (
            r"この記事は(?:有料)?会員限定(?:記事)?です|日経の記事利用サービスについて|企業での記事共有や|関連企業・業界",
            _R.BOILERPLATE,
            _L,
        ),
        (r"多様な観点から|※掲載される投稿は|Think!\s?の投稿を読む", _R.BOILERPLATE, _L),
        (r"コメントを(?:書く|残す|投稿する?|追加)|メールアドレスが公開されることはありません", _R.NAVIGATION, _A),
    )
)
_ITEM = re.compile(r"[•●○◦▪・*>»→-]|\d{1,2}[.)]\s")
_NUMBERED = re.compile(r"\d{1,2}\.\s")
_LONGEST = 200


def boilerplate(lines: Sequence[Line], *, after_thread: bool) -> tuple[Cut, ...]:
    """What of an unbroken stretch of lines is no article, with its reason.

    ``after_thread``: comments stand above, so that nothing here is an article.
    """
    cuts: list[Cut] = []
    reason = SkipReason.BOILERPLATE if after_thread else None
    start = i = 0
    while i < len(lines):
        found = _match(lines[i], after_thread)
        if found is None or found == (reason, _Reach.REST):
            i += 1
            continue
        if reason is not None:
            cuts += cut(lines[start:i], reason)
        end = _items_end(lines, i + 1) if found[1] is _Reach.ITEMS else i + 1
        if found[1] is _Reach.REST:
            start, reason = i, found[0]
        else:
            cuts += cut(lines[i:end], found[0])
            start = end
        i = end
    if reason is not None:
        cuts += cut(lines[start:], reason)
    return tuple(cuts)


def _match(line: Line, after_thread: bool) -> tuple[SkipReason, _Reach] | None:
    if not line.text or len(line.text) > _LONGEST:
        return None
    text = folded(line.text)
    for pattern, reason, reach in _MARKS:
        if pattern.match(text):
            return reason, reach
    # Cards of other posts: numbered, each with category, title and the beginning of its text.
    return (SkipReason.RELATED, _Reach.REST) if after_thread and _NUMBERED.match(text) else None


def _items_end(lines: Sequence[Line], start: int) -> int:
    """Index after the list items and the blank lines between them."""
    end = start
    for i in range(start, len(lines)):
        if lines[i].text and not _ITEM.match(folded(lines[i].text)):
            break
        end = i + 1 if lines[i].text else end
    return end
