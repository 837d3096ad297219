"""A whole lesson in a real browser: a teacher and three pupils with phones, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from pipeline.classroom.room import Phase, next_phase
from pipeline.report.wording import LANGS, Lang, text
from pipeline.targets import load_targets
from tests.browser.app import new_page, settled, visit

pytestmark = pytest.mark.browser

_TARGETS = {lang: [target.ja if lang == "ja" else target.en for target in load_targets()] for lang in LANGS}
_POSTS = 2
# What the pupils answer: the first post divides them, then one of them changes.
_FIRST = [("favor", "none", "none"), ("favor", "none", "none"), ("against", "none", "none")]
_SECOND = [("favor", "none", "none"), ("neutral", "none", "none"), ("against", "none", "none")]
_SAME = ("none", "against", "favor")


@dataclass
class Desk:
    """A pupil's phone, and everything that the server has sent to it."""

    page: Page
    lang: Lang
    received: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.received.append(frame if isinstance(frame, bytes) else b""))

    def say(self, key: str, **params: object) -> str:
        return text(key, self.lang, **params)

    def got(self, words: str) -> bool:
        """Whether the server ever sent these words to this phone."""
        return any(words.encode() in frame for frame in self.received)

    def animal(self) -> str:
        """The name that stands on the phone."""
        name = self.page.locator("h1.pupil")
        expect(name).to_have_text(re.compile(r"\S"))
        return name.inner_text()

    def sees(self, words: str) -> None:
        """The words stand there, up to the first command in them (which is an element of its own)."""
        expect(self.page.get_by_text(words.split("`")[0].strip()).first).to_be_visible()

    def answer(self, posts: Sequence[Sequence[str]], *, prefilled: bool) -> None:
        """Answer each post with one stance a target; ``prefilled`` says that the first answers stand there."""
        for number, stances in enumerate(posts, 1):
            self.sees(self.say("join.post", number=number, n=_POSTS))
            expect(self.page.locator("article.post")).to_have_count(1)
            quiet(self.page)
            expect(self.page.get_by_role("radio", checked=True)).to_have_count(len(stances) if prefilled else 0)
            for name, stance in zip(_TARGETS[self.lang], stances, strict=True):
                row = self.page.get_by_role("radiogroup", name=name)
                choice = row.get_by_role("radio", name=self.say(f"stance.{stance}"), exact=True)
                if not choice.is_checked():
                    choice.click()
                expect(choice).to_be_checked()
            self.page.get_by_role("button", name=self.say("join.send")).click()
            self.sees(self.say("join.sent", done=number, n=_POSTS))
        self.sees(self.say("join.all_sent"))


def quiet(page: Page) -> None:
    """Wait until all of the page is drawn: nobody taps as fast as a test."""
    page.wait_for_function("document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'")


@contextmanager
def seats(browser: Browser, lang: Lang, pupils: int) -> Iterator[tuple[Page, list[Desk]]]:
    """A teacher's page and pupils' phones, each a browser session of its own."""
    teacher = new_page(browser)
    desks = [Desk(new_page(browser, width=390, height=844), lang) for _ in range(pupils)]
    yield teacher, desks
    for page in (teacher, *(desk.page for desk in desks)):
        page.context.close()


def open_room(teacher: Page, address: str, lang: Lang) -> str:
    """Open a room on two posts of readers; its code."""
    visit(teacher, f"{address}/classroom?kind=reader&lang={lang}")
    count = teacher.get_by_role("slider").first
    count.focus()
    for _ in range(5 - _POSTS):
        count.press("ArrowLeft")
    teacher.get_by_role("button", name=text("classroom.open", lang, n=_POSTS)).click()
    code = teacher.locator(".code")
    expect(code).to_have_text(re.compile(r"^\w{6}$"))
    expect(teacher).to_have_url(re.compile("key="))
    return code.inner_text()


def go_on(teacher: Page, lang: Lang, phase: Phase) -> None:
    """Press the button that leads from ``phase`` to the next."""
    teacher.get_by_role("button", name=text(f"classroom.to_{next_phase(phase)}", lang)).click()
    here = teacher.locator(".steps [aria-current=step]")
    expect(here).to_have_text(text(f"classroom.step_{next_phase(phase)}", lang))
    settled(teacher)


def join(desks: Sequence[Desk], address: str, code: str, link: str) -> None:
    """The first pupil opens the link of the QR code, the others type the code."""
    for number, desk in enumerate(desks):
        if number == 0:
            desk.page.goto(link)
        else:
            desk.page.goto(f"{address}/join?lang={desk.lang}")
            desk.page.get_by_label(desk.say("join.code")).fill(f"{code[:3].lower()} {code[3:]}")
            desk.page.get_by_role("button", name=desk.say("join.go")).click()
        desk.page.get_by_role("button", name=desk.say("join.enter")).click()
        desk.sees(desk.say("join.wait"))
    assert len({desk.animal() for desk in desks}) == len(desks)


@pytest.mark.parametrize("lang", LANGS)
def test_a_lesson(browser: Browser, address: str, lang: Lang) -> None:
    with seats(browser, lang, 3) as (teacher, desks):
        code = open_room(teacher, address, lang)
        link = f"{address}/join?room={code}&lang={lang}"
        expect(teacher.get_by_test_id("stCode").first.locator("code")).to_have_text(link)
        join(desks, address, code, link)
        expect(teacher.locator(".pupils li")).to_have_count(3)
        go_on(teacher, lang, Phase.LOBBY)
        vote_alone(teacher, desks, lang)
        go_on(teacher, lang, Phase.VOTE_1)
        reveal(teacher, desks, lang)
        go_on(teacher, lang, Phase.KIND)
        for desk, stances in zip(desks, _SECOND, strict=True):
            desk.answer([stances, _SAME], prefilled=True)
        go_on(teacher, lang, Phase.VOTE_2)
        changed = f"{text('stance.favor', lang)}→{text('stance.neutral', lang)} 1"
        flow = text("classroom.flow_sentence", lang, total=6, stayed=5, changed=changed)
        for page in everyone(teacher, desks):
            expect(page.get_by_text(flow)).to_be_visible()
        go_on(teacher, lang, Phase.CHANGE)
        for desk in desks:
            desk.sees(desk.say("join.closed"))
            expect(desk.page.locator("article.post")).to_have_count(0)
        delete(teacher, lang)
        for desk in desks:
            desk.page.goto(link)
            desk.sees(desk.say("room.refuses.absent"))


def everyone(teacher: Page, desks: Sequence[Desk]) -> list[Page]:
    return [teacher, *(desk.page for desk in desks)]


def vote_alone(teacher: Page, desks: Sequence[Desk], lang: Lang) -> None:
    """The first round: the teacher sees how far they are, and no phone is sent anything but the texts."""
    for done, (desk, stances) in enumerate(zip(desks, _FIRST, strict=True), 1):
        desk.answer([stances, _SAME], prefilled=False)
        expect(teacher.get_by_text(text("classroom.progress", lang, finished=done, n=len(desks)))).to_be_visible()
    for desk in desks:
        assert desk.got(desk.animal())  # words that were sent can be found
        for hidden in ("model.estimate", "classroom.chart_class", "kind.reader"):
            assert not desk.got(desk.say(hidden))


def reveal(teacher: Page, desks: Sequence[Desk], lang: Lang) -> None:
    """The class, the model, the votes, the author's kind: each on all screens, and none before its step."""
    for page in everyone(teacher, desks):
        expect(page.locator(".js-plotly-plot")).to_have_count(1 if page is teacher else 0)
        expect(page.locator("figure.bars")).to_have_count(0 if page is teacher else 1)
        sentence = page.locator("p.say", has_text=text("stance.favor", lang)).first
        expect(sentence).to_contain_text(f"{text('stance.favor', lang)} 2")
        expect(sentence).to_contain_text(f"{text('stance.against', lang)} 1")
    votes = re.compile(text("post.votes_up", lang, n=0).replace("0", r"\d+") + "|" + text("chart.no_votes", lang))
    signs: tuple[str | re.Pattern[str], ...] = (text("model.estimate", lang), votes, text("kind.reader", lang))
    for step, phase in enumerate((Phase.CLASS, Phase.MODEL, Phase.VOTES)):
        go_on(teacher, lang, phase)
        for page in everyone(teacher, desks):
            card = page.locator("article.post")
            for sign in signs[: step + 1]:
                expect(card).to_contain_text(sign)
            for sign in signs[step + 1 :]:
                expect(card).not_to_contain_text(sign)


def delete(teacher: Page, lang: Lang) -> None:
    """Delete the room for good."""
    teacher.get_by_test_id("stExpander").filter(has_text=text("classroom.end", lang)).locator("summary").click()
    button = teacher.get_by_role("button", name=text("classroom.delete", lang))
    expect(button).to_be_disabled()
    teacher.get_by_text(text("classroom.delete_sure", lang)).click()
    expect(button).to_be_enabled()
    button.click()
    expect(teacher.get_by_role("slider").first).to_be_visible()
    expect(teacher).not_to_have_url(re.compile("key="))


def test_a_direct_address_opens_no_other_room_and_no_teachers_view(browser: Browser, address: str) -> None:
    with seats(browser, "en", 2) as (teacher, desks):
        first = open_room(teacher, address, "en")
        secret = re.search(r"key=([^&]+)", teacher.url)
        assert secret
        go_on(teacher, "en", Phase.LOBBY)
        other = new_page(browser)
        second = open_room(other, address, "en")
        spy, neighbour = desks
        for desk in desks:
            desk.page.goto(f"{address}/join?room={first}&lang=en")
            desk.page.get_by_role("button", name=desk.say("join.enter")).click()
            desk.sees(desk.say("join.post", number=1, n=_POSTS))
            expect(desk.page).to_have_url(re.compile("me="))
        neighbour.answer([_FIRST[0], _SAME], prefilled=False)
        token = re.search(r"me=([^&]+)", spy.page.url)
        assert token

        spy.page.goto(f"{address}/join?room={second}&me={token[1]}&lang=en")
        expect(spy.page.get_by_role("button", name=spy.say("join.enter"))).to_be_visible()
        expect(spy.page.locator("article.post")).to_have_count(0)
        for key in ("", token[1], first):
            visit(spy.page, f"{address}/classroom?room={first}&key={key}&lang=en")
            if key:
                spy.sees(spy.say("room.refuses.not_teacher"))
            expect(spy.page.locator(".steps, .pupils")).to_have_count(0)
        # Back at the own place: the neighbour's labels are not on the way here, nor the teacher's secret.
        spy.page.goto(f"{address}/join?room={first}&me={token[1]}&lang=en")
        spy.page.get_by_role("button", name=spy.say("room.resume")).click()
        spy.sees(spy.say("join.sent", done=0, n=_POSTS))
        expect(spy.page.get_by_role("radio", checked=True)).to_have_count(0)
        assert not spy.got(secret[1])
        other.context.close()
