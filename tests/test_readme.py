"""The README's commands do what it shows. ``python -m tests.test_readme`` writes the present output into it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def run_block(block: str, folder: Path) -> str:
    """The block with each command's present output under it."""
    environment = os.environ | {
        "TACHIBA_DB": f"sqlite:///{folder / 'readme.sqlite3'}",
        "TACHIBA_LANG": "en",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    shown = []
    for line in block.splitlines():
        if line.startswith("$ "):
            done = subprocess.run(
                line[2:], shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=True
            )
            shown += [line, *(done.stdout + done.stderr).replace("\ufeff", "").replace("\r", "").splitlines()]
    return "\n".join(shown) + "\n"


def fresh_folder(folder: Path) -> Path:
    """A folder that holds what the README's commands read."""
    for name in ("docs", "seeds"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.mark.parametrize("block", BLOCK.findall(README.read_text(encoding="utf-8")))
def test_readme_shows_what_the_commands_print(block: str, tmp_path: Path) -> None:
    assert run_block(block, fresh_folder(tmp_path)) == block


def test_readme_links_to_files_that_are_there() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README.read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def update() -> None:
    """Write the present output into the README."""
    with tempfile.TemporaryDirectory() as name:
        folder = fresh_folder(Path(name))
        content = README.read_text(encoding="utf-8")
        README.write_text(
            BLOCK.sub(lambda found: f"```console\n{run_block(found[1], folder)}```", content), encoding="utf-8"
        )


if __name__ == "__main__":
    update()
