"""What all screens need: language, store, targets, counts, the labeller, and how charts are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd
import streamlit as st

from pipeline.errors import TachibaError
from pipeline.label import Labeller, load_labeller
from pipeline.report.charts import Style
from pipeline.report.model_card import Measured, load_measured
from pipeline.report.pseudonyms import pseudonymise
from pipeline.report.wording import LANGS, Lang, text
from pipeline.screens import address
from pipeline.screens.plain import markdown
from pipeline.store import Filters, Order, Store, default_url, open_store
from pipeline.targets import Target, load_targets

# Another process may import while the dashboard is open: after this time its posts are seen.
_SECONDS = 60
# The classroom's larger type, as a factor.
LARGE = 1.35


def lang() -> Lang:
    """The language chosen; Japanese unless the address says otherwise."""
    chosen = (address.get("lang") or ["ja"])[0]
    return next((known for known in LANGS if known == chosen), "ja")


def say(key: str, **params: object) -> str:
    """A text of the string table in the language chosen."""
    return text(key, lang(), **params)


def plain_say(key: str, **params: object) -> str:
    """A text for a widget that formats Markdown, with names of foreign origin in it."""
    return say(key, **{name: markdown(str(value)) for name, value in params.items()})


def name_of(target: Target) -> str:
    """A target's name in the language chosen."""
    return target.ja if lang() == "ja" else target.en


def large() -> bool:
    """Whether the classroom's larger type is on."""
    return address.get("big") == ["1"]


def style() -> Style:
    """How charts are drawn now."""
    return Style(lang(), st.context.theme.type == "dark", LARGE if large() else 1.0)


@contextmanager
def guard() -> Iterator[None]:
    """Show a known error in place of the screen; the program goes on."""
    try:
        yield
    except TachibaError as error:
        st.error(markdown(error.message(lang())), icon=":material/error:")


def store() -> Store:
    """The open store.

    Raises:
        StoreUnavailable, StoreTooNew: as they say; tried again on the next run.
    """
    return _open(default_url())


@st.cache_resource(show_spinner=False, max_entries=4)
def _open(url: str) -> Store:
    return open_store(url)


def labeller(targets: tuple[Target, ...]) -> Labeller:
    """The embedded model, loaded once and only when something is to be labelled.

    Raises:
        ModelUnavailable: it cannot be loaded.
    """
    return _labeller(tuple((target.key, target.aliases, target.guarded) for target in targets), targets)


@st.cache_resource(show_spinner=False, max_entries=2)
def _labeller(key: tuple[Any, ...], _targets: tuple[Target, ...]) -> Labeller:
    return load_labeller(None, _targets)


def known_targets() -> tuple[Target, ...]:
    """Targets of the targets' file and those that the user added."""
    return _known_targets(store(), store().name)


def targets() -> tuple[Target, ...]:
    """Targets that stored posts are labelled toward, in the order of the targets' file; before any, all known ones."""
    return _targets(store(), store().name)


@st.cache_resource(ttl=_SECONDS, max_entries=8, show_spinner=False)
def _known_targets(_store: Store, name: str) -> tuple[Target, ...]:
    return (*load_targets(), *_store.own_targets())


@st.cache_resource(ttl=_SECONDS, max_entries=8, show_spinner=False)
def _targets(_store: Store, name: str) -> tuple[Target, ...]:
    known = _known_targets(_store, name)
    labelled = _store.targets()
    if not labelled:
        return known
    strangers = tuple(Target(key, key, key, (key,)) for key in labelled if key not in {item.key for item in known})
    return tuple(item for item in known if item.key in labelled) + strangers


@st.cache_resource(show_spinner=False)
def measured() -> Measured | None:
    """How often the embedded model is right; None where it has not been measured."""
    return load_measured()


def documents() -> pd.DataFrame:
    """Documents of the store."""
    return _documents(store(), store().name)


def stance_counts(filters: Filters, *by: str) -> pd.DataFrame:
    """:meth:`Store.stance_counts`, kept for some seconds."""
    return _stance_counts(store(), store().name, filters, by)


def count(filters: Filters) -> int:
    """:meth:`Store.count`, kept for some seconds."""
    return _count(store(), store().name, filters)


def posts(filters: Filters, order: Order = Order.ORIGINAL, limit: int | None = None, offset: int = 0) -> pd.DataFrame:
    """:meth:`Store.posts` with pseudonyms, kept for some seconds."""
    return pseudonymise(_posts(store(), store().name, filters, order, limit, offset), lang())


def posts_without_authors(filters: Filters, limit: int) -> pd.DataFrame:
    """As :func:`posts`, for where nobody is named: needs no language, so that it can be kept before anybody asks."""
    return _posts(store(), store().name, filters, Order.ORIGINAL, limit, 0).drop(columns="author")


def forget() -> None:
    """Drop kept counts, after something was written."""
    for kept in (_documents, _stance_counts, _count, _posts, _known_targets, _targets):
        kept.clear()


@st.cache_data(ttl=_SECONDS, max_entries=8, show_spinner=False)
def _documents(_store: Store, name: str) -> pd.DataFrame:
    return _store.documents()


@st.cache_data(ttl=_SECONDS, max_entries=256, show_spinner=False)
def _stance_counts(_store: Store, name: str, filters: Filters, by: tuple[str, ...]) -> pd.DataFrame:
    return _store.stance_counts(filters, by)


@st.cache_data(ttl=_SECONDS, max_entries=256, show_spinner=False)
def _count(_store: Store, name: str, filters: Filters) -> int:
    return _store.count(filters)


@st.cache_data(ttl=_SECONDS, max_entries=64, show_spinner=False)
def _posts(_store: Store, name: str, filters: Filters, order: Order, limit: int | None, offset: int) -> pd.DataFrame:
    return _store.posts(filters, order, limit, offset)
