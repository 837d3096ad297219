"""The command for classroom rooms, for whoever sits at the computer that holds them."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.classroom.room import read_code
from pipeline.cli import output
from pipeline.errors import RoomRefuses


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(rooms)


def rooms(
    link: Annotated[
        str | None, typer.Option("--link", help="New teacher's link for this code; the old one ends")
    ] = None,
    delete: Annotated[str | None, typer.Option("--delete", help="Delete this room with its answers")] = None,
) -> int:
    """List classroom rooms; renew a lost teacher's link, or delete a room.

    Example: tachiba rooms --link K7MPQ2
    """
    from pipeline.store import open_store  # slow to import, and help needs none of it
    from pipeline.store.rooms import Rooms

    held = Rooms(open_store())
    if link is not None:
        code = read_code(link)
        secret = held.renew_secret(code)
        if secret is None:
            raise RoomRefuses(reason="absent")
        output.tell("cli.room_link", path=f"/classroom?room={code}&key={secret}")
    if delete is not None:
        if not held.delete_here(read_code(delete)):
            raise RoomRefuses(reason="absent")
        output.tell("cli.room_deleted", code=read_code(delete))
    for code in held.codes():
        room = held.find(code)
        if room is not None:
            output.tell("cli.room", code=code, pupils=room.joined, posts=len(room.post_ids), phase=room.phase)
    return 0
