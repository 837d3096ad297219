"""Names of sites: from the address, or from the notes that a site prints under its articles."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

_FILE = Path(__file__).with_name("sites.toml")


@cache
def _sites() -> tuple[dict[str, tuple[str, ...] | str], ...]:
    with _FILE.open("rb") as file:
        return tuple(tomllib.load(file)["site"])


def host_of(url: str | None) -> str | None:
    """Host of an address without "www.", or None."""
    if not url:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:  # broken brackets or port
        return None
    return host.removeprefix("www.") if host else None


def site_of_url(url: str | None) -> str | None:
    """Name of the site with this address; its host where the list does not have it; None without an address."""
    host = host_of(url)
    if host is None:
        return None
    for site in _sites():
        if any(host == known or host.endswith("." + known) for known in site.get("hosts", ())):
            return str(site["name"])
    return host


def site_of_text(url: str | None, text: str) -> str | None:
    """Name of the site of a copied text: from its address, else from a sign that only this site prints; else None."""
    if (name := site_of_url(url)) is not None:
        return name
    for site in _sites():
        if any(sign in text for sign in site.get("signs", ())):
            return str(site["name"])
    return None
