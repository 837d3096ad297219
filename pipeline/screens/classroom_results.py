"""What has been revealed in a room, post by post, and questions to talk about: for the wall and for the phones."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pipeline.classroom.prompts import Question
from pipeline.classroom.prompts import questions as rule_questions
from pipeline.classroom.room import Part, Phase, Role, Room, visible
from pipeline.human_labels import SENTIMENT
from pipeline.report import charts_classroom
from pipeline.report.tables import REVIEW, shown_stance
from pipeline.screens import figure, label_rows, room_bars, room_live, state
from pipeline.screens.plain import markdown
from pipeline.screens.room_post import post_html


def names(room: Room) -> dict[str, str]:
    """The room's fields and their names."""
    return {field: label_rows.field_name(field) for field in room.fields}


def draw(room: Room, role: Role) -> None:
    """Draw one post at a time with what ``role`` may see of it."""
    rows, parts = room_live.rows(room), visible(room.phase, role)
    if not rows or Part.CLASS not in parts:
        return
    if Part.CHANGE in parts:
        _change(room, role)
    number = st.segmented_control(
        state.say("classroom.which_post"),
        range(1, len(rows) + 1),
        required=True,
        default=1,
        key=f"room.post.{role}",
    )
    row = rows[(number or 1) - 1]
    left, right = st.columns(2, gap="medium")
    with left:
        st.html(post_html(row, parts, state.targets(), state.lang()))
        if Part.MODEL in parts:
            st.caption(state.say("classroom.model_note"))
        if Part.VOTES in parts:
            st.caption(state.say("classroom.votes_note"))
    with right:
        _class(room, role, str(row["id"]))


def _class(room: Room, role: Role, post_id: str) -> None:
    tallies = _tallies(state.store().name, room.code, room.phase, role)
    if tallies is None:
        return
    tally, style = tallies[tallies["post_id"] == post_id], state.style()
    if tally.empty:
        st.info(state.say("classroom.no_answers"))
    elif role is Role.PUPIL:
        st.html(room_bars.class_bars(tally, names(room), style))
    else:
        drawn = charts_classroom.class_chart(tally, names(room), style)
        figure.draw(drawn, charts_classroom.class_sentence(tally, names(room), style), f"class.{post_id}.{style.lang}")


@st.cache_resource(ttl=60, max_entries=64, show_spinner=False)
def _tallies(name: str, code: str, phase: Phase, role: Role) -> pd.DataFrame | None:
    """The first round's answers, which no longer change once they may be seen; to be read alone."""
    return room_live.held().tallies(code, role, 1)


def _change(room: Room, role: Role) -> None:
    changes = room_live.held().changes(room.code, role)
    st.subheader(state.say("classroom.change_title"))
    if changes is None or changes.empty:
        st.info(state.say("classroom.no_second"))
        return
    shown = names(room)
    field = st.segmented_control(
        state.say("filter.target"),
        list(shown),
        format_func=shown.__getitem__,
        required=True,
        default=next(iter(shown)),
        key=f"room.flow.{role}",
    )
    field = field or next(iter(shown))
    style = state.style()
    table = charts_classroom.flow_table(changes, field)
    title = state.say("classroom.flow_title", name=shown[field], n=int(table["n"].sum()))
    if role is Role.PUPIL:
        st.html(room_bars.flow_bars(table, field, title, style))
    else:
        drawn = charts_classroom.flow_chart(table, field, title, style)
        figure.draw(drawn, charts_classroom.flow_sentence(table, field, style), f"flow.{field}.{style.lang}")
    words = table.assign(
        **{side: [label_rows.word(field, label) for label in table[side]] for side in ("before", "after")}
    )
    headers = {name: state.say(f"classroom.column_{name}") for name in ("before", "after", "n")}
    figure.numbers(words, headers, f"flow.table.{field}")
    st.caption(state.say("classroom.change_note"))


def questions(room: Room) -> None:
    """Draw questions for discussion; none speaks of what is still hidden."""
    rows = room_live.rows(room)
    documents = state.documents()
    of_room = documents[documents["id"].isin({row["document_id"] for row in rows})]
    prompts = [str(prompt) for given in of_room["reader_prompts"] for prompt in (given or [])]
    tallies = room_live.held().tallies(room.code, Role.TEACHER, 1)
    found = rule_questions(room.phase, prompts, tallies, _estimates(rows), room.post_ids)
    if not found or room.phase is Phase.CLOSED:
        return
    with st.expander(
        state.say("classroom.questions", n=len(found)), expanded=tallies is not None, icon=":material/forum:"
    ):
        for question in found:
            st.markdown(f"- {markdown(_words(question))}")


def _estimates(rows: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    found = {(row["id"], target.key): shown_stance(row, target.key) for row in rows for target in state.targets()}
    return {key: stance for key, stance in found.items() if stance is not None and stance != REVIEW}


def _words(question: Question) -> str:
    if question.given:
        return state.say("prompt.of_page", words=question.given)
    params = dict(question.params or {})
    field = str(params.get("field", SENTIMENT))
    for name, value in params.items():
        if name.startswith("label"):
            params[name] = label_rows.word(field, str(value))
    if "field" in params:
        params["field"] = label_rows.field_name(field)
    return state.say(question.key, **params)
