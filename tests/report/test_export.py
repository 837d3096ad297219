"""What leaves the program: nothing runs, nobody is named unasked, nothing is lost on the way."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.label import label_posts
from pipeline.records import Dated, DateHow, Document, Extraction, Kind, Post, Precision, Votes, VotesKind
from pipeline.report.export import (
    csv_bytes,
    dictionary_table,
    export_columns,
    export_table,
    guard_formulas,
    japanese_headers,
    jsonl_bytes,
    parquet_bytes,
    polis_table,
    xlsx_bytes,
)
from pipeline.report.masking import mask
from pipeline.report.pseudonyms import letters
from pipeline.store import open_store
from pipeline.targets import load_targets
from tests.fakes import WordLabeller

TARGETS = load_targets()
DAY = Dated("2022-02-21", Precision.DAY, DateHow.STATED, "2022年 2月 21日")


@pytest.fixture
def posts(tmp_path: Path) -> pd.DataFrame:
    """Stored posts: an expert, a reader with a formula, one without name or votes, one with contact data."""
    store = open_store(f"sqlite:///{tmp_path / 't.sqlite3'}")
    document = Document("d" * 16, "folder/secret/page.html", url="https://example.jp/a", title="題")
    written = (
        Post("1" * 16, document.id, Kind.EXPERT, "米国を支持する", 0, author="実名教授", posted_at=DAY),
        Post(
            "2" * 16, document.id, Kind.READER, "=1+1 ロシアを批判", 1, author="読者甲", votes=Votes(0, VotesKind.UP, 6)
        ),
        Post("3" * 16, document.id, Kind.READER, "\u3000名無し\n二行目", 2),
        Post("4" * 16, document.id, Kind.READER, "a@b.jp 090-1234-5678 192.168.0.1", 3, author="読者甲"),
    )
    store.save(Extraction(document, written, ()), list(label_posts(written, WordLabeller())))
    return store.posts()


def test_csv_reads_back_as_it_was(posts: pd.DataFrame) -> None:
    table = export_table(posts, TARGETS, "ja", names=False)
    data = csv_bytes(table)
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    back = pd.read_csv(io.BytesIO(data), encoding="utf-8-sig", dtype={"id": str})
    assert list(back.columns) == export_columns(TARGETS)
    assert list(back["id"]) == list(posts["id"])
    assert back["votes"].isna().tolist() == [True, False, True, True]
    assert back.loc[1, "votes"] == 0
    assert back.loc[1, "text"] == "'=1+1 ロシアを批判"
    assert back.loc[2, "text"] == "\u3000名無し\n二行目"
    assert not csv_bytes(table, plain=True).startswith(b"\xef\xbb\xbf")


def test_pseudonyms_are_the_default_and_stable(posts: pd.DataFrame) -> None:
    hidden = export_table(posts, TARGETS, "ja", names=False)
    assert hidden["author"].tolist() == ["専門家A", "読者01", None, "読者01"]
    content = csv_bytes(hidden).decode("utf-8-sig")
    assert "実名教授" not in content
    assert "secret" not in content
    assert export_table(posts.tail(1), TARGETS, "ja", names=False)["author"].tolist() == ["読者01"]
    assert export_table(posts, TARGETS, "ja", names=True)["author"].iloc[0] == "実名教授"


def test_contact_data_is_masked_in_every_output(posts: pd.DataFrame) -> None:
    for data in (jsonl_bytes, csv_bytes):
        content = data(export_table(posts, TARGETS, "ja", names=True)).decode("utf-8-sig")
        assert "a@b.jp" not in content
        assert "090-1234-5678" not in content
        assert "192.168.0.1" not in content
        assert "［メールアドレス］ ［電話番号］ ［IPアドレス］" in content


def test_other_formats_hold_the_same_rows(posts: pd.DataFrame) -> None:
    table = export_table(posts, TARGETS, "ja", names=False)
    sheet = pd.read_excel(io.BytesIO(xlsx_bytes(table, dictionary_table(TARGETS))), dtype=object)
    assert sheet["text"].tolist() == table["text"].tolist()
    assert pd.read_parquet(io.BytesIO(parquet_bytes(table)))["id"].tolist() == table["id"].tolist()
    lines = [json.loads(line) for line in jsonl_bytes(table).decode().splitlines()]
    assert lines[1]["text"] == "=1+1 ロシアを批判"
    assert lines[0]["votes"] is None
    assert lines[1]["votes"] == 0


def test_japanese_headers_show_what_is_undecided(posts: pd.DataFrame) -> None:
    table = export_table(posts.assign(stance_us_review=True), TARGETS, "ja", names=False)
    shown = japanese_headers(table, TARGETS)
    assert "本文" in shown.columns
    assert shown["米国への立場(推定)"].tolist() == ["判定保留"] * 4
    assert shown["種類"].iloc[0] == "専門家"


def test_the_dictionary_explains_every_column() -> None:
    explained = set(dictionary_table(TARGETS)["column"])
    assert explained >= set(export_columns(TARGETS))


def test_polis_form_keeps_votes_that_are_not_shown_empty(posts: pd.DataFrame) -> None:
    polis = polis_table(posts, "en")
    assert polis["agrees"].isna().tolist() == [True, False, True, True]
    assert polis["disagrees"].tolist()[1] == 6


@given(cell=st.text(max_size=20))
def test_no_cell_begins_as_a_formula(cell: str) -> None:
    guarded = guard_formulas(pd.DataFrame({"a": [cell]}))["a"].iloc[0]
    assert not guarded.startswith(tuple("=+-@\t\r＝＋－＠"))
    assert guarded.removeprefix("'") == cell or guarded == cell


@pytest.mark.parametrize(
    "harmless",
    [
        "2022年2月21日 12:34:56",
        "露軍は100000人、死者は1234567890人",
        "13:45に更新",
        "10-15-20",
        "1.5.2",
        "::",
        "03年に1000億",
    ],
)
def test_masking_leaves_ordinary_numbers(harmless: str) -> None:
    assert mask(harmless, "ja") == harmless


@pytest.mark.parametrize(
    "number", ["03-1234-5678", "０９０－１２３４－５６７８", "+81 90-1234-5678", "(03)1234-5678", "09012345678"]
)
def test_masking_takes_telephone_numbers(number: str) -> None:
    assert mask(f"電話は{number}です", "ja") == "電話は［電話番号］です"


def test_letters_go_on_after_z() -> None:
    assert [letters(n) for n in (1, 26, 27, 52, 53, 703)] == ["A", "Z", "AA", "AZ", "BA", "AAA"]
