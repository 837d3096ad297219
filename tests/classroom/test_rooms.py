"""A room keeps every accepted vote, and nobody sees in it what is not for them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from pipeline.classroom.room import (
    ANIMALS,
    CODE_ALPHABET,
    MOST_PUPILS,
    Part,
    Phase,
    Pupil,
    Role,
    animal,
    next_phase,
    read_code,
    visible,
    vote_round,
)
from pipeline.errors import RoomRefuses
from pipeline.store import Store
from pipeline.store.rooms import Opened, Rooms
from pipeline.store.schema import metadata, room_pupils, room_votes, rooms
from tests.classroom.conftest import FIELDS, POST_IDS

FAVOR = dict.fromkeys(FIELDS, "favor")
AGAINST = dict.fromkeys(FIELDS, "against")


def opened(store: Store, phase: Phase = Phase.VOTE_1) -> tuple[Rooms, Opened]:
    """A room on three posts, moved to a phase."""
    held = Rooms(store)
    room = held.open(POST_IDS, FIELDS)
    forward(held, room, phase)
    return held, room


def forward(held: Rooms, room: Opened, phase: Phase) -> None:
    """Press Next until the phase is there."""
    while (now := held.find(room.code).phase) is not phase:  # type: ignore[union-attr]
        held.advance(room.code, room.secret, now)


def test_phases_go_one_way_to_the_end() -> None:
    seen = [Phase.LOBBY]
    while next_phase(seen[-1]) is not seen[-1]:
        seen.append(next_phase(seen[-1]))
    assert seen == list(Phase)
    assert [vote_round(phase) for phase in (Phase.VOTE_1, Phase.VOTE_2, Phase.CLASS)] == [1, 2, None]


@pytest.mark.parametrize("role", Role)
def test_nobody_sees_a_label_before_its_reveal(role: Role) -> None:
    hidden = {Part.CLASS, Part.MODEL, Part.VOTES, Part.KIND, Part.CHANGE}
    for phase in (Phase.LOBBY, Phase.VOTE_1, Phase.VOTE_2):
        assert not visible(phase, role) & hidden
    order = [Phase.CLASS, Phase.MODEL, Phase.VOTES, Phase.KIND, Phase.CHANGE]
    for earlier, later in pairwise(order):
        assert visible(earlier, role) < visible(later, role)
    assert visible(Phase.CLOSED, Role.PUPIL) == frozenset()
    assert Part.PROGRESS not in {part for phase in Phase for part in visible(phase, Role.PUPIL)}


@given(number=st.integers(1, MOST_PUPILS))
def test_each_pupil_has_an_animal_of_their_own(number: int) -> None:
    names = [animal(Pupil("ABC234", n)) for n in range(1, number + 1)]
    assert len(set(names)) == number
    assert all(1 <= kind <= ANIMALS for kind, _ in names)


def test_codes_are_read_however_they_are_typed() -> None:
    assert read_code(" ｋ７ｍ-pq2 ") == "K7MPQ2"
    assert read_code("") == ""
    assert not set("01OIL") & set(CODE_ALPHABET)


def test_a_vote_is_kept_changed_and_counted_once(store: Store) -> None:
    held, room = opened(store)
    first, second = held.join(room.code), held.join(room.code)
    held.vote(room.code, first.token, 1, POST_IDS[0], FAVOR)
    held.vote(room.code, first.token, 1, POST_IDS[0], AGAINST)
    held.vote(room.code, second.token, 1, POST_IDS[0], FAVOR)
    assert held.own(room.code, first.token, 1) == {POST_IDS[0]: AGAINST}
    assert held.progress(room.code, 1) == {1: 1, 2: 1}
    forward(held, room, Phase.CLASS)
    found = held.tallies(room.code, Role.PUPIL, 1)
    assert found is not None
    us = found[found["field"] == "us"]
    assert dict(zip(us["value"], us["n"], strict=True)) == {"favor": 1, "against": 1}


def test_votes_outside_their_round_are_refused_and_leave_nothing(store: Store) -> None:
    held, room = opened(store, Phase.LOBBY)
    pupil = held.join(room.code)
    for phase in Phase:
        forward(held, room, phase)
        for round_ in (1, 2):
            if vote_round(phase) != round_:
                with pytest.raises(RoomRefuses, match="over"):
                    held.vote(room.code, pupil.token, round_, POST_IDS[0], FAVOR)
    with store.transaction() as connection:
        assert connection.execute(select(room_votes)).all() == []
    assert held.find(room.code).ballots == 0  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("post_id", "values"),
    [
        ("f" * 16, FAVOR),
        (POST_IDS[0], {"us": "favor"}),
        (POST_IDS[0], {**FAVOR, "china": "favor"}),
        (POST_IDS[0], {**FAVOR, "us": "positive"}),
    ],
)
def test_labels_that_were_not_asked_for_are_refused(store: Store, post_id: str, values: dict[str, str]) -> None:
    held, room = opened(store)
    pupil = held.join(room.code)
    with pytest.raises(RoomRefuses):
        held.vote(room.code, pupil.token, 1, post_id, values)
    assert held.progress(room.code, 1) == {1: 0}


def test_a_vote_for_a_room_that_goes_in_that_moment_is_told_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    held, room = opened(store)
    pupil = held.join(room.code)
    # Labels are looked at between reading the room and writing the vote.
    monkeypatch.setattr("pipeline.store.rooms._are_labels", lambda _: held.delete_here(room.code))
    with pytest.raises(RoomRefuses) as refused:
        held.vote(room.code, pupil.token, 1, POST_IDS[0], FAVOR)
    assert refused.value.params["reason"] == "absent"


def test_a_pupil_reaches_neither_another_room_nor_the_teachers_view(store: Store) -> None:
    held, room = opened(store)
    _, other = opened(store)
    pupil = held.join(room.code)
    assert held.pupil(other.code, pupil.token) is None
    assert held.own(other.code, pupil.token, 1) == {}
    with pytest.raises(RoomRefuses):
        held.vote(other.code, pupil.token, 1, POST_IDS[0], FAVOR)
    for secret in ("", pupil.token, other.secret, room.code):
        assert not held.teaches(room.code, secret)
        for forbidden in (held.close, held.delete):
            with pytest.raises(RoomRefuses):
                forbidden(room.code, secret)
        with pytest.raises(RoomRefuses):
            held.advance(room.code, secret, Phase.VOTE_1)
    assert held.find(room.code).phase is Phase.VOTE_1  # type: ignore[union-attr]


def test_tallies_and_changes_are_none_until_they_are_revealed(store: Store) -> None:
    held, room = opened(store, Phase.LOBBY)
    pupils = [held.join(room.code) for _ in range(3)]
    shown: dict[Role, list[tuple[Phase, int]]] = {role: [] for role in Role}
    for phase in Phase:
        forward(held, room, phase)
        if (round_ := vote_round(phase)) is not None:
            for n, pupil in enumerate(pupils):
                held.vote(room.code, pupil.token, round_, POST_IDS[0], FAVOR if n < round_ else AGAINST)
        for role in Role:
            found = [held.tallies(room.code, role, 1), held.tallies(room.code, role, 2), held.changes(room.code, role)]
            shown[role] += [(phase, n) for n, table in enumerate(found) if table is not None]
    open_phases = [Phase.CLASS, Phase.MODEL, Phase.VOTES, Phase.KIND, Phase.CHANGE]
    expected = [*((phase, 0) for phase in open_phases[:-1]), *((Phase.CHANGE, n) for n in range(3))]
    assert shown[Role.PUPIL] == expected
    assert shown[Role.TEACHER] == [*expected, *((Phase.CLOSED, n) for n in range(3))]


def test_changes_tell_how_many_and_not_who(store: Store) -> None:
    held, room = opened(store)
    pupils = [held.join(room.code) for _ in range(4)]
    for pupil in pupils:
        held.vote(room.code, pupil.token, 1, POST_IDS[0], FAVOR)
    forward(held, room, Phase.VOTE_2)
    for pupil in pupils[:3]:  # the fourth does not answer again
        held.vote(room.code, pupil.token, 2, POST_IDS[0], AGAINST if pupil is pupils[0] else FAVOR)
    forward(held, room, Phase.CHANGE)
    found = held.changes(room.code, Role.TEACHER)
    assert found is not None
    assert list(found.columns) == ["post_id", "field", "before", "after", "n"]
    us = found[found["field"] == "us"]
    assert {(row.before, row.after): row.n for row in us.itertuples()} == {
        ("favor", "against"): 1,
        ("favor", "favor"): 2,
    }


def test_a_second_click_on_next_does_nothing(store: Store) -> None:
    held, room = opened(store, Phase.LOBBY)
    for _ in range(2):
        held.advance(room.code, room.secret, Phase.LOBBY)
    assert held.find(room.code).phase is Phase.VOTE_1  # type: ignore[union-attr]


def test_a_closed_room_lets_nobody_in_and_deletion_leaves_nothing(store: Store) -> None:
    held, room = opened(store)
    pupil = held.join(room.code)
    held.vote(room.code, pupil.token, 1, POST_IDS[0], FAVOR)
    held.close(room.code, room.secret)
    with pytest.raises(RoomRefuses, match="closed"):
        held.join(room.code)
    held.delete(room.code, room.secret)
    assert held.find(room.code) is None
    with pytest.raises(RoomRefuses):
        held.join(room.code)
    with store.transaction() as connection:
        for table in metadata.sorted_tables:
            if table.name.startswith("room"):
                assert connection.execute(select(table)).all() == []


def test_nothing_personal_and_no_secret_is_stored(store: Store) -> None:
    held, room = opened(store)
    pupil = held.join(room.code)
    with store.transaction() as connection:
        stored = str([connection.execute(select(table)).all() for table in (rooms, room_pupils)])
    assert pupil.token not in stored
    assert room.secret not in stored
    assert {column.name for column in room_pupils.columns} == {"code", "number", "token_hash"}


def test_a_lost_secret_is_renewed_and_the_old_one_is_void(store: Store) -> None:
    held, room = opened(store)
    secret = held.renew_secret(room.code)
    assert secret is not None
    assert held.teaches(room.code, secret)
    assert not held.teaches(room.code, room.secret)
    assert held.renew_secret("AAAAAA") is None
    assert held.codes() == [room.code]
    assert held.delete_here(room.code)
    assert not held.delete_here(room.code)


def test_a_full_room_refuses(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.rooms.MOST_PUPILS", 2)
    held, room = opened(store)
    held.join(room.code)
    held.join(room.code)
    with pytest.raises(RoomRefuses, match="full"):
        held.join(room.code)


def test_forty_pupils_at_once_lose_no_vote(store: Store) -> None:
    held, room = opened(store)

    def lesson(_: int) -> None:
        pupil = held.join(room.code)
        for post_id in POST_IDS:
            held.vote(room.code, pupil.token, 1, post_id, FAVOR)

    with ThreadPoolExecutor(40) as pool:
        list(pool.map(lesson, range(40)))
    assert held.progress(room.code, 1) == dict.fromkeys(range(1, 41), 3)
    assert held.find(room.code).ballots == 120  # type: ignore[union-attr]
    forward(held, room, Phase.CLASS)
    found = held.tallies(room.code, Role.TEACHER, 1)
    assert found is not None
    assert found["n"].tolist() == [40] * 9
