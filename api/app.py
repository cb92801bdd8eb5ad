"""Make the HTTP application: SPARQL, linked data, REST and pages behind one set of guards."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib import metadata, resources
from typing import Final

from fastapi import FastAPI
from starlette.routing import Route

from api import graph_store, linked_data, loads, metadata_doors, rest, reviews
from api.checking import CHECKS_AT_ONCE
from api.compression import Compression
from api.cors import CrossOrigin, allowed_origins
from api.direct import DirectPath
from api.fitting import fit_checker
from api.health import healthz, metrics, readyz
from api.jobs.background import Background
from api.jobs.store import JobStore
from api.metrics import Metrics
from api.observing import Observed
from api.pages.login_page import LOGINS_AT_ONCE
from api.pages.routes import routes as page_routes
from api.problems import install_handlers
from api.rest.description import DescribedService
from api.security import BodyLimit, LoopbackOnly, SecurityHeaders, is_loopback
from api.sessions.attempts import AttemptLimits, Attempts
from api.sessions.door import KnownVisitors
from api.sessions.store import Lifetime, Sessions, utc_now
from api.snapshot import FitBuilder, Snapshots
from api.sparql import METHODS, sparql
from api.state import ServiceState
from api.static_files import NamedByContent
from kg.access import AccountFile, TokenFile
from kg.dataset import Dataset
from kg.engines import queries_over
from kg.errors import KreislaufstadtError
from kg.reviewing import Journal
from kg.serving.limits import ServingLimits
from kg.settings import Settings

_LOG = logging.getLogger(__name__)
_LOOK_SECONDS: Final = 2.0


def create_app(
    settings: Settings, *, dataset: Dataset, build_fit: FitBuilder = fit_checker
) -> FastAPI:
    """Return the application; it loads the dataset when it starts and lets go of it when it ends.

    `build_fit` makes the index for the fit check of a generation.
    """
    app = DescribedService(
        title="Kreislaufstadt",
        version=metadata.version("kreislaufstadt"),
        openapi_url="/api/v1/openapi.json",
        # Their pages load scripts from a content network.
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(settings, dataset, build_fit),
    )
    app.state.default_language = settings.language
    install_handlers(app)
    # The last added is the outermost.
    uploads = {loads.PATH: settings.file_bytes + loads.FORM_BYTES}
    app.add_middleware(DirectPath, path="/sparql", endpoint=sparql, methods=frozenset(METHODS))
    app.add_middleware(KnownVisitors, settings=settings)
    app.add_middleware(
        BodyLimit,
        limit_bytes=settings.body_bytes,
        unpacked_bytes=settings.body_unpacked_bytes,
        larger=uploads,
    )
    app.add_middleware(Compression)
    origins = allowed_origins(settings.cors_origins)
    if origins:
        app.add_middleware(CrossOrigin, origins=origins)
    if is_loopback(settings.host):
        app.add_middleware(LoopbackOnly)
    app.add_middleware(SecurityHeaders)
    app.state.metrics = Metrics()
    app.add_middleware(Observed, metrics=app.state.metrics)
    app.router.routes.append(Route("/sparql", sparql, methods=list(METHODS)))
    app.router.routes.append(Route("/healthz", healthz))
    app.router.routes.append(Route("/readyz", readyz))
    app.router.routes.append(Route("/metrics", metrics))
    app.include_router(rest.router)
    app.include_router(reviews.router)
    app.include_router(loads.router)
    app.router.routes.extend(linked_data.routes())
    app.router.routes.extend(metadata_doors.routes())
    app.router.routes.extend(graph_store.routes())
    app.router.routes.extend(page_routes())
    static = resources.files("api").joinpath("static")
    with resources.as_file(static) as directory:
        app.mount("/static", NamedByContent(directory=directory))
    return app


def _lifespan(
    settings: Settings, dataset: Dataset, build_fit: FitBuilder
) -> Callable[[FastAPI], contextlib.AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        snapshots = Snapshots(dataset, build_fit)
        async with queries_over(dataset, ServingLimits.of(settings)) as queries:
            await snapshots.refresh()
            journal, jobs = Journal(dataset.root), JobStore(dataset.root)
            background = Background(dataset, journal, jobs, settings)
            state = ServiceState(
                settings,
                queries,
                snapshots,
                check_slots=asyncio.Semaphore(CHECKS_AT_ONCE),
                tokens=TokenFile(dataset.root),
                accounts=AccountFile(dataset.root),
                sessions=Sessions(Lifetime.of(settings), utc_now),
                attempts=Attempts(AttemptLimits.of(settings), utc_now),
                login_slots=asyncio.Semaphore(LOGINS_AT_ONCE),
                dataset=dataset,
                journal=journal,
                jobs=jobs,
                background=background,
            )
            app.state.service = state
            app.state.metrics.watch(state)
            following = asyncio.create_task(_follow(state))
            writing = asyncio.create_task(background.run())
            try:
                yield
            finally:
                following.cancel()
                writing.cancel()
                await asyncio.gather(following, writing, return_exceptions=True)
                snapshots.close()

    return lifespan


async def _follow(state: ServiceState) -> None:
    """Load what the first check needs, then go on to each generation that is published."""
    is_cold = True
    while True:
        try:
            is_cold = await state.snapshots.refresh() or is_cold
            if is_cold:
                await state.snapshots.warm(state.journal)
                await state.snapshots.figures()
                is_cold = False
            await state.queries.refresh()
        except (KreislaufstadtError, OSError) as error:
            # The loaded generation stays; the next look may find a whole one.
            _LOG.warning("the newest generation cannot be loaded: %s", error)
        await asyncio.sleep(_LOOK_SECONDS)
