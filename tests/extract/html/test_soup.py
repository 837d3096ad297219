"""Any mark-up at all: no crash, and what comes out hangs together."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.extract.html.pages import threads

NAMES = st.sampled_from(
    [
        "comment",
        "comment-author",
        "comment-content",
        "comment-body",
        "comment-meta",
        "children",
        "reply",
        "commentlist",
        "wpd-comment",
        "cld-like-count-wrap",
        "comment-date",
        "pingback",
        "widget",
        "date",
        "posted",
        "fn",
    ]
)
IDS = st.sampled_from(
    ["comment-1", "comment-2", "comment-3", "li-comment-2", "wpd-comm-4_1", "wpd-comm-1_4", "c", "comments"]
)
TAGS = st.sampled_from(
    ["li", "ol", "div", "dl", "dt", "dd", "p", "span", "a", "time", "blockquote", "h4", "article", "table"]
)
TEXTS = st.sampled_from(
    ["甲", "本文です", "2022/02/21 12:34", "100", "より:", "😀", "3時間前", "このコメントは削除されました。", " "]
)


@st.composite
def soup(draw: st.DrawFn) -> str:
    pieces: list[str] = []
    for _ in range(draw(st.integers(0, 40))):
        kind = draw(st.integers(0, 3))
        tag = draw(TAGS)
        if kind == 0:
            pieces.append(draw(TEXTS))
        elif kind == 1:
            pieces.append(f"</{tag}>")
        else:
            identity = f' id="{draw(IDS)}"' if draw(st.booleans()) else ""
            pieces.append(f'<{tag} class="{draw(NAMES)} {draw(NAMES)}"{identity} href="#comment-2">')
    return "".join(pieces)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(soup())
def test_results_hang_together(body: str) -> None:
    result = threads(body)
    known = {post.id: post for post in result.posts}
    assert len(known) == len(result.posts)
    for position, post in enumerate(result.posts):
        assert post.position == position
        assert post.text.strip()
        assert post.author is None or post.author.strip()
        assert post.parent_id is None or post.parent_id in known
    for part in result.skipped:
        assert part.lines >= 1


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>/\"'=&;!-abcdiv li\x00\ud800", max_size=200))
def test_any_characters_at_all(text: str) -> None:
    threads(text)
