"""Taking pictures of whole screens, and where they go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.app import ROOT

FOLDER = ROOT / "screenshots"
_TALLEST = 6000


def take(page: Page, file: Path) -> None:
    """A picture of all of a screen that has been drawn, not only of what fits into the window."""
    height = page.locator("[data-testid=stMainBlockContainer]").evaluate("it => it.scrollHeight")
    width = page.evaluate("innerWidth")
    page.set_viewport_size({"width": width, "height": min(int(height) + 40, _TALLEST)})
    page.wait_for_timeout(600)  # the charts follow the new size
    page.screenshot(path=file)
    print(file.name, flush=True)


def wanted(file: Path, words: Sequence[str]) -> bool:
    """Whether a picture was asked for: its name holds one of the words, or there are none."""
    return not words or any(word in file.stem for word in words)
