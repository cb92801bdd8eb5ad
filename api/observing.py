"""Count and log each request, and give it a number by which its log line is found."""

from __future__ import annotations

import logging
import secrets
import time
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.logs import FIELDS
from api.metrics import Metrics, door_of, known_method

_LOG = logging.getLogger(__name__)
HEADER: Final = "x-request-id"
_NO_ANSWER: Final = 499


class Observed:
    """Pass requests on; the outermost of all guards, so that refused ones are counted too."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; one whose client left before an answer counts as 499."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number, status, started = secrets.token_hex(8), _NO_ANSWER, time.perf_counter()
        self._metrics.began()

        async def numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = number
            await send(message)

        try:
            await self._app(scope, receive, numbered)
        finally:
            seconds = time.perf_counter() - started
            door, method = door_of(scope["path"]), known_method(scope["method"])
            self._metrics.ended(door, method, status, seconds)
            level = logging.DEBUG if door == "operation" else logging.INFO
            if _LOG.isEnabledFor(level):
                fields = {
                    "door": door,
                    "method": method,
                    "status": status,
                    "milliseconds": round(seconds * 1000, 1),
                    "request": number,
                }
                _LOG.log(
                    level,
                    "%s %s %d in %.0f ms",
                    method,
                    door,
                    status,
                    seconds * 1000,
                    extra={FIELDS: fields},
                )
