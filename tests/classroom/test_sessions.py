"""What the running dashboard sends to a pupil's device, and which of its pages another device can open."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.classroom.room import Phase
from pipeline.screens.pages import PAGES
from pipeline.store import Store, open_store
from tests.classroom.client import Client
from tests.classroom.conftest import FIELDS, POST_IDS
from tests.classroom.lesson import go_on, leave, seated
from tests.classroom.server import Server, serving
from tests.classroom.test_rooms import forward, opened
from tests.store.test_store import post, save


@pytest.fixture
def store_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('sessions') / 't.sqlite3'}"


def run(store_url: str, visit: Callable[[Server], Awaitable[None]], *, lan: bool = False) -> None:
    # In a thread of its own: a browser test that this process ran before leaves an event loop running in this one.
    with serving(store_url, lan=lan) as server, ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, _run(visit, server)).result()


async def _run(visit: Callable[[Server], Awaitable[None]], server: Server) -> None:
    await visit(server)


def test_before_the_reveal_a_session_receives_no_label_vote_or_secret(store: Store, store_url: str) -> None:
    held, room = opened(store, Phase.VOTE_1)
    other = held.join(room.code)
    held.vote(room.code, other.token, 1, POST_IDS[0], dict.fromkeys(FIELDS, "against"))

    async def visit(server: Server) -> None:
        (desk,) = await seated(server.address, room.code, 1)
        await desk.client.until(lambda: desk.client.widget(f"ballot.send.1.{POST_IDS[0]}") is not None, "the ballot")
        received = "\n".join(str(part) for part in desk.client.elements() if "<style>" not in part.html.body)
        await leave([desk])
        assert "Post 1 of 3" in received
        for hidden in ("against", "estimate", other.token, room.secret):
            assert hidden not in received

    run(store_url, visit)


def test_the_timed_part_stands_alone_in_its_container(store: Store, store_url: str) -> None:
    """A busy server may drop a timed part's drawing; what stands below it in the same container would move up."""
    _, room = opened(store, Phase.VOTE_1)

    async def visit(server: Server) -> None:
        async with Client(server.address, "classroom", room=room.code, key=room.secret, lang="en") as client:
            await go_on(client, "classroom")
            await client.until(lambda: client.timed() != [], "a timed part")
            assert all(len(neighbours) == 1 for neighbours in client.timed())

    run(store_url, visit)


def test_screens_follow_the_room_without_a_clock_of_their_own(store: Store, store_url: str) -> None:
    held, room = opened(store, Phase.LOBBY)

    async def visit(server: Server) -> None:
        (desk,) = await seated(server.address, room.code, 1)
        await desk.client.until(lambda: "You are in" in desk.client.text(), "the lobby")
        asked = desk.client.asked
        for phase, sign in (
            (Phase.VOTE_1, "Post 1 of 3"),
            (Phase.CLASS, "Nobody answered"),
            (None, "There is no such room"),
        ):
            if phase is None:
                held.delete(room.code, room.secret)
            else:
                forward(held, room, phase)
            await desk.client.until(lambda s=sign: s in desk.client.text(), sign)  # type: ignore[misc]  # bound at once
        assert desk.client.asked == asked
        await leave([desk])

    run(store_url, visit)


def test_a_page_loaded_anew_starts_nothing_timed_before_a_tap(store: Store, store_url: str) -> None:
    held, room = opened(store, Phase.VOTE_1)
    pupil = held.join(room.code)

    async def visit(server: Server) -> None:
        for page, query in (("classroom", {"key": room.secret}), ("join", {"me": pupil.token})):
            async with Client(server.address, page, room=room.code, lang="en", **query) as client:
                await client.until(lambda c=client, p=page: c.enabled(f"{p}.resume"), "the button to go on")  # type: ignore[misc]  # bound at once
                assert client.timed() == []

    run(store_url, visit)


def local_address() -> str | None:
    """This computer's address in its network, if it has one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return None


def test_another_device_opens_the_rooms_and_nothing_else(store_url: str) -> None:
    address = local_address()
    if address is None:
        pytest.skip("this computer is in no network")
    store = open_store(store_url)
    save(store, post(1, "ほかの端末に見せない投稿"))
    store.close()

    async def visit(server: Server) -> None:
        async with Client(f"127.0.0.1:{server.port}", "posts", lang="ja") as here:
            await here.until(lambda: "ほかの端末に見せない投稿" in here.text(), "the post on the computer itself")
        for page in ("", *(name for name, _, _ in PAGES)):
            async with Client(f"{address}:{server.port}", page, lang="ja") as there:
                await there.until(lambda c=there: "コード" in c.text() or "先生用のリンク" in c.text(), "the way in")  # type: ignore[misc]  # bound at once
                assert "ほかの端末に見せない投稿" not in "\n".join(map(str, there.elements()))

    run(store_url, visit, lan=True)
