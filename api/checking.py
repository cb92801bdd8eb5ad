"""Run fit checks beside the event loop, a few at a time."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.state import state_of
from kg.errors import ServerBusy
from kg.fit.measure import MeasureInput
from kg.fit.report import FitReport
from kg.language import Language

CHECKS_AT_ONCE: Final = 2
_WAITING_SECONDS: Final = 10.0


async def run_check(
    request: Request, measure: MeasureInput, city: str, language: Language
) -> FitReport:
    """Return the report for a measure, or raise `ServerBusy` when too many checks wait."""
    state = state_of(request)
    try:
        async with asyncio.timeout(_WAITING_SECONDS):
            await state.check_slots.acquire()
    except TimeoutError as error:
        raise ServerBusy(CHECKS_AT_ONCE) from error
    try:
        fit = state.snapshots.current.fit
        return await run_in_threadpool(fit.check, measure, city, language)
    finally:
        state.check_slots.release()
