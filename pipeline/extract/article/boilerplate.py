"""Lines of pages that are no part of the article: menus, rankings, related posts, adverts, captions, legal notes.

The phrases are those that Japanese news sites and blog themes print around their articles. Lines are matched on a
shadow with ASCII for full-width signs.
"""

from __future__ import annotations

import re
from enum import Enum

from pipeline.records import SkipReason


class Extent(Enum):
    """How much of the page a marker takes with it: its own line, its list, or all that follows."""

    LINE = "line"
    LIST = "list"
    PAGE = "page"


_OPEN = r"(?:[【\[■▼◆●]|>+)?\s*"
_CLOSE = r"\s*[】\]]?\s*:?"
# Patterns on the whole trimmed line; the first that matches counts.
_MARKERS: tuple[tuple[re.Pattern[str], SkipReason, Extent], ...] = tuple(
    (re.compile("|".join(patterns), re.IGNORECASE), reason, extent)
    for reason, extent, patterns in (
        (
            SkipReason.TRACKBACK,
            Extent.PAGE,
            (r".*(?:この記事|本記事)(?:へ|に対する)の?トラックバック.*", r"(?:トラック|ピン)バック.{0,12}"),
        ),
        (
            SkipReason.RANKING,
            Extent.PAGE,
            (r".{0,10}ランキング.{0,12}", r"(?:よく読まれている|人気の?|注目の?|いま読まれている)記事.{0,6}"),
        ),
        (
            SkipReason.RELATED,
            Extent.PAGE,
            (
                r"(?:今、?)?あなたに(?:オススメ|おすすめ).{0,12}",
                r"ニュース速報",
                r"(?:新着|最新)(?:記事|ニュース)(?:一覧)?",
                r"(?:この|同じ)カテゴリの.{0,12}",
                r"こんな記事も.{0,12}",
                r"最近の投稿",
            ),
        ),
        (
            SkipReason.BOILERPLATE,
            Extent.PAGE,
            (
                r"多様な観点からニュースを考える",
                r"※掲載される投稿は.*",
                r"Think!\s?の投稿を読む",
                r".*(?:copyright|©|\(c\)\s*(?:19|20)\d\d).*",
                r".{0,80}無断(?:転載|転用|複製|使用|で).{0,40}(?:禁|ません|断り).{0,20}",
                r"(?:日経の記事利用サービスについて|企業での記事共有や.*|関連企業・業界)",
            ),
        ),
        (
            SkipReason.NAVIGATION,
            Extent.PAGE,
            (
                r"コメント\s*:?\s*(?:\(?\d+件?\)?)?",
                r"コメント(?:する|一覧)|コメントを.{0,12}|みんなのコメント",
                r"(?:\d+\s+)?comments?(?:\s*\(\d+\))?",
                r"\d+\s?件のコメント",
                r"(?:PAGE|BACK TO)\s*TOP",
                r"ページ(?:の先頭|トップ)(?:へ.{0,6})?",
                r"トップへ戻る",
            ),
        ),
        (
            SkipReason.ADVERT,
            Extent.PAGE,
            (
                r"MAGAZINE|MOOK|.{0,20}好評発売中",
                r"メールマガジン.{0,30}|.{0,10}メルマガ(?:登録|購読).{0,20}",
                r"スポンサー(?:ド)?リンク|広告|\[?(?:PR|AD)\]?|sponsored(?: links?)?",
            ),
        ),
        (
            SkipReason.RELATED,
            Extent.LIST,
            (
                rf"{_OPEN}(?:関連(?:する)?(?:記事|ニュース|リンク|キーワード|トピックス?)|話題の記事)(?:一覧)?{_CLOSE}",
                rf"{_OPEN}(?:あわせて|合わせて|こちらも|次に)(?:読みたい|読む|おすすめ|オススメ|どうぞ)(?:記事)?{_CLOSE}",
                rf"{_OPEN}(?:編集部の)?(?:おすすめ|オススメ)の?(?:記事)?{_CLOSE}",
            ),
        ),
        (
            SkipReason.RELATED,
            Extent.LINE,
            (r"(?:関連(?:記事|リンク)?|あわせて読みたい|合わせて読みたい|次に読む)\s*:.+", r"【関連(?:記事)?】.+"),
        ),
        (SkipReason.ADVERT, Extent.LINE, (r"お知らせ\s*:.*",)),
        (
            SkipReason.NAVIGATION,
            Extent.LINE,
            (
                r".{0,150}(?:前|次)の(?:ページ|記事)(?:へ)?\s*[>»]*",
                r"(?:<+|«)\s*(?:前|次)の.*",
                r".{0,20}(?:有料会員限定|会員限定|ログインして).{0,40}",
                r"続きを読む|この記事を(?:シェア|保存|ツイート|印刷).{0,6}|記事を?(?:保存|印刷)",
                r"(?:ツイート|シェア|いいね!?|印刷|保存|共有|メールで送る)(?:する)?",
                r"facebook|twitter|line|hatena|はてなブックマーク|pocket|x",
                r"トップ(?:ページ)?|ホーム|home|top|news|menu|メニュー|検索|ログイン|会員登録|ニュース|記事",
                r"(?:[^>›]{1,15}\s*[>›]\s*)+[^>›]{0,60}",
                r"コメントメニュー",
            ),
        ),
    )
)

_CREDITED = r"ロイター|REUTERS|AFP|AP\b|EPA|時事|共同|Getty|ゲッティ|写真|撮影|提供|Photo|Handout|新華社"
_CAPTION = re.compile(
    rf".*[(\[（［〔=＝][^()（）\[\]=＝]*(?:{_CREDITED})[^。]*|.*(?:撮影|提供)[(（][^()（）]*[)）]",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:※?(?:アイキャッチ)?(?:画像|写真)の?(?:出典|提供|引用元)?|出典|提供|撮影|photo(?: by)?|image|credit)"
    r"\s*[:：].{0,200}",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:[・•‣▪■□◆◇●○▶►※*\-–]|\d{1,3}[.)．）](?!\d))\s*\S")
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_LONGEST = 200


def marker_of(line: str) -> tuple[SkipReason, Extent] | None:
    """Reason and extent, where the trimmed line is one of the known markers."""
    if len(line) > _LONGEST:
        return None
    shadow = line.translate(_HALF)
    return next(((reason, extent) for pattern, reason, extent in _MARKERS if pattern.fullmatch(shadow)), None)


def is_caption(line: str) -> bool:
    """Whether the line is the caption of a picture, ending with a credit instead of a full stop, or a credit alone."""
    if len(line) >= _LONGEST or line.endswith(("。", "」")):
        return False
    return _CREDIT.fullmatch(line) is not None or _CAPTION.fullmatch(line) is not None


def is_list_item(line: str) -> bool:
    """Whether the trimmed line is an entry of a list: a bullet or an ordinal before its text."""
    return _ITEM.match(line) is not None
