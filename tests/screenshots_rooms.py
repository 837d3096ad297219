"""Pictures of the review and classroom screens in every step, for the teacher and a pupil, into screenshots/.

``python -m tests.screenshots_rooms [WORD...]`` fills a store of its own with the seeds, two people's labels and a class
of 24; with words only the pictures whose names hold one of them. They are to be looked at.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page

from pipeline.classroom.choosing import in_lot_order
from pipeline.classroom.room import Phase, vote_round
from pipeline.human_labels import SENTIMENT, Sample
from pipeline.records import Sentiment, Stance
from pipeline.report.wording import LANGS, Lang, text
from pipeline.store import Filters, Store, open_store
from pipeline.store.labels import LabelLog
from pipeline.store.rooms import Rooms
from pipeline.targets import load_targets
from tests.browser.app import chromium, dashboard, new_page, settled
from tests.pictures import FOLDER, take, wanted
from tests.seeds import store_seeds

_FIELDS = tuple(target.key for target in load_targets())
_POSTS = 5
_PUPILS = 24


@dataclass(frozen=True, slots=True)
class Shot:
    """A screen: its path and query; ``who`` types a name on the review screen, ``room`` says it asks to go on."""

    name: str
    path: str
    query: dict[str, str]
    who: str = ""
    room: bool = False


def main(words: list[str]) -> None:
    """Make the pictures whose names hold one of the words; all, where there are none."""
    FOLDER.mkdir(exist_ok=True)
    with filled() as (url, shots), dashboard(url) as address, chromium() as browser:
        for scheme, width in product(("light", "dark"), (1440, 390)):
            for shot, lang in product(shots, LANGS):
                file = FOLDER / f"{shot.name}_{lang}_{scheme}_{width}.png"
                if wanted(file, words):
                    page = new_page(browser, width=width, scheme=scheme)
                    page.goto(f"{address}/{shot.path}?{urlencode({**shot.query, 'lang': lang})}")
                    _arrive(page, shot, lang)
                    take(page, file)
                    page.context.close()


def _arrive(page: Page, shot: Shot, lang: Lang) -> None:
    if shot.room:
        page.get_by_role("button", name=text("room.resume", lang)).click()
        page.get_by_role("button", name=text("room.resume", lang)).wait_for(state="detached")
    if shot.who:
        page.get_by_label(text("review.name", lang)).fill(shot.who)
        page.get_by_label(text("review.name", lang)).press("Enter")
        page.get_by_role("button", name=text("review.save", lang)).wait_for()
    page.wait_for_timeout(1000)
    settled(page)


@contextmanager
def filled() -> Iterator[tuple[str, list[Shot]]]:
    """A store of the seeds with labels and rooms, and what there is to see in it."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'seeds.sqlite3'}"
        store = open_store(url)
        store_seeds(store)
        _label(store)
        shots = [
            Shot("review", "review", {}, who="A"),
            Shot("review_random", "review", {"queue": "random"}, who="C"),
            Shot("review_agreement", "review", {"part": "agreement"}),
            Shot("review_files", "review", {"part": "files"}),
            Shot("classroom_open", "classroom", {}),
            Shot("join", "join", {}),
            *_rooms(store),
        ]
        store.close()
        yield url, shots


def _label(store: Store) -> None:
    """Two people label the same random sample; they agree on most of it."""
    log, chance = LabelLog(store), random.Random(1)
    posts = in_lot_order(store.posts()[["id"]], "1").head(16)
    for post_id in posts["id"]:
        first = {field: str(chance.choice(list(Stance))) for field in _FIELDS}
        first[SENTIMENT] = str(chance.choice(list(Sentiment)))
        second = {**first, chance.choice(_FIELDS): str(chance.choice(list(Stance)))}
        for who, values in (("A", first), ("B", second)):
            log.label(post_id, values, who, sample=Sample.RANDOM)


def _rooms(store: Store) -> Iterator[Shot]:
    """A room in each phase, seen by the teacher and by a pupil."""
    posts = tuple(store.posts(Filters(kinds=("expert", "reader")))["id"].tail(_POSTS))
    held, chance = Rooms(store), random.Random(2)
    for last in Phase:
        room = held.open(posts, _FIELDS)
        tokens = [held.join(room.code).token for _ in range(_PUPILS)]
        for phase in Phase:
            while held.find(room.code).phase is not phase:  # type: ignore[union-attr]  # just opened
                held.advance(room.code, room.secret, held.find(room.code).phase)  # type: ignore[union-attr]
            if (round_ := vote_round(phase)) is not None:
                for token in tokens[1:] if phase is last else tokens:
                    for post_id in posts[: chance.randint(2, _POSTS)] if phase is last else posts:
                        weights = (2, 4, 3, 1) if round_ == 1 else (2, 6, 2, 1)
                        values = {field: str(chance.choices(list(Stance), weights)[0]) for field in _FIELDS}
                        held.vote(room.code, token, round_, post_id, values)
            if phase is last:
                break
        yield Shot(f"teacher_{last}", "classroom", {"room": room.code, "key": room.secret}, room=True)
        yield Shot(f"pupil_{last}", "join", {"room": room.code, "me": tokens[0]}, room=True)


if __name__ == "__main__":
    main(sys.argv[1:])
