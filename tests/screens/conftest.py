"""Stores of all kinds, and screens run without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pipeline.store import Store, open_store
from tests.fakes import WordLabeller
from tests.made import fill, fill_hostile

# The first run of a test process imports Plotly and SciPy; a busy machine needs its time.
SECONDS = 120

Screen = Callable[..., AppTest]


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Address of an empty store that the screens open."""
    address = f"sqlite:///{tmp_path / 'tachiba.sqlite3'}"
    monkeypatch.setenv("TACHIBA_DB", address)
    st.cache_data.clear()
    st.cache_resource.clear()
    return address


@pytest.fixture
def empty(url: str) -> Store:
    return open_store(url)


@pytest.fixture
def small(empty: Store) -> Store:
    """3 experts, 12 readers, 9 quotations, one page without comments."""
    fill(empty)
    return empty


@pytest.fixture
def normal(empty: Store) -> Store:
    """Enough for bars and for several pages."""
    fill(empty, experts=20, readers=180, quotations=20, documents=4)
    return empty


@pytest.fixture
def hostile(small: Store) -> Store:
    fill_hostile(small)
    return small


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The labeller of the tests in place of the model."""
    monkeypatch.setattr("pipeline.screens.state.load_labeller", lambda _, targets: WordLabeller(targets))


@pytest.fixture
def screen() -> Screen:
    """Run one screen: name, and what the address bar holds."""

    def run(name: str, **view: str | list[str]) -> AppTest:
        app = AppTest.from_function(_one_screen, default_timeout=SECONDS, kwargs={"name": name})
        for part, value in view.items():
            app.query_params[part] = value
        return app.run()

    return run


def _one_screen(name: str) -> None:
    """As dashboard.py, but starting on the screen asked for."""
    import streamlit as st

    from pipeline.screens import address, frame, state
    from pipeline.screens.pages import PAGES

    address.load()
    pages = {key: st.Page(show, title=key, url_path=key, default=key == name) for key, _, show in PAGES}
    frame.draw(pages)
    current = st.navigation(list(pages.values()))
    with state.guard():
        current.run()
    address.save()


def shown(app: AppTest) -> str:
    """All that a screen writes: HTML as it is sent, and the words of its widgets."""
    html = [element.proto.body for element in app.get("html") if "<style" not in element.proto.body]
    words = [str(getattr(element, "value", "")) for group in (app.markdown, app.caption, app.info) for element in group]
    messages = [str(element.value) for group in (app.error, app.warning, app.success) for element in group]
    heads = [str(element.value) for group in (app.title, app.subheader) for element in group]
    return "\n".join([*heads, *html, *words, *messages])
