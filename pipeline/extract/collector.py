"""Python's cycle collector held back while one page is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_back() -> Iterator[None]:
    """No search for reference cycles inside the block (measured: a quarter of the time of reading a thread).

    Reading a page makes many small objects that live until it is read, and no cycles worth looking for: what it
    leaves is freed by counting references. Where the collector is off already, it stays off.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
