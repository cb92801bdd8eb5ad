"""Keep workers ready: forked before they are needed, replaced behind the back of whoever asks."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import Final

from kg.errors import ServerBusy, WorkerDied
from kg.serving.frames import Reply, Request
from kg.serving.limits import ServingLimits
from kg.serving.turns import Turns, processors
from kg.serving.worker import Worker

_LOG = logging.getLogger(__name__)
_FORK_SECONDS: Final = 5.0


class WorkerPool:
    """Lend the workers of one query process, one query at a time each."""

    def __init__(self, address: str, limits: ServingLimits) -> None:
        self._address = address
        self._limits = limits
        self._most = limits.queries_at_once + limits.spare_workers
        self._turns = Turns(processors())
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._forking: set[asyncio.Task[None]] = set()
        self._is_closed = False

    async def start(self) -> None:
        """Have the first worker ready, or raise `WorkerDied`; the others come on their own."""
        self._idle.append(await Worker.start(self._address, self._limits))
        self._top_up()

    async def close(self) -> None:
        """Kill all workers, busy or not; no other is forked."""
        self._is_closed = True
        for forking in self._forking:
            forking.cancel()
        await asyncio.gather(*self._forking, return_exceptions=True)
        for worker in (*self._idle, *self._busy):
            worker.kill()
        self._idle.clear()
        # The killed ones' sockets are let go of in the next round of the loop.
        await asyncio.sleep(0)

    @property
    def is_busy(self) -> bool:
        """Tell whether a worker is answering."""
        return bool(self._busy)

    async def ask(self, request: Request) -> Reply:
        """Return a worker's answer; a worker that failed or grew is not used again.

        Raises:
            QueryTooSlow: The deadline passed; the process was killed.
            WorkerDied: The process ended without an answer.
            AnswerTooLarge: The answer has more bytes than the limit.
            ServerBusy: No worker could be forked in time.
        """
        async with self._turns.turn():
            worker = await self._take()
            self._busy.add(worker)
            try:
                return await worker.ask(request)
            finally:
                self._busy.discard(worker)
                self._give_back(worker)

    async def _take(self) -> Worker:
        while self._idle:
            # The last one in is the one whose memory is still in the processor's caches.
            worker = self._idle.pop()
            if worker.is_usable:
                self._top_up()
                return worker
            worker.kill()
        waiting: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        self._top_up()
        try:
            async with asyncio.timeout(_FORK_SECONDS):
                return await waiting
        except TimeoutError as error:
            raise ServerBusy(self._limits.queries_at_once) from error
        except asyncio.CancelledError:
            if waiting.done() and not waiting.cancelled() and waiting.exception() is None:
                self._give_back(waiting.result())
            raise

    def _give_back(self, worker: Worker) -> None:
        if self._is_closed or not worker.is_usable:
            worker.kill()
            self._top_up()
            return
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(worker)
                return
        self._idle.append(worker)

    def _top_up(self) -> None:
        """Fork until as many workers are parked as are waited for, and the spare ones."""
        if self._is_closed:
            return
        wanted = self._limits.spare_workers + len(self._waiting)
        room = self._most - len(self._busy) - len(self._idle) - len(self._forking)
        for _ in range(min(wanted - len(self._idle) - len(self._forking), room)):
            forking = asyncio.get_running_loop().create_task(self._fork())
            self._forking.add(forking)
            forking.add_done_callback(self._forking.discard)

    async def _fork(self) -> None:
        try:
            worker = await Worker.start(self._address, self._limits)
        except WorkerDied as error:
            _LOG.warning("no worker could be forked")
            while self._waiting:
                waiting = self._waiting.popleft()
                if not waiting.done():
                    waiting.set_exception(error)
            return
        self._give_back(worker)
