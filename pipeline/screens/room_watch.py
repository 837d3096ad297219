"""Screens that follow their room: one look at the database for all of them, and no clock on any screen.

A timed part would let forty phones ask once a second, each with a run of its own; and a request by the clock that
meets a tap on a busy server may cost what that run drew. Here a screen says which phase it shows, and is drawn anew,
as if its browser had asked for it, once the room has moved on.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import streamlit as st
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime import Runtime, exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pipeline.classroom.room import Phase
from pipeline.errors import StoreUnavailable
from pipeline.screens import address, state
from pipeline.store import Store
from pipeline.store.rooms import Rooms

_EVERY_SECONDS = 0.25
# A run that was asked for may have been lost with its connection: then it is asked for again.
_AGAIN_SECONDS = 5.0
# Streamlit forgets a session two minutes after its connection broke; a phone may sleep for less.
_KEPT_SECONDS = 600.0


@dataclass(slots=True)
class _Seat:
    """A session before a room: what it shows, and the request that draws it anew."""

    code: str
    phase: Phase
    request: ClientState
    since: float
    asked: float = 0.0


def follow(code: str, phase: Phase) -> None:
    """Draw this session's screen anew as soon as the room is in a later phase than ``phase``, or gone."""
    context, watch = get_script_run_ctx(), _here()
    if context is None or watch is None:
        return
    request = ClientState(query_string=address.query(), page_script_hash=context.page_script_hash)
    if context.context_info is not None:
        request.context_info.CopyFrom(context.context_info)
    watch.seat(context.session_id, _Seat(code, phase, request, time.monotonic()))


def stop() -> None:
    """A room's screen is being drawn: what this session followed so far is over."""
    context, watch = get_script_run_ctx(), _here()
    if context is not None and watch is not None:
        watch.rise(context.session_id)


def _here() -> _Watch | None:
    """The watch of this server; None where a screen runs without one, as in a test of it alone."""
    if not exists() or not isinstance(server := get_instance(), Runtime):
        return None
    return _watch(state.store(), server, state.store().name)


@st.cache_resource(show_spinner=False, max_entries=4)
def _watch(_store: Store, _server: Runtime, name: str) -> _Watch:
    return _Watch(Rooms(_store), _server)


class _Watch:
    """All sessions before the rooms of a store, and the thread that looks after them."""

    def __init__(self, rooms: Rooms, server: Runtime) -> None:
        self._rooms = rooms
        self._server = server
        self._seats: dict[str, _Seat] = {}
        self._taken = threading.Condition()
        threading.Thread(target=self._run, daemon=True, name="rooms").start()

    def seat(self, session: str, seat: _Seat) -> None:
        with self._taken:
            self._seats[session] = seat
            self._taken.notify()

    def rise(self, session: str) -> None:
        with self._taken:
            self._seats.pop(session, None)

    def _run(self) -> None:
        while True:
            with self._taken:
                self._taken.wait_for(lambda: self._seats)
                seats = dict(self._seats)
            try:
                phases = self._rooms.phases({seat.code for seat in seats.values()})
            except StoreUnavailable:  # each screen says so by itself; it may come back
                phases = None
            if phases is not None:
                for session, seat in seats.items():
                    self._look_after(session, seat, phases.get(seat.code))
            time.sleep(_EVERY_SECONDS)

    def _look_after(self, session: str, seat: _Seat, phase: Phase | None) -> None:
        now = time.monotonic()
        if self._server.get_app_session(session) is None:
            if now - seat.since > _KEPT_SECONDS:
                self._drop(session, seat)
            return
        seat.since = now
        if (phase is None or phase.comes_after(seat.phase)) and now - seat.asked > _AGAIN_SECONDS:
            # Streamlit has no public name for its event loop, on which alone it takes requests.
            loop = self._server._get_async_objs().eventloop
            loop.call_soon_threadsafe(self._ask, session, seat)

    def _ask(self, session: str, seat: _Seat) -> None:
        there = self._server.get_app_session(session)
        # A visitor who went to another screen must not be called back from there.
        here = there is not None and there.page_script_hash == seat.request.page_script_hash
        if there is not None and here and self._seats.get(session) is seat:
            seat.asked = time.monotonic()
            there.request_rerun(seat.request)

    def _drop(self, session: str, seat: _Seat) -> None:
        with self._taken:
            if self._seats.get(session) is seat:
                del self._seats[session]
