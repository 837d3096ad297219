"""A real Japanese thread, rendered as it is copied from a blog theme."""

from __future__ import annotations

import json
import re
from pathlib import Path

from pipeline.extract import extract
from pipeline.load import load
from pipeline.records import Kind


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_copied_thread(shared: Path) -> None:
    folder = shared / "pages" / "rendered-ja-tcd-plaintext"
    wanted = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["comments"]
    (extraction,) = extract(load(str(folder / "page.txt")))
    posts = [post for post in extraction.posts if post.kind is Kind.READER]
    assert len(posts) == len(wanted) == 24
    # The page shows siblings in the order of the thread, the list in the order of the dates.
    rest = list(wanted)
    ids: dict[str, str] = {}
    for post in posts:
        parent = next((site for site, own in ids.items() if own == post.parent_id), None)
        want = next(
            item
            for item in rest
            if item["author"] == post.author
            and squeezed(post.text) == squeezed(item["text"])
            and item["parent"] == parent
            and item["up"] == post.votes.value
        )
        rest.remove(want)
        ids[want["id"]] = post.id
        assert post.posted_at is not None
        assert post.posted_at.value == want["date"][:10]
    assert not rest
    assert extraction.document.title is None
