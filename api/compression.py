"""Send answers compressed when the client reads that and there is something to save."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from typing import Final

import brotli  # type: ignore[import-untyped]  # it has no annotations
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.negotiation import best_coding

# Below a network packet nothing is saved; above the second the event loop would notice.
SMALLEST_BYTES: Final = 1400
_THREAD_BYTES: Final = 65_536
_TEXT: Final = re.compile(r"text/|.*(json|xml|n-triples|n-quads|trig|turtle|javascript|yaml)")
_SUFFIX: Final = re.compile(r'-(br|gzip)"')


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


def _brotli(body: bytes) -> bytes:
    return bytes(brotli.compress(body, quality=4))


_PACKERS: Final[dict[str, Callable[[bytes], bytes]]] = {"br": _brotli, "gzip": _gzip}


@lru_cache(maxsize=128)
def _is_text(content_type: str) -> bool:
    return _TEXT.match(content_type) is not None


class Compression:
    """Compress whole answers of text; what comes in pieces or is small goes out as it is.

    The entity tag names the coding, and a client's tag is read without it, so that the doors behind
    this one know nothing of codings.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        known = _plain_tags(scope)
        started: Message | None = None

        async def send_packed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = message
                return
            if started is not None:
                start, started = started, None
                if known and start["status"] == HTTPStatus.NOT_MODIFIED:
                    _mark_tag(MutableHeaders(scope=start), known)
                elif len(message.get("body", b"")) >= SMALLEST_BYTES:
                    message = await _packed(scope, start, message)
                await send(start)
            await send(message)

        await self._app(scope, receive, send_packed)


def _plain_tags(scope: Scope) -> str:
    """Take the coding out of the client's entity tags and return it, "" when there was none."""
    for index, (name, value) in enumerate(scope["headers"]):
        if name == b"if-none-match":
            text = value.decode("latin-1")
            found = _SUFFIX.search(text)
            if found is not None:
                headers = list(scope["headers"])
                headers[index] = (name, _SUFFIX.sub('"', text).encode("latin-1"))
                scope["headers"] = headers
                return found[1]
    return ""


async def _packed(scope: Scope, start: Message, message: Message) -> Message:
    headers = MutableHeaders(scope=start)
    is_part = message.get("more_body", False) or start["status"] == HTTPStatus.PARTIAL_CONTENT
    if is_part or "content-encoding" in headers or not _is_text(headers.get("content-type", "")):
        return message
    if "accept-encoding" not in headers.get("vary", "").lower():
        headers.add_vary_header("Accept-Encoding")
    coding = best_coding(Headers(scope=scope).get("accept-encoding"), tuple(_PACKERS))
    if coding is None:
        return message
    body, pack = message["body"], _PACKERS[coding]
    small = len(body) < _THREAD_BYTES
    body = pack(body) if small else await run_in_threadpool(pack, body)
    headers["content-encoding"] = coding
    headers["content-length"] = str(len(body))
    _mark_tag(headers, coding)
    return {**message, "body": body}


def _mark_tag(headers: MutableHeaders, coding: str) -> None:
    tag = headers.get("etag")
    if tag is not None and tag.endswith('"'):
        headers["etag"] = f'{tag[:-1]}-{coding}"'
