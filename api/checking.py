"""Run fit checks beside the event loop, a few at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.fitting import FitChecker
from api.state import state_of
from kg.errors import ServerBusy
from kg.fit.measure import MeasureInput
from kg.fit.report import FitReport
from kg.language import Language

CHECKS_AT_ONCE: Final = 2
_WAITING_SECONDS: Final = 10.0
Answer = TypeVar("Answer")


async def run_check(
    request: Request, measure: MeasureInput, city: str, language: Language
) -> FitReport:
    """Return the report for a measure, or raise `ServerBusy` when too many checks wait."""
    return await run_fit(request, lambda fit: fit.check(measure, city, language))


async def run_fit(request: Request, work: Callable[[FitChecker], Answer]) -> Answer:
    """Return what work on the fit index gives, or raise `ServerBusy` when too much waits."""
    state = state_of(request)
    try:
        async with asyncio.timeout(_WAITING_SECONDS):
            await state.check_slots.acquire()
    except TimeoutError as error:
        raise ServerBusy(CHECKS_AT_ONCE) from error
    try:
        fit = state.snapshots.current.fit
        return await run_in_threadpool(work, fit)
    finally:
        state.check_slots.release()
