"""Times of the dashboard in a real browser: from ``tachiba dashboard`` to the first screen, and of a filter.

``python -m pytest -m benchmark -s tests/benchmarks/test_dashboard_speed.py`` prints them. Nothing is asserted but that
the screens came: times are of this machine at this moment, so the load is printed beside them.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from pipeline.report.wording import text
from pipeline.store import open_store
from tests.browser.app import chromium, chromium_path, dashboard, new_page, settled
from tests.conftest import missing
from tests.made import fill
from tests.seeds import store_seeds

pytestmark = [pytest.mark.benchmark, pytest.mark.browser]

# Experts, readers, quotations, documents; of the seeds, what the real model makes of them.
_SIZES = {
    "seeds": None,
    "10000 posts": (200, 9_700, 100, 40),
    "200000 posts": (2_000, 196_000, 2_000, 400),
}


@pytest.mark.parametrize("size", _SIZES)
def test_first_screen_and_filter(size: str, tmp_path: Path) -> None:
    if chromium_path() is None:
        missing("Chromium")
    url = f"sqlite:///{tmp_path / 'tachiba.sqlite3'}"
    _store(url, _SIZES[size])
    with chromium() as browser:
        begun = time.monotonic()
        with dashboard(url) as address:
            first = _opened(browser, address, begun)
            again = _opened(browser, address, time.monotonic())
            filtered = _filtered(browser, address)
            turned = _opened(browser, f"{address}/posts?page=99999&order=votes", time.monotonic())
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    print(
        f"\n{size}: first screen {first:.2f} s after the command, {again:.2f} s for the next visitor; "
        f"a filter {filtered:.2f} s; the last page of posts {turned:.2f} s; load {load:.1f} a core"
    )


def _store(url: str, size: tuple[int, int, int, int] | None) -> None:
    store = open_store(url)
    if size:
        experts, readers, quotations, documents = size
        fill(store, experts=experts, readers=readers, quotations=quotations, documents=documents)
    else:
        store_seeds(store)
    store.close()


def _opened(browser: Browser, address: str, begun: float) -> float:
    page = new_page(browser)
    page.goto(address)
    settled(page)
    passed = time.monotonic() - begun
    page.context.close()
    return passed


def _filtered(browser: Browser, address: str) -> float:
    page = new_page(browser)
    page.goto(f"{address}/posts")
    settled(page)
    page.locator("[data-testid=stExpander] summary", has_text=text("filter.title", "ja")).first.click()
    button = page.get_by_role("button", name=text("kind.expert", "ja"), exact=True)
    button.wait_for()
    settled(page)
    begun = time.monotonic()
    button.click()
    expect(page).to_have_url(re.compile("kind=expert"))
    settled(page)
    passed = time.monotonic() - begun
    page.context.close()
    return passed
