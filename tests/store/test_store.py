"""The store keeps what it is given, twice the same is once, and nothing is lost when something fails."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import select, update

from pipeline.errors import BadStoreAddress, StoreTooNew, StoreUnavailable
from pipeline.label import label_posts
from pipeline.records import Document, Extraction, Kind, Post, Votes, VotesKind
from pipeline.serial import from_dict, to_dict
from pipeline.store import Filters, Order, Store, open_store
from pipeline.store.schema import meta
from tests.fakes import WordLabeller, extractions

LABELLER = WordLabeller()


def post(key: int, text: str, *, kind: Kind = Kind.READER, votes: int | None = None, document: str = "d" * 16) -> Post:
    return Post(f"{key:016x}", document, kind, text, key, votes=Votes(votes, VotesKind.UP))


def save(store: Store, *posts: Post, document: str = "d" * 16) -> object:
    extraction = Extraction(Document(document, "page.html", site="試験"), posts, ())
    return store.save(extraction, list(label_posts(posts, LABELLER)))


@given(extraction=extractions())
def test_serial_round_trip(extraction: Extraction) -> None:
    for record in (extraction.document, *extraction.posts, *extraction.skipped):
        assert from_dict(to_dict(record)) == record


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(extraction=extractions())
def test_saved_posts_come_back_and_a_second_save_changes_nothing(store: Store, extraction: Extraction) -> None:
    labelled = list(label_posts(extraction.posts, LABELLER))
    store.save(extraction, labelled)
    again = store.save(extraction, labelled)
    assert (again.added, again.changed, again.gone, again.unchanged) == (0, 0, 0, len(extraction.posts))
    stored = {item.id: item for chunk in store.iter_posts(chunk=2) for item in chunk}
    assert [stored[item.id] for item in extraction.posts] == list(extraction.posts)
    known = store.known_predictions(
        extraction.posts, LABELLER.name, LABELLER.version, [t.key for t in LABELLER.targets]
    )
    assert known == {item.post.id: item.prediction for item in labelled}
    frame = store.posts(Filters(document_ids=(extraction.document.id,)))
    assert list(frame["id"]) == [item.id for item in extraction.posts]
    assert list(frame["votes"].isna()) == [item.votes.value is None for item in extraction.posts]
    assert len(store.skipped(extraction.document.id)) == len(extraction.skipped)


def test_a_post_that_left_the_page_is_hidden_and_returns(store: Store) -> None:
    first, second = post(1, "米国を支持"), post(2, "ロシアを批判")
    save(store, first, second)
    assert save(store, first).gone == 1
    assert store.count() == 1
    assert save(store, first, second).changed == 1
    assert store.count() == 2


def test_filters(store: Store) -> None:
    save(
        store,
        post(1, "米国を支持する", votes=5),
        post(2, "ロシアを批判する 100%", votes=0),
        post(3, "ウクライナの天気", kind=Kind.EXPERT),
    )

    def found(**conditions: object) -> list[str]:
        return [key[-1] for key in store.posts(Filters(**conditions))["id"]]  # type: ignore[arg-type]

    assert found() == ["1", "2", "3"]
    assert found(target="us", stances=("favor",)) == ["1"]
    assert found(target="ukraine", stances=("review",)) == ["3"]
    assert found(min_votes=0) == ["1", "2"]
    assert found(text="0%") == ["2"]
    assert found(kinds=("expert",)) == ["3"]
    assert found(sentiments=("negative",)) == ["2"]
    assert found(max_confidence=0.5) == ["3"]
    assert found(needs_review=False) == ["1", "2"]
    by_votes = store.posts(order=Order.VOTES)["id"]
    assert [key[-1] for key in by_votes] == ["1", "2", "3"]
    store.bookmark(f"{2:016x}", on=True)
    assert found(bookmarked=True) == ["2"]


def test_counts_keep_missing_votes_apart_from_zero(store: Store) -> None:
    save(store, post(1, "米国を支持", votes=0), post(2, "米国を支持"), post(3, "米国を支持", votes=7))
    counts = store.stance_counts(by=("kind",))
    row = counts[(counts["target"] == "us") & (counts["stance"] == "favor")].iloc[0]
    assert (row["n"], row["votes"], row["n_with_votes"]) == (3, 7, 2)


def test_delete_is_undone(store: Store) -> None:
    save(store, post(1, "米国を支持"))
    store.delete_document("d" * 16)
    assert store.count() == 0
    assert store.documents().empty
    store.restore_document("d" * 16)
    assert store.count() == 1


def test_a_users_source_name_survives_reading_the_page_again(store: Store) -> None:
    save(store, post(1, "米国を支持"))
    store.rename_source("d" * 16, "うちの新聞")
    save(store, post(1, "米国を支持"), post(2, "新しい"))
    assert set(store.posts()["site"]) == {"うちの新聞"}


def test_a_failed_save_leaves_nothing(store: Store) -> None:
    bad = post(2, "次")
    twice = (post(1, "初"), bad, post(3, "x", document="e" * 16))  # its document is not there
    with pytest.raises(StoreUnavailable):
        store.save(Extraction(Document("d" * 16, "p"), twice, ()), [])
    assert store.documents().empty
    assert store.count() == 0


def test_a_newer_database_is_refused(store_url: str) -> None:
    store = open_store(store_url)
    with store.transaction() as connection:
        connection.execute(update(meta).values(value="99"))
        assert connection.execute(select(meta.c.value)).scalar_one() == "99"
    store.close()
    with pytest.raises(StoreTooNew):
        open_store(store_url)


def test_a_locked_database_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.connect.LOCK_SECONDS", 0.05)
    file = tmp_path / "t.sqlite3"
    store = open_store(f"sqlite:///{file}")
    save(store, post(1, "米国を支持"))
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked"):
        save(store, post(1, "米国を支持"), post(2, "x"))
    holder.execute("ROLLBACK")
    holder.close()
    assert store.count() == 1


def test_a_database_that_cannot_be_had() -> None:
    with pytest.raises(StoreUnavailable):
        open_store("sqlite:////proc/none/t.sqlite3")


@pytest.mark.parametrize("url", ["nonsense", "oracle://x/y", "C:\\data\\t.sqlite3"])
def test_an_address_that_is_none_says_what_one_looks_like(url: str) -> None:
    with pytest.raises(BadStoreAddress) as caught:
        open_store(url)
    assert url in caught.value.message("en")
    assert "sqlite:///" in caught.value.message("en")
