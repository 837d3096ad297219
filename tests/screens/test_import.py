"""Importing: several files, pasted text, broken ones beside them; naming, deleting with undo, adding a target."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.report.wording import text
from pipeline.store import Store
from tests.screens.conftest import Screen, shown

TABLE = "本文,投稿者\n米国を支持する,甲\nロシアを批判する,乙\n".encode()
BARE = "<html><body><article><h1>題名</h1><p>本文だけの記事です。</p></article></body></html>".encode()


def start(app: AppTest) -> AppTest:
    button = next(button for button in app.button if button.label == text("import.start", "ja"))
    return button.click().run()


def test_a_broken_file_does_not_stop_the_others(screen: Screen, empty: Store) -> None:
    app = screen("import")
    app.file_uploader[0].upload("bad.html", b"\x89PNG\r\n\x1a\n\0\0").upload("t.csv", TABLE)
    start(app)
    assert not app.exception
    assert len(app.error) == 1
    assert "PNG" in app.error[0].value
    assert text("import.sum", "ja", done=1, failed=1) in shown(app)
    assert empty.count() == 2


def test_a_page_without_comments_is_a_normal_answer(screen: Screen, empty: Store) -> None:
    app = screen("import")
    app.file_uploader[0].upload("bare.html", BARE)
    start(app)
    assert not app.error
    assert text("import.no_comments", "ja") in [info.value for info in app.info]


def test_the_same_again_adds_nothing(screen: Screen, empty: Store) -> None:
    for expected in (text("import.saved", "ja", added=2, changed=0, same=0), None):
        app = screen("import")
        app.file_uploader[0].upload("t.csv", TABLE)
        start(app)
        assert empty.count() == 2
        said = shown(app)
        assert (expected or text("import.saved", "ja", added=0, changed=0, same=2)) in said


def test_pasted_text_and_a_source_of_the_users_own(screen: Screen, empty: Store) -> None:
    app = screen("import")
    app.text_area[0].input("題名\n\n本文です。\n\nコメント\n\n太郎 2022年2月21日\n\n米国を支持する。\n")
    app.text_input[0].input("私の切り抜き")
    start(app)
    assert not app.exception
    assert list(empty.documents()["site"]) == ["私の切り抜き"]


def test_nothing_chosen_is_told(screen: Screen, empty: Store) -> None:
    app = start(screen("import"))
    assert [warning.value for warning in app.warning] == [text("import.nothing", "ja")]


def test_what_was_left_out_is_told_line_by_line(screen: Screen, small: Store) -> None:
    app = screen("import")
    document = small.documents().iloc[0]["id"]
    app.selectbox(key="manage.document").select(document).run()
    app.session_state[f"manage.skipped.{document}"] = True
    app.run()
    assert not app.exception


def test_delete_and_undo(screen: Screen, small: Store) -> None:
    before = small.count()
    documents = small.documents()
    document = documents.loc[documents["readers"] > 0, "id"].iloc[0]
    app = screen("import")
    app.selectbox(key="manage.document").select(document).run()
    app.button(key="delete").click().run()
    assert not app.exception
    assert small.count() < before
    app.button(key="undo").click().run()
    assert small.count() == before
    assert not app.warning


def test_a_page_chosen_in_the_moment_of_the_click_is_the_one_deleted(screen: Screen, small: Store) -> None:
    first, second = small.documents()["id"].iloc[:2]
    app = screen("import")
    app.selectbox(key="manage.document").select(first).run()
    app.selectbox(key="manage.document").select(second)
    app.button(key="delete").click().run()
    assert set(small.documents()["id"]) & {first, second} == {first}


def test_naming_a_source(screen: Screen, small: Store) -> None:
    document = small.documents().iloc[0]["id"]
    app = screen("import")
    app.selectbox(key="manage.document").select(document).run()
    app.text_input(key=f"rename.{document}").input("新しい名前").run()
    app.button(key="rename").click().run()
    assert "新しい名前" in set(small.documents()["site"])


def test_a_target_is_added_and_removed_with_all_posts_labelled_anew(screen: Screen, small: Store) -> None:
    app = screen("import")
    names = {box.label: box for box in app.text_input}
    names[text("targets.ja", "ja")].input("中国")
    names[text("targets.en", "ja")].input("China")
    names[text("targets.aliases", "ja")].input("北京、習近平")
    next(button for button in app.button if button.label == text("targets.add", "ja")).click().run()
    assert not app.exception
    assert [target.key for target in small.own_targets()] == ["china"]
    assert small.own_targets()[0].aliases == ("中国", "北京", "習近平")
    assert "china" in small.targets()
    assert "stance_china" in small.posts().columns
    app = screen("import")
    app.button(key="remove.china").click().run()
    assert not app.exception
    assert small.own_targets() == ()
    assert "china" not in small.targets()


@pytest.mark.parametrize(("ja", "en"), [("", "China"), ("中国", ""), ("米国", "America"), ("アメリカ", "russia")])
def test_a_target_that_cannot_be_added_is_told(screen: Screen, small: Store, ja: str, en: str) -> None:
    app = screen("import")
    names = {box.label: box for box in app.text_input}
    names[text("targets.ja", "ja")].input(ja)
    names[text("targets.en", "ja")].input(en)
    next(button for button in app.button if button.label == text("targets.add", "ja")).click().run()
    assert len(app.warning) == 1
    assert small.own_targets() == ()
