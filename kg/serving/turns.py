"""Let as many short queries work at once as there are processors; a long one stops counting.

More at once would answer no sooner, but each in a process of its own, with memory that the
processor's caches do not hold and the kernel has not copied yet.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

SHORT_SECONDS: Final = 0.02


def processors() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Turn:
    """Hold one turn until it is given back, once."""

    __slots__ = ("_free", "_is_held")

    def __init__(self, free: asyncio.Semaphore) -> None:
        self._free = free
        self._is_held = True

    def end(self) -> None:
        if self._is_held:
            self._is_held = False
            self._free.release()


class Turns:
    """Give turns in the order of asking; each ends with its block, or after some milliseconds."""

    def __init__(self, at_once: int, *, short_seconds: float = SHORT_SECONDS) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._short_seconds = short_seconds

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn; the block may go on longer than it lasts."""
        await self._free.acquire()
        turn = _Turn(self._free)
        clock = asyncio.get_running_loop().call_later(self._short_seconds, turn.end)
        try:
            yield
        finally:
            clock.cancel()
            turn.end()
