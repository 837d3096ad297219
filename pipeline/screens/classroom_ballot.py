"""A pupil's answers: one post at a time, sent whole; the second round starts from the first answer."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pipeline.classroom.room import Pupil, Room
from pipeline.errors import RoomRefuses
from pipeline.screens import classroom_results, label_rows, room_live, state
from pipeline.screens.plain import markdown
from pipeline.screens.room_post import post_html
from pipeline.screens.turns import turn

Answers = Mapping[str, Mapping[str, str]]


def draw(room: Room, pupil: Pupil, token: str, round_: int) -> None:
    """Draw the post in turn, or that all are answered."""
    held = room_live.held()
    given = held.own(room.code, token, round_)
    before = held.own(room.code, token, 1) if round_ == 2 else {}
    rows = room_live.rows(room)
    numbers = {str(row["id"]): number for number, row in enumerate(rows, 1)}
    done = sum(post_id in given for post_id in numbers)
    st.progress(done / max(1, len(rows)), state.say("join.sent", done=done, n=len(rows)))
    _report()
    place = f"ballot.place.{room.code}.{round_}"
    waiting = [post_id for post_id in numbers if post_id not in given]
    again = st.session_state.get(place)
    turn = again if again in numbers else next(iter(waiting), None)
    if turn is None:
        st.success(state.say("join.all_sent"))
    else:
        row = rows[numbers[turn] - 1]
        st.markdown(f"**{state.say('join.post', number=numbers[turn], n=len(rows))}**")
        st.html(post_html(row, frozenset(), state.targets(), state.lang()))
        _ask(room, token, round_, turn, given.get(turn) or before.get(turn) or {})
    if given:
        _revise(place, {key: number for key, number in numbers.items() if key in given})


def _ask(room: Room, token: str, round_: int, post_id: str, chosen: Mapping[str, str]) -> None:
    """A form: choices stay on the phone until the answer is sent, so that a class of taps costs the server nothing."""
    keys = {field: f"ballot.{room.code}.{round_}.{post_id}.{field}" for field in room.fields}
    with st.form(f"ballot.form.{round_}.{post_id}", border=False):
        for field, key in keys.items():
            words = {label: label_rows.word(field, label) for label in label_rows.labels(field)}
            st.segmented_control(
                label_rows.field_name(field),
                list(words),
                default=chosen.get(field),
                format_func=words.__getitem__,
                key=key,
                width="stretch",
            )
        st.caption(state.say("join.second" if round_ == 2 and chosen else "join.choose_all"))
        st.form_submit_button(
            state.say("join.send"),
            key=f"ballot.send.{round_}.{post_id}",
            type="primary",
            on_click=_send,
            args=(room.code, token, round_, post_id, keys),
            width="stretch",
        )


def _send(code: str, token: str, round_: int, post_id: str, keys: Mapping[str, str]) -> None:
    values = {field: str(value) for field, key in keys.items() if (value := st.session_state.get(key))}
    with state.guard(), turn():
        try:
            room_live.held().vote(code, token, round_, post_id, values)
        except RoomRefuses as refusal:
            st.session_state["ballot.report"] = refusal.message(state.lang())
            return
        st.session_state.pop(f"ballot.place.{code}.{round_}", None)


def _report() -> None:
    if refusal := st.session_state.pop("ballot.report", None):
        st.error(markdown(refusal))


def _revise(place: str, answered: Mapping[str, int]) -> None:
    with st.expander(state.say("join.revise")):
        for post_id, number in answered.items():
            label = state.say("join.revise_post", number=number)
            st.button(label, key=f"revise.{post_id}", on_click=_turn_to, args=(place, post_id), type="tertiary")


def _turn_to(place: str, post_id: str) -> None:
    st.session_state[place] = post_id


def own(room: Room, token: str) -> None:
    """The pupil's own answers, for this pupil alone; looked up once they are asked for."""
    box = st.expander(state.say("join.own"), key="join.own", on_change="rerun")
    if not box.open:
        return
    held, names = room_live.held(), classroom_results.names(room)
    with box:
        for round_ in (1, 2):
            given = held.own(room.code, token, round_)
            for number, post_id in enumerate(room.post_ids, 1):
                if post_id in given:
                    st.markdown(markdown(_answer(round_, number, given[post_id], names)))


def _answer(round_: int, number: int, values: Mapping[str, str], names: Mapping[str, str]) -> str:
    said = ", ".join(
        f"{name} {label_rows.word(field, values[field])}" for field, name in names.items() if field in values
    )
    return state.say("join.own_line", round=round_, number=number, answers=said)
