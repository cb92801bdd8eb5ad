"""Let in as many queries as may run at once, and no client more than its share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from kg.errors import ServerBusy, TooManyQueries
from kg.serving.limits import ServingLimits


@dataclass(slots=True)
class _Share:
    """Count the queries of one client that run or wait, and hold its places."""

    places: asyncio.Semaphore
    users: int = field(default=0)


class Admission:
    """Give places to queries; whoever waits too long is sent away."""

    def __init__(self, limits: ServingLimits) -> None:
        self._limits = limits
        self._places = asyncio.Semaphore(limits.queries_at_once)
        self._shares: dict[str, _Share] = {}

    @asynccontextmanager
    async def place(self, client: str | None) -> AsyncIterator[None]:
        """Hold a place while a query runs; `client` is None for the service's own queries.

        Raises:
            TooManyQueries: The client's own queries took all of its places for too long.
            ServerBusy: All places were taken for too long.
        """
        share = self._share_of(client)
        try:
            if share is not None:
                await self._enter(share.places, TooManyQueries, self._limits.queries_per_client)
            try:
                await self._enter(self._places, ServerBusy, self._limits.queries_at_once)
                try:
                    yield
                finally:
                    self._places.release()
            finally:
                if share is not None:
                    share.places.release()
        finally:
            self._forget(client, share)

    def _share_of(self, client: str | None) -> _Share | None:
        if client is None:
            return None
        share = self._shares.get(client)
        if share is None:
            share = _Share(asyncio.Semaphore(self._limits.queries_per_client))
            self._shares[client] = share
        share.users += 1
        return share

    def _forget(self, client: str | None, share: _Share | None) -> None:
        if client is not None and share is not None:
            share.users -= 1
            if share.users == 0:
                del self._shares[client]

    async def _enter(
        self, places: asyncio.Semaphore, failure: Callable[[int], Exception], limit: int
    ) -> None:
        if not places.locked():
            await places.acquire()
            return
        try:
            async with asyncio.timeout(self._limits.waiting_seconds):
                await places.acquire()
        except TimeoutError as error:
            raise failure(limit) from error
