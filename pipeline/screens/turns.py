"""Few runs at a time: a class of phones that moves on together is drawn one after the other.

Forty runs at once wait for each other in the midst of their work, at every lock and for every connection, and all end
late; in turn, the first are done at once and the last no later.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_AT_ONCE = 2
# A run that takes so long is held up by something else; the others need not wait for that.
_PATIENCE_SECONDS = 3.0
_turns = threading.BoundedSemaphore(_AT_ONCE)


class Turn:
    """A turn to run, that ends once."""

    def __init__(self, taken: bool) -> None:
        self._taken = taken

    def end(self) -> None:
        """Let the next one run."""
        if self._taken:
            self._taken = False
            _turns.release()


@contextmanager
def turn() -> Iterator[Turn]:
    """Wait for a turn; it ends with the block, or before."""
    taken = Turn(_turns.acquire(timeout=_PATIENCE_SECONDS))
    try:
        yield taken
    finally:
        taken.end()
