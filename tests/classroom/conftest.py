"""Stores on SQLite and PostgreSQL with a few labelled posts to open rooms on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.store import Store, open_store
from tests.store.conftest import store_url as store_url
from tests.store.test_store import post, save

POST_IDS = tuple(f"{n:016x}" for n in (1, 2, 3))
FIELDS = ("us", "russia", "ukraine")


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = open_store(store_url)
    save(opened, post(1, "米国を支持", votes=3), post(2, "ロシアを批判"), post(3, "ウクライナの話"))
    yield opened
    opened.close()
