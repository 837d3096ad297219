"""The rules of a room: its phases in order, when votes count, and who may see what in each phase."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """A room goes through these in this order and never back; it may be closed at any time."""

    LOBBY = "lobby"
    VOTE_1 = "vote_1"
    CLASS = "class"
    MODEL = "model"
    VOTES = "votes"
    KIND = "kind"
    VOTE_2 = "vote_2"
    CHANGE = "change"
    CLOSED = "closed"

    def comes_after(self, other: Phase) -> bool:
        """Whether a room goes through ``other`` before this one."""
        return _ORDER.index(self) > _ORDER.index(other)


class Role(StrEnum):
    """Who looks."""

    PUPIL = "pupil"
    TEACHER = "teacher"


class Part(StrEnum):
    """What there is to see."""

    POSTS = "posts"
    PROGRESS = "progress"
    CLASS = "class"
    MODEL = "model"
    VOTES = "votes"
    KIND = "kind"
    CHANGE = "change"


_ORDER = tuple(Phase)
_REVEALED = {Phase.CLASS: Part.CLASS, Phase.MODEL: Part.MODEL, Phase.VOTES: Part.VOTES, Phase.KIND: Part.KIND}
_ROUNDS = {Phase.VOTE_1: 1, Phase.VOTE_2: 2}

# Letters and digits that are not taken for each other on a blackboard (no 0 O 1 I L).
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 6
MOST_PUPILS = 200
ANIMALS = 72


@dataclass(frozen=True, slots=True)
class Room:
    """A room as it stands. ``fields`` are the targets' keys, and ``sentiment`` where it is asked for.

    ``joined`` counts pupils, ``ballots`` accepted votes: together with ``phase`` they tell whether anything changed.
    """

    code: str
    phase: Phase
    fields: tuple[str, ...]
    post_ids: tuple[str, ...]
    joined: int
    ballots: int


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil: a number in the room, from 1, and nothing else."""

    code: str
    number: int


def next_phase(phase: Phase) -> Phase:
    """The phase after ``phase``; the last one stays."""
    return _ORDER[min(_ORDER.index(phase) + 1, len(_ORDER) - 1)]


def vote_round(phase: Phase) -> int | None:
    """1 or 2 while votes count, else None."""
    return _ROUNDS.get(phase)


def visible(phase: Phase, role: Role) -> frozenset[Part]:
    """What ``role`` may see in ``phase``.

    Until the class is revealed nobody sees a label, the teacher neither: the screen may be on the wall. While pupils
    vote again, the results are hidden, so that they answer for themselves. A closed room shows pupils nothing.
    """
    if phase is Phase.CLOSED and role is Role.PUPIL:
        return frozenset()
    parts = {Part.PROGRESS} if role is Role.TEACHER else set()
    if phase is not Phase.LOBBY or role is Role.TEACHER:
        parts.add(Part.POSTS)
    if vote_round(phase) is None:
        parts |= {part for start, part in _REVEALED.items() if phase is start or phase.comes_after(start)}
    if phase in (Phase.CHANGE, Phase.CLOSED):
        parts.add(Part.CHANGE)
    return frozenset(parts)


def animal(pupil: Pupil) -> tuple[int, int]:
    """Animal of a pupil, from 1 to ``ANIMALS``, and which of that animal; the room's code decides the order."""
    order = list(range(1, ANIMALS + 1))
    random.Random(pupil.code).shuffle(order)
    lap, place = divmod(pupil.number - 1, ANIMALS)
    return order[place], lap + 1


def read_code(typed: str) -> str:
    """A code as it is stored, however it was typed: full-width, lower-case, with spaces or hyphens."""
    kept = (char for char in unicodedata.normalize("NFKC", typed).upper() if char in CODE_ALPHABET)
    return "".join(kept)[: CODE_LENGTH + 1]
