"""Generated threads and their writers: one for each layout in which comments are copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st


@dataclass(frozen=True)
class Comment:
    """A comment as it is to come back. ``parent`` is an index into the thread."""

    author: str | None
    text: str
    votes: int | None
    minute: int
    parent: int | None = None


@dataclass(frozen=True)
class Layout:
    """How a thread is written, and what of it the layout can hold."""

    write: Callable[[Sequence[Comment]], str]
    nested: bool = True
    knows_nesting: bool = True
    empty_names: bool = True
    votes: bool = True
    names: tuple[str, ...] = ()


def depths(thread: Sequence[Comment]) -> list[int]:
    """Depth of each comment."""
    found: list[int] = []
    for comment in thread:
        found.append(0 if comment.parent is None else found[comment.parent] + 1)
    return found


def clock(comment: Comment) -> str:
    return f"{comment.minute // 60:02}:{comment.minute % 60:02}"


def bulleted(
    bullet: str = "•", margin: str = "    ", step: str = "  ", day: str = "2022年 2月 21日"
) -> Callable[[Sequence[Comment]], str]:
    def write(thread: Sequence[Comment]) -> str:
        lines = ["コメント", ""]
        for comment, depth in zip(thread, depths(thread), strict=True):
            indent = margin + step * depth
            if comment.author is not None:
                lines.append(f"{indent}{bullet} {comment.author}")
            lines += [f"{indent}{bullet} {day} {clock(comment)}", ""]
            lines += [indent + line if line else "" for line in comment.text.split("\n")]
            lines.append("")
            if comment.votes is not None:
                lines.append(f"{indent}{comment.votes}")
        return "\n".join([*lines, "  1. この記事へのトラックバックはありません。", "", "PAGE TOP"])

    return write


def wordpress(thread: Sequence[Comment]) -> str:
    lines = [f"{len(thread)}件のコメント", ""]
    for number, (comment, depth) in enumerate(zip(thread, depths(thread), strict=True), 1):
        indent = "  " + "   " * depth
        lines.append(f"{indent}{number}. {comment.author or ''} より: 2022年2月21日 at {clock(comment)}")
        lines += [indent + line if line else "" for line in comment.text.split("\n")]
        lines += [indent + "返信", ""]
    return "\n".join(lines)


def board(thread: Sequence[Comment]) -> str:
    lines = []
    for number, comment in enumerate(thread, 1):
        lines.append(f"{number}: {comment.author or ''} 2022/02/21(月) {clock(comment)}:00.12 ID:abc{number}")
        lines += comment.text.split("\n")
        lines.append("")
    return "\n".join(lines)


def old_board(thread: Sequence[Comment]) -> str:
    lines = []
    for number, comment in enumerate(thread, 1):
        lines.append(
            f"{number} 名前：{comment.author or ''}[sage] 投稿日：2022/02/21(月) {clock(comment)}:00 ID:abc{number}"
        )
        lines += ["  " + line if line else "" for line in comment.text.split("\n")]
        lines.append("")
    return "\n".join(lines)


def yahoo(thread: Sequence[Comment]) -> str:
    lines = ["コメント"]
    for comment in thread:
        lines += [comment.author or "", f"2022/2/21(月) {clock(comment)}", *comment.text.split("\n")]
        lines += ["返信", "0", "件", "共感した"]
        lines += [str(comment.votes)] if comment.votes is not None else []
        lines += ["なるほど", "2", "うーん", "1"]
    return "\n".join(lines)


def yahoo_joined(thread: Sequence[Comment]) -> str:
    lines = ["コメント"]
    for comment in thread:
        lines += [comment.author or "", f"2022/2/21(月) {clock(comment)}", *comment.text.split("\n")]
        lines += ["返信0件", f"共感した {comment.votes if comment.votes is not None else ''}・なるほど 2・うーん 1"]
    return "\n".join(lines)


def hatena(thread: Sequence[Comment]) -> str:
    lines = ["人気コメント"]
    for comment in thread:
        lines += [comment.author or "", *comment.text.split("\n"), f"2022/02/21 {clock(comment)}", "リンク"]
        lines += [f"★{comment.votes}"] if comment.votes is not None else []
    return "\n".join(lines)


def plain(thread: Sequence[Comment]) -> str:
    lines = ["コメント一覧", ""]
    for comment in thread:
        lines += [comment.author or "", f"2022年2月21日 {clock(comment)}", *comment.text.split("\n"), "返信", ""]
    return "\n".join(lines)


def signed(thread: Sequence[Comment]) -> str:
    lines = ["コメント"]
    for comment in thread:
        lines += [*comment.text.split("\n"), f"Posted by {comment.author or ''} at 2022年02月21日 {clock(comment)}", ""]
    return "\n".join(lines)


LAYOUTS: dict[str, Layout] = {
    "bullets": Layout(bulleted()),
    "full-width": Layout(bulleted("・", "　　", "　", "２０２２年２月２１日")),
    "tabs": Layout(bulleted("•", "\t", "\t", "2022/02/21(月)")),
    "bullets at the margin": Layout(bulleted("•", "", "", "2022.2.21"), nested=False, knows_nesting=False),
    "wordpress": Layout(wordpress, votes=False),
    "board": Layout(board, nested=False, votes=False),
    "old board": Layout(old_board, nested=False, votes=False),
    "yahoo": Layout(yahoo, nested=False, knows_nesting=False, empty_names=False),
    "yahoo joined": Layout(yahoo_joined, nested=False, knows_nesting=False, empty_names=False),
    "hatena": Layout(hatena, nested=False, empty_names=False, names=("abc", "user_1", "Taro-X")),
    "plain": Layout(plain, nested=False, knows_nesting=False, empty_names=False, votes=False),
    "signed": Layout(signed, nested=False, knows_nesting=False, votes=False),
}

# Words of comments: numbers, brackets, kaomoji, signs of quoting; no line that a layout itself uses as a mark.
_WORDS = (
    "NATO加盟",
    "20万人",
    "と思う",
    "(-_-;)",
    "2022年",
    "「譲歩」",
    "…",
    "3",
    "％",
    "ロシア",
    "は",
    "なるほどね",
    "1,000",
    ">>",
    "<b>",
    "&amp;",
    "コメント欄",
    "10-3",
    "−2",
    "－",
    "侵攻",
    "https://example.jp/?a=1&b=2",
    "※",
    "！？",
    "‥",
    "髙",
    "①",
    "ー",
    "😇",
    "👍🏽",
    "🇺🇦",
    "❤️",
)
_NAMES = (
    "伝説のハムスター☆☆☆",
    "匿名さん",
    "774545",
    "黒丸",
    "nanana",
    "O'Neill&Co.",
    "3",
    "名無し",
    "山田 太郎",
    "反対派",
    "＠home",
    "髙橋①",
)


def writable(text: str, encoding: str) -> bool:
    """Whether the encoding holds the text, and gives it back."""
    try:
        return text.encode(encoding).decode(encoding) == text
    except UnicodeEncodeError:
        return False


def encoded(text: str, encoding: str) -> bytes:
    """The text's bytes; Japanese encodings have no round bullet, so pages in them use the middle dot."""
    return (text if writable("•", encoding) else text.replace("•", "・")).encode(encoding)


def lines(encoding: str) -> st.SearchStrategy[str]:
    words = st.sampled_from([word for word in _WORDS if writable(word, encoding)])
    return st.lists(words, min_size=1, max_size=6).map(lambda parts: "あ" + "".join(parts) + "だ")


def texts(encoding: str) -> st.SearchStrategy[str]:
    number = st.integers(0, 99999).map(str)
    inner = st.lists(st.one_of(lines(encoding), number, st.just("")), max_size=3)
    return st.tuples(lines(encoding), inner, lines(encoding)).map(
        lambda parts: "\n".join([parts[0], *parts[1], parts[2]])
    )


@st.composite
def threads(draw: st.DrawFn, layout: Layout, encoding: str) -> list[Comment]:
    """A thread in depth-first order, as pages show it."""
    names = st.sampled_from([name for name in (layout.names or _NAMES) if writable(name, encoding)])
    thread: list[Comment] = []
    path: list[int] = []
    for i in range(draw(st.integers(1, 7))):
        del path[draw(st.integers(0, len(path))) if layout.nested else 0 :]
        # The first comment shows by its name what a head looks like.
        author = draw(st.one_of(st.none(), names)) if layout.empty_names and i else draw(names)
        votes = draw(st.one_of(st.none(), st.integers(0, 9999))) if layout.votes else None
        thread.append(
            Comment(author, draw(texts(encoding)), votes, draw(st.integers(0, 1439)), path[-1] if path else None)
        )
        path.append(i)
    return thread
