"""Find out at the door who is logged in; keep others out where reading is not public."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.authorization import known_writer
from api.pages.paths import PATHS
from api.problems import answer_failure
from api.readers import reader_language, wants_page
from api.sessions.cookies import session_id_of
from api.sessions.visitor import Visitor, remember_visitor
from api.state import ServiceState
from kg.access import Grant
from kg.errors import KreislaufstadtError, LoginNeeded
from kg.settings import Settings

# What says nothing of the data, or asks by itself who reads.
_OPEN: Final = frozenset({*PATHS["login"].values(), "/healthz", "/readyz", "/metrics"})
_STATIC: Final = "/static/"


class KnownVisitors:
    """Pass requests on with their visitor; answers to people who are logged in stay with them."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or ask whoever sent it to log in."""
        if scope["type"] != "http" or scope["path"].startswith(_STATIC):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            visitor = _visitor_of(request, self._settings)
            is_open = self._settings.public_reading or scope["path"] in _OPEN
            is_known = is_open or visitor.grant is not None or known_writer(request) is not None
        except KreislaufstadtError as error:
            await (await answer_failure(request, error))(scope, receive, send)
            return
        remember_visitor(visitor)
        if not is_known:
            await self._asked_to_log_in(request, visitor, send)
            return

        async def send_kept(message: Message) -> None:
            if message["type"] == "http.response.start" and visitor.grant is not None:
                MutableHeaders(scope=message)["Cache-Control"] = "no-store"
            await send(message)

        await self._app(scope, receive, send_kept)

    async def _asked_to_log_in(self, request: Request, visitor: Visitor, send: Send) -> None:
        scope, receive = request.scope, request.receive
        if request.method in ("GET", "HEAD") and wants_page(request):
            path = PATHS["login"][reader_language(request)]
            to_login = RedirectResponse(f"{path}?{urlencode({'next': visitor.path})}", 303)
            await to_login(scope, receive, send)
            return
        await (await answer_failure(request, LoginNeeded()))(scope, receive, send)


def _visitor_of(request: Request, settings: Settings) -> Visitor:
    query = request.scope["query_string"].decode("latin-1")
    path = request.url.path + (f"?{query}" if query else "")
    identifier = session_id_of(request, settings)
    if not identifier:
        return Visitor(path)
    state: ServiceState = request.app.state.service
    session = state.sessions.find(identifier)
    if session is None:
        return Visitor(path)
    grant = _grant_behind(state, session.holder.kind, session.holder.key, session.holder.stamp)
    if grant is None:
        # Disabled, revoked, or with another password by now.
        state.sessions.end(identifier)
        return Visitor(path)
    return Visitor(path, grant, session.form_token)


def _grant_behind(state: ServiceState, kind: str, key: str, stamp: str) -> Grant | None:
    return state.tokens.grant(key) if kind == "token" else state.accounts.grant(key, stamp)
