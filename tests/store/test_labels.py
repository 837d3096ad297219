"""The log of people's labels: nothing is overwritten, and no order of events gives another state."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from pipeline.errors import BadLabels
from pipeline.human_labels import HumanLabel, Sample, fault, in_force, make_labels, make_undo, next_time, sealed
from pipeline.label import label_posts
from pipeline.records import Document, Extraction, Sentiment, Stance
from pipeline.report.label_files import labels_csv, labels_jsonl, read_labels
from pipeline.store import Filters, LabelSource, Store
from pipeline.store.labels import LabelLog
from pipeline.store.schema import human_labels
from tests.fakes import WordLabeller
from tests.store.test_store import post, save

POSTS = [f"{n:016x}" for n in (1, 2)]
words = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), min_size=1, max_size=20)


@st.composite
def logs(draw: st.DrawFn) -> list[HumanLabel]:
    """A log of labels and undos, with equal times, hostile reasons, and undos of what is not there."""
    entries: list[HumanLabel] = []
    for _ in range(draw(st.integers(1, 12))):
        at = datetime.fromtimestamp(draw(st.integers(0, 3)), UTC).isoformat(timespec="microseconds")
        annotator = draw(st.sampled_from(["甲", "=乙", "'丙"]))
        if entries and draw(st.booleans()):
            entries.append(make_undo(draw(st.sampled_from(entries)), annotator, at))
            continue
        field = draw(st.sampled_from(["us", "sentiment"]))
        value = str(draw(st.sampled_from(Sentiment if field == "sentiment" else Stance)))
        reason = draw(st.none() | words.filter(lambda word: word != "\ufeff"))
        sample = draw(st.none() | st.sampled_from([str(item) for item in Sample]))
        entries += make_labels(
            draw(st.sampled_from(POSTS)), {field: value}, annotator, at, reason=reason, sample=sample
        )
    return list({entry.uid: entry for entry in entries}.values())


def shown(store: Store) -> dict[tuple[str, str], str]:
    """What the wide table shows as people's labels."""
    frame = store.posts()
    columns = {"sentiment": "human_sentiment", "us": "human_stance_us"}
    return {
        (row["id"], field): row[column]
        for _, row in frame.iterrows()
        for field, column in columns.items()
        if isinstance(row.get(column), str)
    }


def expected(entries: Sequence[HumanLabel]) -> dict[tuple[str, str], str | None]:
    """The newest label in force of each post and field, whoever gave it."""
    newest: dict[tuple[str, str], HumanLabel] = {}
    for entry in sorted(in_force(entries).values(), key=lambda item: (item.at, item.uid)):
        newest[entry.post_id, entry.field] = entry
    return {key: entry.value for key, entry in newest.items()}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(entries=logs(), seed=st.integers(0, 99), cuts=st.integers(0, 12))
def test_any_order_of_label_undo_import_and_merge_gives_one_state(
    store: Store, entries: list[HumanLabel], seed: int, cuts: int
) -> None:
    with store.transaction() as connection:
        connection.execute(delete(human_labels))
    log = LabelLog(store)
    shuffled = random.Random(seed).sample(entries, len(entries))
    first, second = shuffled[: cuts + 1], shuffled[max(0, cuts - 1) :]  # two people's files overlap
    log.merge(first)
    save(store, post(1, "米国を支持"), post(2, "ロシアを批判"))  # the page may be read before or after
    log.merge(read_labels(labels_csv(second), "b.csv").entries)
    assert log.merge(entries).added == 0
    assert sorted(log.entries(), key=lambda item: item.uid) == sorted(entries, key=lambda item: item.uid)
    assert shown(store) == expected(entries)


@given(entries=logs())
def test_files_round_trip(entries: list[HumanLabel]) -> None:
    for content in (labels_jsonl(entries), labels_csv(entries)):
        found = read_labels(content, "x")
        assert list(found.entries) == entries
        assert not found.refused


def test_undo_takes_back_one_decision_and_history_keeps_all(store: Store) -> None:
    save(store, post(1, "米国を支持"))
    log = LabelLog(store)
    log.label(POSTS[0], {"us": "favor", "sentiment": "positive"}, "甲", sample=Sample.RANDOM)
    log.label(POSTS[0], {"us": "against", "sentiment": "negative"}, "甲", reason="皮肉")
    assert shown(store) == {(POSTS[0], "us"): "against", (POSTS[0], "sentiment"): "negative"}
    assert len(log.undo("甲")) == 2
    assert shown(store) == {(POSTS[0], "us"): "favor", (POSTS[0], "sentiment"): "positive"}
    assert log.undo("乙") == []
    assert len(log.undo("甲")) == 2
    assert log.undo("甲") == []
    assert shown(store) == {}
    assert store.count(Filters(labels=LabelSource.HUMAN)) == 0
    assert len(log.entries()) == 8
    assert [entry.reason for entry in log.entries(POSTS[0]) if entry.reason] == ["皮肉", "皮肉"]


def test_labels_survive_relabelling_reading_again_and_deletion(store: Store) -> None:
    save(store, post(1, "米国を支持"), post(2, "ロシアを批判"))
    log = LabelLog(store)
    log.label(POSTS[0], {"us": "neutral"}, "甲")
    before = log.entries()
    changed = (post(1, "米国を支持"),)
    store.save_predictions(list(label_posts(changed, WordLabeller())))
    store.save(Extraction(Document("d" * 16, "page.html", title="新"), (), ()), [])  # the post left its page
    store.delete_document("d" * 16)
    assert log.entries() == before
    save(store, *changed)
    assert shown(store) == {(POSTS[0], "us"): "neutral"}


def test_human_first_counts_take_people_where_there_are_some(store: Store) -> None:
    save(store, post(1, "米国を支持"), post(2, "米国を批判"))
    LabelLog(store).label(POSTS[0], {"us": "against"}, "甲")

    def counts(labels: LabelSource) -> dict[str, int]:
        frame = store.stance_counts(Filters(labels=labels), by=())
        us = frame[frame["target"] == "us"]
        return dict(zip(us["stance"], us["n"], strict=True))

    assert counts(LabelSource.MODEL) == {"favor": 1, "against": 1}
    assert counts(LabelSource.HUMAN) == {"against": 1}
    assert counts(LabelSource.HUMAN_FIRST) == {"against": 2}


def test_a_decision_made_here_is_newest_even_after_a_label_from_a_fast_clock(store: Store) -> None:
    save(store, post(1, "米国を支持"))
    log = LabelLog(store)
    future = make_labels(POSTS[0], {"us": "favor"}, "乙", "2099-01-01T00:00:00.000000+00:00", reason=None, sample=None)
    log.merge(future)
    log.label(POSTS[0], {"us": "none"}, "甲")
    assert shown(store) == {(POSTS[0], "us"): "none"}
    assert next_time("2099-01-01T00:00:00.000000+00:00") == "2099-01-01T00:00:00.000001+00:00"


def test_labels_of_posts_not_read_yet_wait_and_are_counted(store: Store) -> None:
    entries = make_labels(POSTS[0], {"us": "favor"}, "甲", next_time(None), reason=None, sample=None)
    merged = LabelLog(store).merge(entries)
    assert (merged.added, merged.known, merged.without_post) == (1, 0, 1)
    save(store, post(1, "米国を支持"))
    assert shown(store) == {(POSTS[0], "us"): "favor"}


def test_a_value_that_is_no_label_is_refused_and_nothing_is_kept(store: Store) -> None:
    log = LabelLog(store)
    for values, annotator in (({"us": "favor", "russia": "maybe"}, "甲"), ({"us": "favor"}, " ")):
        with pytest.raises(ValueError, match=r"value|missing"):
            log.label(POSTS[0], values, annotator)
    assert log.entries() == []


def test_an_entry_changed_after_export_is_refused_by_line() -> None:
    good, bad = make_labels(
        POSTS[0], {"us": "favor", "russia": "none"}, "甲", next_time(None), reason=None, sample=None
    )
    found = read_labels(labels_jsonl([good, replace(bad, value="favor")]), "x")
    assert found.entries == (good,)
    assert [(item.line, item.fault) for item in found.refused] == [(2, "changed")]
    assert read_labels(labels_jsonl([replace(good, uid="")]), "x").entries == (good,)
    assert fault(sealed(replace(good, at="2026-01-01"))) == "time"
    assert fault(sealed(replace(good, sample="x" * 40))) == "value"


@pytest.mark.parametrize("content", [b"a,b\r\n1,2\r\n", b'{"post_id": 1}\n{broken', b"\xff\xfe\x00"])
def test_a_file_that_is_no_log_is_a_clear_error(content: bytes) -> None:
    with pytest.raises(BadLabels, match=r"labels.bin"):
        read_labels(content, "labels.bin")
