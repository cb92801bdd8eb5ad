"""Send one HTTP request with a length and a deadline, and stop reading at a number of bytes."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

from kg.errors import RemoteFailed
from kg.remote.credentials import Credentials

_DETAIL: Final = 200
_PART: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Received:
    """Hold an answer: its status, its headers in lower case, and its body.

    `is_cut` tells that the body went over the limit and was not read to its end.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_cut: bool = False

    @property
    def complaint(self) -> str:
        """Return the first line of the body, short enough for a message."""
        lines = self.body[: 4 * _DETAIL].decode("utf-8", "replace").strip().splitlines()
        return (lines[0] if lines else f"HTTP {self.status}")[:_DETAIL]


class Sending:
    """Be one request under way, which another thread may stop."""

    def __init__(self, url: str, *, timeout_seconds: float) -> None:
        self._url = url
        self._parts = urlsplit(url)
        make = HTTPSConnection if self._parts.scheme == "https" else HTTPConnection
        self._connection = make(
            self._parts.hostname or "", self._parts.port, timeout=timeout_seconds
        )
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Cut the connection; `send` then ends with `RemoteFailed`."""
        self._stopped.set()
        if self._connection.sock is not None:
            with contextlib.suppress(OSError):
                self._connection.sock.shutdown(socket.SHUT_RDWR)

    def send(
        self,
        method: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str],
        most_bytes: int | None = None,
    ) -> Received:
        """Return what the engine answers.

        Raises:
            RemoteFailed: It cannot be reached, is too slow, or hangs up.
        """
        target = self._parts._replace(scheme="", netloc="").geturl()
        try:
            self._connection.connect()
            if self._stopped.is_set():
                raise RemoteFailed(self._url, "stopped")
            # Bytes with a length: of a chunked body Virtuoso stores nothing and says 204.
            self._connection.request(method, target, body=body or None, headers=dict(headers))
            return _read(self._connection.getresponse(), most_bytes)
        except (OSError, HTTPException) as error:
            detail = str(error).splitlines() or [type(error).__name__]
            raise RemoteFailed(self._url, detail[0]) from error
        finally:
            self._connection.close()


def _read(response: HTTPResponse, most_bytes: int | None) -> Received:
    headers = {name.lower(): value for name, value in response.getheaders()}
    if most_bytes is None:
        return Received(response.status, headers, response.read())
    body = bytearray()
    while part := response.read(min(_PART, most_bytes + 1 - len(body))):
        body += part
        if len(body) > most_bytes:
            return Received(response.status, headers, bytes(body[:most_bytes]), is_cut=True)
    return Received(response.status, headers, bytes(body))


def send(
    method: str,
    url: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str],
    credentials: Credentials,
    timeout_seconds: float,
) -> Received:
    """Return what an engine answers to a request, proven when the engine wants a proof.

    Raises:
        RemoteFailed: It cannot be reached, is too slow, or hangs up.
    """
    if credentials.are_given and not credentials.has_challenge:
        # A short request first: not every engine reads a long body before it asks for a proof.
        asked = Sending(url, timeout_seconds=timeout_seconds).send("GET", headers={})
        credentials.learn(asked.headers.get("www-authenticate", "Basic"))
    received = Sending(url, timeout_seconds=timeout_seconds).send(
        method, body=body, headers={**headers, **credentials.headers(method, url)}
    )
    if received.status == 401 and "www-authenticate" in received.headers:
        # The challenge was used up.
        credentials.learn(received.headers["www-authenticate"])
        received = Sending(url, timeout_seconds=timeout_seconds).send(
            method, body=body, headers={**headers, **credentials.headers(method, url)}
        )
    return received
