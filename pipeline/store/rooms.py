"""Classroom rooms: pupils without names, votes that are kept once they are accepted, and whole deletion.

A room's secret and a pupil's token are kept as hashes only. Every change is one transaction that begins with an update
of the room's own row: so votes queue up instead of failing, and none is accepted after its round has ended.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select, update

from pipeline.classroom.room import (
    CODE_ALPHABET,
    CODE_LENGTH,
    MOST_PUPILS,
    Part,
    Phase,
    Pupil,
    Role,
    Room,
    next_phase,
    visible,
    vote_round,
)
from pipeline.errors import RoomRefuses
from pipeline.human_labels import SENTIMENT
from pipeline.records import Sentiment, Stance
from pipeline.store.connect import Store
from pipeline.store.schema import room_posts, room_pupils, room_votes, rooms
from pipeline.store.writing import upsert


@dataclass(frozen=True, slots=True)
class Opened:
    """A new room: its code for pupils, its secret for the teacher, which is shown once and kept nowhere."""

    code: str
    secret: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A new pupil and the token that only this pupil's device holds."""

    pupil: Pupil
    token: str


class Rooms:
    """Rooms in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def open(self, post_ids: Sequence[str], fields: Sequence[str]) -> Opened:
        """Open a room on these posts, in this order."""
        code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
        secret = secrets.token_urlsafe(24)
        row = {"code": code, "secret_hash": _hash(secret), "phase": str(Phase.LOBBY), "fields": list(fields)}
        with self._store.transaction() as connection:
            connection.execute(insert(rooms).values(**row, joined=0, ballots=0))
            places = [{"code": code, "position": n, "post_id": key} for n, key in enumerate(dict.fromkeys(post_ids))]
            connection.execute(insert(room_posts), places)
        return Opened(code, secret)

    def find(self, code: str) -> Room | None:
        """The room of a code, or None."""
        with self._store.transaction() as connection:
            return _room(connection, code)

    def phases(self, codes: Collection[str]) -> dict[str, Phase]:
        """Phases of several rooms; one that is not there is missing."""
        query = select(rooms.c.code, rooms.c.phase).where(rooms.c.code.in_(codes))
        with self._store.transaction() as connection:
            return {row.code: Phase(row.phase) for row in connection.execute(query)}

    def teaches(self, code: str, secret: str) -> bool:
        """Whether ``secret`` is the teacher's secret of this room."""
        with self._store.transaction() as connection:
            return _teaches(connection, code, secret)

    def codes(self) -> list[str]:
        """Codes of all rooms."""
        with self._store.transaction() as connection:
            return list(connection.execute(select(rooms.c.code).order_by(rooms.c.code)).scalars())

    def renew_secret(self, code: str) -> str | None:
        """A new secret in place of a lost one, for whoever sits at this computer; None where there is no such room."""
        secret = secrets.token_urlsafe(24)
        with self._store.transaction() as connection:
            changed = connection.execute(update(rooms).where(rooms.c.code == code).values(secret_hash=_hash(secret)))
            return secret if changed.rowcount else None

    def advance(self, code: str, secret: str, seen: Phase) -> None:
        """From the phase that the teacher saw to the next; a second click on the same button does nothing.

        Raises:
            RoomRefuses: the secret is not this room's.
        """
        self._move(code, secret, next_phase(seen), rooms.c.phase == str(seen))

    def close(self, code: str, secret: str) -> None:
        """End the room: pupils see nothing more, votes stay until it is deleted.

        Raises:
            RoomRefuses: the secret is not this room's.
        """
        self._move(code, secret, Phase.CLOSED, rooms.c.code == code)

    def delete(self, code: str, secret: str) -> None:
        """Delete the room with its pupils and votes.

        Raises:
            RoomRefuses: the secret is not this room's.
        """
        with self._store.transaction() as connection:
            _require_teacher(connection, code, secret)
            _delete(connection, code)

    def delete_here(self, code: str) -> bool:
        """Delete a room without its secret, for whoever sits at this computer; whether there was one."""
        with self._store.transaction() as connection:
            there = _room(connection, code) is not None
            _delete(connection, code)
        return there

    def join(self, code: str) -> Joined:
        """Come in as a new pupil.

        Raises:
            RoomRefuses: there is no such room, it is closed, or it is full.
        """
        token = secrets.token_urlsafe(16)
        with self._store.transaction() as connection:
            enter = (
                update(rooms)
                .where(rooms.c.code == code, rooms.c.phase != str(Phase.CLOSED), rooms.c.joined < MOST_PUPILS)
                .values(joined=rooms.c.joined + 1)
                .returning(rooms.c.joined)
            )
            number = connection.execute(enter).scalar_one_or_none()
            if number is None:
                room = _room(connection, code)
                raise RoomRefuses(
                    reason="absent" if room is None else "closed" if room.phase is Phase.CLOSED else "full"
                )
            connection.execute(insert(room_pupils).values(code=code, number=number, token_hash=_hash(token)))
        return Joined(Pupil(code, number), token)

    def pupil(self, code: str, token: str) -> Pupil | None:
        """The pupil of this room who holds the token, or None."""
        with self._store.transaction() as connection:
            return _pupil(connection, code, token)

    def vote(self, code: str, token: str, round_: int, post_id: str, values: Mapping[str, str]) -> None:
        """Accept one pupil's labels of one post: all fields at once, or nothing. A later vote of the round replaces it.

        Raises:
            RoomRefuses: not a pupil of this room, the round is over, or the labels are not those asked for.
        """
        # What never changes is read before: votes wait for each other only from the update on.
        with self._store.transaction() as connection:
            room, pupil = _room(connection, code), _pupil(connection, code, token)
        if room is None:
            raise RoomRefuses(reason="absent")
        if pupil is None:
            raise RoomRefuses(reason="stranger")
        if post_id not in room.post_ids or set(values) != set(room.fields) or not _are_labels(values):
            raise RoomRefuses(reason="labels")
        phases = [str(phase) for phase in Phase if vote_round(phase) == round_]
        key = {"code": code, "number": pupil.number, "round": round_, "post_id": post_id}
        with self._store.transaction() as connection:
            touched = connection.execute(
                update(rooms).where(rooms.c.code == code, rooms.c.phase.in_(phases)).values(ballots=rooms.c.ballots + 1)
            )
            if not touched.rowcount:
                # The room may have been deleted since it was read.
                raise RoomRefuses(reason="round_over" if _room(connection, code) else "absent")
            upsert(connection, room_votes, [{**key, "field": field, "value": value} for field, value in values.items()])

    def own(self, code: str, token: str, round_: int) -> dict[str, dict[str, str]]:
        """What this pupil answered in a round: post id to field to value."""
        found: dict[str, dict[str, str]] = {}
        with self._store.transaction() as connection:
            pupil = _pupil(connection, code, token)
            if pupil is not None:
                for row in connection.execute(_votes(code, round_).where(room_votes.c.number == pupil.number)):
                    found.setdefault(row.post_id, {})[row.field] = row.value
        return found

    def progress(self, code: str, round_: int) -> dict[int, int]:
        """Number of posts that each pupil has labelled in a round; pupils who have none are there with 0."""
        answered = (
            select(room_votes.c.number, func.count(room_votes.c.post_id.distinct()).label("n"))
            .where(room_votes.c.code == code, room_votes.c.round == round_)
            .group_by(room_votes.c.number)
            .subquery()
        )
        query = (
            select(room_pupils.c.number, func.coalesce(answered.c.n, 0).label("n"))
            .select_from(room_pupils.outerjoin(answered, answered.c.number == room_pupils.c.number))
            .where(room_pupils.c.code == code)
            .order_by(room_pupils.c.number)
        )
        with self._store.transaction() as connection:
            return {row.number: row.n for row in connection.execute(query)}

    def tallies(self, code: str, role: Role, round_: int) -> pd.DataFrame | None:
        """How many gave each label: columns post_id, field, value, n. None while ``role`` may not see it."""
        counted = _votes(code, round_, func.count().label("n")).group_by(
            room_votes.c.post_id, room_votes.c.field, room_votes.c.value
        )
        return self._shown(code, role, Part.CLASS if round_ == 1 else Part.CHANGE, counted)

    def changes(self, code: str, role: Role) -> pd.DataFrame | None:
        """How many went from one label to another: columns post_id, field, before, after, n. None while hidden.

        Only those who answered both times count. Who they are does not leave the database.
        """
        before, after = room_votes.alias("before"), room_votes.alias("after")
        same = [before.c[name] == after.c[name] for name in ("code", "number", "post_id", "field")]
        columns = (before.c.post_id, before.c.field, before.c.value.label("before"), after.c.value.label("after"))
        query = (
            select(*columns, func.count().label("n"))
            .select_from(before.join(after, same[0] & same[1] & same[2] & same[3]))
            .where(before.c.code == code, before.c.round == 1, after.c.round == 2)
            .group_by(before.c.post_id, before.c.field, before.c.value, after.c.value)
        )
        return self._shown(code, role, Part.CHANGE, query)

    def _shown(self, code: str, role: Role, part: Part, query: Select[Any]) -> pd.DataFrame | None:
        with self._store.transaction() as connection:
            room = _room(connection, code)
            if room is None or part not in visible(room.phase, role):
                return None
            result = connection.execute(query)
            return pd.DataFrame(result.mappings().all(), columns=list(result.keys()))

    def _move(self, code: str, secret: str, phase: Phase, condition: ColumnElement[bool]) -> None:
        with self._store.transaction() as connection:
            _require_teacher(connection, code, secret)
            connection.execute(update(rooms).where(rooms.c.code == code, condition).values(phase=str(phase)))


def _hash(secret: str) -> str:
    # A random secret of 128 bits and more needs no salt and no slow hash.
    return hashlib.sha256(secret.encode()).hexdigest()


def _room(connection: Connection, code: str) -> Room | None:
    row = connection.execute(select(rooms).where(rooms.c.code == code)).one_or_none()
    if row is None:
        return None
    query = select(room_posts.c.post_id).where(room_posts.c.code == code).order_by(room_posts.c.position)
    posts = tuple(connection.execute(query).scalars())
    return Room(row.code, Phase(row.phase), tuple(row.fields), posts, row.joined, row.ballots)


def _pupil(connection: Connection, code: str, token: str) -> Pupil | None:
    query = select(room_pupils.c.number).where(room_pupils.c.code == code, room_pupils.c.token_hash == _hash(token))
    number = connection.execute(query).scalar_one_or_none()
    return None if number is None else Pupil(code, number)


def _teaches(connection: Connection, code: str, secret: str) -> bool:
    kept = connection.execute(select(rooms.c.secret_hash).where(rooms.c.code == code)).scalar_one_or_none()
    return kept is not None and hmac.compare_digest(kept, _hash(secret))


def _require_teacher(connection: Connection, code: str, secret: str) -> None:
    if not _teaches(connection, code, secret):
        raise RoomRefuses(reason="not_teacher")


def _delete(connection: Connection, code: str) -> None:
    for table in (room_votes, room_pupils, room_posts, rooms):
        connection.execute(delete(table).where(table.c.code == code))


def _votes(code: str, round_: int, *more: ColumnElement[Any]) -> Select[Any]:
    columns = (room_votes.c.post_id, room_votes.c.field, room_votes.c.value)
    return select(*columns, *more).where(room_votes.c.code == code, room_votes.c.round == round_)


def _are_labels(values: Mapping[str, str]) -> bool:
    return all(value in set(Sentiment if field == SENTIMENT else Stance) for field, value in values.items())
