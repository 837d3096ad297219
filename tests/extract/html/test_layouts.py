"""The same thread in the mark-up of many themes and systems gives the same posts."""

from __future__ import annotations

import pytest

from tests.extract.html.layouts import WRAPPERS, Layout
from tests.extract.html.layouts_ja import JAPANESE
from tests.extract.html.layouts_more import MORE
from tests.extract.html.pages import rows, threads

FIRST, ANSWER, NUMBER, LAST = (
    "一つ目の意見です。",
    "<b>それ</b>には反対です。<br>二行目。",
    "100",
    "三つ目、長めの意見はここで終わります。",
)
ANSWER_TEXT = "それには反対です。\n二行目。"


ALL = WRAPPERS | JAPANESE | MORE


@pytest.mark.parametrize("layout", ALL, ids=lambda layout: layout.__name__)
def test_names_times_texts_and_parents(layout: Layout) -> None:
    wrapper, nests = ALL[layout]
    items = _timed(layout, 1, "甲野", FIRST, _timed(layout, 2, "乙山", ANSWER)) + _timed(layout, 3, "774545", NUMBER)
    found = rows(threads(wrapper.format(items + _timed(layout, 4, "名無しさん", LAST))))
    assert [(name, (time or "")[:16], votes, parent, text) for name, time, votes, parent, text in found] == [
        ("甲野", "2022-02-21T12:31", None, None, FIRST),
        ("乙山", "2022-02-21T12:32", None, FIRST if nests else None, ANSWER_TEXT),
        ("774545", "2022-02-21T12:33", None, None, NUMBER),
        ("名無しさん", "2022-02-21T12:34", None, None, LAST),
    ]


def _timed(layout: Layout, n: int, name: str, text: str, replies: str = "") -> str:
    """A comment posted in minute 30 + n."""
    return layout(n, name, text, replies).replace("12:34", f"12:3{n}").replace("12時34分", f"12時3{n}分")
