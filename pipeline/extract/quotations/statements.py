"""The statements of an article in order, each with its speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.quotations import verbs
from pipeline.extract.quotations.choice import Subject, cleft, subject_of
from pipeline.extract.quotations.events import Event, Form, after_verb, events_of, main_quote, unsaid, wraps
from pipeline.extract.quotations.sentences import Sentence, sentences
from pipeline.extract.quotations.speakers import Cast, Speaker, agent, agents, phrase_before
from pipeline.extract.quotations.terms import is_term, kind_of, own_clause, trimmed
from pipeline.records import QuoteKind, SkipReason

_LIST_ITEM = re.compile(r"^[-・•*]\s*\S")
_LISTED = re.compile(r"次の|以下の")
_ANNOUNCES = re.compile(r"次のよう|以下のよう")
_NAMELESS = "匿名を条件"
_LONGEST_REPORTER = 40
_MEMORY = 2  # sentences after which a subject that is left out no longer means the one before
_VAGUE = ("言", "し", "求め", "いい")  # without a subject these seldom report


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


class Reader:
    """Goes through the sentences of one body and keeps in mind who spoke last and who is spoken of."""

    def __init__(self, body: str) -> None:
        self.statements: list[Statement] = []
        self.unsaid: list[Unsaid] = []
        self._cast = Cast.of(body)
        self._speaker: Speaker | None = None  # of the last statement
        self._source: Speaker | None = None  # outermost source of the last statement
        self._topic: Speaker | None = None
        self._topic_at = self._spoke_at = -_MEMORY  # numbers of the sentences
        self._number = 0
        self._topic_via: tuple[str, ...] = ()
        self._announced: Speaker | None = None  # of 「…は次のように述べた。」
        self._list_source: Speaker | None = None
        self._last_paragraph = -2
        self._last_sentence = 0  # where the last sentence with a statement begins
        found = sentences(body)
        for self._number, sentence in enumerate(found):
            self._read(sentence, found[self._number + 1] if self._number + 1 < len(found) else None)

    def _read(self, sentence: Sentence, following: Sentence | None) -> None:
        if sentence.is_one_quote:
            self._read_quote(sentence, following)
            return
        if self._list_source and _LIST_ITEM.match(sentence.text):
            self._partials(sentence, 0, len(sentence.text), self._list_source, (), None)
            return
        self._list_source = None
        if self._read_reporter(sentence):
            return
        before = len(self.statements)
        source = self._source_of(sentence)
        reports = events_of(sentence)
        self._read_events(sentence, reports, source)
        if source and not any(event.said_until > source.end for event in reports):
            self._by_source(sentence, source)
        elif (
            not source
            and not reports
            and self._source
            and self._lately(self._spoke_at)
            and (match := verbs.HEARSAY.search(sentence.shadow))
        ):
            start, end = trimmed(sentence.shadow, 0, match.start())
            self._add(sentence, start, end, self._source, QuoteKind.INDIRECT)
        self._keep_topic(sentence, source, spoke=len(self.statements) > before)

    def _read_quote(self, sentence: Sentence, following: Sentence | None) -> None:
        """A sentence that is only 「…」: announced, named behind it, or going on with the last speaker."""
        start, end = sentence.quotes[0]
        named = _named_behind(following) if following is not None else None
        if self._announced is not None:
            self._add(sentence, start, end, self._announced, QuoteKind.DIRECT)
        elif named is not None:
            self._add(sentence, start, end, self._cast.resolve(named), QuoteKind.DIRECT)
        elif self._speaker is not None and sentence.paragraph - self._last_paragraph <= 1:
            self._add(sentence, start, end, self._speaker, QuoteKind.CONTINUATION)

    def _read_reporter(self, sentence: Sentence) -> bool:
        """「…通信が伝えた。」: a source of the statements in the sentence before."""
        match = verbs.REPORTED_BY.search(sentence.shadow)
        if match is None or len(sentence.text) > _LONGEST_REPORTER or sentence.quotes or not self.statements:
            return False
        begin, phrase = phrase_before(sentence.shadow, match.start())
        who = agent(phrase)
        if who is None or begin > 4:
            return False
        name = self._cast.resolve(who).name
        for i in range(len(self.statements) - 1, -1, -1):
            if self.statements[i].start < self._last_sentence:
                break
            self.statements[i] = replace(self.statements[i], via=(name, *self.statements[i].via))
        return True

    def _source_of(self, sentence: Sentence) -> Subject | None:
        """The source of 「Aによると…」."""
        for match in verbs.SOURCE.finditer(sentence.shadow):
            begin, phrase = phrase_before(sentence.shadow, match.start())
            who = agent(phrase)
            if who is not None:
                return Subject(begin, match.end(), who)
        return None

    def _read_events(self, sentence: Sentence, reports: Sequence[Event], source: Subject | None) -> None:
        clause = 0
        spoke: Speaker | None = None
        done: Event | None = None
        for i, event in enumerate(reports):
            if done is not None and wraps(event, done, sentence.shadow):
                done, clause = event, after_verb(event, sentence.shadow)
                continue
            outer = reports[i + 1] if i + 1 < len(reports) and wraps(reports[i + 1], event, sentence.shadow) else None
            sourced = source if source and source.end <= event.said_until else None
            clause = max(clause, sourced.end) if sourced and clause < sourced.end else clause
            reason = unsaid(event, sentence.shadow) or (unsaid(outer, sentence.shadow) if outer else None)
            if reason is SkipReason.IMPUTED and cleft(event, sentence) is not None:
                reason = None
            if reason is not None:
                self._skip(sentence, clause, event, reason)
            else:
                spoke = self._read_event(sentence, event, outer, clause, sourced, spoke) or spoke
            done, clause = event, after_verb(event, sentence.shadow)

    def _read_event(
        self,
        sentence: Sentence,
        event: Event,
        outer: Event | None,
        clause: int,
        source: Subject | None,
        spoke: Speaker | None,
    ) -> Speaker | None:
        quote = main_quote(event, sentence)
        until = quote[0] - 1 if quote is not None else event.said_until
        subject = subject_of(event, sentence, clause, until, nearest=outer is not None)
        if event.form is Form.OPEN and not (
            subject and quote and kind_of(sentence.text[slice(*quote)]) is QuoteKind.DIRECT
        ):
            return None
        via: tuple[str, ...] = ()
        wrapper: Speaker | None = None
        if outer is not None:
            around = subject_of(outer, sentence, clause, until)
            if around is not None and (subject is None or around.phrase != subject.phrase):
                wrapper = self._cast.resolve(around.phrase)
                via = (wrapper.name,)
        if source is not None:
            wrapper = self._cast.resolve(source.phrase)
            via = (wrapper.name, *via) if subject is not None or spoke is not None else via
        if subject is not None:
            speaker: Speaker | None = self._cast.resolve(subject.phrase)
        else:
            speaker = spoke or (wrapper if source is not None else None) or self._understood(sentence, event)
            via = via or (self._topic_via if speaker is self._topic else ())
        if speaker is None:
            return None
        if _NAMELESS in sentence.shadow:
            speaker = replace(speaker, anonymous=True)
        if event.form is Form.THUS:
            self._announced = speaker if _ANNOUNCES.search(sentence.shadow[: event.verb[0]]) else None
            return speaker
        start = max(clause, subject.end) if subject is not None else clause
        if subject is not None and subject.end == 0:
            start = own_clause(sentence.shadow, clause, event.said_until)
        self._statement(sentence, event, start, speaker, via)
        self._source = wrapper or speaker
        return speaker

    def _understood(self, sentence: Sentence, event: Event) -> Speaker | None:
        """Who is meant where the clause has no subject: the topic so far, else the last speaker, if not long ago."""
        if event.form is Form.SAID and sentence.shadow[slice(*event.verb)] in _VAGUE:
            return None
        if self._topic is not None and self._lately(self._topic_at):
            return self._topic
        return self._speaker if self._lately(self._spoke_at) else None

    def _lately(self, number: int) -> bool:
        return self._number - number <= _MEMORY

    def _statement(self, sentence: Sentence, event: Event, start: int, speaker: Speaker, via: tuple[str, ...]) -> None:
        verb = sentence.text[slice(*event.verb)]
        quote = main_quote(event, sentence)
        if quote is not None:
            nominal = event.nominal or event.form in (Form.AGREED, Form.ASKED)
            kind = QuoteKind.PARTIAL if nominal else kind_of(sentence.text[slice(*quote)])
            self._add(sentence, *quote, speaker, kind, via, verb)
        elif not self._partials(sentence, start, event.said_until, speaker, via, verb):
            begin, end = trimmed(sentence.shadow, start, event.said_until)
            self._add(sentence, begin, end, speaker, QuoteKind.INDIRECT, via, verb)

    def _partials(
        self, sentence: Sentence, start: int, end: int, speaker: Speaker, via: tuple[str, ...], verb: str | None
    ) -> bool:
        """Add the quoted words inside a reported clause; names and terms in brackets are none."""
        quotes = [quote for quote in sentence.quotes_in(start, end) if not is_term(sentence, quote)]
        for quote in quotes:
            self._add(sentence, *quote, speaker, QuoteKind.PARTIAL, via, verb)
        return bool(quotes)

    def _by_source(self, sentence: Sentence, source: Subject) -> None:
        speaker = self._cast.resolve(source.phrase)
        if _LISTED.search(sentence.shadow):
            self._list_source = speaker
        hearsay = verbs.HEARSAY.search(sentence.shadow)
        end = hearsay.start() if hearsay else len(sentence.shadow)
        if not self._partials(sentence, source.end, end, speaker, (), None):
            self._add(sentence, *trimmed(sentence.shadow, source.end, end), speaker, QuoteKind.INDIRECT)
        self._source = speaker

    def _skip(self, sentence: Sentence, clause: int, event: Event, reason: SkipReason) -> None:
        quote = main_quote(event, sentence)
        if quote is not None:
            self.unsaid.append(Unsaid(sentence.start + quote[0], sentence.start + quote[1], reason))

    def _add(
        self,
        sentence: Sentence,
        start: int,
        end: int,
        speaker: Speaker,
        kind: QuoteKind,
        via: tuple[str, ...] = (),
        verb: str | None = None,
    ) -> None:
        if end - start < 1:
            return
        place = sentence.start + start, sentence.start + end
        self.statements.append(Statement(*place, kind, speaker, via, verb, sentence.paragraph))
        self._speaker = speaker
        self._source = speaker
        self._announced = None
        self._spoke_at = self._number
        self._last_paragraph = sentence.paragraph
        self._last_sentence = sentence.start

    def _keep_topic(self, sentence: Sentence, source: Subject | None, *, spoke: bool) -> None:
        """Remember whom the sentence is about: a next sentence without a subject goes on with him."""
        start = source.end if source else 0
        found = list(agents(sentence.shadow, start, len(sentence.shadow), "は|も|が"))
        topic = next((item for item in found if item[3] != "が"), None) or (found[0] if found and not spoke else None)
        if topic is not None:
            self._topic, self._topic_at = self._cast.resolve(topic[2]), self._number
            self._topic_via = (self._cast.resolve(source.phrase).name,) if source else ()
        elif spoke and not source:
            self._topic, self._topic_at, self._topic_via = self._speaker, self._number, ()


def _named_behind(following: Sentence) -> str | None:
    """The speaker of 「…」。 in the sentence behind it: A氏はこう述べた."""
    if following.quotes:
        return None
    for match in verbs.THUS.finditer(following.shadow):
        if not _ANNOUNCES.search(match[0]):
            found = list(agents(following.shadow, 0, match.end(), "は|が|も"))
            return found[0][2] if found else None
    return None
