"""Floors on the real pages beside the checkout: comments found, precision, and each field of those shown."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.dates import find_dates
from pipeline.extract.html import extract_threads
from pipeline.records import Media, Page, Post

THREADS = (
    "rendered-ja-tcd-cld",
    "rendered-ja-wpcore",
    "traf-archive.org.the-pain.net.silkroad",
    "traf-californiaglobe.com.amazon",
    "traf-frolleinherr.com.lost",
    "traf-german.stackexchange.com.ausgeraubt",
    "traf-hearya.com.metal",
    "traf-luxuryhaven.co.hyatt",
    "traf-netzpolitik.org.abmahnungen",
    "traf-spontis.de.jahrzehnt",
    "traf-theoriginalcopy.de.baby",
)
FIELDS = ("author", "time", "parent", "votes", "text")


@dataclass
class Score:
    """Counts over one page or all of them."""

    wanted: int = 0
    found: int = 0
    extra: int = 0
    author: int = 0
    time: int = 0
    parent: int = 0
    votes: int = 0
    text: int = 0


def load(folder: Path) -> tuple[Page, list[dict[str, Any]]]:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    source = expected["source"]
    text = (folder / "page.html").read_text(encoding="utf-8", errors="replace")
    url = source["url"].strip() if isinstance(source, dict) else None
    comments = expected.get("comments") or expected["comments_dom_derived"]
    return Page("page.html", Media.HTML, text, folder.name, url=url), [c for c in comments if not c.get("ping")]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"^(?:> )+", "", text, flags=re.MULTILINE))


def same_time(expected: dict[str, Any], post: Post) -> bool:
    """The page's machine-readable time to the second, else the written one as far as it is shown."""
    value = post.posted_at.value if post.posted_at is not None else None
    if expected.get("datetime"):
        return value == str(expected["datetime"])[:19]
    if "date" in expected:
        return value is not None and str(expected["date"]).replace(" ", "T").startswith(value)
    shown = find_dates(expected["date_raw"] or "")
    if not shown or shown[0].dated.value is None:
        return (post.posted_at is not None) == bool(shown)
    return value is not None and value.startswith(shown[0].dated.value)


def score(folder: Path) -> Score:
    page, wanted = load(folder)
    result = extract_threads(page)
    # Answers are posts too, but the lists count only the comments under them; a comment on the question has no parent.
    posts = {post.site_id: post for post in result.posts}
    sites = {post.id: post.site_id for post in result.posts}
    total = Score(wanted=len(wanted))
    ids = {str(comment["id"]) for comment in wanted}
    total.extra = sum(1 for site in posts if site not in ids and not (site or "").startswith("post-"))
    for comment in wanted:
        post = posts.get(str(comment["id"]))
        if post is None:
            continue
        parent = comment["parent"] if comment["parent"] in sites.values() else None
        total.found += 1
        total.author += post.author == comment["author"]
        total.time += same_time(comment, post)
        total.parent += (sites[post.parent_id] if post.parent_id else None) == parent
        total.votes += (post.votes.value, post.votes.down) == (comment["up"], comment.get("down"))
        total.text += squeezed(comment.get("text") or comment["text_head"])[:60] in squeezed(post.text)
    return total


@pytest.mark.parametrize("name", THREADS)
def test_each_page_gives_its_whole_thread(shared: Path, name: str) -> None:
    got = score(shared / "pages" / name)
    assert (got.found, got.extra) == (got.wanted, 0)
    for field in FIELDS:
        assert getattr(got, field) == got.wanted, field


def test_totals_hold_what_was_measured(shared: Path) -> None:
    scores = [score(shared / "pages" / name) for name in THREADS]
    assert sum(s.wanted for s in scores) == 321
    assert sum(s.found for s in scores) == 321
    assert sum(s.extra for s in scores) == 0
    for field in FIELDS:
        assert sum(getattr(s, field) for s in scores) == 321, field


def test_article_pages_without_a_thread_give_no_post(shared: Path) -> None:
    """Rankings, related articles and news lists are no comments, dated as they may be."""
    pages = sorted((shared / "pages").glob("jp-*/page.html"))
    assert pages
    found = {}
    for path in pages:
        page = Page(path.name, Media.HTML, path.read_text(encoding="utf-8", errors="replace"), path.parent.name)
        if posts := extract_threads(page).posts:
            found[path.parent.name] = [post.text[:40] for post in posts]
    assert found == {}
