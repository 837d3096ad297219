"""The pupil's screen, made for a phone: join without a name, label posts blind, see what is revealed."""

from __future__ import annotations

import streamlit as st

from pipeline.classroom.room import Phase, Pupil, Role, Room, read_code, vote_round
from pipeline.errors import RoomRefuses
from pipeline.screens import access, address, classroom_ballot, classroom_results, room_live, room_watch, state
from pipeline.screens.plain import escape

_PHONE = "<style>[data-testid=stSidebar],[data-testid=stExpandSidebarButton]{display:none}</style>"


def show() -> None:
    """Draw the screen."""
    room_watch.stop()
    room_live.style()
    st.html(_PHONE)
    access.arrive("join")
    code, token = read_code("".join(address.get("room")[:1])), "".join(address.get("me")[:1])
    room = room_live.held().find(code) if code else None
    if room is None:
        _ask_code(code)
        return
    pupil = room_live.held().pupil(code, token) if token else None
    if pupil is None:
        _enter(room)
        return
    st.html(f'<h1 class="pupil">{escape(room_live.animal_name(pupil))}</h1>')
    if not access.known("join"):
        room_live.resume("join")
        return
    _phase(room, pupil, token)
    room_watch.follow(code, room.phase)


def _phase(room: Room, pupil: Pupil, token: str) -> None:
    if room.phase is Phase.CLOSED:
        st.success(state.say("join.closed"))
    elif room.phase is Phase.LOBBY:
        st.info(state.say("join.wait"))
        st.caption(state.say("join.private"))
    elif (round_ := vote_round(room.phase)) is not None:
        classroom_ballot.draw(room, pupil, token, round_)
    else:
        if room.phase is not Phase.CHANGE:
            st.subheader(state.say(f"classroom.step_{room.phase}"))
        classroom_results.draw(room, Role.PUPIL)
        classroom_ballot.own(room, token)


def _ask_code(typed: str) -> None:
    st.title(state.say("join.title"))
    _language()
    if typed:
        st.error(state.say("room.refuses.absent"))
    with st.form("join.form", border=False):
        st.text_input(state.say("join.code"), key="join.code", max_chars=12, placeholder="K7MPQ2", autocomplete="off")
        st.form_submit_button(state.say("join.go"), type="primary", on_click=_go, width="stretch")


def _go() -> None:
    address.change(room=[read_code(str(st.session_state["join.code"]))], me=[])


def _enter(room: Room) -> None:
    st.title(state.say("join.title"))
    _language()
    st.html(f'<p class="code">{escape(room.code)}</p>')
    if room.phase is Phase.CLOSED:
        st.info(state.say("room.refuses.closed"))
        return
    st.caption(state.say("join.private"))
    st.button(
        state.say("join.enter"), key="join.enter", type="primary", on_click=_join, args=(room.code,), width="stretch"
    )
    if refusal := st.session_state.pop("join.refusal", None):
        st.error(refusal)


def _join(code: str) -> None:
    if access.known("join").get("room") == [code]:  # a second tap
        return
    try:
        access.enter("join", room=code, me=room_live.held().join(code).token)
    except RoomRefuses as refusal:
        st.session_state["join.refusal"] = refusal.message(state.lang())


def _language() -> None:
    other = "en" if state.lang() == "ja" else "ja"
    label = {"ja": "日本語", "en": "English"}[other]
    st.button(label, key="join.lang", type="tertiary", icon=":material/translate:", on_click=_speak, args=(other,))


def _speak(lang: str) -> None:
    address.change(lang=[lang])
