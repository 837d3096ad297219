"""The teacher's view of a room: how to join, progress, the next step, what is revealed, questions, papers."""

from __future__ import annotations

import io

import segno
import streamlit as st

from pipeline.classroom.room import MOST_PUPILS, Part, Phase, Pupil, Role, Room, next_phase, visible, vote_round
from pipeline.screens import access, classroom_papers, classroom_results, room_live, room_watch, state
from pipeline.screens.plain import escape

_STEPS = tuple(Phase)


def draw(code: str, secret: str) -> None:
    """Draw the view."""
    room = room_live.held().find(code)
    if room is None:
        st.error(state.say("room.refuses.absent"))
        return
    st.html(_steps(room.phase))
    _lead(room, secret)
    if room.phase in (Phase.LOBBY, Phase.VOTE_1):
        _entrance(room)
    else:
        with st.expander(state.say("classroom.how_to_join"), icon=":material/qr_code_2:"):
            _entrance(room)
    progress = st.container()
    parts = visible(room.phase, Role.TEACHER)
    if Part.CLASS in parts:
        classroom_results.draw(room, Role.TEACHER)
    classroom_results.questions(room)
    with st.expander(state.say("classroom.papers"), icon=":material/print:"):
        classroom_papers.draw(room, room_live.pupil_link(room_live.base_address(), room.code))
    _end(room, secret)
    if vote_round(room.phase) is not None or room.phase is Phase.LOBBY:
        with progress:
            room_live.timed(lambda: _progress(room.code, room.phase, len(room.post_ids)))
    room_watch.follow(code, room.phase)


def _steps(phase: Phase) -> str:
    """The lesson's steps as a line; the present one is bold and says so to a screen reader."""
    items = []
    for step in _STEPS:
        here = ' class="here" aria-current="step"' if step is phase else ""
        items.append(f"<li{here}>{escape(state.say(f'classroom.step_{step}'))}</li>")
    return f'<ol class="steps">{"".join(items)}</ol>'


def _lead(room: Room, secret: str) -> None:
    if room.phase is Phase.CLOSED:
        st.info(state.say("classroom.closed_teacher"))
        return
    following = next_phase(room.phase)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            state.say(f"classroom.to_{following}"),
            key=f"classroom.next.{room.phase}",
            type="primary",
            icon=":material/arrow_forward:",
            on_click=_advance,
            args=(room.code, secret, room.phase),
        )
        st.markdown(state.say(f"classroom.say_{room.phase}"))


def _advance(code: str, secret: str, seen: Phase) -> None:
    with state.guard():
        # The run of this click draws the next step: one more, asked for by the watch, could cost the click after it.
        room_watch.stop()
        room_live.held().advance(code, secret, seen)


def _entrance(room: Room) -> None:
    if not room_live.serves_network():
        st.warning(state.say("classroom.not_lan"))
    base = room_live.base_address()
    link = room_live.pupil_link(base, room.code)
    left, right = st.columns([1, 2], vertical_alignment="center")
    left.image(_qr(link), width=280, alt=state.say("handout.poster_qr"))
    with right:
        st.html(
            f'<p class="say">{escape(state.say("classroom.join_how"))}</p>'
            f'<p class="address">{escape(base)}/join</p><p class="code">{escape(room.code)}</p>'
        )
        st.caption(state.say("classroom.pupil_link_note"))
        st.code(link, language=None)


def _qr(link: str) -> bytes:
    picture = io.BytesIO()
    segno.make(link, error="m").save(picture, kind="png", scale=8, border=2)
    return picture.getvalue()


def _progress(code: str, phase: Phase, posts: int) -> None:
    done = room_live.held().progress(code, vote_round(phase) or 1)
    joined = len(done)
    if phase is Phase.LOBBY:
        st.markdown(f"**{state.say('classroom.joined', n=joined, most=MOST_PUPILS)}**")
    else:
        finished = sum(n == posts for n in done.values())
        given = sum(done.values())
        st.progress(given / max(1, joined * posts), state.say("classroom.progress", finished=finished, n=joined))
    st.html(f'<ul class="pupils">{"".join(_pupil(code, number, n, posts) for number, n in done.items())}</ul>')


def _pupil(code: str, number: int, done: int, posts: int) -> str:
    name = room_live.animal_name(Pupil(code, number))
    return f"<li>{escape(name)} <small>{done}/{posts}{' ✓' if done == posts else ''}</small></li>"


def _end(room: Room, secret: str) -> None:
    with st.expander(state.say("classroom.end"), icon=":material/lock:"):
        st.caption(state.say("classroom.teacher_link_note"))
        st.code(room_live.teacher_link(room_live.base_address(), room.code, secret), language=None)
        if room.phase is not Phase.CLOSED:
            st.button(state.say("classroom.close"), key="classroom.close", on_click=_close, args=(room.code, secret))
        st.button(state.say("classroom.leave"), key="classroom.leave", on_click=access.leave, args=("classroom",))
        sure = st.checkbox(state.say("classroom.delete_sure"), key=f"classroom.sure.{room.code}")
        st.button(
            state.say("classroom.delete"),
            key="classroom.delete",
            disabled=not sure,
            on_click=_delete,
            args=(room.code, secret),
        )


def _close(code: str, secret: str) -> None:
    with state.guard():
        room_watch.stop()
        room_live.held().close(code, secret)


def _delete(code: str, secret: str) -> None:
    with state.guard():
        room_watch.stop()
        room_live.held().delete(code, secret)
        access.leave("classroom")
