"""Let people log in with an account or a token, and log out again."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.pages.paths import page_path
from api.pages.rendering import render_page
from api.sessions.cookies import forget_session_id, give_session_id, session_id_of
from api.sessions.forms import FORM_HEADERS, demand_own_page, own_form, text_of
from api.sessions.store import Holder
from api.state import ServiceState, state_of
from api.visitors import address_of
from kg.access.accounts import folded
from kg.errors import ServerBusy
from kg.language import Language

# Each takes 64 MiB and much of a core for a while.
LOGINS_AT_ONCE: Final = 2
_WAITING_SECONDS: Final = 10.0
_LONGEST_PATH: Final = 4000


async def login_page(request: Request, language: Language) -> Response:
    """Return the form, or after a right answer to it the page that the reader came from."""
    if request.method != "POST":
        wanted = request.query_params.get("next", "")
        return _form(language, _own_path(wanted, language))
    demand_own_page(request)
    form = await request.form()
    way = _own_path(text_of(form, "next"), language)
    name, token = text_of(form, "name"), text_of(form, "token")
    # Blanks at the ends of a password are part of it.
    typed = form.get("password")
    password = typed if isinstance(typed, str) else ""
    holder = await _holder(request, name, password, token)
    if holder is None:
        tried = "token" if token else "account"
        return _form(language, way, tried=tried, name=name[:200], status=HTTPStatus.FORBIDDEN)
    state = state_of(request)
    # An id that somebody else may know is worth nothing after a login.
    state.sessions.end(session_id_of(request, state.settings))
    answer = RedirectResponse(way, HTTPStatus.SEE_OTHER, {"Cache-Control": "no-store"})
    give_session_id(answer, state.settings, state.sessions.begin(holder))
    return answer


async def log_out(request: Request, language: Language) -> Response:
    """End the session and return to the start page."""
    await own_form(request)
    state = state_of(request)
    state.sessions.end(session_id_of(request, state.settings))
    answer = RedirectResponse(page_path("start", language), HTTPStatus.SEE_OTHER)
    forget_session_id(answer, state.settings)
    return answer


def _form(
    language: Language,
    way: str,
    *,
    tried: str = "",
    name: str = "",
    status: int = HTTPStatus.OK,
) -> Response:
    values = {"way": way, "tried": tried, "name": name}
    answer = render_page("login", language, values, query={"next": way})
    answer.status_code = status
    answer.headers.update({**FORM_HEADERS, "Cache-Control": "no-store"})
    return answer


async def _holder(request: Request, name: str, password: str, token: str) -> Holder | None:
    """Return who these words belong to; the same answer and the same work for unknown names."""
    state, address = state_of(request), address_of(request)
    account = "" if token else folded(name)
    state.attempts.count(account, address)
    if token:
        grant = state.tokens.find(token)
        holder = Holder("token", grant.key) if grant else None
    else:
        holder = await _account_holder(state, name, password)
    if holder is not None:
        state.attempts.forgive(account, address)
    return holder


async def _account_holder(state: ServiceState, name: str, password: str) -> Holder | None:
    try:
        async with asyncio.timeout(_WAITING_SECONDS):
            await state.login_slots.acquire()
    except TimeoutError as error:
        raise ServerBusy(LOGINS_AT_ONCE) from error
    try:
        found = await run_in_threadpool(state.accounts.find, name, password)
    finally:
        state.login_slots.release()
    return Holder("account", found.grant.key, found.stamp) if found else None


def _own_path(text: str, language: Language) -> str:
    r"""Return a path of this service, the list of proposals for anything else.

    >>> _own_path("/de/matrix?x=1", "de"), _own_path("//evil.example", "de")
    ('/de/matrix?x=1', '/de/vorschlaege')
    >>> _own_path("/\\evil.example", "en"), _own_path("https://evil.example", "en")
    ('/en/proposals', '/en/proposals')
    """
    is_path = text.startswith("/") and not text.startswith("//")
    if is_path and len(text) <= _LONGEST_PATH and "\\" not in text and text.isprintable():
        return text
    return page_path("proposals", language)
