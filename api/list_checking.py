"""Read a list of measures that was sent, and check its entries a few at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.checking import run_fit
from api.fitting import FitChecker
from api.rest.batch_tables import BatchAnswer
from api.state import state_of
from kg.findings import Findings
from kg.fit.measure import MeasureInput
from kg.fit.report import FitReport
from kg.identifiers import Ags
from kg.language import Language
from loaders.context import LoadContext
from loaders.files import SourceFile
from loaders.measure_inputs import ListedMeasure, read_measure_inputs

# So many measures are checked before others get their turn and progress is told.
STEP: Final = 8


async def listed_measures(
    request: Request, file: SourceFile, ags: Ags, findings: Findings
) -> list[ListedMeasure]:
    """Return the entries of a file in its order; findings tell all that is not used.

    Raises:
        UnreadableFile: The file is broken, of another kind, or has too many entries.
        NothingLoaded: The file holds no measures.
    """
    settings = state_of(request).settings
    context = LoadContext(ags, "", settings.body_bytes, settings.upload_unpacked_bytes)
    return await run_in_threadpool(
        read_measure_inputs, file, context, findings, most=settings.batch_rows
    )


async def checked_in_steps(
    request: Request, measures: Sequence[MeasureInput], ags: str, language: Language
) -> AsyncIterator[list[FitReport]]:
    """Give the reports of measures, some at a time, in order."""
    for start in range(0, len(measures), STEP):
        work = partial(_checked, measures[start : start + STEP], ags, language)
        yield await run_fit(request, work)


def _checked(
    measures: Sequence[MeasureInput], ags: str, language: Language, fit: FitChecker
) -> list[FitReport]:
    return list(fit.check_all(measures, ags, language))


def measures_in(listed: Sequence[ListedMeasure]) -> list[MeasureInput]:
    """Return the measures of the entries that can be checked."""
    return [entry.measure for entry in listed if entry.measure is not None]


def batch_answer(
    name: str,
    listed: Sequence[ListedMeasure],
    reports: Sequence[FitReport],
    findings: Findings,
    *,
    generation: str,
    language: Language,
) -> BatchAnswer:
    """Return the entries of a list, each with its report or None, and all findings."""
    waiting = iter(reports)
    rows = tuple((entry, None if entry.measure is None else next(waiting)) for entry in listed)
    return BatchAnswer(name, generation, language, rows, tuple(findings.items))
