"""A PostgreSQL server for the tests: its own folder, a loopback port of its own, gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg


def server_programs() -> Path | None:
    """Folder of initdb and pg_ctl: on the path, or where Debian puts them."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    return candidates[0].parent if candidates else None


@contextmanager
def running_server(programs: Path, folder: Path) -> Iterator[str]:
    """Start a server; gives its URL without a database name."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off"
    _run(folder, programs / "initdb", "-D", data, "-A", "trust", "-U", "tachiba", "-E", "UTF8", "--no-sync")
    _run(folder, programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield f"postgresql://tachiba@127.0.0.1:{port}"
    finally:
        _run(folder, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """An empty database on the server."""
    name = f"t{uuid4().hex}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _run(folder: Path, *command: object) -> None:
    # The server refuses to run as root; Debian's package makes a user for it.
    user = None
    if os.geteuid() == 0:
        user = "postgres"
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    subprocess.run([str(part) for part in command], check=True, capture_output=True, cwd=folder, user=user)
