"""Let pages of other origins read, when the operator names them; never with credentials.

The default is nobody. The service stands on the reader's own machine by default, where any page
they visit could otherwise read a city's unpublished drafts. A public service sets `*`.
"""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOBODY: Final = "none"
ANYBODY: Final = "*"
# Reading only: no PUT, PATCH or DELETE, and no Authorization, so a page can use nobody's token.
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_EXPOSED: Final = "ETag, Link, Content-Location, Kreislaufstadt-Generation, Retry-After, Allow"


def allowed_origins(setting: str) -> frozenset[str]:
    """Return the origins that a setting names, none for `none`.

    >>> sorted(allowed_origins("https://a.example  https://b.example"))
    ['https://a.example', 'https://b.example']
    >>> allowed_origins("none")
    frozenset()
    """
    return frozenset(setting.split()) - {NOBODY}


class CrossOrigin:
    """Answer preflight requests, and tell a browser which origins may read (Fetch, 3.2)."""

    def __init__(self, app: ASGIApp, *, origins: frozenset[str]) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer a preflight request for the door behind."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        granted = self._granted(asked.get("origin", ""))
        if scope["method"] == "OPTIONS" and "access-control-request-method" in asked:
            headers = {**granted, **_PREFLIGHT} if granted else {}
            answer = Response(status_code=204, headers={"Vary": "Origin", **headers})
            await answer(scope, receive, send)
            return

        async def send_granted(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(granted)
                # Also without an origin: a cache must not give this answer to a page.
                if ANYBODY not in self._origins:
                    headers.add_vary_header("Origin")
            await send(message)

        await self._app(scope, receive, send_granted)

    def _granted(self, origin: str) -> dict[str, str]:
        if ANYBODY in self._origins:
            return {
                "Access-Control-Allow-Origin": ANYBODY,
                "Access-Control-Expose-Headers": _EXPOSED,
            }
        if origin in self._origins:
            return {
                "Access-Control-Allow-Origin": origin,
                "Access-Control-Expose-Headers": _EXPOSED,
            }
        return {}
