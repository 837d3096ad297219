"""Fixtures that many tests need."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from tests.postgres import fresh_database, running_server, server_programs

ROOT = Path(__file__).parent.parent
IN_CI = os.environ.get("CI") == "true"

# No test asserts a time: a busy machine must not fail one.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def missing(what: str) -> None:
    """Skip by name; in CI, where all is to be had, fail."""
    if IN_CI:
        pytest.fail(f"{what}: not here, and CI must have it")
    pytest.skip(f"{what}: not here")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of reference pages and corpora beside the checkout."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        missing("the folder shared/ beside the checkout")
    return folder


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The five founding documents."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    programs = server_programs()
    if programs is None:
        missing("PostgreSQL's server programs")
        return
    # Not in pytest's own folder: another run of pytest that starts meanwhile closes that one to the server's user.
    with TemporaryDirectory(prefix="tachiba-postgres-") as folder, running_server(programs, Path(folder)) as url:
        yield url


@pytest.fixture
def postgres_database(postgres_server: str) -> Iterator[str]:
    with fresh_database(postgres_server) as url:
        yield url
