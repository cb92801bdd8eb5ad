"""Read what a writer demands of a graph before it is changed (RFC 9110, 13.1)."""

from __future__ import annotations

import re
from typing import Final

from starlette.requests import Request

from kg.editing.applying import Condition

_TAGS: Final = re.compile(r'(W/)?"([^"]*)"')


def condition_of(request: Request) -> Condition:
    """Return the conditions of If-Match and If-None-Match.

    A tag is the state of the graph, a hyphen and the form it was sent in. Weak tags never match
    (13.1.1), so a list of them demands what cannot be.
    """
    match = request.headers.get("if-match")
    is_new = request.headers.get("if-none-match", "").strip() == "*"
    if match is None:
        return Condition(is_new=is_new)
    if match.strip() == "*":
        return Condition(is_new=is_new, must_match=True)
    strong = [tag for weak, tag in _TAGS.findall(match) if not weak]
    return Condition(frozenset(tag.partition("-")[0] for tag in strong), is_new=is_new)
