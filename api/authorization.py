"""Find out who asks, by the bearer token of a request (RFC 6750), and whether they may."""

from __future__ import annotations

from starlette.requests import Request

from api.state import state_of
from kg.access import Grant, Role
from kg.errors import NotAllowed, NotAuthorised

_SCHEME = "bearer"


def token_of(request: Request) -> str | None:
    """Return the bearer token of the Authorization header, None without one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == _SCHEME else None


def known_writer(request: Request) -> Grant | None:
    """Return whose token a request carries; None without a token.

    Raises:
        NotAuthorised: the token is unknown, malformed or ended.
    """
    token = token_of(request)
    if token is None:
        return None
    grant = state_of(request).tokens.find(token)
    if grant is None:
        raise NotAuthorised
    return grant


def writer_of(request: Request) -> Grant:
    """Return whose token a request carries.

    Raises:
        NotAuthorised: there is no token, or none that holds.
    """
    grant = known_writer(request)
    if grant is None:
        raise NotAuthorised
    return grant


def demand(grant: Grant, role: Role, city: str) -> None:
    """Make sure that a grant allows what `role` may do for a city (AGS, or `EVERY_CITY`).

    Raises:
        NotAllowed: it does not.
    """
    if not grant.allows(role, city):
        raise NotAllowed(role.value, city)
