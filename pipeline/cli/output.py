"""Where the command line writes: results to files or standard output, everything else to standard error."""

from __future__ import annotations

import locale
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pipeline.errors import TachibaError, UnwritableOutput
from pipeline.report.wording import Lang, text

STDOUT = "stdout"
_console = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)


def language() -> Lang:
    """``TACHIBA_LANG`` if it is ja or en, else the system's language."""
    asked = os.environ.get("TACHIBA_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG")
    return "ja" if (asked or locale.getlocale()[0] or "").lower().startswith("ja") else "en"


def say(line: str) -> None:
    """One line for the person at the keyboard. Control characters of file names are shown, not obeyed."""
    _console.print("".join(char if char.isprintable() else repr(char)[1:-1] for char in line))


def tell(key: str, **params: object) -> None:
    """One line of the string table."""
    say(text(key, language(), **params))


def error(problem: TachibaError) -> None:
    """What went wrong, in one line."""
    say(f"tachiba: {problem.message(language())}")


@contextmanager
def progress(key: str, total: int) -> Iterator[Progress]:
    """A bar with the time left on standard error; nothing where that is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_console, transient=True, disable=not sys.stderr.isatty()) as bar:
        bar.add_task(text(key, language()), total=total)
        yield bar


@contextmanager
def writing(path: Path | None) -> Iterator[BinaryIO]:
    """A binary file that appears under its name only when it is complete; standard output where ``path`` is None.

    Raises:
        UnwritableOutput: the folder is missing or closed to us, or the disk is full.
    """
    if path is None:
        try:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        except OSError as problem:
            # What is still to be written goes nowhere; else the interpreter fails again at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            if isinstance(problem, BrokenPipeError):  # the reader went away (`| head`); what it took is complete lines
                raise typer.Exit(0) from problem
            raise UnwritableOutput(path=STDOUT, detail=problem.strerror or str(problem)) from problem
        return
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".tachiba-", delete=False) as file:
            temporary = Path(file.name)
            try:
                yield file  # type: ignore[misc]  # the wrapper passes on all that a binary file has
            except BaseException:
                temporary.unlink()
                raise
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as problem:
        raise UnwritableOutput(path=path, detail=problem.strerror or str(problem)) from problem


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
