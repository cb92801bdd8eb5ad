"""Carry a change out beside the event loop, and answer once readers see it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.authorization import writer_of
from api.state import ServiceState, state_of
from kg.editing.applying import Writer, Written
from kg.serving.limits import ServingLimits
from kg.settings import Settings

_LOG = logging.getLogger(__name__)
_LOOK_SECONDS: Final = 0.01


def update_limits(settings: Settings) -> ServingLimits:
    """Return what one change may use."""
    return replace(
        ServingLimits.of(settings),
        query_seconds=settings.update_seconds,
        query_bytes=settings.update_bytes,
    )


def writer_behind(request: Request) -> Writer:
    """Return who writes, by the token of a request, or raise `NotAuthorised`."""
    grant = writer_of(request)
    return Writer(grant, update_limits(state_of(request).settings), _tell)


def _tell(_german: str, english: str) -> None:
    _LOG.debug("%s", english)


async def carried_out(
    request: Request, work: Callable[[], Written]
) -> tuple[Written, BackgroundTask]:
    """Return what a change came to, once queries answer from it.

    The task lets go of the generation before; it belongs to the answer.
    """
    state = state_of(request)
    written = await run_in_threadpool(work)
    refreshing = asyncio.create_task(_shown(state))
    name = written.built.generation.name
    while state.queries.generation != name and not refreshing.done():
        await asyncio.sleep(_LOOK_SECONDS)
    return written, BackgroundTask(_finished, refreshing)


async def _shown(state: ServiceState) -> None:
    await state.queries.refresh()


async def _finished(refreshing: asyncio.Task[None]) -> None:
    # An answer that is cancelled leaves the task alone.
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.shield(refreshing)
