"""Tell a supervisor whether the service lives and whether it can answer."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.state import state_of


async def healthz(_: Request) -> Response:
    """Answer as long as the process answers at all."""
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> Response:
    """Answer 200 when a generation is loaded and queries can run, else 503."""
    state = state_of(request)
    ready = state.queries.is_ready and state.snapshots.is_ready
    content = {
        "status": "ready" if ready else "not-ready",
        "generation": state.queries.generation,
    }
    return JSONResponse(content, status_code=200 if ready else 503)
