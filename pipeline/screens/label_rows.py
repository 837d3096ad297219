"""Rows of buttons to label one post, a row a target, each label with a key of its own. The choice is kept.

Keys are fixed, so that somebody who types faster than the screen answers hits the right label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pipeline.human_labels import SENTIMENT
from pipeline.records import Sentiment, Stance
from pipeline.screens import state
from pipeline.screens.plain import markdown

# C and R belong to Streamlit itself.
_KEYS = ("1234", "QWET", "ASDF", "5678", "ZXVB")


def fields() -> tuple[str, ...]:
    """What is labelled: all targets, then the sentiment."""
    return (*(target.key for target in state.targets()), SENTIMENT)


def field_name(field: str) -> str:
    """A field's name in the language chosen."""
    names = {target.key: state.name_of(target) for target in state.targets()}
    return state.say("review.sentiment") if field == SENTIMENT else names.get(field, field)


def labels(field: str) -> tuple[str, ...]:
    """Labels of a field in the order of their keys."""
    return tuple(str(label) for label in (Sentiment if field == SENTIMENT else Stance))


def word(field: str, label: str) -> str:
    """A label's word in the language chosen."""
    return state.say(f"{'sentiment' if field == SENTIMENT else 'stance'}.{label}")


def chosen(post_id: str) -> dict[str, str]:
    """What was chosen for a post so far."""
    kept: dict[str, dict[str, str]] = st.session_state.setdefault("review.chosen", {})
    return kept.setdefault(post_id, {})


def choose(post_id: str, values: Mapping[str, str]) -> None:
    """Add to what was chosen."""
    chosen(post_id).update(values)


def forget(post_id: str) -> None:
    """Drop what was chosen."""
    st.session_state.get("review.chosen", {}).pop(post_id, None)


def draw(post_id: str, asked: Sequence[str]) -> dict[str, str]:
    """Draw the rows; what is chosen now."""
    values = chosen(post_id)
    for row, field in enumerate(asked):
        keys = _KEYS[row] if row < len(_KEYS) else ""
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"row.{field}"):
            st.markdown(f"**{markdown(field_name(field))}**", width=96)
            for place, label in enumerate(labels(field)):
                _button(post_id, field, label, keys[place : place + 1] or None, values.get(field) == label)
    return values


def _button(post_id: str, field: str, label: str, shortcut: str | None, on: bool) -> None:
    st.button(
        f"✓ {word(field, label)}" if on else word(field, label),
        key=f"label.{post_id}.{field}.{label}",
        type="primary" if on else "secondary",
        shortcut=shortcut,
        on_click=choose,
        args=(post_id, {field: label}),
    )
