"""Stable ids of documents and posts: 16 hexadecimal digits of a SHA-256.

The same page gives the same ids on every run, wherever the file lies and however its address was decorated.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|yclid|dclid|msclkid|mc_[ce]id|igshid|_ga|cmpid|replytocom|showcomment)", re.IGNORECASE
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def normalise_url(url: str) -> str:
    """Address without what does not name the page: scheme, letter case of the host, fragment, tracking parameters.

    ``http`` and ``https`` are one address; the order of the other parameters does not count. A text that is no
    absolute address is given back trimmed.
    """
    trimmed = url.strip()
    try:
        parts = urlsplit(trimmed)
        port = parts.port
    except ValueError:  # an address with broken brackets or port still names its page, as it stands
        return trimmed
    host = (parts.hostname or "").rstrip(".")
    if not host or parts.scheme.lower() not in _DEFAULT_PORTS:
        return trimmed
    if port is not None and port != _DEFAULT_PORTS[parts.scheme.lower()]:
        host = f"{host}:{port}"
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    return urlunsplit(("https", host, parts.path or "/", urlencode(sorted(kept)), ""))


def document_id(url: str | None, digest: str) -> str:
    """Id of a document: from its normalised address where it has one, else from the digest of its bytes."""
    return _hash("url", normalise_url(url)) if url and url.strip() else _hash("digest", digest)


def post_id(document_id: str, site_id: str | None, position: int, text: str) -> str:
    """Id of a post: from the site's own id where it has one, else from its position and text."""
    if site_id:
        return _hash("post", document_id, site_id)
    return _hash("text", document_id, str(position), text)


def _hash(*parts: str) -> str:
    # Length prefixes keep ("a", "bc") and ("ab", "c") apart; "surrogatepass" because broken pages hold lone surrogates.
    data = "".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:16]
