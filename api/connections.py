"""Stand between a client's connection and the server: neither slow nor crowding clients hold it up.

A request must arrive, and an answer be taken, within some seconds; a head has a size, and there is
a number of connections. Whoever goes over is told so where HTTP still allows it, and cut off.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar, Final, cast
from typing import Protocol as Shape

from uvicorn.config import Config
from uvicorn.protocols.http.auto import AutoHTTPProtocol
from uvicorn.server import ServerState

from kg.language import Text
from kg.settings import Settings

_PROBLEM: Final = "https://w3id.org/kreislaufstadt/problem/"


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """Bound one connection and the number of all of them."""

    connections: int
    head_bytes: int
    request_seconds: float
    sending_seconds: float

    @classmethod
    def of(cls, settings: Settings) -> ConnectionLimits:
        """Return the limits that the settings name."""
        return cls(
            connections=settings.connections,
            head_bytes=settings.head_bytes,
            request_seconds=settings.request_seconds,
            sending_seconds=settings.sending_seconds,
        )


class _Cycle(Shape):
    """Be what the server knows of a request and its answer."""

    more_body: bool
    response_started: bool
    response_complete: bool


class _Server(Shape):
    """Be the server's own protocol, whichever parser it has."""

    cycle: _Cycle | None


class BoundedProtocol(asyncio.Protocol):
    """Pass everything between a connection and the server, and watch the clock and the sizes."""

    limits: ClassVar[ConnectionLimits]

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        make = AutoHTTPProtocol
        self._inner: asyncio.Protocol = make(config, server_state, app_state, _loop)  # type: ignore[call-arg]  # declared as a bare protocol
        self._state = server_state
        self._transport: asyncio.Transport | None = None
        self._receiving: asyncio.TimerHandle | None = None
        self._sending: asyncio.TimerHandle | None = None
        self._head_bytes = 0
        self._is_served = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a connection, or refuse it when there are too many."""
        # A stream in either loop; the faster one's is no subclass of asyncio's.
        self._transport = cast("asyncio.Transport", transport)
        if len(self._state.connections) >= self.limits.connections:
            self._refuse(_too_many(self.limits.connections))
            return
        self._is_served = True
        self._inner.connection_made(transport)
        self._expect_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        for timer in (self._receiving, self._sending):
            if timer is not None:
                timer.cancel()
        if self._is_served:
            self._inner.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Pass bytes on, and look whether the request is whole now."""
        if self._transport is None or self._transport.is_closing():
            return
        self._inner.data_received(data)
        cycle = cast("_Server", self._inner).cycle  # both parsers of the server have it
        if cycle is None or cycle.response_complete:
            self._head_bytes += len(data)
            if self._head_bytes > self.limits.head_bytes:
                self._refuse(_long_head(self.limits.head_bytes))
                return
        else:
            self._head_bytes = 0
        if cycle is None or cycle.response_complete or cycle.more_body:
            self._expect_request()
        elif self._receiving is not None:
            self._receiving.cancel()
            self._receiving = None

    def eof_received(self) -> bool | None:
        """Pass the end on."""
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        """Give the client some seconds to take what was written."""
        self._inner.pause_writing()
        if self._sending is None and self._transport is not None:
            seconds = self.limits.sending_seconds
            loop = asyncio.get_running_loop()
            self._sending = loop.call_later(seconds, self._transport.abort)

    def resume_writing(self) -> None:
        """Note that the client took it."""
        if self._sending is not None:
            self._sending.cancel()
            self._sending = None
        self._inner.resume_writing()

    def _expect_request(self) -> None:
        if self._receiving is None:
            loop = asyncio.get_running_loop()
            self._receiving = loop.call_later(self.limits.request_seconds, self._end_request)

    def _end_request(self) -> None:
        cycle = cast("_Server", self._inner).cycle  # as above
        if cycle is not None and cycle.response_started and not cycle.response_complete:
            if self._transport is not None:
                self._transport.abort()
            return
        self._refuse(_slow_request(self.limits.request_seconds))

    def _refuse(self, answer: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(answer)
            self._transport.close()


def bounded_protocol(limits: ConnectionLimits) -> type[BoundedProtocol]:
    """Return the protocol for connections with these limits."""

    class Bounded(BoundedProtocol):
        """Have the limits of one server."""

    Bounded.limits = limits
    return Bounded


def _too_many(limit: int) -> bytes:
    detail = Text(
        f"Es sind schon {limit} Verbindungen offen, mehr nimmt der Dienst nicht an.",
        f"{limit} connections are open already, the most that the service takes.",
    )
    return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "too-many-connections", detail)


def _long_head(limit: int) -> bytes:
    detail = Text(
        f"Adresse und Kopfzeilen sind zusammen länger als {limit} Bytes."
        " Lange Anfragen bitte mit POST senden.",
        f"Address and header fields are longer than {limit} bytes together."
        " Please send long queries by POST.",
    )
    return _answer(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "head-too-large", detail)


def _slow_request(seconds: float) -> bytes:
    detail = Text(
        f"Die Anfrage war nach {seconds:g} Sekunden nicht vollständig angekommen.",
        f"The request had not arrived completely after {seconds:g} seconds.",
    )
    return _answer(HTTPStatus.REQUEST_TIMEOUT, "request-too-slow", detail)


def _answer(status: HTTPStatus, code: str, detail: Text) -> bytes:
    """Return a whole answer, in both languages: the head that would tell which was not read."""
    content = {
        "type": _PROBLEM + code,
        "title": status.phrase,
        "status": int(status),
        "detail": f"{detail.de} / {detail.en}",
        "code": code,
    }
    body = json.dumps(content, ensure_ascii=False).encode()
    head = (
        f"HTTP/1.1 {int(status)} {status.phrase}\r\nContent-Type: application/problem+json\r\n"
        f"Content-Language: de, en\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
        "Retry-After: 2\r\nX-Content-Type-Options: nosniff\r\n\r\n"
    )
    return head.encode("ascii") + body
