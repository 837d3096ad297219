"""Many inputs: outcomes in their order, read a bounded number ahead of the caller."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline import run
from pipeline.errors import NoSuchInput
from pipeline.label import label_posts
from pipeline.records import Document, Extraction, Kind, Post, Prediction
from pipeline.run import Outcome
from pipeline.store import Store, open_store
from pipeline.targets import Target
from tests.fakes import WordLabeller


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


class Counting(WordLabeller):
    """Notes how many texts it is given at once."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[int] = []

    def predict(self, texts: Sequence[str], *, evidence: bool = True) -> list[Prediction]:
        self.calls.append(len(texts))
        return super().predict(texts, evidence=evidence)


def _document(number: int, posts: int) -> Extraction:
    key = f"{number:016x}"
    words = ("米国を支持", "ロシアを批判", "ウクライナの話", "弁当")
    made = (Post(f"{number:08x}{n:08x}", key, Kind.READER, f"{words[(number + n) % 4]}{n}", n) for n in range(posts))
    return Extraction(Document(key, f"{number}.html"), tuple(made), ())


def _outcomes() -> list[Outcome]:
    """Pages without posts, a failed one, an export of several documents, and a thread larger than any batch."""
    sizes = [3, 0, 40, 0, 900, 7, 300, *[0] * 90, 12]
    outcomes = [Outcome(f"{n}.html", (_document(n, size),)) for n, size in enumerate(sizes)]
    outcomes[1] = Outcome("1.html", error=NoSuchInput(path="1.html"))
    export = tuple(_document(1000 + n, n) for n in range(30))
    return [*outcomes, Outcome("export.xml", export)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'tachiba.sqlite3'}")
    yield opened
    opened.close()


def test_documents_labelled_together_are_stored_as_if_each_were_alone(store: Store, tmp_path: Path) -> None:
    alone = open_store(f"sqlite:///{tmp_path / 'alone.sqlite3'}")
    labeller = Counting()
    done = list(run.store_outcomes(_outcomes(), labeller, store))
    assert [outcome.source for outcome, _ in done] == [outcome.source for outcome in _outcomes()]
    for outcome, result in done:
        for extraction in outcome.extractions:
            alone.save(extraction, list(label_posts(extraction.posts, WordLabeller())))
        assert result.added == sum(len(extraction.posts) for extraction in outcome.extractions)
    assert store.posts().equals(alone.posts())
    assert len(labeller.calls) < 10
    alone.close()


def test_a_second_run_of_all_changes_nothing(store: Store) -> None:
    labeller = WordLabeller()
    first = sum(result.added for _, result in run.store_outcomes(_outcomes(), labeller, store))
    again = [result for _, result in run.store_outcomes(_outcomes(), labeller, store)]
    assert sum(result.unchanged for result in again) == first
    assert not any(result.added or result.changed or result.gone for result in again)


def test_only_what_is_new_or_changed_is_labelled_in_a_second_run(store: Store) -> None:
    """Changed: the text under a site's own id, the model's version, the targets. The labels are the same either way."""
    document = _document(1, 5)
    first = Counting()
    list(run.store_outcomes([Outcome("1.html", (document,))], first, store))
    before = store.posts()

    edited = replace(document, posts=(replace(document.posts[0], text="米国を支持して直した"), *document.posts[1:]))
    again = Counting()
    [(_, result)] = run.store_outcomes([Outcome("1.html", (edited,))], again, store)
    assert (again.calls, result.changed, result.unchanged) == ([1], 1, 4)
    pd.testing.assert_frame_equal(store.posts()[1:], before[1:])

    newer = Counting()
    newer.version = "2"
    list(run.store_outcomes([Outcome("1.html", (edited,))], newer, store))
    assert newer.calls == [5]
    wider = Counting()
    wider.version, wider.targets = "2", (*wider.targets, Target("china", "中国", "China", ("中国",)))
    list(run.store_outcomes([Outcome("1.html", (edited,))], wider, store))
    assert wider.calls == [5]


def test_what_is_interrupted_loses_no_more_than_the_inputs_in_work(store: Store) -> None:
    def source() -> Iterator[Outcome]:
        for outcome in _outcomes():
            if outcome.source == "export.xml":
                raise KeyboardInterrupt
            yield outcome

    with pytest.raises(KeyboardInterrupt):
        list(run.store_outcomes(source(), WordLabeller(), store))
    assert store.count() >= 3 + 40 + 900 + 7 + 300


def test_an_input_comes_back_only_once_it_is_stored(store: Store) -> None:
    for outcome, _ in run.store_outcomes(_outcomes(), WordLabeller(), store):
        posts = {post.id for extraction in outcome.extractions for post in extraction.posts}
        assert posts <= {post.id for chunk in store.iter_posts() for post in chunk}
