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
    if page not in ROOM_PAGES:
        for name in _PRIVATE:
            address.put(name, [])


def arrive(page: str) -> None:
    """Fill in what this session knows of its room where the address lacks it, as after a visit to another page.

    A second tap sends the address of before the first one: what the first one was given must not be lost by it.
    """
    known = _kept().get(page, {})
    room = address.get("room")
    if room and room != known.get("room"):
        return
    for name, values in known.items():
        if not address.get(name):
            address.put(name, values)


def known(page: str) -> dict[str, list[str]]:
    """What this session knows of its room on a page."""
    return _kept().get(page, {})


def enter(page: str, **parts: str) -> None:
    """Go to a room, and remember the way."""
    _kept()[page] = {name: [value] for name, value in parts.items()}
    address.change(**_kept()[page])


def remember(page: str) -> None:
    """Remember the way to the room that the address names."""
    _kept()[page] = {name: address.get(name) for name in _PRIVATE}


def leave(page: str) -> None:
    """Forget the room."""
    _kept().pop(page, None)
    address.change(**{name: [] for name in _PRIVATE})


def _kept() -> dict[str, dict[str, list[str]]]:
    kept: dict[str, dict[str, list[str]]] = st.session_state.setdefault(_KEPT, {})
    return kept
