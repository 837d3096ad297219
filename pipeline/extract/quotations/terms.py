"""What stands in brackets or in a reported clause: whole sentence, fragment, or only a name or term."""

from __future__ import annotations

import re

from pipeline.extract.quotations.sentences import Sentence
from pipeline.records import QuoteKind

_SENTENCE = re.compile(r"(?:[るいただうくすつぬむぐぶ]|ない|です|ます|せん|[かよねぞ]|[。！？!?…]|\))$")
_NOUN_BEHIND = re.compile(
    r"計画|作戦|問題|事件|会談|構想|運動|政策|主義|戦略|対話|協定|条約|法案|論|説|型|号|版|社|党|派|と(?:呼ばれ|いう|名付け|称)"
)
_NOUN_BEFORE = re.compile(r"[一-龯々ァ-ヴーA-Za-z0-9]$")
_ADNOMINAL = re.compile(r"(?:の|る|た|な|□)$")
_LONGEST_TERM = 15
# At the start of a clause: connectives, times, places and addressees.
_LEADING = re.compile(
    r"(?:(?:一方|また|さらに|ただ|ただし|しかし|だが|そして|実際|なお|その上で|これに対し(?:て)?|会談後|同日|前日)(?:で|は)?、"
    r"|(?:[0-9０-９]+月)?[0-9０-９]+日(?:遅く|午前|午後|夜|朝)?(?!の|に)、?|今月初め、?|先週、?|前日、?|この日、?"
    r"|[^、。]{1,20}(?:に対し(?:て)?|に向け(?:て)?|会見で|演説で|声明で|議会で|取材に|一方|ものの|後|前夜)、|、)"
)
_CONTRAST = re.compile(r"(?:[たるいだ]が|ものの|一方(?:で)?)、")
_SENTENCE_MARK = "。 　"


def kind_of(words: str) -> QuoteKind:
    """Direct where the quoted words end as a sentence does, else partial."""
    return QuoteKind.DIRECT if _SENTENCE.search(words.strip()) else QuoteKind.PARTIAL


def is_term(sentence: Sentence, quote: tuple[int, int]) -> bool:
    """Whether 「…」 in a reported clause is a name or term (「ジャベリン」, 「戦略的安定対話」) and nobody's words."""
    start, end = quote
    words = sentence.text[start:end]
    before = sentence.shadow[max(0, start - 9) : start - 1]
    behind = sentence.shadow[end + 1 : end + 9]
    if _NOUN_BEHIND.match(behind):
        return True
    if len(words) > _LONGEST_TERM or re.search(r"[ぁ-ん]", words.replace("の", "")):
        return len(words) <= _LONGEST_TERM and _NOUN_BEFORE.search(before) is not None
    if "の" in words:
        return False
    return _NOUN_BEFORE.search(before) is not None or _ADNOMINAL.search(before) is not None


def trimmed(shadow: str, start: int, end: int) -> tuple[int, int]:
    """The range without connectives, times and addressees at its start and the full stop at its end."""
    while (match := _LEADING.match(shadow, start, end)) is not None and match.end() < end:
        start = match.end()
    while end > start and shadow[end - 1] in _SENTENCE_MARK:
        end -= 1
    return start, end


def own_clause(shadow: str, start: int, end: int) -> int:
    """Start of the last clause of a range, where the one before it stands in contrast (…したが、…)."""
    cut = [match.end() for match in _CONTRAST.finditer(shadow, start, end)]
    return cut[-1] if cut else start
