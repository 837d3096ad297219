"""What a reader of an article keeps in mind: who spoke last, who is spoken of, who was announced."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.extract.quotations.choice import Subject
from pipeline.extract.quotations.events import Event, Form
from pipeline.extract.quotations.sentences import Sentence
from pipeline.extract.quotations.speakers import Cast, Speaker, agents

_LATELY = 2  # sentences after which a subject that is left out no longer means the one before
_VAGUE = ("言", "し", "求め", "いい")  # without a subject these seldom report


@dataclass(slots=True)
class Memory:
    """State between sentences. ``number`` is the number of the sentence being read.

    ``speaker`` made the last statement and ``source`` passed it on last (outermost); ``announced`` is to be quoted in
    the next sentence; ``listing`` speaks in the list that follows.
    """

    cast: Cast
    number: int = 0
    speaker: Speaker | None = None
    source: Speaker | None = None
    announced: Speaker | None = None
    listing: Speaker | None = None
    paragraph: int = -2
    sentence_start: int = 0
    after_quote: bool = False
    _topic: Speaker | None = None
    _topic_via: tuple[str, ...] = ()
    _topic_at: int = field(default=-_LATELY - 1)
    _spoke_at: int = field(default=-_LATELY - 1)

    def spoke(self, sentence: Sentence, speaker: Speaker) -> None:
        """Somebody made a statement in the sentence."""
        self.speaker = self.source = speaker
        self.announced = None
        self._spoke_at = self.number
        self.paragraph = sentence.paragraph
        self.sentence_start = sentence.start

    def understood(self, event: Event, sentence: Sentence) -> tuple[Speaker | None, tuple[str, ...]]:
        """Who is meant where a clause has no subject (the topic, else the last speaker, if recent), and via whom."""
        if event.form is Form.SAID and sentence.shadow[slice(*event.verb)] in _VAGUE:
            return None, ()
        if self._topic is not None and self._lately(self._topic_at):
            return self._topic, self._topic_via
        return (self.speaker if self._lately(self._spoke_at) else None), ()

    def recent_source(self) -> Speaker | None:
        """The source that a bare 「…という。」 goes on with."""
        return self.source if self._lately(self._spoke_at) else None

    def keep_topic(self, sentence: Sentence, source: Subject | None, *, spoke: bool) -> None:
        """Remember whom the sentence is about: a next sentence without a subject goes on with him."""
        start = source.end if source else 0
        found = list(agents(sentence.shadow, start, len(sentence.shadow), "は|も|が"))
        topic = next((item for item in found if item[3] != "が"), None) or (found[0] if found and not spoke else None)
        if topic is not None:
            self._topic, self._topic_at = self.cast.resolve(topic[2]), self.number
            self._topic_via = (self.cast.resolve(source.phrase).name,) if source else ()
        elif spoke and not source:
            self._topic, self._topic_at, self._topic_via = self.speaker, self.number, ()

    def _lately(self, number: int) -> bool:
        return self.number - number <= _LATELY
