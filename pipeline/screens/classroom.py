"""Screen 5: a teacher opens a room, or leads the one whose link was opened."""

from __future__ import annotations

import streamlit as st

from pipeline.classroom.room import read_code
from pipeline.screens import access, address, classroom_open, classroom_teach, room_live, room_watch, state
from pipeline.screens.plain import escape


def show() -> None:
    """Draw the screen."""
    room_watch.stop()
    room_live.style()
    st.title(state.say("classroom.title"))
    access.arrive("classroom")
    code, secret = read_code("".join(address.get("room")[:1])), "".join(address.get("key")[:1])
    if code and secret:
        if room_live.held().teaches(code, secret):
            if access.known("classroom"):
                classroom_teach.draw(code, secret)
            else:
                st.html(f'<p class="code">{escape(code)}</p>')
                room_live.resume("classroom")
            return
        access.leave("classroom")
        st.error(state.say("room.refuses.not_teacher"))
    if access.rooms_only():
        st.info(state.say("classroom.link_needed"))
        return
    classroom_open.draw()
