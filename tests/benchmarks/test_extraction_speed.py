"""Speed of extraction as ratios within one run: the same pages, one core, beside trafilatura with comments.

The fastest of several rounds in processor time is taken on both sides, as other work on the machine only ever slows a
round down. The floors are what was measured, less what noise takes; they are only ever raised.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import trafilatura

from pipeline.extract import extract
from pipeline.extract.html import extract_threads
from pipeline.extract.webpage import extract_webpage
from pipeline.load import load_bytes
from pipeline.records import Media, Page
from pipeline.run import extract_sources

pytestmark = pytest.mark.benchmark

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 7
WANTED, MOST = 20.0, 1.1  # asked of comments alone (times faster), and of the whole page (share of the time)
# Held at least, by class of page: threads of blogs, threads as rendered by WordPress, articles without comments.
FLOORS = {"traf": 4.0, "rendered": 9.0, "jp": 12.0, "all": 8.0}
FOLDER = 10_000


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds for one page: its comments, all of it, and the peer."""

    name: str
    comments: float
    page: float
    peer: float


def _best(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


@pytest.fixture(scope="module")
def measured(shared: Path) -> list[Times]:
    found = []
    for path in sorted((shared / "pages").glob("*/page.html")):
        text = path.read_text(encoding="utf-8", errors="replace")
        page = Page(path.name, Media.HTML, text, path.parent.name)
        peer = _best(lambda text=text: trafilatura.extract(text, include_comments=True), 3)  # type: ignore[misc]
        comments = _best(lambda page=page: extract_threads(page))  # type: ignore[misc]
        whole = _best(lambda page=page: extract_webpage(page), 3)  # type: ignore[misc]
        found.append(Times(path.parent.name, comments, whole, peer))
    return found


def _of_class(measured: list[Times], name: str) -> list[Times]:
    return [times for times in measured if name in ("all", times.name.split("-")[0])]


@pytest.mark.parametrize("name", FLOORS)
def test_comments_beside_the_peer(measured: list[Times], name: str) -> None:
    """Twenty times was asked; what is reached is printed, and its floor held."""
    chosen = _of_class(measured, name)
    print(f"\n{name}: milliseconds for comments, the peer, ratio")
    for times in sorted(chosen, key=lambda times: times.peer / times.comments):
        print(
            f"  {times.name:42} {times.comments * 1e3:7.2f} {times.peer * 1e3:8.2f} {times.peer / times.comments:6.1f}"
        )
    ratio = sum(times.peer for times in chosen) / sum(times.comments for times in chosen)
    print(f"  {ratio:.1f} times faster in all ({WANTED:.0f} asked, floor {FLOORS[name]})")
    assert ratio >= FLOORS[name]


def test_whole_page_beside_the_peer(measured: list[Times]) -> None:
    """The whole page with its body takes no longer than the peer, in all; single pages above it are printed."""
    shares = sorted(((times.page / times.peer, times.name) for times in measured), reverse=True)
    total = sum(times.page for times in measured) / sum(times.peer for times in measured)
    print(f"\nwhole page: {total:.2f} of the peer's time in all ({MOST} allowed)")
    for share, name in shares:
        print(f"  {share:5.2f} {name}{'  above' if share > MOST else ''}")
    assert total <= MOST


def _thread(size: int) -> str:
    """A WordPress page of about ``size`` characters."""
    one = (
        '<li class="comment depth-1" id="comment-{n}"><article class="comment-body"><footer class="comment-meta">'
        '<b class="fn">読者{n}</b><time datetime="2022-02-21T12:34:56+09:00">2022年2月21日 12:34</time></footer>'
        '<div class="comment-content"><p>{n}番目の意見です。' + "投票の仕組みには賛成できる点とそうでない点がある。" * 4
    ) + "</p></div></article></li>"  # fmt: skip
    count = size // len(one)
    items = "".join(one.replace("{n}", str(n)) for n in range(1, count + 1))
    return f'<html lang="ja"><body><div id="comments"><ol class="comment-list">{items}</ol></div></body></html>'


def test_cost_is_linear_in_the_size_of_the_page() -> None:
    """Time for each megabyte of the file at 5 and 50 MB is at most twice that at 1 MB."""
    rates = {}
    for megabytes in (1, 5, 50):
        text = _thread(megabytes * 600_000)
        size = len(text.encode()) / 1e6
        page = Page("page.html", Media.HTML, text, str(megabytes))
        start = time.process_time()
        posts = extract_threads(page).posts
        rates[megabytes] = (time.process_time() - start) / size
        print(f"\n{size:.1f} MB: {len(posts)} comments, {rates[megabytes] * 1e3:.0f} ms a MB")
        assert len(posts) == text.count("<li ")
    assert max(rates.values()) <= 2 * rates[1]


def _prose(size: int) -> str:
    """Copied text of about ``size`` characters: a title, a date, statements with and without brackets."""
    paragraph = (
        "政府の高官は21日、「対話を続ける用意がある」と述べた。会談の日程は決まっていない。"
        "専門家によると、双方の主張には隔たりが大きいという。\n"
    )
    return "長い記事の見出しはここに置かれています\n2022年2月21日\n\n" + paragraph * (size // len(paragraph))


def test_cost_is_linear_in_the_size_of_a_text() -> None:
    """Time for each megabyte of copied text at 5 and 50 MB is at most twice that at 1 MB."""
    rates = {}
    for megabytes in (1, 5, 50):
        data = _prose(megabytes * 350_000).encode()
        start = time.process_time()
        (extraction,) = extract(load_bytes(data, "page.txt"))
        rates[megabytes] = (time.process_time() - start) / (len(data) / 1e6)
        print(f"\n{len(data) / 1e6:.1f} MB: {len(extraction.posts)} quotations, {rates[megabytes]:.2f} s a MB")
        assert len(extraction.posts) == 2 * data.count("「".encode())
    assert max(rates.values()) <= 2 * rates[1]


# The peak of this process alone: ru_maxrss of a child also counts what its parent held when it was started.
_MEMORY = """
import re, sys
from pathlib import Path
from pipeline.extract.html import extract_threads
from pipeline.records import Media, Page
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024
before = peak()
text = Path(sys.argv[1]).read_text(encoding="utf-8")
extract_threads(Page("page.html", Media.HTML, text, "digest"))
print(peak() - before)
"""


def test_memory_is_less_than_twenty_times_the_file(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(_thread(30_000_000), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(path)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    ratio = int(run.stdout) / path.stat().st_size
    print(f"\n{path.stat().st_size / 1e6:.0f} MB: {ratio:.1f} times the file in memory")
    assert 1 < ratio < 20


def test_folder_of_ten_thousand_pages_on_all_cores(tmp_path: Path) -> None:
    """All pages come back in order; pages a second and busy cores are printed."""
    sources = [str(tmp_path / f"{n:05}.html") for n in range(FOLDER)]
    for n, source in enumerate(sources):
        Path(source).write_text(_thread(2_000).replace("番目", f"番目の{n}"), encoding="utf-8")
    used, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    outcomes = list(extract_sources(sources))
    wall = time.perf_counter() - start
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    cores = (now.ru_utime - used.ru_utime + now.ru_stime - used.ru_stime) / wall
    print(f"\n{FOLDER / wall:.0f} pages a second, {cores:.2f} of {os.cpu_count()} cores busy")
    assert [outcome.source for outcome in outcomes] == sources
    assert all(outcome.error is None and outcome.extractions[0].posts for outcome in outcomes)
