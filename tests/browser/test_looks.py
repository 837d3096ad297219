"""How screens look in a real browser: on a phone, in the dark, by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.app import new_page, visit

pytestmark = pytest.mark.browser

# Nothing on the page reaches beyond a phone's 390 px.
_FITS = """() => document.documentElement.scrollWidth <= 390
    && [...document.querySelectorAll('[data-testid=stMain] .js-plotly-plot, article.post')]
    .every(it => it.getBoundingClientRect().right <= 391)"""
# The words in a chart stand out from a dark page.
_WORDS_STAND_OUT = """() => {
    const light = colour => {
        const [red, green, blue] = colour.match(/[0-9.]+/g).map(Number);
        return 0.3 * red + 0.59 * green + 0.11 * blue;
    };
    const words = document.querySelector('.js-plotly-plot .annotation-text');
    const ground = getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor;
    return words && light(getComputedStyle(words).fill) - light(ground) > 120;
}"""


@pytest.mark.parametrize("name", ["", "posts", "compare", "import", "model"])
def test_nothing_is_wider_than_a_phone(browser: Browser, address: str, name: str) -> None:
    page = new_page(browser, width=390, height=844)
    visit(page, f"{address}/{name}")
    page.wait_for_function(_FITS)
    page.context.close()


def test_charts_follow_the_dark_theme(browser: Browser, address: str) -> None:
    page = new_page(browser, scheme="dark")
    visit(page, address)
    page.wait_for_function(_WORDS_STAND_OUT)
    page.context.close()


def test_the_keyboard_reaches_the_filters_and_the_posts(page: Page, address: str) -> None:
    visit(page, f"{address}/posts")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.closest('[data-testid]')?.dataset.testid"))
    assert {"stSidebarNavLink", "stExpander"} <= reached or {"stSidebarNavLink", "stExpanderToggle"} <= reached
