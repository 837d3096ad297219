"""Quick reruns: Streamlit searches all of memory for garbage after every run of a script, and this makes that cheap.

A search through the modules of pandas, Plotly and SciPy takes about 0.15 s during which no session moves on; forty
phones that ask once a second would need six cores for it alone. What the loaded modules hold lives as long as the
program, so the collector need not look at it: ``gc.freeze`` says so.
"""

from __future__ import annotations

import gc
import sys

_loaded = 0


def settle() -> None:
    """Take what is alive now out of the collector's search, whenever more modules have been loaded than before."""
    global _loaded
    now = len(sys.modules)
    if now > _loaded:
        _loaded = now
        gc.collect()
        gc.freeze()
