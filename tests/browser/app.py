"""A dashboard of the tests' own, and the system's Chromium to look at it with."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent.parent
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_START_SECONDS = 120.0
# A loaded machine with two cores needs long for a first screen; nothing here measures time.
_PATIENCE = 120_000


def chromium_path() -> str | None:
    """The system's Chromium, if it is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def dashboard(store_url: str, *, entry: Path | None = None) -> Iterator[str]:
    """Run ``tachiba dashboard``, or another entry of Streamlit, on a store of its own; its address."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("tachiba")), "dashboard", "--port", str(port)]
    if entry:
        command = [sys.executable, "-m", "streamlit", "run", str(entry), "--server.port", str(port)]
        command += ["--server.address", "127.0.0.1"]
    environment = os.environ | {"TACHIBA_DB": store_url, "STREAMLIT_SERVER_HEADLESS": "true"}
    output = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(process, address)
        yield address
    finally:
        # Streamlit waits for open browser sessions when asked to end, and the command waits for Streamlit.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the dashboard ended with {process.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("the dashboard did not start")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        yield browser
        browser.close()


def new_page(browser: Browser, *, width: int = 1440, height: int = 900, scheme: str = "light") -> Page:
    """A page in a context of its own: its own session, theme and size."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]  # "light" or "dark"
    context.set_default_timeout(_PATIENCE)
    expect.set_options(timeout=_PATIENCE)
    return context.new_page()


def settled(page: Page) -> None:
    """Wait until the script has run through and every chart has been drawn.

    The run that a click asks for begins a little later: wait for what the click changes first, then for this.
    """
    page.wait_for_selector("[data-testid=stAppViewContainer]")
    page.wait_for_selector("[data-testid=stMain] h1, [data-testid=stMain] [data-testid=stAlert]")
    page.wait_for_function(
        """() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
        && [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(it => it.querySelector('.main-svg'))
        && !document.querySelector('[data-testid=stSkeleton]')"""
    )


def visit(page: Page, address: str) -> None:
    """Open an address, and wait until it is drawn."""
    page.goto(address)
    settled(page)
