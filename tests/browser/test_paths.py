"""The main paths in a real browser: open, filter, click a dot, save and read back, import, switch language."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from pipeline.report.wording import text
from tests.browser.app import new_page, settled, visit

pytestmark = pytest.mark.browser

_DOT = ".js-plotly-plot .scatterlayer .point"
# The middle of an element, once two frames in a row found it at the same place and no font is to come.
_RESTS = """name => {
    const box = document.querySelector(name)?.getBoundingClientRect();
    const now = box && [box.x + box.width / 2, box.y + box.height / 2];
    const before = window.restedAt;
    window.restedAt = now;
    return now && document.fonts.status === 'loaded' && String(now) === String(before) && now;
}"""


def open_box(page: Page, title: str) -> Locator:
    """The box, open; it may still be growing."""
    box = page.locator("[data-testid=stExpander] details", has_text=title).first
    box.locator("summary").click()
    expect(box).to_have_attribute("open", "")
    return box


def saved(page: Page, box: Locator, button: str) -> bytes:
    """The file that a button saves, though its box is drawn small once more between press and release.

    A box that grows does so on a busy machine; the release then met what lay below, and the file never came.
    """
    with page.expect_download() as download:
        page.get_by_role("button", name=button).hover()
        page.mouse.down()
        box.evaluate("it => { it.animate({height: ['9px', '9px'], overflow: ['hidden', 'hidden']}, 1e6) }")
        page.mouse.up()
    return Path(download.value.path()).read_bytes()


def test_the_first_screen_says_what_was_read_and_draws_every_stance(page: Page, address: str) -> None:
    visit(page, address)
    expect(page.locator("h1")).to_have_text(text("overview.title", "ja"))
    counts = re.compile(r"^\D*" + r"\D+".join(["3", "3", "12", "9", "3"]) + r"\D*$")
    expect(page.locator(".counts")).to_have_text(counts, use_inner_text=True)
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
    page.locator(_DOT).first.scroll_into_view_if_needed()
    # The layer that takes the mouse lies over the dot, so the page says where that is, once it stays there.
    x, y = page.wait_for_function(_RESTS, arg=_DOT).json_value()
    page.mouse.move(x, y)
    expect(page.locator(".hoverlayer .hovertext").first).to_be_visible()
    page.mouse.click(x, y)
    expect(page.locator("article.post")).to_have_count(1)
    settled(page)
    page.get_by_role("button", name=text("overview.close", "ja")).click()
    expect(page.locator("article.post")).to_have_count(0)


def test_a_filter_goes_to_the_address_and_the_copied_link_opens_the_same_view(
    page: Page, address: str, browser: Browser
) -> None:
    visit(page, f"{address}/posts")
    posts = page.locator("article.post")
    without = posts.locator(".text").filter(has_not_text="米国")
    expect(without.first).to_be_visible()
    open_box(page, text("filter.title", "ja"))
    readers = page.get_by_role("button", name=text("kind.reader", "ja"), exact=True)
    expect(readers).to_be_visible()
    settled(page)
    readers.click()
    # The address is written at the end of a run: all that the run draws has been sent by then.
    expect(page).to_have_url(re.compile("kind=reader"))
    settled(page)
    page.get_by_label(text("filter.q", "ja")).fill("米国")
    page.get_by_label(text("filter.q", "ja")).press("Enter")
    expect(page).to_have_url(re.compile("q="))
    expect(without).to_have_count(0)
    settled(page)
    found = posts.count()
    assert found
    expect(page.get_by_text(text("posts.found", "ja", n=found), exact=True)).to_be_visible()

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
    expect(page).to_have_url(re.compile("kind=expert"))
    expect(page).to_have_url(re.compile("lang=en"))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_saved_is_what_is_shown(page: Page, address: str, ending: str) -> None:
    visit(page, f"{address}/posts?kind=reader&order=votes")
    expect(page.locator("article.post .text")).to_have_count(12)
    shown = page.locator("article.post .text").all_inner_texts()
    box = open_box(page, text("posts.export", "ja", n=12))
    data = saved(page, box, text(f"posts.{ending}", "ja"))
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
    expect(page.locator("article.post .text", has_text="地図").first).to_be_visible()
    expect(page.locator("article.post .text").filter(has_not_text="地図")).to_have_count(0)
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
    expect(page.locator(".counts")).to_be_visible()
    expect(page.locator(".counts")).not_to_contain_text(re.compile("[ぁ-ん]"))
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
        expect(page).not_to_have_title("pwned")
        expect(page.locator("[data-testid=stMain] img[src=x]")).to_have_count(0)
