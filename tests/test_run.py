"""Many inputs: outcomes in their order, read a bounded number ahead of the caller."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from pipeline import run
from pipeline.errors import NoSuchInput


class Inline:
    """A pool that works at once, in this process, and counts what it was given."""

    tasks = 0

    def __init__(self, workers: int) -> None:
        Inline.tasks = 0

    def submit(self, call: Callable[..., Any], *args: object) -> Future[Any]:
        Inline.tasks += 1
        done: Future[Any] = Future()
        done.set_result(call(*args))
        return done

    def shutdown(self, *, cancel_futures: bool) -> None:
        assert cancel_futures


def _pages(folder: Path, count: int) -> list[str]:
    sources = [str(folder / f"{n:04}.html") for n in range(count)]
    for n, source in enumerate(sources):
        Path(source).write_text(f"<title>第{n}号の見出し</title><p>第{n}号の本文です。</p>", encoding="utf-8")
    return sources


def test_outcomes_come_in_order_and_one_bad_page_stops_none(tmp_path: Path) -> None:
    sources = _pages(tmp_path, 70)
    Path(sources[33]).unlink()
    outcomes = list(run.extract_sources(sources))
    assert [outcome.source for outcome in outcomes] == sources
    assert [n for n, outcome in enumerate(outcomes) if outcome.error] == [33]
    assert isinstance(outcomes[33].error, NoSuchInput)


def test_a_large_folder_is_not_read_far_ahead_of_who_labels_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "ProcessPoolExecutor", Inline)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    sources = _pages(tmp_path, 400)
    outcomes = run.extract_sources(sources)
    next(outcomes)
    assert 2 <= Inline.tasks < 12
    assert len(list(outcomes)) == 399
    assert Inline.tasks == 25
