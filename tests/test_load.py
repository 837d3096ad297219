"""Inputs: encodings, media, and one clear error for each thing that is no page."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.encoding import decode
from pipeline.errors import InputTooLarge, NetworkNotAllowed, NoSuchInput, TachibaError, UnreadableInput
from pipeline.extract import extract
from pipeline.load import MAX_BYTES, find_sources, load, load_bytes, load_text
from pipeline.records import Media

JAPANESE = "ロシアがウクライナに侵攻したことについて、読者の意見を読む。反対だという声が多い。\n"
SPECIAL = "髙橋さんは①Ⅲ級の㈱に勤める。～―∥－￢\n" + JAPANESE


def one_line(error: TachibaError, source: str) -> None:
    for message in (error.message("ja"), error.message("en")):
        assert "\n" not in message
        assert source in message


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp932", "euc_jp", "iso2022_jp", "utf-32"]
)
def test_encodings_without_a_declaration(codec: str) -> None:
    page = load_bytes((JAPANESE * 3).encode(codec), "page.txt")
    assert page.text.lstrip("\ufeff") == JAPANESE * 3
    assert page.media is Media.TEXT


@pytest.mark.parametrize("label", ["Shift_JIS", "shift-jis", "x-sjis", "windows-31j", "MS_Kanji", "sjis"])
def test_windows_signs_survive_a_declared_shift_jis(label: str) -> None:
    html = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={label}"></head><p>{SPECIAL}</p>'
    page = load_bytes(html.encode("cp932"), "page.html")
    assert "髙橋さんは①Ⅲ級の㈱" in page.text
    assert (page.media, page.encoding) == (Media.HTML, "cp932")


def test_windows_signs_without_a_declaration() -> None:
    assert load_bytes(SPECIAL.encode("cp932"), "page.txt").text == SPECIAL


@pytest.mark.parametrize(
    ("declared", "real"),
    [("utf-8", "cp932"), ("shift_jis", "utf-8"), ("iso-8859-1", "utf-8"), ("utf-16", "utf-8"), ("nonsense", "euc_jp")],
)
def test_a_wrong_declaration_is_overruled(declared: str, real: str) -> None:
    html = f'<html><head><meta charset="{declared}"></head><body><p>{JAPANESE * 4}</p></body>'
    assert JAPANESE.strip() in load_bytes(html.encode(real), "page.html").text


# The six characters that CP932 writes like others do not come back as themselves from any decoder.
@settings(max_examples=50, deadline=None)
@given(
    st.text(
        alphabet=st.characters(codec="cp932", exclude_categories=("Cc", "Cs"), exclude_characters="¢£¬‖−〜"), min_size=4
    ).map(lambda t: JAPANESE + t)
)
def test_every_sign_of_cp932_comes_back(text: str) -> None:
    html = f'<meta charset="Shift_JIS"><p>{text}</p>'
    data = html.encode("cp932")
    assert decode(data)[0] == data.decode("cp932")


def test_an_html_page_keeps_its_numeric_entities_for_the_parser() -> None:
    (extraction,) = extract(
        load_text("<html><head><title>&#39640;&#x2460;</title></head><body><p>&#12354;</p></body>", "a.html")
    )
    assert extraction.document.title == "高①"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "password"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x00\x01\x02" * 3000, "binary"),
        (b"\x1f\x8b\x08\x00abc", "gzip"),
        (b"PK\x03\x04" + b"\x00" * 100, "ZIP"),
        (b"bplist00\xd1\x01\x02", "webarchive"),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/css\n\n--x--",
            "MHTML",
        ),
    ],
    ids=["empty", "blank", "pdf", "png", "protected", "bytes", "nul", "gzip", "half zip", "webarchive", "mhtml"],
)
def test_what_is_no_page_is_named(data: bytes, word: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        load_bytes(data, "in/some file.html")
    assert word.lower() in str(caught.value).lower()
    one_line(caught.value, "in/some file.html")


def test_missing_file_and_address(tmp_path: Path) -> None:
    with pytest.raises(NoSuchInput) as caught:
        load(str(tmp_path / "no.html"))
    one_line(caught.value, "no.html")
    with pytest.raises(NetworkNotAllowed) as refused:
        load("https://example.jp/page")
    one_line(refused.value, "https://example.jp/page")
    with pytest.raises(UnreadableInput):
        load(str(tmp_path))


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "big.html"
    with path.open("wb") as file:
        file.truncate(2 * MAX_BYTES)
    with pytest.raises(InputTooLarge) as caught:
        load(str(path))
    one_line(caught.value, "big.html")
    assert "200 MB" in str(caught.value)


def archive(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def test_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = bytearray(archive({"xl/workbook.xml": b"0" * 1000, "xl/worksheets/sheet1.xml": b"0" * 1000}))
    # The directory's size field is what the check reads; 0xF0000000 bytes are never written here.
    for at in (bomb.rfind(b"PK\x01\x02"),):
        bomb[at + 24 : at + 28] = (0xF0000000).to_bytes(4, "little")
    with pytest.raises(InputTooLarge):
        load_bytes(bytes(bomb), "bomb.xlsx")


def test_a_directory_that_lies_about_its_size_is_refused_too() -> None:
    data = bytearray(archive({"xl/workbook.xml": b"0" * 100_000}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(UnreadableInput):
        extract(load_bytes(bytes(data), "lie.xlsx"))


def test_other_archives_are_named() -> None:
    with pytest.raises(UnreadableInput, match="ZIP archive"):
        load_bytes(archive({"page.html": b"<p>x</p>"}), "pages.zip")


def test_mhtml_gives_its_page_and_address() -> None:
    data = (
        "From: <Saved>\r\nSnapshot-Content-Location: https://news.example.jp/a\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://news.example.jp/a\r\n\r\n"
        '<html><head><meta charset=3D"utf-8"><title>=E9=A1=8C</title></head><body><p>=E6=9C=AC=E6=96=87</p>\r\n'
        "--b\r\nContent-Type: text/css\r\n\r\na{}\r\n--b--\r\n"
    )
    page = load_bytes(data.encode(), "page.mhtml")
    assert (page.media, page.url) == (Media.HTML, "https://news.example.jp/a")
    assert "本文" in page.text


@pytest.mark.parametrize(
    "text",
    ["<html><head></head><body></body></html>", "<!doctype html><html><body><script>var a = 1</script></body></html>"],
)
def test_a_page_without_text_is_refused(text: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        extract(load_text(text, "empty.html"))
    one_line(caught.value, "empty.html")


@pytest.mark.parametrize(
    ("text", "name", "media"),
    [
        ("コメント\n<3 だ a < b", "a.txt", Media.TEXT),
        ("<p>段落</p>", "a.txt", Media.HTML),
        ("[1] 注\n本文", "a.txt", Media.TEXT),
        ('{"a": 1}\n{"a": 2}\n', "stdin", Media.TABLE),
        ('{"a": 1}\n', "stdin", Media.JSON),
        ('{\n "a": 1\n}', "a.json", Media.JSON),
        ("<?xml version='1.0'?><rss/>", "a.xml", Media.XML),
        ("<?xml version='1.0'?><!DOCTYPE html><html><body>x</body></html>", "a.xhtml", Media.HTML),
        ("a,b\n1,2", "a.csv", Media.TABLE),
        ("本文\nだけ", "a.csv.txt", Media.TEXT),
    ],
)
def test_media(text: str, name: str, media: Media) -> None:
    assert load_text(text, name).media is media


def test_folders_give_pages_and_exports_in_order(tmp_path: Path) -> None:
    for name in ("b.html", "a.txt", "sub/c.csv", "out.jsonl", "notes.json", "c.json", ".hidden/d.html", "e.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text('{"comments": []}' if name == "c.json" else "{}", encoding="utf-8")
    found = [
        Path(path).relative_to(tmp_path).as_posix() for path in find_sources([str(tmp_path), str(tmp_path / "a.txt")])
    ]
    assert found == ["a.txt", "b.html", "c.json", "sub/c.csv"]


@pytest.mark.parametrize("cut", [1, 100, 333])
def test_a_page_cut_within_a_character_is_read(cut: int) -> None:
    data = (JAPANESE * 10).encode("utf-8")[: 900 + cut]
    text = load_bytes(data, "cut.txt").text
    assert text.startswith(JAPANESE)


@pytest.mark.parametrize("text", ["<div>" * 100_000, "(" * 200_000 + "\n", "• 2022年 2月 21日\n" * 5000])
def test_deep_and_repetitive_pages_do_not_crash(text: str) -> None:
    page = load_text(text + "本文", "deep.html")
    (extraction,) = extract(page)
    assert extraction.document.id
