"""Inputs to pages: which files there are, their bytes decoded, and what they are made of."""

from __future__ import annotations

import email
import email.policy
import hashlib
import io
import json
import os
import sys
import urllib.error
import urllib.request
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePath

import regex

from pipeline.encoding import decode
from pipeline.errors import InputTooLarge, NetworkNotAllowed, NoSuchInput, UnreadableInput
from pipeline.records import Media, Page

MEGABYTE = 1 << 20
# A page of 50 MB is read in seconds; beyond this limit something else than an article was saved.
MAX_BYTES = 100 * MEGABYTE
MAX_UNPACKED = 1000 * MEGABYTE
_NETWORK_SECONDS = 30.0

STDIN = "-"
_PAGE_SUFFIXES = {".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht", ".txt", ".xml", ".json"}
TABLE_SUFFIXES = {".csv", ".tsv", ".xlsx", ".parquet"}
_URL = regex.compile(r"https?://", regex.IGNORECASE)
_TAG = regex.compile(
    r"<(?:!doctype\s+html|html|head|body|div|article|section|table|ol|ul|li|dl|p|span|script)\b", regex.IGNORECASE
)
_XML_ROOT = regex.compile(r"<(?:\?xml|rss|disqus|feed)\b", regex.IGNORECASE)
_BINARY = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"bplist00": "Safari webarchive",
    b"\xd0\xcf\x11\xe0": "password-protected or pre-2007 Office file",
}


def find_sources(paths: Sequence[str]) -> list[str]:
    """Each path as it is; a folder as the pages, exports and tables in it, in order of their names.

    A folder's JSON Lines are left out: they are results, not pages. So is JSON that is no export of comments.
    """
    sources: list[str] = []
    for path in paths:
        if path != STDIN and not _URL.match(path) and os.path.isdir(path):
            sources += (str(file) for file in sorted(Path(path).rglob("*")) if _belongs(file, Path(path)))
        else:
            sources.append(path)
    return list(dict.fromkeys(sources))


def _belongs(file: Path, folder: Path) -> bool:
    if any(part.startswith(".") for part in file.relative_to(folder).parts) or not file.is_file():
        return False
    suffix = file.suffix.lower()
    if suffix == ".json":
        with file.open("rb") as opened:
            head = opened.read(1 << 16)
        return any(mark in head for mark in (b'"rendered"', b'"bookmarks"', b'"comments"', b'"raw_message"'))
    return suffix in _PAGE_SUFFIXES or suffix in TABLE_SUFFIXES


def load(source: str, *, allow_network: bool = False) -> Page:
    """Read one file, standard input (``-``) or, if allowed, an address.

    Raises:
        NoSuchInput, UnreadableInput, InputTooLarge, NetworkNotAllowed: as they say.
    """
    if _URL.match(source):
        if not allow_network:
            raise NetworkNotAllowed(url=source)
        return load_bytes(_fetch(source), source, url=source)
    if source == STDIN:
        return load_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), "stdin")
    path = Path(source)
    try:
        if not path.exists():
            raise NoSuchInput(path=source)
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputTooLarge(path=source, megabytes=size // MEGABYTE, limit=MAX_BYTES // MEGABYTE)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(path=source, detail=error.strerror or str(error)) from error
    return load_bytes(data, source)


def load_bytes(data: bytes, source: str, *, url: str | None = None) -> Page:
    """A page of bytes; ``source`` is the name shown, and its ending helps to tell what it is.

    Raises:
        UnreadableInput, InputTooLarge: as they say.
    """
    if len(data) > MAX_BYTES:
        raise InputTooLarge(path=source, megabytes=len(data) // MEGABYTE, limit=MAX_BYTES // MEGABYTE)
    if not data.strip():
        raise UnreadableInput(path=source, detail="empty file")
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith((b"PAR1", b"PK\x03\x04")):
        _check_packed(data, source)
        return Page(source, Media.TABLE, "", digest, url=url, raw=data)
    for magic, name in _BINARY.items():
        if data.startswith(magic):
            raise UnreadableInput(path=source, detail=name)
    if _is_mhtml(data):
        data, url = _unpack_mhtml(data, source)
    text, encoding = decode(data)
    if _is_binary(text):
        raise UnreadableInput(path=source, detail="binary data")
    return Page(source, sniff(text, source), text, digest, encoding, url)


def load_text(text: str, source: str) -> Page:
    """A page of pasted text.

    Raises:
        UnreadableInput: there is nothing in it.
    """
    return load_bytes(text.encode("utf-8", "replace"), source)


def sniff(text: str, source: str) -> Media:
    """What a text is made of, by what stands in it; the ending of the name decides only for tables."""
    suffix = PurePath(source).suffix.lower()
    if suffix in TABLE_SUFFIXES or suffix == ".jsonl":
        return Media.TABLE
    head = text[:65536].lstrip("\ufeff \t\r\n")
    if head[:1] in ("{", "["):
        return _sniff_json(head, text)
    if _XML_ROOT.match(head) and "<html" not in head[:2000].lower():
        return Media.XML
    return Media.HTML if _TAG.search(head) else Media.TEXT


def _sniff_json(head: str, text: str) -> Media:
    """JSON, JSON Lines (a table), or a text that only begins with a bracket."""
    for part, media in ((head.split("\n", 1)[0], Media.TABLE), (text.lstrip("\ufeff"), Media.JSON)):
        try:
            value = json.loads(part)
        except (ValueError, RecursionError):
            continue
        if media is Media.JSON or (isinstance(value, dict) and "\n" in text.strip()):
            return media
    return Media.TEXT


def _is_binary(text: str) -> bool:
    head = text[:65536]
    strange = sum(char == "\ufffd" or (char < " " and char not in "\t\r\n\f\v\x1b") for char in head)
    return strange > max(8, len(head) // 10)


def _is_mhtml(data: bytes) -> bool:
    head = data[:4096].lower()
    return b"multipart/related" in head and b"mime-version:" in head


def _unpack_mhtml(data: bytes, source: str) -> tuple[bytes, str | None]:
    """The page inside a browser's single-file archive, and the address it was saved from."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            address = part.get("Content-Location") or message.get("Snapshot-Content-Location")
            if isinstance(content, bytes):
                return content, str(address) if address and _URL.match(str(address)) else None
    raise UnreadableInput(path=source, detail="MHTML without a page in it")


def _check_packed(data: bytes, source: str) -> None:
    """Refuse what unpacks to far more than it is, before anything unpacks it."""
    if data.startswith(b"PAR1"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
            unpacked = sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableInput(path=source, detail="damaged ZIP or XLSX") from error
    if unpacked > MAX_UNPACKED:
        raise InputTooLarge(path=source, megabytes=unpacked // MEGABYTE, limit=MAX_UNPACKED // MEGABYTE)
    if "xl/workbook.xml" not in names:
        raise UnreadableInput(path=source, detail="ZIP archive; unpack it first")


def _fetch(url: str) -> bytes:
    request = urllib.request.Request(url, headers={"User-Agent": "tachiba"})
    try:
        with urllib.request.urlopen(request, timeout=_NETWORK_SECONDS) as answer:
            content: bytes = answer.read(MAX_BYTES + 1)
    except (urllib.error.URLError, TimeoutError, ValueError, OSError) as error:
        raise UnreadableInput(path=url, detail=str(getattr(error, "reason", error))) from error
    return content
