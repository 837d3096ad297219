"""The parts know only what they may know."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = [ROOT / "dashboard.py", *sorted((ROOT / "pipeline").rglob("*.py")), *sorted((ROOT / "models").rglob("*.py"))]


def imports(file: Path) -> set[str]:
    """Names of all modules that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def users_of(*roots: str) -> set[str]:
    """Files, relative to the project, that import one of these packages."""
    return {
        file.relative_to(ROOT).as_posix()
        for file in MODULES
        if file.exists() and any(name.split(".")[0] in roots or name in roots for name in imports(file))
    }


def test_pipeline_knows_no_model_and_no_torch() -> None:
    assert not {name for name in users_of("torch", "transformers", "models") if name.startswith("pipeline/")}


def test_models_know_records_targets_and_errors_alone() -> None:
    # The string table has what the model card and the commands on the model say.
    allowed = {"pipeline.records", "pipeline.targets", "pipeline.errors", "pipeline.report.wording"}
    for file in (ROOT / "models").rglob("*.py"):
        known = {name for name in imports(file) if name.split(".")[0] == "pipeline"}
        assert known <= allowed, file


def test_streamlit_is_in_the_screens_alone() -> None:
    others = {name for name in users_of("streamlit") if not name.startswith("pipeline/screens/")}
    assert others <= {"dashboard.py"}


def test_plotly_is_in_the_charts_alone() -> None:
    assert all(name.startswith("pipeline/report/charts") for name in users_of("plotly"))


def test_sql_is_in_the_store_alone() -> None:
    assert all(name.startswith("pipeline/store/") for name in users_of("sqlalchemy", "sqlite3", "psycopg"))


@pytest.mark.parametrize("module", ["pipeline.cli", "pipeline.label", "pipeline.store"])
def test_importing_the_pipeline_imports_no_torch(module: str) -> None:
    check = f"import sys, {module}; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_naming_the_commands_imports_nothing_slow() -> None:
    """Help and usage errors come at once: pandas, SQLAlchemy, SciPy and trafilatura take seconds to import."""
    slow = "torch pandas numpy sqlalchemy scipy lxml trafilatura pyarrow streamlit ray transformers"
    check = f"import sys, pipeline.cli; print(*sorted(set({slow!r}.split()) & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", check], check=True, capture_output=True, text=True)
    assert run.stdout.split() == []
