"""The screens in the order of the navigation: name (address and string ``page.NAME``), icon, function."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.screens import compare, import_, model, overview, posts

PAGES: tuple[tuple[str, str, Callable[[], None]], ...] = (
    ("overview", ":material/dashboard:", overview.show),
    ("posts", ":material/forum:", posts.show),
    ("compare", ":material/compare_arrows:", compare.show),
    ("import", ":material/upload_file:", import_.show),
    ("model", ":material/fact_check:", model.show),
)
