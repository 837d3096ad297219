"""HTML pages to PDF, through the Chromium, Chrome or Edge of this computer."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from pipeline.errors import PdfUnavailable

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)
_SECONDS = 60


def find_browser() -> str | None:
    """Path of a browser that can print, or None."""
    found = (shutil.which(name) for name in _NAMES)
    return next((path for path in found if path), None) or next(
        (place for place in _PLACES if os.path.exists(place)), None
    )


def html_to_pdf(page: str) -> bytes:
    """The page printed to PDF.

    Raises:
        PdfUnavailable: there is no such browser, or it failed.
    """
    browser = find_browser()
    if browser is None:
        raise PdfUnavailable(detail="no Chromium, Chrome or Edge found")
    with tempfile.TemporaryDirectory(prefix="tachiba-") as folder:
        source, result = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        # Chromium's sandbox refuses to start for root (containers); the page loads and runs nothing by its own policy.
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        profile = f"--user-data-dir={Path(folder, 'profile')}"
        command = [browser, *_FLAGS, *root, profile, f"--print-to-pdf={result}", source.as_uri()]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
            return result.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise PdfUnavailable(detail=type(error).__name__) from error
