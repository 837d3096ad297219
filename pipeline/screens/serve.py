"""The dashboard's server, with the first screen made ready while the browser starts.

Streamlit loads a program only when a browser has come, which itself needs a second to start. Loading the screens and
counting the posts in that second takes as much off the wait for the first screen.
"""

from __future__ import annotations

import gc
import importlib
import socket
import threading
import time

from streamlit.components.v2 import manifest_scanner
from streamlit.web import cli

_POLL_SECONDS = 0.02
# The second is a table of patterns that Streamlit builds when a row of choices is first drawn.
_AHEAD = ("pipeline.screens.ahead", "streamlit.emojis")


def run(script: str, *, address: str, port: int) -> None:
    """Serve a Streamlit program until it is stopped; ends in SystemExit with Streamlit's code."""
    # Thousands of objects of the modules, none of them garbage: searching them takes a tenth of the start.
    gc.disable()
    # Streamlit would read what every installed package says of itself, four times, in search of widgets that packages
    # bring along. The screens use none of those, no setting turns the search off, and it takes a fifth of the start.
    manifest_scanner.scan_component_manifests = lambda max_workers=None: []
    threading.Thread(target=_prepare, args=(port,), daemon=True).start()
    cli.main(["run", script, "--server.address", address, "--server.port", str(port)], prog_name="streamlit")


def _prepare(port: int) -> None:
    _await_server(port)
    try:
        for name in _AHEAD:
            importlib.import_module(name)
        from pipeline.screens import ahead

        ahead.first_screen()
        gc.freeze()
    finally:
        gc.enable()


def _await_server(port: int) -> None:
    """Work begun before the server answers would hold it up: both share one interpreter."""
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(_POLL_SECONDS)
        else:
            return
