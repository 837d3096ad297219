"""Bytes to text: byte-order mark, then the declared encoding, then detection.

Declared labels follow the WHATWG rule that a page called Shift_JIS is Windows-31J, so that 髙, ① and Ⅲ survive.
"""

from __future__ import annotations

import codecs

import regex
from resiliparse.parse.encoding import detect_encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WHATWG = {
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "ms932": "cp932",
    "csshiftjis": "cp932",
    "shift_jis-2004": "cp932",
    "shift_jisx0213": "cp932",
    "x-euc-jp": "euc_jp",
    "euc-jis-2004": "euc_jp",
    "euc_jis_2004": "euc_jp",
    "cseucpkdfmtjapanese": "euc_jp",
    "csiso2022jp": "iso2022_jp",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "unicode": "utf-16",
}
# HTML wants the declaration in the first 1024 bytes; real pages put scripts before it.
_HEAD = 8192
_DECLARED = regex.compile(
    rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:\-]+)|<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:\-]+)""",
    regex.IGNORECASE,
)


def decode(data: bytes) -> tuple[str, str]:
    """Text and the name of its encoding (a Python codec). Undecodable bytes become U+FFFD, as does NUL.

    A declared encoding that does not fit is overruled by detection, for copied declarations are often wrong.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _clean(data.decode(codec, "replace")), codec
    candidates = [codec for codec in (_declared(data), "utf-8", _detected(data)) if codec]
    if not _declared(data) and b"\x1b$" in data:
        candidates.insert(0, "iso2022_jp_ext")  # escape sequences are valid UTF-8 too
    for codec in candidates:
        try:
            return _clean(data.decode(codec)), codec
        except (UnicodeDecodeError, LookupError):
            continue
    codec = min(candidates, key=lambda name: _losses(data, name))
    return _clean(data.decode(codec, "replace")), codec


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_HEAD])
    return _codec((found[1] or found[2]).decode("ascii", "replace")) if found else None


def _detected(data: bytes) -> str | None:
    return _codec(detect_encoding(data[: 1 << 20]) or "")


def _codec(label: str) -> str | None:
    name = _WHATWG.get(label.strip().lower(), label)
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    # A declaration that could be read byte by byte cannot be UTF-16; WHATWG takes UTF-8 then.
    return "utf-8" if found.startswith(("utf-16", "utf-32")) else found


def _losses(data: bytes, codec: str) -> int:
    return data.decode(codec, "replace").count("\ufffd")


def _clean(text: str) -> str:
    return text.replace("\x00", "\ufffd")
