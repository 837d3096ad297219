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
from playwright.sync_api import Browser, Page, expect

from pipeline.report.wording import text
from pipeline.store import open_store
from tests.browser.app import chromium, chromium_path, dashboard, new_page, settled, visit
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
_BROWSER_AT_REST = 3_000  # ms


@pytest.mark.parametrize("size", _SIZES)
def test_first_screen_and_filter(size: str, tmp_path: Path) -> None:
    if chromium_path() is None:
        missing("Chromium")
    url = f"sqlite:///{tmp_path / 'tachiba.sqlite3'}"
    _store(url, _SIZES[size])
    with chromium() as browser:
        # Windows that are open already, as a reader's is: what a browser does to start is no part of the program.
        windows = [_window(browser) for _ in range(4)]
        windows[0].wait_for_timeout(_BROWSER_AT_REST)
        begun = time.monotonic()
        with dashboard(url) as address:
            readable, first = _opened(windows[0], address, begun)
            _, again = _opened(windows[1], address, time.monotonic())
            filtered = _filtered(windows[2], address)
            _, turned = _opened(windows[3], f"{address}/posts?page=99999&order=votes", time.monotonic())
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    print(
        f"\n{size}: the answer in words {readable:.2f} s and the whole first screen {first:.2f} s after the command, "
        f"{again:.2f} s for the next visitor; a filter {filtered:.2f} s; the last page of posts {turned:.2f} s; "
        f"load {load:.1f} a core"
    )


def _store(url: str, size: tuple[int, int, int, int] | None) -> None:
    store = open_store(url)
    if size:
        experts, readers, quotations, documents = size
        fill(store, experts=experts, readers=readers, quotations=quotations, documents=documents)
    else:
        store_seeds(store)
    store.close()


def _window(browser: Browser) -> Page:
    page = new_page(browser)
    page.goto("about:blank")
    return page


def _opened(page: Page, address: str, begun: float) -> tuple[float, float]:
    """Seconds until its words can be read (the overview's answer, or the first post), and until all is drawn."""
    page.goto(address)
    page.locator(".headline, article").first.wait_for()
    readable = time.monotonic() - begun
    settled(page)
    passed = time.monotonic() - begun
    page.context.close()
    return readable, passed


def _filtered(page: Page, address: str) -> float:
    visit(page, f"{address}/posts")
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
