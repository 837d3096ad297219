"""dashboard.py with the labeller of the tests in place of the model."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from pipeline.screens import state  # noqa: E402  # after the path is set: Streamlit runs this file alone
from tests.fakes import WordLabeller  # noqa: E402

state.load_labeller = lambda _, targets: WordLabeller(targets)  # type: ignore[assignment]  # replaced for the tests
runpy.run_path(str(ROOT / "dashboard.py"))
