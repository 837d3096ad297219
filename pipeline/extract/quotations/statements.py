"""The statements of an article in order, each with its speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.quotations import verbs
from pipeline.extract.quotations.choice import Subject, cleft, named_behind, source_of, subject_of
from pipeline.extract.quotations.events import Event, Form, after_verb, events_of, main_quote, unsaid, wraps
from pipeline.extract.quotations.memory import Memory
from pipeline.extract.quotations.sentences import Sentence, sentences
from pipeline.extract.quotations.speakers import Cast, Speaker, agent, phrase_before
from pipeline.extract.quotations.terms import is_term, kind_of, own_clause, trimmed
from pipeline.records import QuoteKind, SkipReason

_LIST_ITEM = re.compile(r"^[-・•*]\s*\S")
_LISTED = re.compile(r"次の|以下の")
_NAMELESS = "匿名を条件"
_LONGEST_REPORTER = 40
_CONNECTIVE = 4
_NEAR = 80


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody is reported to have said: range in the body, form, speaker, sources between (outermost first)."""

    start: int
    end: int
    kind: QuoteKind
    speaker: Speaker
    via: tuple[str, ...] = ()
    verb: str | None = None
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A quotation that nobody made: a condition, a wish, a guess."""

    start: int
    end: int
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class _Said:
    """Who made a statement, via whom, with which verb; ``source`` is the outermost who passed it on."""

    speaker: Speaker
    via: tuple[str, ...] = ()
    verb: str | None = None
    source: Speaker | None = None


class Reader:
    """Goes through the sentences of one body; the results are in ``statements`` and ``unsaid``."""

    def __init__(self, body: str) -> None:
        self.statements: list[Statement] = []
        self.unsaid: list[Unsaid] = []
        self._memory = Memory(Cast.of(body))
        found = sentences(body)
        for number, sentence in enumerate(found):
            self._memory.number = number
            self._read(sentence, found[number + 1] if number + 1 < len(found) else None)
            self._memory.after_quote = sentence.is_one_quote

    def _read(self, sentence: Sentence, following: Sentence | None) -> None:
        memory = self._memory
        if sentence.is_one_quote:
            self._read_quote(sentence, following)
        elif memory.listing and _LIST_ITEM.match(sentence.text):
            self._add_partials(sentence, 0, len(sentence.text), _Said(memory.listing))
        elif not self._read_reporter(sentence):
            memory.listing = memory.announced = None
            self._read_clauses(sentence)

    def _read_quote(self, sentence: Sentence, following: Sentence | None) -> None:
        """A sentence that is only 「…」: announced, named behind it, or going on with the last speaker."""
        memory = self._memory
        named = named_behind(following) if following is not None else None
        if memory.announced is not None:
            self._add(sentence, sentence.quotes[0], QuoteKind.DIRECT, _Said(memory.announced))
        elif named is not None:
            self._add(sentence, sentence.quotes[0], QuoteKind.DIRECT, _Said(memory.cast.resolve(named)))
        elif memory.speaker is not None and sentence.paragraph - memory.paragraph <= 1:
            self._add(sentence, sentence.quotes[0], QuoteKind.CONTINUATION, _Said(memory.speaker))

    def _read_reporter(self, sentence: Sentence) -> bool:
        """「…通信が伝えた。」: a source of the statements in the sentence before."""
        match = verbs.REPORTED_BY.search(sentence.shadow)
        if match is None or len(sentence.text) > _LONGEST_REPORTER or sentence.quotes or not self.statements:
            return False
        begin, phrase = phrase_before(sentence.shadow, match.start())
        who = agent(phrase)
        if who is None or begin > _CONNECTIVE:
            return False
        name = self._memory.cast.resolve(who).name
        for i in range(len(self.statements) - 1, -1, -1):
            if self.statements[i].start < self._memory.sentence_start:
                break
            self.statements[i] = replace(self.statements[i], via=(name, *self.statements[i].via))
        return True

    def _read_clauses(self, sentence: Sentence) -> None:
        before = len(self.statements)
        source = source_of(sentence)
        reports = events_of(sentence)
        self._read_events(sentence, reports, source)
        if source is not None and not any(event.said_until > source.end for event in reports):
            self._add_sourced(sentence, source)
        elif source is None and not reports:
            self._add_hearsay(sentence)
        self._memory.keep_topic(sentence, source, spoke=len(self.statements) > before)

    def _read_events(self, sentence: Sentence, reports: Sequence[Event], source: Subject | None) -> None:
        shadow = sentence.shadow
        clause = 0
        spoke: Speaker | None = None
        for i, event in enumerate(reports):
            if i and wraps(event, reports[i - 1], shadow):
                clause = after_verb(event, shadow)
                continue
            outer = reports[i + 1] if i + 1 < len(reports) and wraps(reports[i + 1], event, shadow) else None
            passed_on = source if source and source.end <= event.said_until else None
            clause = max(clause, passed_on.end) if passed_on else clause
            reason = _why_unsaid(event, outer, sentence)
            if reason is None:
                spoke = self._read_event(sentence, event, outer, clause, passed_on, spoke) or spoke
            elif (quote := main_quote(event, sentence)) is not None:
                self.unsaid.append(Unsaid(sentence.start + quote[0], sentence.start + quote[1], reason))
            clause = after_verb(event, shadow)

    def _read_event(
        self,
        sentence: Sentence,
        event: Event,
        outer: Event | None,
        clause: int,
        source: Subject | None,
        spoke: Speaker | None,
    ) -> Speaker | None:
        """Add what one report says; ``spoke`` is the speaker of the report before it in the sentence."""
        quote = main_quote(event, sentence)
        until = quote[0] - 1 if quote is not None else event.said_until
        subject = subject_of(event, sentence, clause, until, nearest=outer is not None)
        if event.form is Form.OPEN and (subject is None or _kind(sentence, event) is not QuoteKind.DIRECT):
            return None
        around = subject_of(outer, sentence, clause, until) if outer is not None else None
        said = self._said(sentence, event, subject, around, source, spoke)
        if said is None:
            return None
        if event.form is Form.THUS:
            announces = verbs.ANNOUNCES.search(sentence.shadow[: event.verb[0]]) or not self._memory.after_quote
            self._memory.announced = said.speaker if announces else None
        else:
            self._add_event(sentence, event, _said_from(sentence, event, subject, clause), said)
        return said.speaker

    def _said(
        self,
        sentence: Sentence,
        event: Event,
        subject: Subject | None,
        around: Subject | None,
        source: Subject | None,
        spoke: Speaker | None,
    ) -> _Said | None:
        """Speaker and sources: subject of the verb, of a verb around it, 「Aによると」, or who is understood."""
        cast = self._memory.cast
        outer = [cast.resolve(source.phrase)] if source is not None else []
        if around is not None and (subject is None or around.phrase != subject.phrase):
            outer.append(cast.resolve(around.phrase))
        via = tuple(each.name for each in outer)
        if subject is not None:
            speaker: Speaker | None = cast.resolve(subject.phrase)
        elif spoke is not None:
            speaker = spoke
        elif source is not None:
            speaker, via = outer[0], via[1:]
        else:
            speaker, understood = self._memory.understood(event, sentence)
            via = via or understood
        if speaker is None:
            return None
        if _NAMELESS in sentence.shadow[max(0, event.said_until - _NEAR) : event.verb[1] + _NEAR]:
            speaker = replace(speaker, anonymous=True)
        return _Said(speaker, via, sentence.text[slice(*event.verb)], outer[0] if outer else None)

    def _add_event(self, sentence: Sentence, event: Event, start: int, said: _Said) -> None:
        quote = main_quote(event, sentence)
        if quote is not None:
            for other in sentence.quotes_beside(quote):
                self._add(sentence, other, kind_of(sentence.text[slice(*other)]), said)
            self._add(sentence, quote, _kind(sentence, event), said)
        elif not self._add_partials(sentence, start, event.said_until, said):
            self._add(sentence, trimmed(sentence.shadow, start, event.said_until), QuoteKind.INDIRECT, said)

    def _add_partials(self, sentence: Sentence, start: int, end: int, said: _Said) -> bool:
        """Add the quoted words inside a reported clause; names and terms in brackets are none."""
        quotes = [quote for quote in sentence.quotes_in(start, end) if not is_term(sentence, quote)]
        for quote in quotes:
            self._add(sentence, quote, QuoteKind.PARTIAL, said)
        return bool(quotes)

    def _add_sourced(self, sentence: Sentence, source: Subject) -> None:
        """「Aによると、…(という)。」 without another verb that reports."""
        said = _Said(self._memory.cast.resolve(source.phrase))
        hearsay = verbs.HEARSAY.search(sentence.shadow)
        end = hearsay.start() if hearsay else len(sentence.shadow)
        if not self._add_partials(sentence, source.end, end, said):
            self._add(sentence, trimmed(sentence.shadow, source.end, end), QuoteKind.INDIRECT, said)
        if _LISTED.search(sentence.shadow):
            self._memory.listing = said.speaker

    def _add_hearsay(self, sentence: Sentence) -> None:
        """「…という。」 goes on with the source before it."""
        match = verbs.HEARSAY.search(sentence.shadow)
        source = self._memory.recent_source()
        if match is not None and source is not None:
            self._add(sentence, trimmed(sentence.shadow, 0, match.start()), QuoteKind.INDIRECT, _Said(source))

    def _add(self, sentence: Sentence, place: tuple[int, int], kind: QuoteKind, said: _Said) -> None:
        start, end = (sentence.start + position for position in place)
        if start < end:
            self.statements.append(Statement(start, end, kind, said.speaker, said.via, said.verb, sentence.paragraph))
            self._memory.spoke(sentence, said.speaker)
            self._memory.source = said.source or said.speaker


def _why_unsaid(event: Event, outer: Event | None, sentence: Sentence) -> SkipReason | None:
    reason = unsaid(event, sentence.shadow) or (unsaid(outer, sentence.shadow) if outer else None)
    if reason is SkipReason.IMPUTED and cleft(event, sentence) is not None:  # 「…」と言うのはA氏だ
        return None
    return reason


def _kind(sentence: Sentence, event: Event) -> QuoteKind:
    """Form of a quotation right before its report."""
    quote = main_quote(event, sentence)
    if quote is None or event.nominal or event.form in (Form.AGREED, Form.ASKED):
        return QuoteKind.PARTIAL
    return kind_of(sentence.text[slice(*quote)])


def _said_from(sentence: Sentence, event: Event, subject: Subject | None, clause: int) -> int:
    """Where a reported clause begins: behind its subject; before one that stands behind, with its own clause."""
    if subject is None:
        return clause
    return max(clause, subject.end) if subject.end else own_clause(sentence.shadow, clause, event.said_until)
