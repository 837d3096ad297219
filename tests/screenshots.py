"""Pictures of every screen, in both languages and themes, wide and on a phone, into screenshots/.

``python -m tests.screenshots`` uses the seeds labelled by the embedded model; with an address of a database
(``python -m tests.screenshots sqlite:///other.sqlite3``) that store, and with words after it only the pictures
whose names hold one of them. ``python -m tests.screenshots docs`` makes those of the README, into docs/.
They are to be looked at: a script sees no cut-off word.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from pipeline.store import open_store
from tests.browser.app import ROOT, chromium, dashboard, new_page, visit
from tests.pictures import FOLDER, take, wanted
from tests.seeds import store_seeds

SCREENS = {
    "overview": "/",
    "overview_mood": "/?view=mood",
    "overview_time": "/?view=time",
    "overview_source": "/?view=source",
    "overview_quotes": "/?view=quotes",
    "overview_large": "/?big=1",
    "posts": "/posts",
    "posts_filtered": "/posts?kind=reader&target=russia&order=votes",
    "compare": "/compare",
    "import": "/import",
    "model": "/model",
    "about": "/about",
    "posts_large": "/posts?big=1&kind=reader&order=votes",
}
_README_SIZE = {"width": 1280, "height": 1000}


def main(url: str | None, words: list[str]) -> None:
    """Make the pictures whose names hold one of the words; all, where there are none."""
    FOLDER.mkdir(exist_ok=True)
    with _store(url) as store, dashboard(store) as address, chromium() as browser:
        for scheme, width in product(("light", "dark"), (1440, 390)):
            page = new_page(browser, width=width, scheme=scheme)
            for name, lang in product(SCREENS, ("ja", "en")):
                file = FOLDER / f"{name}_{lang}_{scheme}_{width}.png"
                if wanted(file, words):
                    path = SCREENS[name]
                    page.set_viewport_size({"width": width, "height": 900})
                    visit(page, f"{address}{path}{'&' if '?' in path else '?'}lang={lang}")
                    take(page, file)
            page.context.close()


def readme() -> None:
    """Make the README's pictures: the overview, the readers' posts, and who speaks how of whom."""
    docs = ROOT / "docs"
    with _store(None) as store, dashboard(store) as address, chromium() as browser:
        page = new_page(browser, **_README_SIZE)
        for name, path in (("overview", "/"), ("posts", "/posts?kind=reader&order=votes")):
            visit(page, address + path)
            page.wait_for_timeout(600)
            page.screenshot(path=docs / f"{name}-ja.png")
        visit(page, f"{address}/?view=quotes")
        page.locator("[data-testid=stPlotlyChart]").last.evaluate("it => it.scrollIntoView({block: 'center'})")
        page.wait_for_timeout(600)
        page.screenshot(path=docs / "quotations-ja.png")


@contextmanager
def _store(url: str | None) -> Iterator[str]:
    if url:
        yield url
        return
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'seeds.sqlite3'}"
        store = open_store(url)
        store_seeds(store)
        store.close()
        yield url


if __name__ == "__main__":
    if sys.argv[1:] == ["docs"]:
        readme()
    else:
        main(next(iter(sys.argv[1:]), None), sys.argv[2:])
