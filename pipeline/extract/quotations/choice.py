"""Whose statement it is: the subject of the reporting verb, not of a clause inside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.quotations.events import BEHIND_QUOTE, Event, Form, events_of
from pipeline.extract.quotations.sentences import Sentence
from pipeline.extract.quotations.speakers import agent, agents, phrase_before
from pipeline.extract.quotations.verbs import AMONG, ANNOUNCES, CLEFT, SOURCE, SPOKE, SPREAD, THUS, WHILE_SPEAKING

# The end of a clause that has its own predicate, and what only looks like one.
_CLAUSE_END = re.compile(r"(?:[りちきぎみびけせてねべめれげずがし]|ものの|一方(?:で)?|なか|中で)、")
_NO_CLAUSE_END = re.compile(
    r"(?:に対し(?:て)?|初め|今月初め|ながら|として|について|とともに|において|(?:めぐ|巡)って|に関(?:し|して)|に向け(?:て)?|を受け(?:て)?|に加え(?:て)?"
    r"|によって|をめぐり|にわたり|により|改めて|初めて|その上で|会見で|演説で|声明で|しかし|ただし|もし)、$"
)
_WINDOW = 12
_COUNTRY = re.compile(r"^[ァ-ヴー]+$|^[一-龯]{1,2}国$|側$|軍$|^(?:米|英|仏|独|露|中国|日本)$")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: where it begins, where its particle ends, who it is; ``end`` is 0 for one behind the statement."""

    begin: int
    end: int
    phrase: str


def subject_of(event: Event, sentence: Sentence, start: int, until: int, *, nearest: bool = False) -> Subject | None:
    """The subject of the report in a clause that begins at ``start`` and whose statement begins before ``until``.

    ``nearest``: the report stands inside another, so that its subject is the nearest one.
    """
    return (
        _aside(event, sentence)
        or _in_gap(event, sentence)
        or cleft(event, sentence)
        or _before(event, sentence, start, until, nearest)
    )


def _aside(event: Event, sentence: Sentence) -> Subject | None:
    """Speaker in brackets right behind the quotation: 「…」(A氏)と述べ."""
    match = re.compile(r"□+").match(sentence.shadow, event.said_until)
    who = agent(sentence.text[event.said_until + 1 : match.end() - 1]) if match and event.form is Form.QUOTE else None
    return Subject(event.said_until, 0, who) if who else None


def _in_gap(event: Event, sentence: Sentence) -> Subject | None:
    found = list(agents(sentence.shadow, *event.gap, "は|が|も"))
    return Subject(event.said_until, 0, found[0][2]) if found else None


def cleft(event: Event, sentence: Sentence) -> Subject | None:
    """The speaker behind the verb: 「…」と言ったのはA氏だ."""
    match = CLEFT.search(sentence.shadow, event.verb[1], event.verb[1] + 60)
    who = agent(phrase_before(sentence.shadow, match.end("who"), match.start("who"))[1]) if match else None
    return Subject(event.said_until, 0, who) if who else None


def _before(event: Event, sentence: Sentence, start: int, until: int, nearest: bool) -> Subject | None:
    shadow = sentence.shadow
    found = list(agents(shadow, start, until, "は|も|が"))
    topics = [Subject(begin, end, who) for begin, end, who, particle in found if particle != "が"]
    marked = [Subject(begin, end, who) for begin, end, who, particle in found if particle == "が"]
    if nearest:
        return marked[-1] if marked else (topics[-1] if topics else None)
    if topics:
        return _main_topic(topics, shadow, quoted=event.form in BEHIND_QUOTE)
    if event.form in BEHIND_QUOTE:
        return marked[-1] if marked else None
    # Without brackets A of 「Aが…すると述べた」 is the actor of what is said, unless a comma sets him apart.
    return next((subject for subject in marked if shadow[subject.end : subject.end + 1] == "、"), None)


def _main_topic(topics: list[Subject], shadow: str, *, quoted: bool) -> Subject:
    """The first topic, unless its clause ends before a later one."""
    chosen = topics[0]
    for later in topics[1:]:
        if not _clause_ends(shadow, chosen.end, later.begin):
            continue
        if quoted or not _COUNTRY.search(later.phrase) or _COUNTRY.search(chosen.phrase):
            chosen = later
    return chosen


def _clause_ends(shadow: str, start: int, end: int) -> bool:
    ends = (match.end() for match in _CLAUSE_END.finditer(shadow, start, end))
    return any(not _NO_CLAUSE_END.search(shadow, max(start, place - _WINDOW), place) for place in ends)


def source_of(sentence: Sentence) -> Subject | None:
    """The source of 「Aによると…」, else those among whom a view is common: 「Aの間では…との見方が広がる」."""
    found = _agent_before(SOURCE, sentence)
    return _agent_before(AMONG, sentence) if found is None and SPREAD.search(sentence.shadow) else found


def _agent_before(pattern: re.Pattern[str], sentence: Sentence) -> Subject | None:
    """The first match of ``pattern`` that stands behind somebody who can speak, together with them."""
    for match in pattern.finditer(sentence.shadow):
        begin, phrase = phrase_before(sentence.shadow, match.start())
        who = agent(phrase)
        if who is not None:
            return Subject(begin, match.end(), who)
    return None


def named_behind(following: Sentence) -> str | None:
    """The speaker of 「…」。 in the sentence behind it: A氏はこう述べた, A氏は訴えた, そう語るのはA氏だ."""
    if following.quotes:
        return None
    thus = next((match for match in THUS.finditer(following.shadow) if not ANNOUNCES.search(match[0])), None)
    if thus is None and events_of(following):
        return None
    if thus is not None and (behind := CLEFT.search(following.shadow, thus.end())) is not None:
        return agent(phrase_before(following.shadow, behind.end("who"), behind.start("who"))[1])
    report = thus or SPOKE.search(following.shadow) or WHILE_SPEAKING.search(following.shadow)
    found = list(agents(following.shadow, 0, report.end(), "は|が|も")) if report else []
    return found[0][2] if found else None
