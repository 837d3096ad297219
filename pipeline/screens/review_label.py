"""Labelling on the review screen: one post at a time, by clicks or keys, with the rule at hand and undo."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pipeline.human_labels import SENTIMENT, HumanLabel, Sample
from pipeline.report.tables import records
from pipeline.screens import address, figure, filter_bar, label_rows, review_queue, state
from pipeline.screens.plain import escape, markdown
from pipeline.screens.post_card import body, card
from pipeline.store import Filters
from pipeline.store.labels import LabelLog

_SIZES = (20, 50, 100, 200)


def draw() -> None:
    """Draw the part."""
    _keep()
    who, mode, size, lot = _setting()
    filters = filter_bar.draw()
    if not who:
        st.info(state.say("review.need_name"))
        return
    asked = label_rows.fields()
    queue = review_queue.queue(mode, filters, who, asked, size, lot)
    if not queue.post_ids:
        st.info(state.say("review.no_dispute" if mode is Sample.DISAGREEMENT else "frame.no_match"))
        return
    st.progress(queue.done / len(queue.post_ids), state.say("review.progress", done=queue.done, n=len(queue.post_ids)))
    if not queue.waiting:
        st.success(state.say("review.finished"))
        _after(who)
        return
    _post(queue.waiting[0], who, mode)
    _after(who)


def _setting() -> tuple[str, Sample, int, str]:
    name, order, sample = st.columns([2, 3, 2], vertical_alignment="bottom")
    who = name.text_input(
        state.say("review.name"),
        key="review.who",
        persist_state="session",
        max_chars=40,
        placeholder=state.say("review.name_hint"),
    )
    key = address.bind("queue", lambda codes: next((m for m in review_queue.MODES if codes == [m]), Sample.CONFIDENCE))
    words = {mode: state.say(f"review.mode_{mode}") for mode in review_queue.MODES}
    mode = order.segmented_control(
        state.say("review.mode"),
        review_queue.MODES,
        format_func=words.__getitem__,
        required=True,
        key=key,
    )
    mode = mode or Sample.CONFIDENCE
    address.put("queue", [] if mode is Sample.CONFIDENCE else [str(mode)])
    size, lot = 50, "1"
    if mode is Sample.RANDOM:
        with sample.container(horizontal=True):
            size = st.selectbox(state.say("review.size"), _SIZES, index=1, width=110) or size
            lot = str(st.number_input(state.say("review.lot"), 1, 999, 1, width=130, help=state.say("review.lot_help")))
    st.caption(state.say(f"review.about_{mode}"))
    return who.strip(), mode, size, lot


def _post(post_id: str, who: str, mode: Sample) -> None:
    found = records(state.posts(Filters(post_ids=(post_id,))))
    if not found:
        return
    row = found[0]
    left, right = st.columns(2, gap="medium")
    with left:
        _words(row, blind=mode is Sample.RANDOM)
        # What others gave would lead the hand of whoever labels a random sample.
        if mode is not Sample.RANDOM:
            _history(post_id)
    with right:
        asked = label_rows.fields()
        values = label_rows.draw(post_id, asked)
        st.text_input(state.say("review.reason"), key=f"review.reason.{post_id}", max_chars=500)
        _actions(row, values, who, mode)
        _rules()


def _words(row: dict[str, Any], *, blind: bool) -> None:
    if not blind:
        st.html(card(row, state.targets(), state.lang(), human=False))
        return
    title = row["title"] if isinstance(row["title"], str) else ""
    words = body(str(row["text"]), (), state.lang())
    st.html(f'<article class="post"><footer>{escape(title)}</footer>{words}</article>')


def _actions(row: dict[str, Any], values: dict[str, str], who: str, mode: Sample) -> None:
    post_id = str(row["id"])
    with st.container(horizontal=True):
        st.button(
            state.say("review.save"),
            key="review.save",
            type="primary",
            shortcut="Enter",
            disabled=not values,
            on_click=_save,
            args=(post_id, who, mode),
        )
        st.button(state.say("review.pass"), key="review.pass", shortcut="P", on_click=_pass, args=(post_id,))
        if values:
            args = (post_id,)
            st.button(state.say("review.clear"), key="review.clear", shortcut="Backspace", on_click=_clear, args=args)
        if mode is not Sample.RANDOM:
            same = _estimates(row)
            st.button(
                state.say("review.adopt"),
                key="review.adopt",
                shortcut="M",
                on_click=label_rows.choose,
                args=(post_id, same),
                disabled=not same,
                help=state.say("review.adopt_help"),
            )


def _estimates(row: dict[str, Any]) -> dict[str, str]:
    columns = {field: field if field == SENTIMENT else f"stance_{field}" for field in label_rows.fields()}
    found = {field: row.get(column) for field, column in columns.items()}
    return {field: value for field, value in found.items() if isinstance(value, str)}


def _save(post_id: str, who: str, mode: Sample) -> None:
    st.session_state["review.saving"] = (post_id, who, mode)


def _keep() -> None:
    """Keep the decision that was asked for.

    It is done here and not in the button's callback: a label and Enter typed in one breath arrive in one run, and then
    the order of the callbacks is not that of the keys.
    """
    asked = st.session_state.pop("review.saving", None)
    if asked is None:
        return
    post_id, who, mode = asked
    values = dict(label_rows.chosen(post_id))
    if values:
        reason = str(st.session_state.get(f"review.reason.{post_id}") or "").strip()
        LabelLog(state.store()).label(post_id, values, who, reason=reason or None, sample=mode)
        label_rows.forget(post_id)
        st.session_state.setdefault("review.passed", set()).add(post_id)
        state.forget()


def _pass(post_id: str) -> None:
    label_rows.forget(post_id)
    st.session_state.setdefault("review.passed", set()).add(post_id)


def _clear(post_id: str) -> None:
    label_rows.forget(post_id)


def _after(who: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            state.say("review.undo"),
            key="review.undo",
            shortcut="U",
            icon=":material/undo:",
            on_click=_undo,
            args=(who,),
        )
        passed = st.session_state.get("review.passed")
        if passed:
            st.button(state.say("review.again"), key="review.again", type="tertiary", on_click=passed.clear)
        undone = st.session_state.pop("review.undone", None)
        if undone is not None:
            st.caption(state.say("review.undone" if undone else "review.nothing_to_undo"))


def _undo(who: str) -> None:
    with state.guard():
        undone = LabelLog(state.store()).undo(who)
        st.session_state["review.undone"] = len(undone)
        if undone:
            st.session_state.get("review.passed", set()).discard(undone[0].post_id)
            label_rows.choose(undone[0].post_id, {item.field: str(item.value) for item in undone})
        state.forget()


def _history(post_id: str) -> None:
    entries = LabelLog(state.store()).entries(post_id)
    if not entries:
        return
    with st.expander(state.say("review.history", n=len(entries)), icon=":material/history:"):
        for entry in entries:
            st.markdown(f"- {markdown(_entry(entry))}")


def _entry(entry: HumanLabel) -> str:
    when = entry.at[:16].replace("T", " ") + " UTC"
    field = label_rows.field_name(entry.field)
    if entry.undoes:
        return state.say("review.entry_undo", when=when, who=entry.annotator, field=field)
    given = label_rows.word(entry.field, str(entry.value))
    said = state.say("review.entry", when=when, who=entry.annotator, field=field, value=given)
    return f"{said} {entry.reason}" if entry.reason else said


def _rules() -> None:
    with st.popover(state.say("review.rules"), icon=":material/menu_book:"):
        for number in range(1, 13):
            st.markdown(f"{number}\\. {state.say(f'review.rule_{number}')}")
        figure.say(state.say("review.rule_sentiment"))
