"""Texts that stand where a comment is not: deleted, hidden, none yet, pingbacks."""

from __future__ import annotations

import re

_DELETED = re.compile(
    r"[\s\[(（【]*(?:"
    r"(?:この|当該)?(?:コメント|投稿|発言|書き込み|返信)は[^。\n]{0,40}(?:削除|非表示|表示できません|公開されていません|取り消)[^。\n]{0,30}"
    r"|(?:コメント|投稿)?(?:削除済み?|削除されました|非表示)(?:コメント|投稿)?"
    r"|(?:this |the )?(?:comment|post|message|reply) (?:was|has been|is) (?:deleted|removed|hidden|flagged)[^.\n]{0,60}"
    r"|(?:comment|post|message)? ?(?:deleted|removed)(?: by (?:the )?\w+(?: \w+)?)?"
    r"|(?:dieser|der) (?:kommentar|beitrag) wurde[^.\n]{0,40}(?:gelöscht|entfernt)[^.\n]{0,30}"
    r"|ce commentaire a été supprimé[^.\n]{0,40}"
    r")[\s\])）】。.!！]*",
    re.IGNORECASE,
)
_NONE_YET = re.compile(
    r"[\s\W]*(?:(?:この(?:記事|投稿|エントリー?|ページ)(?:への|に対する|には?|の))?(?:まだ)?(?:コメント|トラックバック|ピンバック)"
    r"(?:・トラックバック)?(?:は|が)?(?:まだ)?(?:ありません|ないようです|受け付けていません)"
    r"|(?:there are )?no (?:comments|trackbacks|pings|pingbacks|responses)(?: yet)?(?: to this (?:post|entry))?"
    r"|(?:noch )?keine kommentare(?: vorhanden)?|be the first to comment)[\s\W]*",
    re.IGNORECASE,
)
_PING = re.compile(r"\s*(?:pingback|trackback|ピンバック|トラックバック)\s*[:：]", re.IGNORECASE)


def is_deleted(text: str) -> bool:
    """Whether the whole text says that a comment was deleted or hidden."""
    return _DELETED.fullmatch(text) is not None


def is_none_yet(text: str) -> bool:
    """Whether the whole text says that there is no comment or trackback."""
    return _NONE_YET.fullmatch(text) is not None


def is_ping(text: str) -> bool:
    """Whether the text opens as WordPress opens a pingback or trackback."""
    return _PING.match(text) is not None
