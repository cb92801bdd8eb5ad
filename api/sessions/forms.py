"""Take forms only from pages of one's own, and writing ones only from the session they show."""

from __future__ import annotations

import hmac
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request

from api.sessions.visitor import present_visitor
from kg.access import Grant
from kg.errors import FormRefused, NotAuthorised

FIELD: Final = "form_token"
# A page without a referrer sends »Origin: null« (Fetch, 3.2.2); pages with forms name their own.
FORM_HEADERS: Final = {"Referrer-Policy": "same-origin"}
_OWN_SITE: Final = frozenset({"same-origin", "none"})


async def own_form(request: Request) -> tuple[Grant, FormData]:
    """Return who sent a form that changes something, and its fields.

    Raises:
        NotAuthorised: nobody is logged in, or not any more.
        FormRefused: another page sent it, or a page of another session.
    """
    demand_own_page(request)
    visitor = present_visitor()
    if visitor.grant is None:
        raise NotAuthorised
    form = await request.form()
    given = form.get(FIELD)
    if not isinstance(given, str) or not _is_same(given, visitor.form_token):
        raise FormRefused
    return visitor.grant, form


def demand_own_page(request: Request) -> None:
    """Make sure that a browser sent a form from a page of this service.

    Raises:
        FormRefused: it came from elsewhere, or does not say from where, as browsers do.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in _OWN_SITE:
            raise FormRefused
        return
    origin = request.headers.get("origin", "")
    if urlsplit(origin).netloc != request.headers.get("host"):
        raise FormRefused


def text_of(form: FormData, name: str) -> str:
    """Return a field of a form without blanks around it, "" without one."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _is_same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())
