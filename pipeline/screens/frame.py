"""What stands around every screen: language, larger type, and the style sheet."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pipeline.report.charts import FAVOR, FAVOR_EDGE_DARK
from pipeline.report.wording import LANGS
from pipeline.screens import address, state

# A picture of our own: for a named icon Streamlit sends the browser to a server of Google.
ICON = str(Path(__file__).with_name("favicon.png"))
_SHEET = Path(__file__).with_name("style.css")


def draw(pages: Mapping[str, StreamlitPage]) -> None:
    """Draw the frame, and keep the pages for links between screens."""
    st.session_state["pages"] = dict(pages)
    with st.sidebar:
        st.segmented_control(
            "言語 / Language",
            LANGS,
            format_func={"ja": "日本語", "en": "English"}.__getitem__,
            required=True,
            key=address.bind("lang", lambda codes: codes[0] if codes and codes[0] in LANGS else "ja"),
            on_change=lambda: address.put("lang", [st.session_state[address.widget("lang")]]),
        )
        st.toggle(
            state.say("frame.large"),
            help=state.say("frame.large_help"),
            key=address.bind("big", lambda codes: codes == ["1"]),
            on_change=lambda: address.put("big", ["1"] if st.session_state[address.widget("big")] else []),
        )
    st.html(f"<style>{_variables()}{_SHEET.read_text(encoding='utf-8')}</style>")


def _variables() -> str:
    style = state.style()
    size = f"html{{font-size:{16 * style.scale:.0f}px}}"
    accent = FAVOR_EDGE_DARK if style.dark else FAVOR
    colours = f"--ink:{style.ink};--faint:{style.faint};--pale:{style.pale};--accent:{accent}"
    # Streamlit's own words of the uploader are English alone: the style sheet puts these in their place.
    words = {"upload": state.say("import.upload"), "drop": state.say("import.uploader")}
    said = "".join(f";--{name}:{json.dumps(word, ensure_ascii=False)}" for name, word in words.items())
    return f"{size}:root{{{colours}{said}}}"


def link(page: str, label: str, **view: str | Sequence[str]) -> None:
    """A link to another screen, with its view."""
    target: StreamlitPage = st.session_state["pages"][page]
    keep = {name: codes[0] for name in ("lang", "big") if (codes := address.get(name))}
    st.page_link(target, label=label, query_params={**keep, **view}, icon=":material/arrow_forward:")
