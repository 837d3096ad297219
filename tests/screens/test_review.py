"""The review screen: labels are kept beside the model's, blind where they must be, and nothing in a post runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.human_labels import Sample
from pipeline.report.wording import LANGS, Lang, text
from pipeline.screens.downloads import maker
from pipeline.store import Filters, LabelSource, Order, Store, open_store
from pipeline.store.labels import LabelLog
from pipeline.targets import load_targets
from tests.made import HOSTILE
from tests.store.test_store import post, save

_SECONDS = 60


def script() -> None:
    """One screen in the dashboard's frame; AppTest runs this function's source."""
    from pipeline.screens import address, review, state

    address.load()
    with state.guard():
        review.show()
    address.save()


def model_script() -> None:
    """The Model screen in the dashboard's frame."""
    from pipeline.screens import address, model, state

    address.load()
    with state.guard():
        model.show()
    address.save()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    url = f"sqlite:///{tmp_path / 't.sqlite3'}"
    monkeypatch.setenv("TACHIBA_DB", url)
    return open_store(url)


def screen(who: str = "甲", **view: str) -> AppTest:
    """The screen after a person has given a name."""
    app = AppTest.from_function(script, default_timeout=_SECONDS)
    for name, value in view.items():
        app.query_params[name] = value
    app.session_state["review.who"] = who
    return app.run()


def shown(app: AppTest) -> str:
    """All foreign and own text of the page."""
    blocks = [*app.markdown, *app.caption, *app.info, *app.error, *app.success, *app.warning, *app.subheader]
    return "\n".join([*(str(block.value) for block in blocks), *(str(block.proto.body) for block in app.get("html"))])


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_store_says_what_to_do(store: Store, lang: Lang) -> None:
    app = AppTest.from_function(script, default_timeout=_SECONDS)
    app.query_params["lang"] = lang
    # The link to Import needs the navigation, which stands outside this screen.
    app.session_state["pages"] = {}
    app.run()
    assert text("frame.empty", lang)[:20] in shown(app)


@pytest.mark.parametrize("lang", LANGS)
def test_a_label_is_kept_with_who_why_and_how_and_undone(store: Store, lang: Lang) -> None:
    save(store, post(1, "ウクライナの話"), post(2, "米国を支持する"))
    app = screen(lang=lang)
    assert not app.exception
    first = f"{1:016x}"  # the undecided one is the least certain
    for field, label in (("us", "none"), ("russia", "none"), ("ukraine", "favor"), ("sentiment", "neutral")):
        press(app, f"label.{first}.{field}.{label}")
    app.text_input(key=f"review.reason.{first}").set_value("皮肉と読んだ").run()
    press(app, "review.save")
    log = LabelLog(store)
    entries = log.entries()
    assert {(entry.field, entry.value) for entry in entries} == {
        ("us", "none"),
        ("russia", "none"),
        ("ukraine", "favor"),
        ("sentiment", "neutral"),
    }
    assert {(entry.annotator, entry.reason, entry.sample) for entry in entries} == {("甲", "皮肉と読んだ", "queue")}
    assert text("review.progress", lang, done=1, n=2) in [item.proto.text for item in app.get("progress")]
    press(app, "review.undo")
    assert len(log.entries()) == 8
    assert store.posts().get("human_stance_ukraine") is None
    assert text("review.undone", lang) in shown(app)
    assert app.button(key=f"label.{first}.ukraine.favor").label.startswith("✓")


def test_a_random_sample_hides_the_estimate_and_is_marked(store: Store) -> None:
    save(store, post(1, "米国を支持する"))
    LabelLog(store).label(f"{1:016x}", {"us": "neutral"}, "乙", reason="ほかの人の理由", sample=Sample.RANDOM)
    app = screen(queue="random")
    assert "ほかの人の理由" not in shown(app)
    assert text("model.estimate", "ja") not in "".join(str(block.proto.body) for block in app.get("html"))
    assert "米国を支持する" in shown(app)
    assert all(button.key != "review.adopt" for button in app.button)
    press(app, f"label.{1:016x}.us.against")
    press(app, "review.save")
    assert [(entry.annotator, entry.sample) for entry in LabelLog(store).entries()][1:] == [("甲", Sample.RANDOM)]


def test_the_estimate_is_copied_only_on_request(store: Store) -> None:
    save(store, post(1, "米国を支持する"))
    app = screen()
    assert app.button(key="review.save").disabled
    press(app, "review.adopt")
    press(app, "review.save")
    assert {(entry.field, entry.value) for entry in LabelLog(store).entries()} >= {("us", "favor")}


def test_a_label_and_save_in_one_run_are_both_kept(store: Store) -> None:
    save(store, post(1, "米国を支持する"))
    app = screen()
    press(app, f"label.{1:016x}.us.favor")
    app.button(key="review.save").click()
    app.button(key=f"label.{1:016x}.russia.none").click().run()
    assert {(entry.field, entry.value) for entry in LabelLog(store).entries()} == {("us", "favor"), ("russia", "none")}


@pytest.mark.parametrize("lang", LANGS)
def test_agreement_shows_measures_and_disputes(store: Store, lang: Lang) -> None:
    save(store, *(post(n, "米国を支持する") for n in range(6)))
    log = LabelLog(store)
    for n in range(6):
        log.label(f"{n:016x}", {"us": "favor" if n else "against"}, "甲", sample=Sample.RANDOM)
        log.label(f"{n:016x}", {"us": "favor"}, "<b>乙</b>", sample=Sample.RANDOM)
    app = screen(lang=lang, part="agreement")
    assert not app.exception
    page = shown(app)
    assert "0/6" in page or "0 %" in page  # the newest labels all agree with the model
    assert "83 %" in page
    assert text("review.undefined", lang) in page
    assert "&lt;b&gt;乙&lt;/b&gt;" in page
    assert text("review.the_model", lang) in page


def test_the_model_screen_shows_the_error_that_a_random_sample_measured(store: Store) -> None:
    save(store, *(post(n, "米国を支持する") for n in range(4)))
    for n in range(4):
        value = {"us": "favor" if n else "against"}
        LabelLog(store).label(f"{n:016x}", value, "甲", sample=Sample.RANDOM if n < 3 else Sample.CONFIDENCE)
    app = AppTest.from_function(model_script, default_timeout=_SECONDS).run()
    assert not app.exception
    page = shown(app)
    assert text("review.error_title", "ja") in page
    assert "1/3" in page
    assert "6 % – 79 %" in page  # Wilson, 1 of 3


def test_the_measured_error_stands_in_the_order_of_the_targets(store: Store) -> None:
    save(store, post(1, "米国を支持する"))
    LabelLog(store).label(f"{1:016x}", {"sentiment": "neutral", "ukraine": "none"}, "甲", sample=Sample.RANDOM)
    LabelLog(store).label(f"{1:016x}", {"us": "favor"}, "甲", sample=Sample.RANDOM)
    page = shown(AppTest.from_function(model_script, default_timeout=_SECONDS).run())
    names = ("米国", "ウクライナ", text("review.sentiment", "ja"))
    places = [
        page.rindex(f'<td class="short">{name}</td><td class="short">{text("review.all_labels", "ja")}')
        for name in names
    ]
    assert places == sorted(places)


def test_what_is_saved_follows_whose_labels_count_and_holds_both(store: Store) -> None:
    save(store, post(1, "米国を支持する"), post(2, "米国を支持したい"))
    LabelLog(store).label(f"{1:016x}", {"us": "against"}, "甲")

    def saved(source: LabelSource, stance: str) -> list[tuple[str, object]]:
        filters = Filters(labels=source, target="us", stances=(stance,))
        table = maker(store, filters, Order.ORIGINAL, load_targets(), "en")()
        given = [label if isinstance(label, str) else "" for label in table["human_stance_us"]]
        return list(zip(table["stance_us"], given, strict=True))

    assert saved(LabelSource.MODEL, "favor") == [("favor", "against"), ("favor", "")]
    assert saved(LabelSource.HUMAN_FIRST, "favor") == [("favor", "")]
    assert saved(LabelSource.HUMAN_FIRST, "against") == saved(LabelSource.HUMAN, "against") == [("favor", "against")]
    assert saved(LabelSource.HUMAN, "favor") == []


@pytest.mark.parametrize("lang", LANGS)
def test_without_labels_agreement_and_files_say_so(store: Store, lang: Lang) -> None:
    save(store, post(1, "米国を支持する"))
    assert text("review.no_labels", lang) in shown(screen(lang=lang, part="agreement"))
    assert not screen(lang=lang, part="files").exception
    assert text("review.need_name", lang) in shown(screen(who="", lang=lang))
    assert text("review.no_dispute", lang) in shown(screen(lang=lang, queue="disagreement"))


@pytest.mark.parametrize("queue", ["queue", "random"])
def test_hostile_posts_stay_text(store: Store, queue: str) -> None:
    save(store, *(post(n, content) for n, content in enumerate(HOSTILE)))
    app = screen(queue=queue)
    for _ in HOSTILE:
        page = shown(app)
        assert not app.exception
        assert "<script" not in page
        assert "<img" not in page
        assert "javascript:alert" not in page or "<a href='javascript" not in page
        press(app, "review.pass")
