"""Streamlit with the screens loaded beside it: ``python -m pipeline.screens.serve run dashboard.py``.

Streamlit loads a program only when a browser has come, which itself needs a second or two to start. Loading the screens
in that time takes as much off the wait for the first screen.
"""

from __future__ import annotations

import importlib
import threading

from streamlit.web import cli

# The second is a table of patterns that Streamlit builds when a row of choices is first drawn.
_AHEAD = ("pipeline.screens.pages", "streamlit.emojis")


def load_ahead() -> None:
    """Load what the first screen needs; what is loaded already is left."""
    for name in _AHEAD:
        importlib.import_module(name)
    from pipeline.report.charts import Style, base  # after the modules above: this one alone takes most of them along

    base(Style()).add_scatter(x=[0], y=[0])  # Plotly loads its classes with the first chart


if __name__ == "__main__":
    threading.Thread(target=load_ahead, daemon=True).start()
    cli.main(prog_name="streamlit")
