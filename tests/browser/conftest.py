"""A dashboard on a store of made-up posts, in the system's Chromium. Skipped where Chromium is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pipeline.store import open_store
from tests.browser.app import chromium, chromium_path, dashboard, new_page
from tests.conftest import missing
from tests.made import fill


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium_path() is None:
        missing("Chromium")
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """Address of a dashboard with 3 experts, 12 readers and 9 quotations; tests change it only by adding."""
    url = f"sqlite:///{tmp_path_factory.mktemp('browser') / 'tachiba.sqlite3'}"
    store = open_store(url)
    fill(store)
    store.close()
    # The labeller of the tests: the model itself is not what is tested here, and takes seconds to load.
    with dashboard(url, entry=Path(__file__).with_name("entry.py")) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    found = new_page(browser)
    yield found
    found.context.close()
