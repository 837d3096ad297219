"""Where a sentence reports a statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from pipeline.extract.quotations import verbs
from pipeline.extract.quotations.sentences import Sentence
from pipeline.extract.quotations.speakers import agent, phrase_before
from pipeline.extract.quotations.terms import kind_of
from pipeline.records import QuoteKind, SkipReason

_PREDICATE = re.compile(r"(?:[るいただうくすつぬむぐんのか。！？]|ます|です|せん)$")
_SUBJECT = re.compile(r"(?<=[^ぁ-ん])(?:は|が|も)(?=、|[^ぁ-ん]|$)")
_KANA = re.compile(r"[ぁ-んー]*")
_NOMINAL_VERBS = re.compile(
    r"主張|警告|強調|評価|批判|非難|説明|指摘|位置|断|発表|表明|明らか|けん制|牽制|予測|予想|分析|警戒|認め|し"
)
# 「…」とロシアはしている, but not 「…」とも協議している; 利用しようとしている is an attempt and no statement.
_WINDOW = 60
_BEFORE_SHI = ("は", "が", "も", "で", "、")
# 「…」として with nothing more: a sentence is said, 「重要施設」として is a name.
_AS = re.compile(r"て(?![いお])")
_VOLITIONAL = re.compile(r"(?<!だろ)(?<!でしょ)う$")
_ADVERBS = re.compile(
    r"(?:改めて|あらためて|強く|繰り返し|再三|明確に|はっきり(?:と)?|互いに|公に|正式に|厳しく|率直に)*"
)


class Form(Enum):
    """Shape of a report: behind a quotation, behind a clause, or by a frame around either."""

    QUOTE = "quote"
    SAID = "said"
    FRAME = "frame"
    FACT = "fact"
    AGREED = "agreed"
    ASKED = "asked"
    THUS = "thus"
    OPEN = "open"


BEHIND_QUOTE = (Form.QUOTE, Form.AGREED, Form.ASKED, Form.OPEN)
# Each with signs of which it needs one: most sentences hold none, and looking for a sign takes no time.
_PATTERNS = (
    (Form.QUOTE, verbs.SAID_OF_QUOTE, ("」",)),
    (Form.AGREED, verbs.AGREED, ("」",)),
    (Form.ASKED, verbs.ASKED, ("」",)),
    (Form.FRAME, verbs.FRAME, ("を", "も")),
    (Form.FRAME, verbs.SPREAD, ("との", "という")),
    (Form.FRAME, verbs.HELD, ("との", "という")),
    (Form.FACT, verbs.FACT, ("こと",)),
    (Form.FACT, verbs.POSSIBLE, ("性", "用意", "余地")),
    (Form.FACT, verbs.WISHED, ("よう",)),
    (Form.THUS, verbs.THUS, ("こう", "そう", "ように")),
    (Form.SAID, verbs.STAND, ("として",)),
    (Form.SAID, verbs.SAID, ("と",)),
    (Form.OPEN, verbs.OPEN, ("」",)),
)


@dataclass(frozen=True, slots=True)
class Event:
    """One report, in positions of its sentence: end of what is said, range of the gap before the verb, the verb."""

    form: Form
    said_until: int
    gap: tuple[int, int]
    verb: tuple[int, int]
    nominal: bool = False


def events_of(sentence: Sentence) -> list[Event]:
    """The reports of a sentence in order; where two patterns meet in one place, the more special one counts."""
    found: list[Event] = []
    covered: set[int] = set()
    shadow = sentence.shadow
    for form, pattern, signs in _PATTERNS:
        if not any(sign in shadow for sign in signs):
            continue
        for match in pattern.finditer(shadow):
            place = range(match.start(), match.end())
            event = Event(
                form, match.start(), match.span("gap"), match.span("verb"), bool(match.groupdict().get("link"))
            )
            if covered.isdisjoint(place) and _is_report(event, sentence):
                found.append(event)
                covered.update(place)
    return sorted(found, key=lambda event: event.verb)


def after_verb(event: Event, shadow: str) -> int:
    """Where the next clause begins: behind the verb's conjugation and its comma."""
    end = event.verb[1]
    kana = _KANA.match(shadow, end)
    end = kana.end() if kana and kana.end() - end <= 12 else end
    return end + 1 if shadow[end : end + 1] in ("、", "，", "。") else end


def wraps(outer: Event, inner: Event, shadow: str) -> bool:
    """Whether the outer report has nothing but the inner one as its statement: 「…」と応じたと述べた."""
    between = shadow[inner.verb[1] : outer.said_until]
    return outer.form in (Form.SAID, Form.FRAME) and len(between) <= 10 and _KANA.fullmatch(between) is not None


def _is_report(event: Event, sentence: Sentence) -> bool:
    """Whether a clause, and not a companion (首相と話す) or a reason (必要として), stands before と."""
    shadow = sentence.shadow
    before = shadow[max(0, event.said_until - _WINDOW) : event.said_until]
    gap = shadow[event.gap[0] : event.gap[1]]
    verb = shadow[event.verb[0] : event.verb[1]]
    if event.form is Form.QUOTE:
        if verb == "し" and not gap and _AS.match(shadow, event.verb[1]):
            quote = sentence.quote_ending(event.said_until)
            return quote is not None and kind_of(sentence.text[slice(*quote)]) is QuoteKind.DIRECT
        return verb != "し" or not gap or gap.endswith(_BEFORE_SHI)
    if event.form is Form.OPEN:
        return verbs.NO_REPORT.search(verb) is None
    if event.form is not Form.SAID:
        return True
    if any(
        agent(phrase_before(gap, m.start())[1]) is None
        for m in re.finditer(r"(?<=[^ぁ-んに])(?:は|が|も)(?=、|[^ぁ-ん]|$)", gap)
    ):
        return False
    if _PREDICATE.search(before):
        return verb != "し" or (not gap and not _VOLITIONAL.search(before))
    phrase = phrase_before(before, len(before))[1]
    nominal = bool(phrase) and agent(phrase) is None and _ADVERBS.fullmatch(gap) is not None
    return nominal and verb != "し" and _NOMINAL_VERBS.match(verb) is not None


def main_quote(event: Event, sentence: Sentence) -> tuple[int, int] | None:
    """The quotation right before the report, or None where a clause stands there."""
    return sentence.quote_ending(event.said_until) if event.form in BEHIND_QUOTE else None


def unsaid(event: Event, shadow: str) -> SkipReason | None:
    """Why nobody said it: what follows the verb makes it a condition, or a wish or guess. None for a real report."""
    after = shadow[event.verb[1] : event.verb[1] + _WINDOW]
    if verbs.is_hypothetical(after):
        return SkipReason.HYPOTHETICAL
    return SkipReason.IMPUTED if verbs.is_imputed(after) else None
