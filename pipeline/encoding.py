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
# EUC-JP in Python lacks the signs ① Ⅲ ㈱ of Windows; the 2004 form has them at the same places.
_JAPANESE = ("cp932", "euc_jp", "euc_jis_2004")
_KANA = regex.compile(r"[\p{Hiragana}\u30a1-\u30fc、。]+")
_KNOWN = regex.compile(r"[\t\r\n -~\p{Hiragana}\p{Katakana}\p{Han}\p{Latin}\u3000-\u303f\uff01-\uff5e]+")
_SAMPLE = 1 << 16
# Running Japanese text is about half kana; read in a wrong codec it has almost none.
_SOME = 0.1
_MOSTLY = 0.8
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
    candidates = _candidates(data)
    for codec in candidates:
        try:
            return _clean(data.decode(codec)), codec
        except (UnicodeDecodeError, LookupError):
            continue
    codec = min(candidates, key=lambda name: _losses(data, name))
    return _clean(data.decode(codec, "replace")), codec


def _candidates(data: bytes) -> list[str]:
    """Codecs to try, the likeliest first."""
    declared = _declared(data)
    found = [declared, "utf-8", _japanese(data), _detected(data)]
    if declared is None and b"\x1b$" in data:
        found.insert(0, "iso2022_jp_ext")  # escape sequences are valid UTF-8 too
    if b"\x00" in data:
        found.insert(0, _wide(data))  # so is UTF-16 without its mark, where it is mostly ASCII
    return [codec for codec in found if codec]


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte-order mark: its two orders read, the one that gives text of known scripts, or None."""
    if len(data) % 2:
        return None
    shares = {codec: _share(_KNOWN, data[:_SAMPLE].decode(codec, "replace")) for codec in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda codec: shares[codec])
    return best if shares[best] > _MOSTLY else None


def _japanese(data: bytes) -> str | None:
    """The Japanese codec that reads all of it as text with kana, or None: detectors fail on short or rare signs."""
    kana: dict[str, float] = {}
    for codec in _JAPANESE:
        try:
            kana[codec] = _share(_KANA, data.decode(codec))
        except UnicodeDecodeError:
            continue
    best = max(kana, key=lambda codec: kana[codec], default=None)
    return best if best and kana[best] > _SOME else None


def _share(signs: regex.Pattern[str], text: str) -> float:
    """Share of these signs among all that are not ASCII (1.0 where all is ASCII)."""
    others = sum(char > "\x7f" for char in text)
    return sum(char > "\x7f" for char in "".join(signs.findall(text))) / others if others else 1.0


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
