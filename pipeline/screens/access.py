"""Who may open which screens while the dashboard serves a classroom, and what of the address must not leave it."""

from __future__ import annotations

import os

import streamlit as st

from pipeline.screens import address

# Set by `tachiba dashboard --lan`: other devices are pupils', and get the rooms only.
LAN_VARIABLE = "TACHIBA_LAN"
ROOM_PAGES = ("classroom", "join")
_PRIVATE = ("room", "key", "me")
_KEPT = "classroom.address"


def rooms_only() -> bool:
    """Whether this visitor may open rooms alone: another device, while the network is let in for a class.

    The address is that of the network connection itself, which a page cannot forge.
    """
    return os.environ.get(LAN_VARIABLE) == "1" and st.context.ip_address is not None


def guard_address(page: str) -> None:
    """Keep a room's secrets in the address of the room's own pages: a link copied elsewhere must not carry them."""
    kept: dict[str, dict[str, list[str]]] = st.session_state.setdefault(_KEPT, {})
    if page not in ROOM_PAGES:
        for name in _PRIVATE:
            address.put(name, [])
        return
    if not address.get("room"):
        for name, values in kept.get(page, {}).items():
            address.put(name, values)


def remember(page: str) -> None:
    """Keep where this page is for the time when it is opened again."""
    st.session_state.setdefault(_KEPT, {})[page] = {name: address.get(name) for name in _PRIVATE}
