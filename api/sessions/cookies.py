"""Hand a session's id to a browser and take it back."""

from __future__ import annotations

from typing import Final

from starlette.requests import HTTPConnection
from starlette.responses import Response

from api.security import is_loopback
from kg.settings import Settings

_PLAIN: Final = "kreislaufstadt"
# Browsers take a cookie of that prefix only over HTTPS, for this host and all of its paths.
_SECURE: Final = "__Host-kreislaufstadt"


def is_secure(settings: Settings) -> bool:
    """Tell whether cookies go over HTTPS only."""
    if settings.https == "auto":
        return not is_loopback(settings.host)
    return settings.https == "yes"


def session_id_of(connection: HTTPConnection, settings: Settings) -> str:
    """Return the id that a browser sent, "" without one."""
    return connection.cookies.get(_name(settings), "")


def give_session_id(response: Response, settings: Settings, identifier: str) -> None:
    """Let a browser keep an id until it is closed; no script and no foreign page can use it."""
    response.set_cookie(
        _name(settings),
        identifier,
        path="/",
        secure=is_secure(settings),
        httponly=True,
        samesite="strict",
    )


def forget_session_id(response: Response, settings: Settings) -> None:
    """Let a browser forget its id."""
    response.delete_cookie(
        _name(settings), path="/", secure=is_secure(settings), httponly=True, samesite="strict"
    )


def _name(settings: Settings) -> str:
    return _SECURE if is_secure(settings) else _PLAIN
