"""Every screen on every kind of store, in both languages: it runs, says what it must, and shows text as text."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.report.wording import LANGS, Lang, text
from pipeline.store import Filters, Store
from tests.made import HOSTILE
from tests.screens.conftest import Screen, shown

NAMES = ("overview", "posts", "compare", "import", "model")
VIEWS = ("votes", "mood", "time", "source", "quotes")


def fine(app: AppTest) -> str:
    """What a screen shows; it must not have failed."""
    assert not app.exception, app.exception[0].value
    assert not app.error, app.error[0].value
    return shown(app)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", NAMES)
def test_an_empty_store_says_what_to_do(screen: Screen, empty: Store, name: str, lang: Lang) -> None:
    said = fine(screen(name, lang=lang))
    if name not in ("import", "model"):
        assert text("frame.empty", lang) in said


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", NAMES)
def test_a_small_store(screen: Screen, small: Store, name: str, lang: Lang) -> None:
    app = screen(name, lang=lang)
    said = fine(app)
    assert app.title[0].value
    if name == "overview":
        assert text("caveat.posts", lang, n="15") in said
        assert "世論" not in said
        assert "民意" not in said


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("store", ["small", "normal"])
def test_every_view_of_the_overview(screen: Screen, request: pytest.FixtureRequest, store: str, view: str) -> None:
    request.getfixturevalue(store)
    app = screen("overview", view=view)
    fine(app)
    titles = [chart_title(chart) for chart in charts(app)]
    assert len(titles) >= 4
    assert all("n=" in title for title in titles)


def drawn(app: AppTest) -> list[Any]:
    """The charts that are seen: not the one that only has Plotly loaded."""
    return [element for element in app.get("plotly_chart") if json.loads(element.proto.spec)["data"]]


def charts(app: AppTest) -> list[dict[str, object]]:
    return [json.loads(element.proto.spec) for element in drawn(app)]


def chart_title(chart: dict[str, object]) -> str:
    notes = chart["layout"]["annotations"]  # type: ignore[index]  # JSON has no types
    return next(str(note["text"]) for note in notes if note.get("name") == "title")


def test_every_chart_has_words_for_those_who_do_not_see_it(screen: Screen, small: Store) -> None:
    app = screen("overview")
    written = shown(app)
    for element, chart in zip(drawn(app), charts(app), strict=True):
        head, said = element.proto.alt.split("\n", 1)
        assert head.split(", ")[0] in chart_title(chart)
        assert "n=" in head
        assert len(said) > 20
        assert said in written


def test_the_numbers_of_a_chart_are_one_click_away(screen: Screen, small: Store) -> None:
    app = screen("overview")
    assert "<table><thead>" not in shown(app)
    boxes = [box for box in app.expander if box.label == text("frame.table", "ja")]
    assert len(boxes) >= 3


def open_filters(app: AppTest) -> None:
    """As a click on the closed box does."""
    app.session_state["filter.box"] = True
    app.run()


@pytest.mark.parametrize("name", ["overview", "posts"])
def test_filters_in_the_address_restrict(screen: Screen, small: Store, name: str) -> None:
    app = screen(name, kind="reader", target="us", stance=["favor", "against"])
    said = fine(app)
    expected = small.count(Filters(kinds=("reader",), target="us", stances=("favor", "against")))
    assert 0 < expected < 12
    assert f"{expected}" in said
    assert text("filter.active", "ja") in said
    if name == "posts":
        assert said.count("<article") == expected
        assert app.subheader[0].value == text("posts.found", "ja", n=expected)


@pytest.mark.parametrize(
    "view",
    [
        {"kind": "nobody", "target": "mars", "stance": "x", "conf": "much", "since": "yesterday", "votes": "many"},
        {"page": "-5", "order": "chaos", "lang": "tlh", "labels": "?", "view": "?", "by": "?"},
        {"conf": ["0.9", "0.1"], "page": "99999", "doc": "0000", "site": "どこか"},
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_an_address_that_makes_no_sense_is_taken_as_far_as_it_does(
    screen: Screen, small: Store, name: str, view: dict[str, str]
) -> None:
    assert not screen(name, **view).exception


def test_clearing_the_filters_takes_them_out_of_the_address(screen: Screen, small: Store) -> None:
    app = screen("posts", kind="expert", q="の")
    assert app.text_input(key="view.q").value == "の"
    app.button(key="filter.clear").click().run()
    open_filters(app)
    assert app.text_input(key="view.q").value == ""
    assert "kind" not in app.query_params
    assert shown(app).count("<article") == 20


def test_what_is_typed_into_the_filters_goes_into_the_address(screen: Screen, small: Store) -> None:
    app = screen("posts")
    open_filters(app)
    app.text_input(key="view.q").input("米国").run()
    assert app.query_params["q"] in ("米国", ["米国"])
    app.selectbox(key="view.target").select("russia").run()
    assert app.query_params["target"] in ("russia", ["russia"])


def test_nothing_found_is_said(screen: Screen, small: Store) -> None:
    assert text("frame.no_match", "ja") in fine(screen("posts", q="どこにもない言葉"))
    fine(screen("overview", q="どこにもない言葉"))


def test_pages_turn_and_together_show_every_post_once(screen: Screen, normal: Store) -> None:
    app = screen("posts")
    seen: list[str] = []
    while True:
        seen += [button.key for button in app.button if button.key and button.key.startswith("mark.")]
        if app.button(key="next").disabled:
            break
        app.button(key="next").click().run()
    assert len(seen) == len(set(seen)) == normal.count()
    assert app.button(key="previous").disabled is False


def test_other_filters_begin_at_the_first_page(screen: Screen, normal: Store) -> None:
    app = screen("posts", page="3")
    assert app.query_params["page"] in ("3", ["3"])
    open_filters(app)
    app.text_input(key="view.q").input("米国").run()
    assert "page" not in app.query_params


def test_what_experts_and_readers_wrote_comes_before_quotations(screen: Screen, small: Store) -> None:
    kinds = re.findall('class="post kind-([a-z]+)', shown(screen("posts")))
    assert kinds == ["expert"] * 3 + ["reader"] * 12 + ["quotation"] * 5
    as_on_the_page = re.findall('class="post kind-([a-z]+)', shown(screen("posts", order="original")))
    assert as_on_the_page != kinds


def test_replies_are_set_in_only_where_they_follow_what_they_answer(screen: Screen, normal: Store) -> None:
    original = fine(screen("posts", kind="reader"))
    by_votes = fine(screen("posts", kind="reader", order="votes"))
    assert "--depth:1" in original
    assert "--depth:1" not in by_votes
    assert text("posts.answer_to", "ja") in by_votes


def test_bookmarks_are_kept(screen: Screen, small: Store) -> None:
    app = screen("posts")
    key = next(button.key for button in app.button if button.key and button.key.startswith("mark."))
    app.button(key=key).click().run()
    marked = small.posts(Filters(bookmarked=True))
    assert [f"mark.{post}" for post in marked["id"]] == [key]
    app.button(key=key).click().run()
    assert small.count(Filters(bookmarked=True)) == 0


def test_names_are_pseudonyms(screen: Screen, small: Store) -> None:
    said = fine(screen("posts"))
    assert "読者01" in said
    assert "reader-" not in said


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_is_shown_as_text(screen: Screen, hostile: Store, name: str, lang: Lang) -> None:
    for view in VIEWS if name == "overview" else ("votes",):
        said = fine(screen(name, lang=lang, view=view))
        for tag in ("<script", "<img", "<a href", 'onerror="', "<style>body"):
            assert tag not in said


def test_the_whole_of_a_hostile_text_is_there(screen: Screen, hostile: Store) -> None:
    said = fine(screen("posts", site=HOSTILE[0]))
    assert "&lt;script&gt;document.title=&#x27;pwned&#x27;" in said
    assert "$\\frac{1}{2}$" in said
    assert "**太字** # 見出し [押す](javascript:alert(1))" in said
    assert said.count("あ") >= 100_000
    assert '<div class="text" dir="auto">' in said


def test_a_chosen_dot_shows_its_post(screen: Screen, small: Store) -> None:
    post = small.posts().iloc[0]
    app = screen("overview")
    app.session_state["picked"] = post["id"]
    app.run()
    assert shown(app).count("<article") == 1
    app.button(key="picked.close").click().run()
    assert "<article" not in shown(app)


@pytest.mark.parametrize("by", ["kind", "site", "doc", "period"])
@pytest.mark.parametrize("store", ["small", "normal"])
def test_comparisons(screen: Screen, request: pytest.FixtureRequest, store: str, by: str) -> None:
    request.getfixturevalue(store)
    app = screen("compare", by=by)
    assert not app.exception
    if app.info:
        assert by == "doc", "the page without comments cannot be compared"
        return
    assert len(charts(app)) == 6
    small_group = any(text("compare.few", "ja", few=30) == warning.value for warning in app.warning)
    assert small_group == (store == "small" or by == "kind")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", NAMES)
def test_a_broken_store_is_one_clear_sentence(screen: Screen, url: str, tmp_path: Path, name: str, lang: Lang) -> None:
    (tmp_path / "tachiba.sqlite3").write_bytes(b"this is no database" * 100)
    app = screen(name, lang=lang)
    assert not app.exception
    if name != "model":
        assert len(app.error) == 1
        assert "sqlite" in app.error[0].value


def test_a_store_of_a_newer_version_is_told(screen: Screen, small: Store, tmp_path: Path) -> None:
    small.close()
    with sqlite3.connect(tmp_path / "tachiba.sqlite3") as connection:
        connection.execute("update meta set value = '99' where key = 'version'")
    app = screen("overview")
    assert not app.exception
    assert "99" in app.error[0].value


def test_large_type_for_the_classroom(screen: Screen, small: Store) -> None:
    plain, large = screen("overview"), screen("overview", big="1")
    fine(large)
    sizes = [charts(app)[0]["layout"]["font"]["size"] for app in (plain, large)]  # type: ignore[index]  # JSON
    assert sizes[1] > 1.2 * sizes[0]


def test_the_overview_says_whose_labels_it_shows(screen: Screen, small: Store) -> None:
    people, first = text("overview.human", "ja"), text("overview.human_first", "ja")
    model, human, either = (fine(screen("overview", labels=labels)) for labels in ("model", "human", "human_first"))
    assert [people in said for said in (model, human, either)] == [False, True, False]
    assert [first in said for said in (model, human, either)] == [False, False, True]


def test_labels_are_called_estimates_in_both_languages(screen: Screen, small: Store) -> None:
    japanese, english = fine(screen("posts")), fine(screen("posts", lang="en"))
    assert "推定" in japanese
    assert "estimate" in english
    assert text("order.votes", "en") not in japanese
