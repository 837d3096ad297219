"""Screen 7: what the model is, how often it is right, what it gets wrong, and why it gives a label."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pipeline.report import charts_model
from pipeline.report.charts import percent
from pipeline.report.model_card import CurvePoint, Measured, load_card
from pipeline.screens import figure, model_explain, review_error, state
from pipeline.store.labels import LabelLog

_WRONG = 20


def show() -> None:
    """Draw the screen."""
    st.title(state.say("model.title"))
    st.markdown(state.say("model.intro"))
    model_explain.draw()
    measured, card = state.measured(), load_card(state.lang())
    if measured is None:
        st.subheader(state.say("model.scores"))
        st.info(state.say("model.not_measured"))
    else:
        _scores(measured)
        _curves(measured)
        _wrong(measured)
    review_error.draw(LabelLog(state.store()).entries())
    if card is None:
        st.info(state.say("model.no_card"))
        return
    with st.expander(state.say("model.card"), icon=":material/description:"):
        st.markdown(card)


def _names() -> dict[str, str]:
    return {target.key: state.name_of(target) for target in state.known_targets()}


def _scores(measured: Measured) -> None:
    st.subheader(state.say("model.scores"))
    figure.say(state.say("model.scores_intro", n=f"{measured.comments:,}", set=state.say(f"model.set_{measured.name}")))
    names = _names()
    rows = [
        {
            state.say("table.target"): names.get(score.target, score.target),
            state.say("model.accuracy"): "{} ({}–{})".format(*map(percent, score.accuracy)),
            state.say("model.macro_f1"): "{:.2f} ({:.2f}–{:.2f})".format(*score.macro_f1),
        }
        for score in measured.targets
    ]
    st.html(figure.html_table(pd.DataFrame(rows)))
    st.caption(state.say("model.macro_f1_help"))


def _curves(measured: Measured) -> None:
    style = state.style()
    left, right = st.columns(2)
    with left:
        drawn = charts_model.reliability_chart(measured.reliability, style)
        figure.draw(drawn, state.say("model.reliability_say", few=charts_model.FEW_LABELS), "reliability")
        table = pd.DataFrame(
            {
                "confidence": [percent(point.confidence) for point in measured.reliability],
                "accuracy": [percent(point.accuracy) for point in measured.reliability],
                "n": [point.n for point in measured.reliability],
            }
        )
        heads = {"confidence": state.say("chart.confidence"), "accuracy": state.say("chart.accuracy")}
        figure.numbers(table, {**heads, "n": state.say("model.labels")}, "reliability_numbers")
    with right:
        n = sum(point.n for point in measured.reliability)
        shares = {"covered": percent(measured.covered), "right": percent(measured.covered_accuracy)}
        now = CurvePoint(measured.covered, measured.covered_accuracy)
        drawn = charts_model.coverage_chart(measured.curve, now, n, style)
        figure.draw(drawn, state.say("model.coverage_say", **shares), "coverage")
        table = pd.DataFrame(
            {
                "coverage": [percent(point.coverage) for point in measured.curve],
                "error": [percent(1 - point.accuracy) for point in measured.curve],
            }
        )
        heads = {"coverage": state.say("chart.coverage"), "error": state.say("chart.error_rate")}
        figure.numbers(table, heads, "coverage_numbers")


def _wrong(measured: Measured) -> None:
    st.subheader(state.say("model.wrong"))
    st.caption(state.say("model.wrong_intro"))
    names = _names()
    rows = [
        {
            state.say("model.text"): item.text,
            state.say("table.target"): names.get(item.target, item.target),
            state.say("model.gold"): state.say(f"stance.{item.gold}"),
            state.say("model.said"): state.say(f"stance.{item.model}")
            + ("" if item.shown else f" ({state.say('stance.review')})"),
        }
        for item in measured.wrong[:_WRONG]
    ]
    st.html(figure.html_table(pd.DataFrame(rows)) if rows else figure.paragraph(state.say("model.none_wrong")))
