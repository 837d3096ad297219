"""The screens in the order of the navigation: name (address and string ``page.NAME``), icon, function."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.screens import compare, import_, model, overview, posts, review

PAGES: tuple[tuple[str, str, Callable[[], None]], ...] = (
    ("overview", ":material/dashboard:", overview.show),
    ("posts", ":material/forum:", posts.show),
    ("compare", ":material/compare_arrows:", compare.show),
    ("review", ":material/rate_review:", review.show),
    ("import", ":material/upload_file:", import_.show),
    ("model", ":material/fact_check:", model.show),
)
