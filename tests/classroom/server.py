"""The dashboard as a process of its own, that a test can kill and start again on the same port."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.app import free_port

ROOT = Path(__file__).parent.parent.parent
_START_SECONDS = 120.0


class Server:
    """A dashboard on a store. With ``lan``, other devices may join rooms, as after `tachiba dashboard --lan`."""

    def __init__(self, store_url: str, *, lan: bool = False) -> None:
        self.port = free_port()
        self._host = "0.0.0.0" if lan else "127.0.0.1"
        self._environment = os.environ | {"TACHIBA_DB": store_url} | ({"TACHIBA_LAN": "1"} if lan else {})
        self._process = self._start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def memory_mb(self) -> float:
        """Resident memory of the process, in megabytes."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def cpu_seconds(self) -> float:
        """Processor time that the process has used; unlike the clock it does not count what others take."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """End it as a power cut would: no goodbye, nothing written."""
        self._process.kill()
        self._process.wait(10)

    def restart(self) -> None:
        """Start it again on the same port."""
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard.py")]
        command += ["--server.port", str(self.port), "--server.address", self._host, "--server.headless", "true"]
        # Otherwise a change of the sources while the tests run would reload modules.
        command += ["--server.fileWatcherType", "none"]
        process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://{self.address}/_stcore/health", timeout=1):
                    return process
            except OSError:
                time.sleep(0.05)
        process.kill()
        raise TimeoutError("the dashboard did not start")


@contextmanager
def serving(store_url: str, *, lan: bool = False) -> Iterator[Server]:
    """A running dashboard."""
    server = Server(store_url, lan=lan)
    try:
        yield server
    finally:
        server.kill()
