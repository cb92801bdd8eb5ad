"""Ask the workers: the deadline holds, and a process that dies costs one answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.dataset import Dataset, Generation
from kg.serving.admission import Admission
from kg.serving.answer_cache import Answer, AnswerCache
from kg.serving.failures import failure_of
from kg.serving.formats import AnswerFormat
from kg.serving.frames import Outcome, Request
from kg.serving.guard import inspect_query
from kg.serving.limits import ServingLimits
from kg.serving.pool import WorkerPool
from kg.serving.process import Zygote

__all__ = ["Answer", "Client", "QueryService"]

_LOG = logging.getLogger(__name__)
_LOOK_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Client:
    """Name whose query it is, for its share of the places, and the seconds it may take."""

    name: str
    query_seconds: float


@dataclass(frozen=True, slots=True)
class _Served:
    """Hold the process of a generation and its workers."""

    zygote: Zygote
    pool: WorkerPool

    @classmethod
    async def start(cls, generation: Generation, limits: ServingLimits) -> _Served:
        zygote = await Zygote.start(generation, limits)
        pool = WorkerPool(zygote.address, limits)
        try:
            await pool.start()
        except BaseException:
            await zygote.stop()
            raise
        return cls(zygote, pool)

    async def stop(self) -> None:
        await self.pool.close()
        await self.zygote.stop()


class QueryService:
    """Answer queries over the current generation of a dataset; start it, ask it, stop it."""

    def __init__(self, dataset: Dataset, limits: ServingLimits) -> None:
        self.limits = limits
        self._dataset = dataset
        self._served: _Served | None = None
        self._starting = asyncio.Lock()
        self._admission = Admission(limits)
        self._cache = AnswerCache(limits.cache_bytes)

    async def start(self) -> None:
        """Load the current generation; raises `NoDataset` when there is none."""
        await self._running()

    async def stop(self) -> None:
        """End the query process and every query in it."""
        served, self._served = self._served, None
        if served is not None:
            await served.stop()

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
        return None if self._served is None else self._served.zygote.generation.name

    @property
    def process_id(self) -> int | None:
        """Return the id of the process that holds the generation, None before the start."""
        return None if self._served is None else self._served.zygote.process_id

    @property
    def is_ready(self) -> bool:
        """Tell whether a generation is loaded and its process runs."""
        return self._served is not None and self._served.zygote.is_running

    async def refresh(self) -> bool:
        """Load the newest generation if it is another one; answers under way are finished."""
        generation = self._dataset.current()
        if generation.name == self.generation:
            return False
        async with self._starting:
            old, self._served = self._served, await _Served.start(generation, self.limits)
        self._cache.clear()
        _LOG.info("generation %s is served", generation.name)
        if old is not None:
            try:
                # Every query there has a deadline, so this ends.
                while old.pool.is_busy:
                    await asyncio.sleep(_LOOK_SECONDS)
            finally:
                await old.stop()
        return True

    async def _running(self) -> _Served:
        served = self._served
        if served is not None and served.zygote.is_running:
            return served
        async with self._starting:
            if self._served is not None and not self._served.zygote.is_running:
                _LOG.warning("the query process ended and is started again")
                await self._served.stop()
                self._served = None
            if self._served is None:
                self._served = await _Served.start(self._dataset.current(), self.limits)
            return self._served

    async def answer(
        self,
        query: str,
        chosen: AnswerFormat,
        *,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
        client: Client | None = None,
    ) -> Answer:
        """Return the answer to a query that passed `inspect_query`, which is applied once more.

        When the format does not fit the form of the query, JSON or Turtle is given. Without a
        client it is a query of the service itself.

        Raises:
            ForbiddenQuery: The query is of a kind that is not run.
            BadQuery: The query is malformed or cannot be evaluated.
            QueryTooSlow: The deadline passed; the process was killed.
            WorkerDied: The process ended without an answer.
            AnswerTooLarge: The answer has more bytes than the limit.
            TooManyRows: The answer has more rows than the limit.
            TooManyQueries: The client has too many queries running already.
            ServerBusy: Too many queries run already.
        """
        inspect_query(query, self.limits)
        seconds = self.limits.query_seconds if client is None else client.query_seconds
        graphs = (tuple(default_graphs), tuple(named_graphs))
        request = Request(query, chosen.short_name, *graphs, seconds)
        served = await self._running()
        known = self._cache.get(served.zygote.generation.name, request)
        if known is not None:
            return known
        async with self._admission.place(None if client is None else client.name):
            # It may have waited, and another generation may be served by now.
            served = await self._running()
            reply = await served.pool.ask(request)
        if reply.outcome is not Outcome.ANSWERED:
            complaint = reply.complaint
            raise failure_of(reply.outcome, query=query, complaint=complaint, limits=self.limits)
        generation = served.zygote.generation.name
        answer = Answer(reply.content_type, reply.body, generation)
        self._cache.put(generation, request, answer)
        return answer
