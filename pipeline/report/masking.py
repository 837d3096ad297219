"""Personal contact data in posts is masked in every output; the stored text stays as written."""

from __future__ import annotations

import ipaddress
import unicodedata

import regex

from pipeline.report.wording import Lang, text

_EMAIL = regex.compile(r"[\p{L}\p{N}._%+\-]{1,64}[@＠][\p{L}\p{N}\-]{1,63}(?:[.．][\p{L}\p{N}\-]{1,63})+")
# Japanese numbers begin with 0 or +81 and have 10 or 11 digits; groups may be joined by hyphens, brackets or spaces.
_DASH = r"[\s\-‐－ー]"
_PHONE = regex.compile(
    rf"(?<![\p{{N}}.])(?:[+＋]\p{{Nd}}{{1,3}}{_DASH}?[(（]?|[(（]?[0０])\p{{Nd}}{{1,4}}[)）]?"
    rf"(?:(?:{_DASH}|[(（)）]){{0,2}}\p{{Nd}}{{2,4}}){{2,3}}(?!\p{{N}})"
)
_ADDRESS = regex.compile(
    r"(?<![\p{N}.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?![\p{N}.:])"
)


def mask(content: str, lang: Lang) -> str:
    """``content`` with e-mail addresses, telephone numbers and IP addresses replaced by a word for them."""
    content = _EMAIL.sub(text("mask.email", lang), content)
    content = _ADDRESS.sub(lambda found: text("mask.ip", lang) if _is_address(found[0]) else found[0], content)
    return _PHONE.sub(lambda found: text("mask.phone", lang) if _is_phone(found[0]) else found[0], content)


def _is_address(candidate: str) -> bool:
    try:
        ipaddress.ip_address(candidate)
    except ValueError:
        return False
    return candidate not in ("::", "::1")


def _is_phone(candidate: str) -> bool:
    digits = [char for char in unicodedata.normalize("NFKC", candidate) if char.isdigit()]
    return 10 <= len(digits) <= 13
