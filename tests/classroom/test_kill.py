"""A process killed in the midst of voting loses no vote that it had accepted, and leaves no half vote."""

from __future__ import annotations

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
_BEFORE_THE_KILL = 20  # accepted votes of the first voter


def test_kill_9_loses_no_accepted_vote(store: Store, store_url: str) -> None:
    _, room = opened(store, Phase.VOTE_1)
    command = [sys.executable, "-m", "tests.classroom.voter", store_url, room.code]
    voters = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(_VOTERS)]
    first = voters[0].stdout
    assert first is not None
    accepted = [first.readline() for _ in range(_BEFORE_THE_KILL)]
    for voter in voters:
        voter.kill()
    for voter in voters:
        rest, _ = voter.communicate(timeout=30)
        accepted += [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
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
