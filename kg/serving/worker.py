"""Hold on to one forked process: ask it, one query at a time, and kill it when its time is over."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from typing import Final, cast

from kg.errors import AnswerTooLarge, QueryTooSlow, WorkerDied
from kg.serving.frames import ANSWER_HEAD, WORKER_IDS, Outcome, Reply, Request
from kg.serving.limits import ServingLimits

# A query that has used more of a processor lets all else go first; most are done long before.
_LONG_SECONDS: Final = 0.1
_LONG_NICENESS: Final = 10


class Worker(asyncio.Protocol):
    """Be the server's end of the socket to a worker; make one with `Worker.start`."""

    def __init__(self, limits: ServingLimits) -> None:
        self._limits = limits
        self._received = bytearray()
        self._transport: asyncio.Transport | None = None
        self._started: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._reply: asyncio.Future[Reply] | None = None
        self._handle = -1
        self._thread_id = 0
        self._clock = 0
        self._is_usable = False
        self._long: asyncio.TimerHandle | None = None

    @classmethod
    async def start(cls, address: str, limits: ServingLimits) -> Worker:
        """Return a worker that was forked for this call, or raise `WorkerDied`."""
        loop = asyncio.get_running_loop()
        try:
            _, worker = await loop.create_unix_connection(lambda: cls(limits), address)
        except OSError as error:
            raise WorkerDied(limits.query_memory_mib) from error
        try:
            await worker._started
        except BaseException:
            worker.kill()
            raise
        return worker

    @property
    def is_usable(self) -> bool:
        """Tell whether the worker lives, has nothing to do and may be asked again."""
        return self._is_usable and self._reply is None

    async def ask(self, request: Request) -> Reply:
        """Return what the worker answers; after any failure it is to be killed.

        Raises:
            QueryTooSlow: The deadline of the request passed; the process was killed.
            WorkerDied: The process ended without an answer.
            AnswerTooLarge: The answer has more bytes than the limit.
        """
        if self._transport is None or not self.is_usable:
            raise WorkerDied(self._limits.query_memory_mib)
        loop = asyncio.get_running_loop()
        reply: asyncio.Future[Reply] = loop.create_future()
        self._reply = reply
        self._transport.write(request.encode())
        used = self._processor_seconds()
        self._long = loop.call_later(_LONG_SECONDS, self._step_back, used + _LONG_SECONDS)
        late = loop.call_later(request.seconds, self._end, request.seconds)
        try:
            return await reply
        finally:
            if self._long is not None:
                self._long.cancel()
            late.cancel()

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        self._is_usable = False
        if self._handle >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            os.close(self._handle)
            self._handle = -1
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection."""
        # A stream in either loop; the faster one's is no subclass of asyncio's.
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail whoever waits; the process has ended or is about to."""
        self._fail(WorkerDied(self._limits.query_memory_mib))

    def data_received(self, data: bytes) -> None:
        """Collect an answer and hand it over when it is whole."""
        self._received += data
        if self._handle < 0:
            self._take_ids()
        elif self._reply is not None and len(self._received) >= ANSWER_HEAD.size:
            self._take_answer(self._reply)

    def _take_ids(self) -> None:
        if self._started.done() or len(self._received) < WORKER_IDS.size:
            return
        process_id, self._thread_id = WORKER_IDS.unpack(self._received)
        self._received.clear()
        try:
            # It waits for the first request, so the number is its own; a later owner is safe.
            self._handle = os.pidfd_open(process_id)
        except OSError:
            self._started.set_exception(WorkerDied(self._limits.query_memory_mib))
            return
        # Linux makes the number of another process's clock so (clock_getcpuclockid(3)).
        self._clock = (~process_id << 3) | 2
        self._is_usable = True
        self._started.set_result(None)

    def _take_answer(self, waiting: asyncio.Future[Reply]) -> None:
        outcome, is_last, kind_length, body_length = ANSWER_HEAD.unpack_from(self._received)
        start = ANSWER_HEAD.size + kind_length
        if body_length > self._limits.answer_bytes:
            self._fail(AnswerTooLarge(self._limits.answer_bytes))
        elif len(self._received) >= start + body_length:
            kind = self._received[ANSWER_HEAD.size : start].decode("ascii")
            body = bytes(memoryview(self._received)[start : start + body_length])
            # Not cleared: a large buffer is to go back to the system.
            self._received = bytearray()
            self._reply = None
            self._is_usable = self._is_usable and not is_last
            if not waiting.done():
                waiting.set_result(Reply(Outcome(outcome), kind, body))

    def _fail(self, error: Exception) -> None:
        self.kill()
        for waiting in (self._started, self._reply):
            if waiting is not None and not waiting.done():
                waiting.set_exception(error)

    def _end(self, seconds: float) -> None:
        self._fail(QueryTooSlow(seconds))

    def _processor_seconds(self) -> float:
        """Return what the process has used; nothing of one that has just ended."""
        try:
            return time.clock_gettime(self._clock)
        except OSError:
            return 0.0

    def _step_back(self, most: float) -> None:
        """Run on behind all other processes; the way back needs rights that we do not have."""
        if self._processor_seconds() < most:
            # It only waited for a processor: on a busy machine, a short query does.
            loop = asyncio.get_running_loop()
            self._long = loop.call_later(_LONG_SECONDS, self._step_back, most)
        elif self._is_usable:
            # Its socket is open and its handle held, so the number still is that of its thread.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.setpriority(os.PRIO_PROCESS, self._thread_id, _LONG_NICENESS)
            self._is_usable = False
