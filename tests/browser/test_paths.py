"""The main paths in a real browser: open, filter, click a dot, save and read back, import, switch language."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from pipeline.report.wording import text
from tests.browser.app import new_page, settled

pytestmark = pytest.mark.browser


def visit(page: Page, address: str) -> None:
    page.goto(address)
    settled(page)


def open_box(page: Page, title: str) -> None:
    page.locator("[data-testid=stExpander] summary", has_text=title).first.click()
    settled(page)


def saved(page: Page, button: str) -> bytes:
    """The file that a button saves. On a busy machine a click was seen to be lost, rarely; a reader clicks again."""
    for _ in range(2):
        try:
            with page.expect_download(timeout=20_000) as download:
                page.get_by_role("button", name=button).click()
        except PlaywrightTimeout:
            continue
        return Path(download.value.path()).read_bytes()
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes()


def test_the_first_screen_says_what_was_read_and_draws_every_stance(page: Page, address: str) -> None:
    visit(page, address)
    expect(page.locator("h1")).to_have_text(text("overview.title", "ja"))
    counts = page.locator(".counts").inner_text()
    assert re.findall(r"\d+", counts) == ["3", "3", "12", "9", "3"]
    for country in ("米国", "ロシア", "ウクライナ"):
        expect(page.locator(".js-plotly-plot", has_text=f"{country}への立場").first).to_be_visible()


def test_nothing_is_fetched_from_elsewhere(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, address)
    visit(page, f"{address}/posts")
    assert asked
    strangers = [url for url in asked if not url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))]
    assert not strangers


def test_a_click_on_a_dot_shows_its_post(page: Page, address: str) -> None:
    visit(page, address)
    dot = page.locator(".js-plotly-plot .scatterlayer .point").first
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".hoverlayer .hovertext").first).to_be_visible()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("article.post")).to_have_count(1)
    settled(page)
    page.get_by_role("button", name=text("overview.close", "ja")).click()
    expect(page.locator("article.post")).to_have_count(0)


def test_a_filter_goes_to_the_address_and_the_copied_link_opens_the_same_view(
    page: Page, address: str, browser: Browser
) -> None:
    visit(page, f"{address}/posts")
    everything = page.locator("article.post").count()
    open_box(page, text("filter.title", "ja"))
    page.get_by_role("button", name=text("kind.reader", "ja"), exact=True).click()
    expect(page).to_have_url(re.compile("kind=reader"))
    settled(page)
    page.get_by_label(text("filter.q", "ja")).fill("米国")
    page.get_by_label(text("filter.q", "ja")).press("Enter")
    expect(page).to_have_url(re.compile("q="))
    settled(page)
    found = page.locator("article.post").count()
    assert 0 < found < everything
    assert all("米国" in words for words in page.locator("article.post .text").all_inner_texts())

    other = new_page(browser)
    visit(other, page.url)
    expect(other.locator("article.post")).to_have_count(found)
    visit(other, page.url + "&lang=en")
    expect(other.locator("article.post")).to_have_count(found)
    expect(other.locator("h1")).to_have_text(text("posts.title", "en"))
    other.context.close()


def test_filters_stay_when_the_screen_changes(page: Page, address: str) -> None:
    visit(page, f"{address}/posts?kind=expert&lang=en")
    page.get_by_test_id("stSidebarNav").get_by_text(text("page.overview", "en")).click()
    expect(page.locator("h1")).to_have_text(text("overview.title", "en"))
    settled(page)
    expect(page).to_have_url(re.compile("kind=expert"))
    assert "lang=en" in page.url


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_saved_is_what_is_shown(page: Page, address: str, ending: str) -> None:
    visit(page, f"{address}/posts?kind=reader&order=votes")
    shown = page.locator("article.post .text").all_inner_texts()
    open_box(page, text("posts.export", "ja", n=12))
    data = saved(page, text(f"posts.{ending}", "ja"))
    if ending == "csv":
        assert data.startswith(b"\xef\xbb\xbf")
        table = pd.read_csv(io.BytesIO(data), encoding="utf-8-sig")
    else:
        table = pd.read_excel(io.BytesIO(data))
    assert list(table[text("column.text", "ja")]) == shown
    assert set(table[text("column.kind", "ja")]) == {text("kind.reader", "ja")}
    assert table[text("column.author", "ja")].str.startswith("読者").all()


def test_a_page_is_imported_beside_a_broken_one(page: Page, address: str, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.html"
    good.write_text("本文,投稿者\nブラウザーから読み込んだ米国の投稿。,甲\n", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7 not a page")
    visit(page, f"{address}/import")
    page.locator("input[type=file]").set_input_files([good, bad])
    expect(page.get_by_test_id("stFileChip")).to_have_count(2)
    page.get_by_role("button", name=text("import.start", "ja")).last.click()
    expect(page.get_by_text(text("import.sum", "ja", done=1, failed=1))).to_be_visible()
    expect(page.get_by_test_id("stAlert").filter(has_text="PDF")).to_be_visible()
    visit(page, f"{address}/posts?q=ブラウザーから")
    expect(page.locator("article.post")).to_have_count(1)


def test_a_page_is_deleted_and_brought_back(page: Page, address: str) -> None:
    visit(page, f"{address}/import")
    # By its words: for a moment the heading of before and the new one may both be on the page.
    heading = page.locator("h3", has_text=page.locator("h3", has_text="保存してあるページ").inner_text())
    box = page.get_by_test_id("stSelectbox").filter(has_text=text("manage.choose", "ja")).locator("input")
    box.scroll_into_view_if_needed()
    # Scrolling closes an open list, so its events have to be over: they come with the next frames.
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    box.fill("第1回")
    page.locator("[role=option]", has_text="第1回").first.click()
    page.get_by_role("button", name=text("manage.delete", "ja")).click()
    expect(heading).to_have_count(0)
    expect(page.get_by_test_id("stAlert").filter(has_text="第1回")).to_be_visible()
    settled(page)
    page.get_by_role("button", name=text("manage.undo", "ja")).click()
    expect(heading).to_be_visible()


def test_a_target_is_added_with_all_posts_labelled_anew_and_taken_away_again(page: Page, address: str) -> None:
    visit(page, f"{address}/import")
    page.get_by_label(text("targets.ja", "ja"), exact=True).fill("地図")
    page.get_by_label(text("targets.en", "ja"), exact=True).fill("Map")
    page.get_by_role("button", name=text("targets.add", "ja")).click()
    expect(page.get_by_text(text("targets.done", "ja", name="地図"))).to_be_visible()
    visit(page, f"{address}/posts?target=map&stance=favor&stance=against&stance=neutral&stance=review")
    assert page.locator("article.post").count() > 0
    assert all("地図" in words for words in page.locator("article.post .text").all_inner_texts())
    visit(page, address)
    expect(page.locator(".js-plotly-plot", has_text="地図への立場").first).to_be_visible()
    visit(page, f"{address}/import")
    page.get_by_role("button", name=text("targets.remove", "ja", name="地図")).click()
    expect(page.get_by_role("button", name=text("targets.remove", "ja", name="地図"))).to_have_count(0)
    visit(page, address)
    expect(page.locator(".js-plotly-plot", has_text="地図への立場")).to_have_count(0)


def test_the_language_switches_and_switches_back(page: Page, address: str) -> None:
    visit(page, address)
    page.get_by_role("radio", name="English").or_(page.get_by_text("English", exact=True)).first.click()
    expect(page.locator("h1")).to_have_text(text("overview.title", "en"))
    expect(page).to_have_url(re.compile("lang=en"))
    settled(page)
    assert not re.search("[ぁ-ん]", page.locator(".counts").inner_text())
    page.get_by_text("日本語", exact=True).click()
    expect(page.locator("h1")).to_have_text(text("overview.title", "ja"))


def test_hostile_text_runs_nothing(page: Page, address: str) -> None:
    bad = "<script>document.title='pwned'</script><img src=x onerror=\"document.title='pwned'\">米国"
    visit(page, f"{address}/import")
    page.get_by_label(text("import.paste", "ja")).fill(f"{bad}\n\n{bad}\n")
    page.get_by_role("button", name=text("import.start", "ja")).last.click()
    expect(page.get_by_text(text("import.results", "ja"))).to_be_visible()
    settled(page)
    views = ("/?view=source", "/?view=quotes", "/compare?by=doc", "/review", "/model", "/posts?q=%3Cscript%3E")
    for path in ("", "/posts", "/import", *views):
        visit(page, address + path)
        assert page.title() != "pwned"
        assert page.locator("[data-testid=stMain] img[src=x]").count() == 0


@pytest.mark.parametrize("name", ["", "posts", "compare", "import", "model"])
def test_nothing_is_wider_than_a_phone(browser: Browser, address: str, name: str) -> None:
    page = new_page(browser, width=390, height=844)
    visit(page, f"{address}/{name}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    wide = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain] .js-plotly-plot, article.post')]
        .filter(it => it.getBoundingClientRect().right > 391).length"""
    )
    assert wide == 0
    page.context.close()


def test_charts_follow_the_dark_theme(browser: Browser, address: str) -> None:
    page = new_page(browser, scheme="dark")
    visit(page, address)
    ground = page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    ink = page.locator(".js-plotly-plot .annotation-text").first.evaluate("it => getComputedStyle(it).fill")
    assert _light(ink) - _light(ground) > 120
    page.context.close()


def _light(colour: str) -> float:
    red, green, blue = (int(part) for part in re.findall(r"\d+", colour)[:3])
    return 0.3 * red + 0.59 * green + 0.11 * blue


def test_the_keyboard_reaches_the_filters_and_the_posts(page: Page, address: str) -> None:
    visit(page, f"{address}/posts")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.closest('[data-testid]')?.dataset.testid"))
    assert {"stSidebarNavLink", "stExpander"} <= reached or {"stSidebarNavLink", "stExpanderToggle"} <= reached
