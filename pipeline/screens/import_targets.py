"""Adding a target of stance; all stored posts are labelled anew, with progress."""

from __future__ import annotations

import regex
import streamlit as st

from pipeline.run import relabel
from pipeline.screens import state
from pipeline.store import Filters
from pipeline.targets import Target, make_target

_SEPARATORS = regex.compile(r"[,、，\n]+")


def draw() -> None:
    """Draw the targets and the form for one more."""
    st.subheader(state.say("targets.title"))
    st.caption(state.say("targets.intro"))
    names = state.say("say.comma").join(state.name_of(target) for target in state.known_targets())
    st.markdown(state.plain_say("targets.now", names=names))
    with st.form("target", clear_on_submit=False):
        left, right = st.columns(2)
        ja = left.text_input(state.say("targets.ja"), placeholder=state.say("targets.ja_hint"))
        en = right.text_input(state.say("targets.en"), placeholder=state.say("targets.en_hint"))
        aliases = st.text_input(state.say("targets.aliases"), placeholder=state.say("targets.aliases_hint"))
        pressed = st.form_submit_button(state.say("targets.add"), icon=":material/add:")
    if pressed:
        _add(ja.strip(), en.strip(), [part.strip() for part in _SEPARATORS.split(aliases) if part.strip()])
    for target in state.store().own_targets():
        st.button(
            state.plain_say("targets.remove", name=state.name_of(target)),
            key=f"remove.{target.key}",
            on_click=_remove,
            args=(target.key,),
            icon=":material/delete:",
        )


def _add(ja: str, en: str, aliases: list[str]) -> None:
    known = state.known_targets()
    if not ja or not en:
        st.warning(state.say("targets.names_needed"))
        return
    if any(ja == target.ja or en.casefold() == target.en.casefold() for target in known):
        st.warning(state.plain_say("targets.known", name=ja))
        return
    added = make_target(_key(en, known), ja, en, aliases)
    _label_anew((*state.store().own_targets(), added))
    st.success(state.plain_say("targets.done", name=ja))


def _key(en: str, known: tuple[Target, ...]) -> str:
    """A key of lower-case ASCII, as files need it, that no target has yet."""
    stem = regex.sub(r"[^a-z0-9]+", "_", en.casefold()).strip("_")[:24]
    stem = stem if stem[:1].isalpha() else f"target_{stem}".rstrip("_")
    taken = {target.key for target in known}
    numbered = (f"{stem}_{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (stem, *numbered) if key not in taken)


def _label_anew(own: tuple[Target, ...]) -> None:
    """Label all posts toward the targets, then keep the new list: a stop in between leaves the old one in force."""
    store = state.store()
    with st.spinner(state.say("import.loading_model"), show_time=True):
        file_targets = tuple(t for t in state.known_targets() if t.key not in {o.key for o in store.own_targets()})
        labeller = state.labeller((*file_targets, *own))
    total = max(1, store.count(Filters()))
    bar = st.progress(0.0)

    def tell(done: int) -> None:
        bar.progress(min(1.0, done / total), f"{done:,} / {total:,}")

    relabel(store, labeller, tell)
    bar.empty()
    store.set_own_targets(own)
    state.forget()


def _remove(key: str) -> None:
    with state.guard():
        _label_anew(tuple(target for target in state.store().own_targets() if target.key != key))
