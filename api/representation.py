"""Name a representation, so that a client need not fetch twice what has not changed (RFC 9110)."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

VARY: Final = "Accept, Accept-Encoding"
_LISTED: Final = re.compile(r'(?:W/)?("[^"]*")')
_SAFE: Final = ("GET", "HEAD")


def entity_tag(generation: str, *identity: str) -> str:
    """Return the entity tag of what a generation answers to a request, told by all that shapes it.

    It is weak: a new process may name blank nodes and order rows otherwise.

    >>> entity_tag("a1", "ASK {}", "json") == entity_tag("a1", "ASK {}", "json")
    True
    >>> entity_tag("a1", "ASK {}", "json") == entity_tag("b2", "ASK {}", "json")
    False
    """
    digest = hashlib.blake2b("\0".join(identity).encode(), digest_size=9).hexdigest()
    return f'W/"{generation}-{digest}"'


def not_modified(request: Request, tag: str, vary: str) -> Response | None:
    """Return the answer 304 when the client holds the representation already, else None.

    `*` is not counted: whether there is an answer at all is known only after asking.
    """
    known = request.headers.get("if-none-match")
    if known is None or request.method not in _SAFE:
        return None
    # If-None-Match compares weakly (RFC 9110, 13.1.2).
    if tag.removeprefix("W/") not in _LISTED.findall(known):
        return None
    return Response(
        status_code=304, headers={"ETag": tag, "Vary": vary, "Cache-Control": "no-cache"}
    )
