"""Tell pages who looks at them."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from kg.access import Grant


@dataclass(frozen=True, slots=True)
class Visitor:
    """Hold the address that was asked for, who is logged in, and what their forms carry."""

    path: str = "/"
    grant: Grant | None = None
    form_token: str = ""


# Set for each request by `KnownVisitors`; a page has it without every function handing it on.
_VISITOR: ContextVar[Visitor] = ContextVar("visitor")
_NOBODY: Final = Visitor()


def present_visitor() -> Visitor:
    """Return who looks at the page that is being made."""
    return _VISITOR.get(_NOBODY)


def remember_visitor(visitor: Visitor) -> None:
    """Say who looks at what this request answers."""
    _VISITOR.set(visitor)
