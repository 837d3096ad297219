"""Lines that say who wrote a comment and when: 「Posted by NAME at 2012年3月4日」, 「NAME says:」, 「投稿者: NAME」."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.dates import find_dates
from pipeline.records import Dated

# Patterns that repeat over words are atomic or possessive, so that no hostile line makes them try every division.
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MAX_LINE, _MAX_NAME = 160, 80
_LEAD = re.compile(
    r"^[\s>#№・•●■◆▼|/\-–—:：]*(?:\d{1,5}\s*[.．:：)）]\s+)?"
    r"(?:(?:posted|written|commented?|comment|submitted|left|reply)?\s*(?:by|from)\b[:：]?|投稿者|投稿(?=\s*[:：])|名前|お名前"
    r"|by|From|name)"
    r"\s*[:：]?\s*",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"^\s*(?:#|No\.?|№)?\s*\d{1,5}(?:\s*[.．)）：]\s*|\s*:\s+)(?=\S)", re.IGNORECASE)
_BEFORE_DATE = re.compile(r"\s+(?:on|at|um|am|le|à|el)$")
_EDGES = re.compile(r"^[\s|｜,、:：–—・]+|\s[\s|｜,、:：\-–—・]*$|[\s|｜,、]+$")
_TAIL = re.compile(
    r"(?>(?:\s|[|｜,、:：(（【\[@/・\-–—]|\b(?:at|on|um|am|le|à|via|in|says?|said|sagte?|schreibt|schrieb|wrote|dit)\b"
    r"|(?<!名無し)さん(?=\W*$)|より|の(?:コメント|発言|投稿)|が投稿|投稿日時?|日時|投稿|コメント|記入|送信)+)$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:(?:posted|written|commented?)\s+)?by\s*[:：]?\s+|^(?:投稿者|名前|お名前)\s*[:：]\s*", re.IGNORECASE
)
_BRACKETED = re.compile(r"[(（]([^()（）]+)[)）]")
_SIGNED = re.compile(r"(?:投稿者|お?名前|name)\s*[:：]", re.IGNORECASE)
_SAYS_AFTER_NAME = re.compile(r"\s+(?:より|says?|said|sagt|schreibt|wrote|dit)\s*[:：]$", re.IGNORECASE)
SAYS = re.compile(
    r"\s*(?:より|says?|said|sagt|sagte|schreibt|schrieb|meint|wrote|dit|a dit|a écrit|dice|dijo|ha detto|escribió"
    r"|diz|disse|zegt|schreef|pisze|skriver|さんのコメント|さんより|さんの発言|のコメント|の発言)"
    r"\s*(?:[:：…]|\.\.\.)*\s*$"
    r"|\s*[:：]\s*$",
    re.IGNORECASE,
)
_ONLY_SAYS = re.compile(
    r"[\s\W\d]*(?:(?:より|says?|said|sagt|sagte|schreibt|schrieb|meint|wrote|dit|a dit|a écrit|dice|on|at|am|um|by"
    r"|permalink|link|repl(?:y|ies)|edit|delete|quote|返信(?:する)?|引用|編集|削除|通報)[\s\W\d]*)+|\s*(?:#|No\.?)\s*\d+[.:]?\s*",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[\s|｜,、:：)）】\]\-–—.≫»]*(?:(?:says?|said|sagt|schreibt|wrote|posted|uhr|より|に投稿|投稿|コメント|更新|返信|編集|削除"
    r"|この(?=コメント)|[にへを](?=返信|通報)|ID\s*[:：]\s*\S++|permalink|link|#\d*|reply|edit|quote|引用|通報|URL|[x×](?=\s*$))[\s|｜,、:：)）】\]\-–—.]*)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who and when, as far as one line says."""

    author: str | None
    dated: Dated


def parse_byline(line: str, *, day_first: bool | None = None) -> Byline | None:
    """Author and date of a line that holds nothing else; None for any other line."""
    if not line or len(line) > _MAX_LINE:
        return None
    spans = find_dates(line, day_first=day_first)
    if not spans or len(spans) > 2:
        return None
    before, after = line[: spans[0].start], line[spans[0].end :]
    if len(spans) == 2:
        after = after[: spans[1].start - spans[0].end] + after[spans[1].end - spans[0].end :]
    signed = list(_SIGNED.finditer(before))
    before = before[signed[-1].start() :] if signed else before
    name = clean_author(_TAIL.sub("", _LEAD.sub("", before)))
    if name and (len(name) > _MAX_NAME or name[-1:] in "。！？!?"):
        return None
    if _AFTER.fullmatch(after):
        return Byline(name, spans[0].dated)
    trailing = clean_author(_LEAD.sub("", after))
    if name or trailing is None or len(trailing) > 40 or re.search(r"[。！？!?]", trailing):
        return None
    return Byline(trailing, spans[0].dated)


def clean_author(text: str) -> str | None:
    """Name without the words around it ("NAME says:", "1. NAME", "Posted by NAME"); None where no name is left."""
    if len(text) > _MAX_LINE:
        return None
    name = _BY.sub("", _ORDINAL.sub("", _SPACE.sub(" ", text).strip()))
    shorter = SAYS.sub("", _BEFORE_DATE.sub("", name))
    name = _EDGES.sub("", shorter if shorter.strip() else name)
    if (bracketed := _BRACKETED.fullmatch(name)) is not None:
        name = bracketed[1]
    return name if re.search(r"[^\s:：]", name) else None


def marked_author(text: str) -> str | None:
    """Name of an element that holds nothing but a name: as written, white space collapsed."""
    if len(text) > _MAX_LINE:
        return None
    return _SAYS_AFTER_NAME.sub("", _SPACE.sub(" ", text).strip()) or None


def name_before_says(line: str) -> str | None:
    """Name in a line such as "NAME says:" or 「NAME より:」; None for any other line."""
    match = _SAYS_AFTER_NAME.search(line) if len(line) <= _MAX_NAME else None
    return clean_author(line[: match.start()]) if match is not None else None


def is_furniture(line: str) -> bool:
    """Whether a line holds only words such as "says:", a bare number or links such as 返信."""
    return len(line) <= _MAX_LINE and _ONLY_SAYS.fullmatch(line) is not None


_LABEL_NAME = re.compile(
    r"(?:Reply to|Antworte(?:n)? (?:auf|an)|Auf (?=.+ antworten)|Répondre à|Responder a|Rispondi a"
    r"|Beantwoorden?(?: op)?|Reageer op|Odpowiedz użytkownikowi|Svara på)\s*:?\s*(?P<after>.+?)(?:\s+antworten)?"
    r"|(?P<before>.+?)\s*(?:さん)?(?:への?|に)(?:返信|返答|コメント)(?:する)?",
    re.IGNORECASE,
)


def name_in_reply_label(label: str | None) -> str | None:
    """Name inside the label of a reply link (「山田 に返信」, "Reply to NAME"); None where it holds none."""
    match = _LABEL_NAME.fullmatch(label.strip()) if label and len(label) <= _MAX_LINE else None
    return (match["after"] or match["before"] or "").strip() or None if match else None
