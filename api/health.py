"""Tell a supervisor whether the service lives, whether it can answer, and what it has done."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.authorization import demand, writer_of
from api.metrics import MEDIA_TYPE, Metrics
from api.security import is_loopback
from api.state import state_of
from kg.access import EVERY_CITY, Role

# Set by a proxy: then the address of the peer says nothing about who asks.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


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


async def metrics(request: Request) -> Response:
    """Answer with the metrics, on this machine to anybody, else to the admin of every city.

    Raises:
        NotAuthorised: the question comes from elsewhere, without a valid token.
        NotAllowed: the token is not one of an admin of every city.
    """
    peer = "" if request.client is None else request.client.host
    proxies = (*_FORWARDED, state_of(request).settings.client_header)
    if not is_loopback(peer) or any(name in request.headers for name in proxies if name):
        demand(writer_of(request), Role.ADMIN, EVERY_CITY)
    counted: Metrics = request.app.state.metrics
    return Response(counted.as_text(), headers={"Content-Type": MEDIA_TYPE})
