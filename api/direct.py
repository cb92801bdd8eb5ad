"""Lead a request to its one endpoint past everything that routing would do for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import answer_failure
from kg.errors import KreislaufstadtError


class DirectPath:
    """Answer one path of an application here; the innermost of its middlewares.

    Routing and the stacks of the framework take longer than the query of a label.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        path: str,
        endpoint: Callable[[Request], Awaitable[Response]],
        methods: frozenset[str],
    ) -> None:
        self._app = app
        self._path = path
        self._endpoint = endpoint
        self._methods = methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for the path by one of the methods; pass all others on."""
        is_ours = scope["type"] == "http" and scope["path"] == self._path
        if not is_ours or scope["method"] not in self._methods:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive, send)
        try:
            response = await self._endpoint(request)
        except (KreislaufstadtError, HTTPException) as error:
            response = await answer_failure(request, error)
        await response(scope, receive, send)
