"""A class of protocol clients that join a room and answer; what each was told is kept is written down."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.classroom.client import Client
from tests.classroom.conftest import FIELDS, POST_IDS

_SENT = re.compile(r"Sent: (\d+) of (\d+)")


@dataclass
class PupilAtDesk:
    """A pupil's session and how many posts the screen said were sent."""

    client: Client
    sent: int = 0
    delays: list[float] = field(default_factory=list)

    async def join(self) -> None:
        """Come in."""
        await self.client.until(lambda: self.client.enabled("join.enter"), "the button to join")
        await self.client.press("join.enter")
        await self.client.until(lambda: "me" in self.client.query, "a token")

    async def resume(self) -> None:
        """Load the page anew, as after a break, and go on."""
        await self.client.open()
        await go_on(self.client, "join")

    async def answer(self, code: str, choice: int) -> None:
        """Answer all posts that are not answered yet; each counts once the screen says that it is sent."""
        while self.sent < len(POST_IDS):
            post_id = POST_IDS[self.sent]
            send = f"ballot.send.1.{post_id}"
            rows = {f"ballot.{code}.1.{post_id}.{name}": choice for name in FIELDS}
            await self.client.until(lambda keys=(*rows, send): self._drawn(keys), str(rows))  # type: ignore[misc]  # bound at once
            self.client.choose(rows)
            await self.client.press(send)
            wanted = self.sent + 1
            began = time.monotonic()
            shown = await self.client.until(lambda n=wanted: self.shown() >= n, f"{wanted} sent")  # type: ignore[misc]  # bound at once
            self.delays.append(shown - began)
            self.sent = wanted

    def _drawn(self, keys: Iterable[str]) -> bool:
        return all(self.client.widget(key) is not None for key in keys)

    def shown(self) -> int:
        """Number of posts that the screen says are sent."""
        found = _SENT.search(self.client.text())
        return int(found[1]) if found else 0


async def go_on(client: Client, page: str) -> None:
    """Press the button that a page loaded anew shows to whoever has been in the room."""
    await client.until(lambda: client.enabled(f"{page}.resume"), "the button to go on")
    await client.press(f"{page}.resume")
    await client.until(lambda: client.widget(f"{page}.resume") is None, "the room")


async def seated(address: str, code: str, pupils: int) -> list[PupilAtDesk]:
    """Pupils who have joined."""
    desks = [PupilAtDesk(Client(address, "join", room=code, lang="en")) for _ in range(pupils)]
    await asyncio.gather(*(desk.client.open() for desk in desks))
    await asyncio.gather(*(desk.join() for desk in desks))
    return desks


async def leave(desks: list[PupilAtDesk]) -> None:
    """All sessions end."""
    await asyncio.gather(*(desk.client.close() for desk in desks))


def percentile(values: list[float], share: float) -> float:
    """The value under which ``share`` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
