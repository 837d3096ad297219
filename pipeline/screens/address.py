"""The view in the address bar, so that a copied link opens the same view.

The values are codes (``kind=reader``), not words of a language: a link made in Japanese opens in English. Streamlit's
own ``bind="query-params"`` writes the words shown and empties the address on a change of page, which is why the view
is kept here: one dictionary of code lists, read from the address when that changes, written to it after every run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

import streamlit as st

View = dict[str, list[str]]
_WIDGET = "view."


def turn(page: str) -> None:
    """Let the widgets of another page begin from the view: those of the page before share their keys."""
    if st.session_state.get("address.page", page) != page:
        _forget_widgets()
    st.session_state["address.page"] = page


def _forget_widgets() -> None:
    for key in [key for key in st.session_state if str(key).startswith(_WIDGET)]:
        del st.session_state[key]


def load() -> None:
    """Take over the address on the first run, and whenever it is not what was written last."""
    now = {name: st.query_params.get_all(name) for name in st.query_params}
    written = st.session_state.get("address.written")
    if written is None or (now and now != written):
        st.session_state["address.view"] = now
        # A click may end this run before save(): what its callback put into the view must outlast the next load.
        st.session_state["address.written"] = dict(now)
        _forget_widgets()


def save() -> None:
    """Write the view to the address."""
    view = {name: values for name, values in _view().items() if values}
    st.query_params.from_dict(view)
    st.session_state["address.written"] = view


def query() -> str:
    """The view as it stands in the address after this run."""
    return urlencode({name: values for name, values in _view().items() if values}, doseq=True)


def _view() -> View:
    view: View = st.session_state.setdefault("address.view", {})
    return view


def get(name: str) -> list[str]:
    """Codes of one part of the view; empty where it is not restricted."""
    return _view().get(name, [])


def put(name: str, values: Sequence[str]) -> None:
    """Set a part of the view; its widget, if there is one, follows on the next run."""
    if values:
        _view()[name] = list(values)
    else:
        _view().pop(name, None)


def change(**parts: Sequence[str]) -> None:
    """Set parts of the view from a button's callback, before their widgets are drawn."""
    for name, values in parts.items():
        put(name, values)
        st.session_state.pop(widget(name), None)


def widget(name: str) -> str:
    """Key of the widget that holds a part of the view."""
    return f"{_WIDGET}{name}"


def bind(name: str, read: Callable[[list[str]], object]) -> str:
    """Key for a widget that shows a part of the view; its first value is what the view holds.

    Args:
        read: codes to the widget's value. ValueError drops this part of the view, as for a link written by hand.
    """
    key = widget(name)
    if key not in st.session_state:
        try:
            value = read(get(name))
        except ValueError:
            put(name, [])
            value = read([])
        st.session_state[key] = value
    return key
