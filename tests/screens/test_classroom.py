"""The classroom's screens: blind until the reveal, closed to strangers, and nothing in a post runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.classroom.room import Phase, Pupil
from pipeline.report.wording import LANGS, Lang, text
from pipeline.screens import access
from pipeline.store import Store, open_store
from pipeline.store.rooms import Joined, Opened, Rooms
from pipeline.targets import load_targets
from tests.classroom.test_rooms import forward
from tests.made import HOSTILE
from tests.store.test_store import post, save

_SECONDS = 60
FIELDS = tuple(target.key for target in load_targets())
FAVOR = dict.fromkeys(FIELDS, "favor")
AGAINST = dict.fromkeys(FIELDS, "against")


def teacher() -> None:
    """The teacher's screen in the dashboard's frame; AppTest runs this function's source."""
    from pipeline.screens import address, classroom, state

    address.load()
    with state.guard():
        classroom.show()
    address.save()


def pupil() -> None:
    """The pupil's screen in the dashboard's frame."""
    from pipeline.screens import address, classroom_join, state

    address.load()
    with state.guard():
        classroom_join.show()
    address.save()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    url = f"sqlite:///{tmp_path / 't.sqlite3'}"
    monkeypatch.setenv("TACHIBA_DB", url)
    opened = open_store(url)
    save(opened, post(1, "米国を支持する", votes=7771), post(2, "ロシアを批判する"), post(3, "ウクライナの話"))
    return opened


def screen(script: Callable[[], None], **view: str) -> AppTest:
    app = AppTest.from_function(script, default_timeout=_SECONDS)
    for name, value in view.items():
        app.query_params[name] = value
    return go_on(app.run())


def go_on(app: AppTest) -> AppTest:
    """Press the button that a page loaded anew shows to whoever has been in the room."""
    for button in app.button:
        if str(button.key).endswith(".resume"):
            return button.click().run()
    return app


def shown(app: AppTest) -> str:
    """All text of the page."""
    blocks = [*app.markdown, *app.caption, *app.info, *app.error, *app.success, *app.warning, *app.subheader, *app.code]
    return "\n".join([*(str(block.value) for block in blocks), *(str(block.proto.body) for block in app.get("html"))])


def opened(store: Store) -> tuple[Rooms, Opened, Joined]:
    held = Rooms(store)
    room = held.open([f"{n:016x}" for n in (1, 2, 3)], FIELDS)
    return held, room, held.join(room.code)


@pytest.mark.parametrize("lang", LANGS)
def test_a_teacher_opens_leads_closes_and_deletes_a_room(store: Store, lang: Lang) -> None:
    app = screen(teacher, lang=lang)
    assert not app.exception
    assert "米国を支持する" in shown(app)
    app.button(key="classroom.open").click().run()
    held = Rooms(store)
    (code,) = held.codes()
    for phase in list(Phase)[:-1]:
        assert not app.exception
        assert held.find(code).phase is phase  # type: ignore[union-attr]
        assert code in shown(app)
        app.button(key=f"classroom.next.{phase}").click().run()
    assert text("classroom.closed_teacher", lang) in shown(app)
    assert app.button(key="classroom.delete").disabled
    app.checkbox(key=f"classroom.sure.{code}").check().run()
    app.button(key="classroom.delete").click().run()
    assert held.codes() == []
    assert not app.exception


def test_an_empty_store_opens_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TACHIBA_DB", f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    app = AppTest.from_function(teacher, default_timeout=_SECONDS)
    app.session_state["pages"] = {}
    app.run()
    assert text("frame.empty", "ja")[:20] in shown(app)
    assert all(button.key != "classroom.open" for button in app.button)


@pytest.mark.parametrize("lang", LANGS)
def test_a_pupil_joins_and_answers_without_a_name(store: Store, lang: Lang) -> None:
    held, room, _ = opened(store)
    app = screen(pupil, room=room.code.lower(), lang=lang)
    app.button(key="join.enter").click().run()
    assert text("join.wait", lang) in shown(app)
    forward(held, room, Phase.VOTE_1)
    app.run()
    for number in (1, 2, 3):
        assert text("join.post", lang, number=number, n=3) in shown(app)
        app.button(key=f"ballot.send.1.{number:016x}").click().run()
        assert len(app.error) == 1
        for field in FIELDS:
            app.button_group(key=f"ballot.{room.code}.1.{number:016x}.{field}").set_value("neutral")
        app.button(key=f"ballot.send.1.{number:016x}").click().run()
        assert not app.error
    assert text("join.all_sent", lang) in shown(app)
    assert held.progress(room.code, 1) == {1: 0, 2: 3}
    assert not app.exception


def test_before_the_reveal_a_pupils_page_holds_no_label_vote_or_author(store: Store) -> None:
    held, room, other = opened(store)
    forward(held, room, Phase.VOTE_1)
    held.vote(room.code, other.token, 1, f"{1:016x}", AGAINST)
    mine = held.join(room.code)
    page = shown(screen(pupil, room=room.code, me=mine.token))
    assert "米国を支持する" in page
    for hidden in (
        "7771",
        text("model.estimate", "ja"),
        text("kind.reader", "ja"),
        text("classroom.chart_class", "ja"),
    ):
        assert hidden not in page


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_revealed_step_by_step(store: Store, lang: Lang) -> None:
    held, room, mine = opened(store)
    forward(held, room, Phase.VOTE_1)
    held.vote(room.code, mine.token, 1, f"{1:016x}", FAVOR)
    estimate, votes = text("model.estimate", lang), "7771"
    kind = text("kind.reader", lang)
    expected = {
        Phase.CLASS: (False, False, False),
        Phase.MODEL: (True, False, False),
        Phase.VOTES: (True, True, False),
        Phase.KIND: (True, True, True),
    }
    for phase, wanted in expected.items():
        forward(held, room, phase)
        # The wall gets a chart; phones get bars, and fetch no program for them.
        for app, charts in (
            (screen(pupil, room=room.code, me=mine.token, lang=lang), 0),
            (screen(teacher, room=room.code, key=room.secret, lang=lang), 1),
        ):
            (card,) = [str(b.proto.body) for b in app.get("html") if "<article" in str(b.proto.body)]
            assert (estimate in card, votes in card, kind in card) == wanted
            assert not app.exception
            assert len(app.get("plotly_chart")) == charts
            assert ('<figure class="bars">' in shown(app)) == (charts == 0)
            assert f"{text('stance.favor', lang)} 1" in shown(app)
    forward(held, room, Phase.VOTE_2)
    held.vote(room.code, mine.token, 2, f"{1:016x}", AGAINST)
    forward(held, room, Phase.CHANGE)
    flow = f"{text('stance.favor', lang)}→{text('stance.against', lang)} 1"
    for app in (
        screen(pupil, room=room.code, me=mine.token, lang=lang),
        screen(teacher, room=room.code, key=room.secret, lang=lang),
    ):
        assert text("classroom.change_note", lang) in shown(app)
        assert flow in shown(app)
    forward(held, room, Phase.CLOSED)
    app = screen(pupil, room=room.code, me=mine.token, lang=lang)
    assert text("join.closed", lang) in shown(app)
    assert "米国を支持する" not in shown(app)


@pytest.mark.parametrize("lang", LANGS)
def test_a_pupil_finds_the_own_answers_and_nobody_elses(store: Store, lang: Lang) -> None:
    held, room, mine = opened(store)
    other = held.join(room.code)
    forward(held, room, Phase.VOTE_1)
    held.vote(room.code, mine.token, 1, f"{2:016x}", FAVOR)
    held.vote(room.code, other.token, 1, f"{1:016x}", AGAINST)
    forward(held, room, Phase.CLASS)
    line = text("join.own_line", lang, round=1, number="#", answers="").split("#")
    app = screen(pupil, room=room.code, me=mine.token, lang=lang)
    assert f"{line[0]}2" not in shown(app)
    app.session_state["join.own"] = True
    app.run()
    assert f"{line[0]}2" in shown(app)
    assert f"{line[0]}1" not in shown(app)


def test_questions_by_rule_and_from_the_page(store: Store) -> None:
    held, room, mine = opened(store)
    forward(held, room, Phase.VOTE_1)
    held.vote(room.code, mine.token, 1, f"{2:016x}", {**FAVOR, "us": "none"})
    other = held.join(room.code)
    held.vote(room.code, other.token, 1, f"{2:016x}", {**FAVOR, "us": "against"})
    forward(held, room, Phase.MODEL)
    page = shown(screen(teacher, room=room.code, key=room.secret))
    assert "投稿2の米国は、「批判」1人・「言及なし」1人に分かれました" in page
    assert "投稿2のロシアは、クラスの半数より多くが「支持」、モデルの推定は「批判」でした" in page


@pytest.mark.parametrize("key", ["", "x", "token"])
def test_the_teachers_view_opens_with_its_secret_alone(store: Store, key: str) -> None:
    _, room, mine = opened(store)
    app = screen(teacher, room=room.code, key=mine.token if key == "token" else key)
    assert all(not str(button.key).startswith("classroom.next") for button in app.button)
    assert room.secret not in shown(app)


def test_a_token_of_another_room_opens_nothing(store: Store) -> None:
    held, _, mine = opened(store)
    _, second, _ = opened(store)
    forward(held, second, Phase.VOTE_1)
    app = screen(pupil, room=second.code, me=mine.token)
    assert any(button.key == "join.enter" for button in app.button)
    assert "米国を支持する" not in shown(app)


@pytest.mark.parametrize("code", ["AAAAAA", "<b>x</b>", "'; DROP TABLE rooms; --"])
def test_a_code_that_is_none_asks_again(store: Store, code: str) -> None:
    app = screen(pupil, room=code)
    assert not app.exception
    assert app.text_input(key="join.code").value == ""


def test_hostile_posts_stay_text_in_every_phase(store: Store) -> None:
    save(store, *(post(n, content, document="e" * 16) for n, content in enumerate(HOSTILE, 50)), document="e" * 16)
    held = Rooms(store)
    room = held.open([f"{n:016x}" for n in range(50, 50 + len(HOSTILE))], FIELDS)
    mine = held.join(room.code)
    for phase in (Phase.VOTE_1, Phase.KIND):
        forward(held, room, phase)
        for number in range(1, len(HOSTILE) + 1 if phase is Phase.KIND else 2):
            app = AppTest.from_function(pupil, default_timeout=_SECONDS)
            app.query_params["room"], app.query_params["me"] = room.code, mine.token
            app.session_state["room.post.pupil"] = number
            go_on(app.run())
            assert not app.exception
            assert "<script" not in shown(app)
            assert "<img" not in shown(app)
        if phase is Phase.VOTE_1:
            for n in range(50, 50 + len(HOSTILE)):
                held.vote(room.code, mine.token, 1, f"{n:016x}", FAVOR)


def test_while_a_class_is_let_in_other_devices_get_rooms_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    class Visitor:
        ip_address: str | None = "192.168.1.20"

    monkeypatch.setattr("pipeline.screens.access.st.context", Visitor())
    assert not access.rooms_only()
    monkeypatch.setenv(access.LAN_VARIABLE, "1")
    assert access.rooms_only()
    Visitor.ip_address = None
    assert not access.rooms_only()


def test_every_pupil_has_a_name_in_both_languages() -> None:
    from pipeline.classroom.room import ANIMALS, animal

    for lang in LANGS:
        assert len({text(f"animal.{n:02d}", lang) for n in range(1, ANIMALS + 1)}) == ANIMALS
    assert 1 <= animal(Pupil("ABC234", 1))[0] <= ANIMALS
