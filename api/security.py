"""Guard the door: headers on every answer, a limit on every body, a check of the host name."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.content_policy import CONTENT_SECURITY_POLICY
from api.encodings import BodyDecoder
from api.problems import http_problem
from api.refusals import BodyTooLarge, UnknownHost

_HEADERS: Final = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class SecurityHeaders:
    """Add the headers an answer lacks, and send no body in answer to HEAD (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app(scope, receive, send_guarded)


class BodyLimit:
    """Stop reading a body at a number of bytes, packed and unpacked, whatever its head says.

    `larger` has the limits of paths that take files.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        limit_bytes: int,
        unpacked_bytes: int,
        larger: Mapping[str, int] | None = None,
    ) -> None:
        self._app = app
        self._limit = limit_bytes
        self._unpacked = unpacked_bytes
        self._larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unpacked; reading its body raises the refusal at a limit."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._larger.get(scope["path"], self._limit)
        headers = Headers(scope=scope)
        encoding = headers.get("content-encoding", "")
        if encoding:
            # The application reads a plain body.
            packing = (b"content-encoding", b"content-length")
            kept = [(name, value) for name, value in scope["headers"] if name not in packing]
            scope = {**scope, "headers": kept}
        decoder: BodyDecoder | None = None
        declared = headers.get("content-length", "0")
        read = int(declared) if declared.isdecimal() else 0
        too_large = read > limit
        read = 0

        async def receive_counted() -> Message:
            nonlocal read, decoder
            if too_large:
                raise BodyTooLarge(limit)
            if encoding and decoder is None:
                decoder = BodyDecoder.for_encoding(encoding, self._unpacked)
            message = await receive()
            body = message.get("body", b"")
            read += len(body)
            if read > limit:
                raise BodyTooLarge(limit)
            if decoder is not None and message["type"] == "http.request":
                is_end = not message.get("more_body", False)
                return {**message, "body": decoder.unpack(body, is_end=is_end)}
            return message

        await self._app(scope, receive_counted, send)


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address means this machine only.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def host_name(header: str) -> str:
    """Return the name in a Host header without its port.

    >>> host_name("localhost:8000"), host_name("[::1]:8000")
    ('localhost', '::1')
    """
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0].lower()


class LoopbackOnly:
    """Refuse foreign host names, so that no web page reaches a local server under its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on if it was sent to this machine."""
        if scope["type"] == "http" and not is_loopback(
            host_name(Headers(scope=scope).get("host", ""))
        ):
            # No handler of the application stands outside this one.
            answer = http_problem(Request(scope), UnknownHost())
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)
