"""A process killed in the midst of voting loses no vote that it had accepted, and leaves no half vote."""

from __future__ import annotations

import os
import subprocess
import sys

from sqlalchemy import func, select

from pipeline.classroom.room import Phase
from pipeline.store import Store, open_store
from pipeline.store.schema import room_votes
from tests.classroom.conftest import FIELDS
from tests.classroom.server import ROOT
from tests.classroom.test_rooms import opened

_VOTERS = 3
_BEFORE_THE_KILL = 60  # accepted votes; a room takes 600 in a round


def test_kill_9_loses_no_accepted_vote(store: Store, store_url: str) -> None:
    _, room = opened(store, Phase.VOTE_1)
    command = [sys.executable, "-m", "tests.classroom.voter", store_url, room.code]
    reading, writing = os.pipe()  # one for all: a line is shorter than what a pipe takes at once
    voters = [subprocess.Popen(command, cwd=ROOT, stdout=writing) for _ in range(_VOTERS)]
    os.close(writing)
    with open(reading, encoding="ascii") as told:
        accepted = [told.readline() for _ in range(_BEFORE_THE_KILL)]
        for voter in voters:
            voter.kill()
        accepted += [line for line in told if line.endswith("\n")]
    for voter in voters:
        voter.wait(30)
    assert len(accepted) >= _BEFORE_THE_KILL
    kept = open_store(store_url)
    with kept.transaction() as connection:
        rows = connection.execute(select(room_votes)).all()
        whole = select(func.count()).select_from(room_votes).group_by(room_votes.c.number, room_votes.c.post_id)
        assert set(connection.execute(whole).scalars()) == {len(FIELDS)}
    kept.close()
    found = {(row.number, row.post_id, row.value) for row in rows}
    for line in accepted:
        number, post_id, stance = line.split()
        assert (int(number), post_id, stance) in found
