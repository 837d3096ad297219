"""A browser session without a browser: it speaks Streamlit's own protocol, as the page in a phone does.

It keeps the widgets that the server drew, sends their states, and repeats fragments when the server asks for it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import parse_qs, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

WAIT_SECONDS = 300.0


@dataclass
class Node:
    """A place on the page, as the browser keeps it: what was not drawn again goes, and what follows moves up."""

    run: str = ""
    fragment: str = ""
    element: Element | None = None
    children: list[Node] = field(default_factory=list)

    def put(self, path: list[int], delta: Delta, run: str) -> None:
        """Draw at a path; a place beyond the end is an error, as it is in the browser."""
        place, *rest = path
        if not self.run and place >= len(self.children):  # main part, sidebar and events are always there
            self.children += [Node("always") for _ in range(place + 1 - len(self.children))]
        if place > len(self.children) or (rest and place == len(self.children)):
            raise IndexError(f"place {place} of {len(self.children)}")
        if rest:
            self.children[place].put(rest, delta, run)
            return
        new = Node(run, delta.fragment_id)
        if delta.WhichOneof("type") == "new_element":
            new.element = delta.new_element
        elif place < len(self.children) and self.children[place].element is None:
            new.children = self.children[place].children
        self.children[place : place + 1] = [new]

    def drop_stale(self, run: str, fragments: frozenset[str] | None) -> None:
        """After a run: take out what it did not draw; after a run of fragments only what belongs to these."""
        self.children = [node for node in self.children if node.stays(run, fragments)]
        for node in self.children:
            node.drop_stale(run, fragments)

    def stays(self, run: str, fragments: frozenset[str] | None) -> bool:
        """Whether this place was drawn in the run, or does not belong to it."""
        return self.run in ("always", run) or (fragments is not None and self.fragment not in fragments)

    def all(self) -> Iterator[Node]:
        """This place and all in it, from the top."""
        yield self
        for node in self.children:
            yield from node.all()


class Client:
    """One session on one page."""

    def __init__(self, address: str, page: str, **query: str) -> None:
        self._url = f"ws://{address}/_stcore/stream"
        self._page_url = f"http://{address}/{page}"
        self._page = page
        self._page_hash = ""
        self.query = dict(query)
        self._root = Node()
        self._values: dict[str, WidgetState] = {}
        self._run = ""
        self._changed = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._repeats: dict[str, asyncio.Task[None]] = {}
        self._socket: ClientConnection | None = None
        self.asked = 0  # runs that this side asked for

    async def __aenter__(self) -> Client:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def open(self) -> None:
        """Connect and run the page for the first time."""
        self._root = Node()
        self._page_hash = ""
        self._socket = await connect(
            self._url, subprotocols=["streamlit"], max_size=None, open_timeout=WAIT_SECONDS, ping_interval=None
        )  # type: ignore[list-item]  # a plain name of a subprotocol
        self._tasks.append(asyncio.create_task(self._listen()))
        await self._send()

    async def close(self) -> None:
        """Go away, as a phone that is switched off."""
        for task in (*self._tasks, *self._repeats.values()):
            task.cancel()
        await asyncio.gather(*self._tasks, *self._repeats.values(), return_exceptions=True)
        self._tasks.clear()
        self._repeats.clear()
        if self._socket is not None:
            await self._socket.close()

    def elements(self) -> list[Element]:
        """What is on the page."""
        return [node.element for node in self._root.all() if node.element is not None]

    def text(self) -> str:
        """All words on the page."""
        parts = []
        for element in self.elements():
            kind = element.WhichOneof("type")
            found = getattr(element, kind) if kind else None
            parts += [str(getattr(found, name)) for name in ("body", "text", "label") if hasattr(found, name)]
        return "\n".join(parts)

    def widget(self, key: str) -> Element | None:
        """The widget of a key, if it is on the page."""
        for element in self.elements():
            kind = element.WhichOneof("type")
            if kind and str(getattr(getattr(element, kind), "id", "")).endswith(f"-{key}"):
                return element
        return None

    def timed(self) -> list[list[Node]]:
        """For each part that the server draws again by the clock: all that stands in the same container."""
        return [
            node.children
            for node in self._root.all()
            if not node.fragment and any(child.fragment for child in node.children)
        ]

    def enabled(self, key: str) -> bool:
        """Whether a button is there and can be pressed."""
        found = self.widget(key)
        return found is not None and not found.button.disabled

    async def until(self, condition: Callable[[], bool], what: str) -> float:
        """Wait until something holds; the time at which it did (monotonic)."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not condition():
            for task in self._tasks:
                if task.done():
                    raise ConnectionError(f"{what}; the server hung up: {task.exception()!r}")
            self._changed.clear()
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{what}; on the page: {self.text()[-300:]}")
            try:
                await asyncio.wait_for(self._changed.wait(), left)
            except TimeoutError as error:
                raise TimeoutError(f"{what}; on the page: {self.text()[-300:]}") from error
        return time.monotonic()

    async def press(self, key: str) -> None:
        """Press a button."""
        found = self.widget(key)
        assert found is not None, f"{key}; on the page: {self.text()[-300:]}"
        await self._send(WidgetState(id=found.button.id, trigger_value=True))

    def choose(self, choices: dict[str, int]) -> None:
        """Choose by number in rows of a form; as in a browser, nothing is sent before its button is pressed."""
        for key, place in choices.items():
            found = self.widget(key)
            assert found is not None, f"{key}; on the page: {self.text()[-300:]}"
            state = WidgetState(id=found.button_group.id)
            state.string_array_value.data.append(found.button_group.options[place].content)
            self._values[state.id] = state

    async def _send(self, trigger: WidgetState | None = None, fragment: str = "") -> None:
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string = urlencode(self.query)
        # Like the page in a browser: by name at first, then by what the server calls it.
        rerun.page_name, rerun.page_script_hash = ("", self._page_hash) if self._page_hash else (self._page, "")
        rerun.context_info.url = self._page_url
        rerun.widget_states.widgets.extend(self._values.values())
        if trigger is not None:
            rerun.widget_states.widgets.append(trigger)
        if fragment:
            rerun.fragment_id = fragment
            rerun.is_auto_rerun = True
        assert self._socket is not None
        self.asked += 1
        await self._socket.send(message.SerializeToString())

    async def _listen(self) -> None:
        assert self._socket is not None
        try:
            async for raw in self._socket:
                message = ForwardMsg()
                message.ParseFromString(raw if isinstance(raw, bytes) else raw.encode())
                self._take(message)
                self._changed.set()
            raise ConnectionError("closed")
        finally:
            self._changed.set()

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        fragments = frozenset(message.metadata.run.fragment_ids)
        if kind == "new_session":
            self._run = message.metadata.run.script_run_id
            if not fragments:
                for task in self._repeats.values():
                    task.cancel()
                self._repeats.clear()
        elif kind == "delta":
            self._root.put(list(message.metadata.delta_path), message.delta, self._run)
        elif kind == "script_finished":
            finished = message.script_finished
            if finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                self._root.drop_stale(self._run, None)
            elif finished == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY:
                self._root.drop_stale(self._run, fragments)
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = {name: values[0] for name, values in parse_qs(message.page_info_changed.query_string).items()}
        elif kind == "auto_rerun":
            repeat = self._repeat(message.auto_rerun.interval, message.auto_rerun.fragment_id)
            self._repeats[message.auto_rerun.fragment_id] = asyncio.create_task(repeat)

    async def _repeat(self, seconds: float, fragment: str) -> None:
        while True:
            await asyncio.sleep(seconds)
            await self._send(fragment=fragment)
