"""Tables with a text column, in every file format."""

from __future__ import annotations

import io
from collections.abc import Callable

import pandas as pd
import pytest

from pipeline.errors import NoTextColumn, TachibaError, UnreadableInput
from pipeline.extract import extract
from pipeline.extract.tables import page_table, text_column
from pipeline.load import load_bytes
from pipeline.records import Kind, SkipReason, VotesKind

COLUMNS = ["id", "投稿者", "投稿日時", "本文", "いいね", "返信先"]
ROWS = [
    ["1", "太郎", "2022-02-21 12:34", 'NATO加盟を見送る\n二行目, "引用"', "3", None],
    ["2", None, "2022年2月22日", "=SUM(A1)", None, "1"],
    ["3", "007", None, None, "5", None],
    ["4", "花子", "きのう", "NA", "1,204", "99"],
]
FRAME = pd.DataFrame(ROWS, columns=COLUMNS, dtype=object)


def parquet(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.to_parquet(buffer)
    return buffer.getvalue()


def xlsx(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine_kwargs={"options": {"strings_to_formulas": False}}) as writer:
        frame.to_excel(writer, index=False)
    return buffer.getvalue()


FORMS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    ".csv": lambda frame: frame.to_csv(index=False).encode("utf-8-sig"),
    ".tsv": lambda frame: frame.to_csv(index=False, sep="\t").encode("cp932"),
    ".xlsx": xlsx,
    ".parquet": parquet,
    ".jsonl": lambda frame: frame.to_json(orient="records", lines=True, force_ascii=False).encode(),
}


@pytest.mark.parametrize("suffix", FORMS)
def test_rows_become_posts(suffix: str) -> None:
    (extraction,) = extract(load_bytes(FORMS[suffix](FRAME), f"table{suffix}"))
    one, two, four = extraction.posts
    assert (one.author, one.text, one.votes.value, one.votes.kind) == (
        "太郎", "NATO加盟を見送る\n二行目, \"引用\"", 3, VotesKind.UP,
    )  # fmt: skip
    assert one.posted_at is not None
    assert one.posted_at.value == "2022-02-21T12:34"
    assert (two.author, two.text, two.votes.value, two.parent_id, two.depth) == (None, "=SUM(A1)", None, one.id, 1)
    assert (four.text, four.votes.value, four.posted_at, four.parent_id, four.depth) == ("NA", 1204, None, None, None)
    assert all(post.kind is Kind.READER for post in extraction.posts)
    (empty,) = extraction.skipped
    assert (empty.reason, empty.span and empty.span.start) == (SkipReason.EMPTY, 4)


def test_cells_stay_as_they_stand() -> None:
    page = load_bytes("id,本文,コード\r\n1,文章です,007\r\n".encode("cp932"), "t.csv")
    assert page_table(page).to_dict("records") == [{"id": "1", "本文": "文章です", "コード": "007"}]


def test_sheets_are_documents() -> None:
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer) as writer:
        FRAME.to_excel(writer, sheet_name="一", index=False)
        FRAME.assign(本文="別の本文です").to_excel(writer, sheet_name="二", index=False)
        pd.DataFrame({"code": ["A1"]}).to_excel(writer, sheet_name="符号", index=False)
        pd.DataFrame().to_excel(writer, sheet_name="空", index=False)
    first, second = extract(load_bytes(buffer.getvalue(), "book.xlsx"))
    assert (first.document.title, second.document.title) == ("一", "二")
    assert first.document.id != second.document.id
    assert [(item.reason, item.excerpt) for item in first.skipped[-1:]] == [(SkipReason.UNREADABLE, "符号")]


def test_polis() -> None:
    text = (
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        "1645446896000,Mon Feb 21 2022 12:34:56 GMT+0000 (Coordinated Universal Time),0,12,5,2,1,支援すべきだ\n"
        "1645446897000,,1,13,0,9,-1,取り下げられた\n"
        "1645446898000,,2,14,1,0,0,慎重に\n"
    )
    (extraction,) = extract(load_bytes(text.encode(), "comments.csv"))
    one, two = extraction.posts
    assert (one.author, one.text, one.votes.value, one.votes.down, one.votes.kind) == (
        "12", "支援すべきだ", 5, 2, VotesKind.UP,
    )  # fmt: skip
    assert one.posted_at is not None
    assert one.posted_at.value == "2022-02-21T12:34:56"
    assert two.votes.down == 0
    assert [item.reason for item in extraction.skipped] == [SkipReason.DELETED]


def test_no_text_column_lists_the_columns() -> None:
    with pytest.raises(NoTextColumn) as caught:
        extract(load_bytes(b"code,n\nA1,3\nB2,4\n", "t.csv"))
    assert "code, n" in str(caught.value)


@pytest.mark.parametrize(
    ("names", "want"),
    [
        (["date", "Comment Body", "author"], "Comment Body"),
        (["id", "自由記述"], "自由記述"),
        (["a", "b"], "b"),
    ],
)
def test_text_column(names: list[str], want: str) -> None:
    row = ["x"] * len(names)
    row[names.index(want)] = "長い文章がここにある。十文字より長い。"
    assert text_column(pd.DataFrame([row], columns=names), None, "t.csv") == want


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"text\n", "t.csv"),
        (b"a,b\n1,2,3\n", "t.csv"),
        (b'{"text": "a"}\n{"text": \n', "t.jsonl"),
        (b'{"text": "a"}\n[1]\n', "t.jsonl"),
        (parquet(FRAME)[:200], "t.parquet"),
        (xlsx(FRAME)[:2000], "t.xlsx"),
    ],
    ids=["no rows", "too many cells", "half a line", "no object", "half a parquet", "half a workbook"],
)
def test_damaged_tables(data: bytes, name: str) -> None:
    with pytest.raises(TachibaError) as caught:
        extract(load_bytes(data, name))
    assert isinstance(caught.value, UnreadableInput)
    assert name in str(caught.value)
