"""What the screens of rooms share: the rooms and their posts, a part drawn by the clock, names and addresses."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pandas as pd
import streamlit as st

from pipeline.classroom.room import Pupil, Room, animal
from pipeline.report.tables import records
from pipeline.report.wording import Lang
from pipeline.screens import access, state
from pipeline.store import Filters
from pipeline.store.rooms import Rooms

# With the time of a run, within two seconds; more often, a busy computer would never be done with drawing.
_EVERY_SECONDS = 1.5
_SHEET = Path(__file__).with_name("classroom.css")
_RUNS = itertools.count()
_LOOPBACK = ("127.0.0.1", "localhost", "::1", "")


def style() -> None:
    """Put the style sheet of rooms on the page."""
    st.html(_sheet())


@cache
def _sheet() -> str:
    return f"<style>{_SHEET.read_text(encoding='utf-8')}</style>"


def held() -> Rooms:
    """Rooms of the open store."""
    return Rooms(state.store())


def timed(draw: Callable[[], None]) -> None:
    """Draw now, and again by the clock. To be called when all else of the page has been drawn.

    On a busy server Streamlit would lose drawings (its issue 9921): a timed request that comes when a run has ended
    but is not yet sent puts an end to the sending. So every run of the page gives the part a new name, and a request of
    the screen before names nothing and is dropped; and its clock starts last, when the rest is on its way. The part
    has a container of its own: if it is taken out for a moment, nothing below it moves up into its place.
    """

    def part() -> None:
        draw()

    part.__qualname__ = f"timed.{next(_RUNS)}"
    with st.container():
        st.fragment(part, run_every=_EVERY_SECONDS)()


def resume(page: str) -> None:
    """Draw the button that goes on in a room after its page was loaded anew.

    Nothing timed may start with the page itself: until a slow phone has worked out which page it shows, its timed
    requests name another one, and then it drops all that it shows. A tap comes later than that.
    """
    label = state.say("room.resume")
    st.button(label, key=f"{page}.resume", type="primary", on_click=access.remember, args=(page,), width="stretch")


def rows(room: Room) -> list[dict[str, Any]]:
    """:func:`post_rows` as dictionaries, kept for a minute for the whole class; to be read alone."""
    return _rows(state.store().name, room.post_ids, state.lang(), room)


@st.cache_resource(ttl=60, max_entries=64, show_spinner=False)
def _rows(name: str, post_ids: tuple[str, ...], lang: Lang, _room: Room) -> list[dict[str, Any]]:
    return records(post_rows(_room))


def post_rows(room: Room) -> pd.DataFrame:
    """The room's posts in its order: the wide table, pseudonymised. A post deleted meanwhile is missing."""
    frame = state.posts(Filters(post_ids=room.post_ids))
    places = {key: place for place, key in enumerate(room.post_ids)}
    return frame.sort_values("id", key=lambda ids: ids.map(places), ignore_index=True)


def animal_name(pupil: Pupil) -> str:
    """A pupil's animal in the language chosen."""
    kind, lap = animal(pupil)
    name = state.say(f"animal.{kind:02d}")
    return name if lap == 1 else f"{name} {lap}"


def base_address() -> str:
    """Address of this server as other devices reach it: the browser's, or this computer's in its network."""
    seen = urlsplit(st.context.url or "")
    port = seen.port or int(st.get_option("server.port"))
    if seen.hostname and (seen.hostname not in _LOOPBACK or not serves_network()):
        return f"{seen.scheme}://{seen.netloc}"
    return f"http://{_local_address()}:{port}"


def serves_network() -> bool:
    """Whether other devices can reach this server at all."""
    return st.get_option("server.address") not in ("127.0.0.1", "localhost")


def _local_address() -> str:
    # Connecting a datagram socket sends nothing; it only picks the interface that leads out.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def pupil_link(base: str, code: str) -> str:
    """Address for pupils."""
    return f"{base}/join?{urlencode({'room': code, 'lang': state.lang()})}"


def teacher_link(base: str, code: str, secret: str) -> str:
    """Address for the teacher alone."""
    return f"{base}/classroom?{urlencode({'room': code, 'key': secret, 'lang': state.lang()})}"
