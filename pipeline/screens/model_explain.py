"""Why a label is given: any text typed in, with the model's probabilities and the words that moved it."""

from __future__ import annotations

import streamlit as st

from pipeline.records import Prediction, Stance, StanceScore
from pipeline.report.tables import REVIEW
from pipeline.screens import state
from pipeline.screens.plain import escape, marked
from pipeline.targets import Target

LONGEST = 20_000


def draw() -> None:
    """Draw the form, and below it what the model says of the text."""
    st.subheader(state.say("explain.title"))
    with st.form("explain"):
        content = st.text_area(
            state.say("explain.text"), placeholder=state.say("explain.hint"), height=120, max_chars=LONGEST
        )
        pressed = st.form_submit_button(state.say("explain.start"), type="primary", icon=":material/lightbulb:")
    if not pressed:
        return
    if not content.strip():
        st.warning(state.say("explain.nothing"))
        return
    with st.spinner(state.say("import.loading_model"), show_time=True):
        labeller = state.labeller(state.known_targets())
        prediction = labeller.predict([content])[0]
    parts = [explained(content, target, prediction, state.name_of(target)) for target in labeller.targets]
    mood = state.say(f"sentiment.{prediction.sentiment.sentiment}")
    sure = f"{100 * prediction.sentiment.confidence:.0f} %"
    parts.append(f'<p class="say">{escape(state.say("explain.mood", mood=mood, sure=sure))}</p>')
    st.html("".join(parts))
    st.caption(state.say("explain.by", model=labeller.name, version=labeller.version))


def explained(content: str, target: Target, prediction: Prediction, name: str) -> str:
    """HTML of one target: the label shown, four probabilities as bars, and the text with what moved the label."""
    score = prediction.stances[target.key]
    shown = REVIEW if score.needs_review else str(score.stance)
    said = state.say(f"explain.{'review' if score.needs_review else 'none' if shown == Stance.NONE else 'shown'}")
    title = state.say("post.evidence", target=name, stance=state.say(f"stance.{score.stance}"))
    marks = [(span.start, span.end, title) for span in score.evidence]
    return (
        f'<article class="post"><header><b>{escape(name)}</b></header>'
        f'<div class="chips"><span class="chip {shown}"><i></i>{escape(state.say(f"stance.{shown}"))}</span></div>'
        f'{_bars(score)}<div class="text" dir="auto">{marked(content, marks)}</div>'
        f'<p class="say">{escape(said)}</p></article>'
    )


def _bars(score: StanceScore) -> str:
    rows = []
    for stance, share in zip(Stance, score.probabilities, strict=True):
        word = escape(state.say(f"stance.{stance}"))
        rows.append(
            f'<div class="odds"><span>{word}</span><span class="track">'
            f'<i class="{stance}" style="width:{100 * share:.1f}%"></i></span><span>{100 * share:.0f} %</span></div>'
        )
    return "".join(rows)
