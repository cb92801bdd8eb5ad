"""Ask the query process: the deadline holds, and a process that dies costs one answer."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from kg.dataset import Dataset
from kg.errors import AnswerTooLarge, QueryTooSlow, ServerBusy, WorkerDied
from kg.serving.failures import failure_of
from kg.serving.formats import AnswerFormat
from kg.serving.frames import ANSWER_HEAD, PROCESS_ID, Outcome, Request
from kg.serving.guard import inspect_query
from kg.serving.limits import ServingLimits
from kg.serving.process import Zygote

_LOG = logging.getLogger(__name__)
_READ_AHEAD: Final = 1 << 20
_FORK_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold a serialised answer and the generation it was read from."""

    content_type: str
    body: bytes
    generation: str


class QueryService:
    """Answer queries over the current generation of a dataset; start it, ask it, stop it."""

    def __init__(self, dataset: Dataset, limits: ServingLimits) -> None:
        self.limits = limits
        self._dataset = dataset
        self._zygote: Zygote | None = None
        self._starting = asyncio.Lock()
        self._slots = asyncio.Semaphore(limits.queries_at_once)

    async def start(self) -> None:
        """Load the current generation; raises `NoDataset` when there is none."""
        await self._running()

    async def stop(self) -> None:
        """End the query process and every query in it."""
        zygote, self._zygote = self._zygote, None
        if zygote is not None:
            await zygote.stop()

    async def __aenter__(self) -> QueryService:
        """Start."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self.stop()

    @property
    def generation(self) -> str | None:
        """Return the name of the loaded generation, None before the start."""
        return None if self._zygote is None else self._zygote.generation.name

    @property
    def is_ready(self) -> bool:
        """Tell whether a generation is loaded and its process runs."""
        return self._zygote is not None and self._zygote.is_running

    async def refresh(self) -> bool:
        """Load the newest generation if it is another one; answers under way are finished."""
        generation = self._dataset.current()
        if generation.name == self.generation:
            return False
        async with self._starting:
            old, self._zygote = self._zygote, await Zygote.start(generation, self.limits)
        _LOG.info("generation %s is served", generation.name)
        if old is not None:
            await asyncio.sleep(self.limits.query_seconds)
            await old.stop()
        return True

    async def _running(self) -> Zygote:
        async with self._starting:
            if self._zygote is not None and not self._zygote.is_running:
                _LOG.warning("the query process ended and is started again")
                await self._zygote.stop()
                self._zygote = None
            if self._zygote is None:
                self._zygote = await Zygote.start(self._dataset.current(), self.limits)
            return self._zygote

    async def answer(
        self,
        query: str,
        chosen: AnswerFormat,
        *,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
    ) -> Answer:
        """Return the answer to a query that passed `inspect_query`, which is applied once more.

        When the format does not fit the form of the query, JSON or Turtle is given.

        Raises:
            ForbiddenQuery: The query is of a kind that is not run.
            BadQuery: The query is malformed or cannot be evaluated.
            QueryTooSlow: The deadline passed; the process was killed.
            WorkerDied: The process ended without an answer.
            AnswerTooLarge: The answer has more bytes than the limit.
            ServerBusy: Too many queries run already.
        """
        inspect_query(query, self.limits)
        request = Request(query, chosen.short_name, tuple(default_graphs), tuple(named_graphs))
        async with self._slot():
            zygote = await self._running()
            outcome, content_type, body = await ask(zygote.address, request, self.limits)
        if outcome is not Outcome.ANSWERED:
            complaint = body.decode("utf-8", "replace")
            raise failure_of(outcome, query=query, complaint=complaint, limits=self.limits)
        return Answer(content_type, body, zygote.generation.name)

    @asynccontextmanager
    async def _slot(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self.limits.waiting_seconds):
                await self._slots.acquire()
        except TimeoutError as error:
            raise ServerBusy from error
        try:
            yield
        finally:
            self._slots.release()


async def ask(address: str, request: Request, limits: ServingLimits) -> tuple[Outcome, str, bytes]:
    """Return what a fresh query process answers; it never lives longer than this call."""
    try:
        reader, writer = await asyncio.open_unix_connection(address, limit=_READ_AHEAD)
    except OSError as error:
        raise WorkerDied from error
    try:
        async with _process_behind(reader):
            try:
                async with asyncio.timeout(limits.query_seconds):
                    writer.write(request.encode())
                    return await _read_answer(reader, limits)
            except TimeoutError as error:
                raise QueryTooSlow(limits.query_seconds) from error
    except (asyncio.IncompleteReadError, ConnectionError) as error:
        raise WorkerDied from error
    finally:
        writer.close()


@asynccontextmanager
async def _process_behind(reader: asyncio.StreamReader) -> AsyncIterator[None]:
    """Hold on to the process that answers and kill it at the end, if it has not ended."""
    try:
        async with asyncio.timeout(_FORK_SECONDS):
            head = await reader.readexactly(PROCESS_ID.size)
    except TimeoutError as error:
        raise ServerBusy from error
    (process_id,) = PROCESS_ID.unpack(head)
    try:
        # It still waits for the request, so the number is its own; a later owner of it is safe.
        handle = os.pidfd_open(process_id)
    except ProcessLookupError as error:
        raise WorkerDied from error
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(handle, signal.SIGKILL)
        os.close(handle)


async def _read_answer(
    reader: asyncio.StreamReader, limits: ServingLimits
) -> tuple[Outcome, str, bytes]:
    head = await reader.readexactly(ANSWER_HEAD.size)
    outcome, kind_length, body_length = ANSWER_HEAD.unpack(head)
    if body_length > limits.answer_bytes:
        raise AnswerTooLarge(limits.answer_bytes)
    content_type = (await reader.readexactly(kind_length)).decode("ascii")
    return Outcome(outcome), content_type, await reader.readexactly(body_length)
