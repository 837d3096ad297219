"""Against the running dashboard: a whole class votes, and a server killed in the middle loses no accepted vote."""

from __future__ import annotations

import asyncio

import pytest

from pipeline.classroom.room import Phase
from pipeline.store import Store
from tests.classroom.conftest import POST_IDS
from tests.classroom.conftest import store as store
from tests.classroom.conftest import store_url as store_url
from tests.classroom.lesson import PupilAtDesk, leave, seated
from tests.classroom.server import Server, serving
from tests.classroom.test_rooms import forward, opened

_PUPILS = 6

pytestmark = pytest.mark.benchmark


async def _until_killed(server: Server, code: str, desks: list[PupilAtDesk], accepted: int) -> None:
    """Pupils answer until ``accepted`` votes were acknowledged; then the server is killed in the midst of it."""
    tasks = [asyncio.create_task(desk.answer(code, n % 4)) for n, desk in enumerate(desks)]
    while sum(desk.sent for desk in desks) < accepted:
        await asyncio.sleep(0.01)
        assert not all(task.done() for task in tasks)
    server.kill()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def test_a_killed_server_loses_no_accepted_vote(store: Store, store_url: str) -> None:
    held, room = opened(store, Phase.LOBBY)

    async def lesson(server: Server) -> None:
        desks = await seated(server.address, room.code, _PUPILS)
        forward(held, room, Phase.VOTE_1)
        await _until_killed(server, room.code, desks, accepted=_PUPILS)
        for desk in desks:
            stored = held.own(room.code, desk.client.query["me"], 1)
            assert len(stored) >= desk.sent
        await leave(desks)
        server.restart()
        for desk in desks:  # a vote may have been kept before the screen could say so
            await desk.resume()
            desk.sent = len(held.own(room.code, desk.client.query["me"], 1))
        await asyncio.gather(*(desk.answer(room.code, n % 4) for n, desk in enumerate(desks)))
        await leave(desks)

    with serving(store_url) as server:
        asyncio.run(lesson(server))
    assert held.progress(room.code, 1) == dict.fromkeys(range(1, _PUPILS + 1), len(POST_IDS))
