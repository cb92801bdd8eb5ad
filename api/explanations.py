"""Explain statements of the loaded generation beside the event loop."""

from __future__ import annotations

from pyoxigraph import Triple
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.state import state_of
from api.wording import foreign_labels
from kg.explaining import Explanation, explained
from kg.language import Language


async def run_explanation(request: Request, statement: Triple, language: Language) -> Explanation:
    """Return why a statement holds, or raise `UnknownStatement`."""
    snapshot = state_of(request).snapshots.current
    return await run_in_threadpool(
        explained,
        snapshot.generation,
        statement,
        language,
        store=snapshot.store,
        foreign=foreign_labels(language),
    )
