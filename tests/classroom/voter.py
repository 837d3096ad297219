"""A process that votes until it is killed: each vote is named on standard output once it has been accepted."""

from __future__ import annotations

import itertools
import os
import sys

from pipeline.records import Stance
from pipeline.store import open_store
from pipeline.store.rooms import Rooms
from tests.classroom.conftest import FIELDS, POST_IDS


def main(store_url: str, code: str) -> None:
    """Join pupil after pupil; each votes on all posts."""
    held = Rooms(open_store(store_url))
    for stance in itertools.cycle(Stance):
        pupil = held.join(code)
        for post_id in POST_IDS:
            held.vote(code, pupil.token, 1, post_id, dict.fromkeys(FIELDS, str(stance)))
            # One write a line: several voters may share a pipe.
            os.write(sys.stdout.fileno(), f"{pupil.pupil.number} {post_id} {stance}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
