"""Words around a thread: its heading, its buttons, and what closes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.text.lines import Line, folded, trimmed

_COUNT = r"[(\[]?\s*(?P<{0}>\d{{1,3}}(?:,\d{{3}})+|\d+)\s*件?\s*(?:のコメント)?\s*[)\]]?"
_HEADING = re.compile(
    rf"(?:[■◆●▼【<]\s*)?(?:みんなの|この記事への|読者の|すべての)?(?:コメント|COMMENTS?|Comments?)(?:一覧|欄)?\s*[:】>]?"
    rf"\s*(?:{_COUNT.format('after')})?"
    r"|(?P<before>\d{1,3}(?:,\d{3})+|\d+)\s*件?\s*(?:のコメント|の?フィードバック|Comments?|comments?)"
    r"|.{0,120}(?:への|に対する)(?:コメント|フィードバック)?\s*(?P<about>\d+)\s*件(?:のフィードバック|のコメント|のレスポンス)?"
)
_CONTROL = re.compile(
    r"[•・*]?\s*(?:返信(?:する)?|引用(?:する)?|通報(?:する)?|違反報告|Reply|Quote|Report)(?:\s*[|/・\s]\s*(?:返信|引用|通報))*"
    r"\s*[↓▼]?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:\d+\.\s*)?この記事への?トラックバック|トラックバックはありません|トラックバック(?:URL)?\s*[(:]?|ピンバック"
    r"|コメントを(?:書く|残す|投稿|追加)|コメントする$|メールアドレスが公開されることはありません|PAGE\s*TOP|ページトップ|ページの先頭"
    r"|(?:【|■|◆)?\s*(?:関連記事|関連ニュース|おすすめ記事|最近の投稿|人気記事|人気ランキング|アクセスランキング)\s*】?$"
    r"|前の(?:ページ|記事)|次の(?:ページ|記事)|Copyright|©|Leave a (?:Reply|Comment)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CommentsHeading:
    """The heading of a thread and the number of comments that it states."""

    count: int | None


def comments_heading(text: str) -> CommentsHeading | None:
    """The heading that the whole line is (コメント, コメント (12), 「…」への3件のフィードバック), or None."""
    if len(text) > 160:
        return None
    match = _HEADING.fullmatch(folded(text))
    if match is None:
        return None
    digits = match["after"] or match["before"] or match["about"]
    return CommentsHeading(int(digits.replace(",", "")) if digits else None)


def without_controls(body: Sequence[Line]) -> Sequence[Line]:
    """A comment's lines without the buttons above and below its text."""
    kept = without_lower_controls(body)
    while len(kept) > 1 and is_control(kept[0].text):
        kept = trimmed(kept[1:])
    return kept


def without_lower_controls(body: Sequence[Line]) -> Sequence[Line]:
    """A comment's lines without the buttons below its text; votes may stand there, above the buttons."""
    kept = trimmed(body)
    while len(kept) > 1 and is_control(kept[-1].text):
        kept = trimmed(kept[:-1])
    return kept


def is_control(text: str) -> bool:
    """Whether the line is a button of a comment (返信, 引用, 通報) and not its text."""
    return len(text) < 24 and _CONTROL.fullmatch(folded(text)) is not None


def closes_thread(text: str) -> bool:
    """Whether the line begins what stands after a thread: trackbacks, the comment form, related posts."""
    return len(text) < 200 and _CLOSING.match(folded(text)) is not None
