"""Read from an address what a reader has done, and write the addresses of what comes next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request

from api.pages.paths import PATHS
from kg.errors import BadParameter
from kg.identifiers import expanded, shortened
from kg.language import Language, Text
from kg.network.steps import Step, parsed_step

MOST_STEPS: Final = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold where the reader started, the steps since then, and the thing looked at ("": start)."""

    start: str
    steps: tuple[Step, ...] = ()
    at: str = ""

    def query(self) -> str:
        """Return the query string that leads back here."""
        walked = _walked(self.start, self.steps)
        return f"{walked}&{_field('at', shortened(self.at))}" if self.at else walked

    def path(self, language: Language) -> str:
        """Return the address of the page."""
        return f"{PATHS['graph'][language]}?{self.query()}"

    def then(self, step: Step, at: str = "") -> Asked:
        """Return what it is after one more step, looking at a thing."""
        return replace(self, steps=(*self.steps, step), at=at or self.at)

    def back(self) -> Asked:
        """Return what it was before the last step."""
        return replace(self, steps=self.steps[:-1])

    def looking_at(self, thing: str) -> Asked:
        """Return the same with another thing looked at."""
        return replace(self, at=thing)


@lru_cache(maxsize=512)
def _walked(start: str, steps: tuple[Step, ...]) -> str:
    """Return the query of start and steps; a page has hundreds that begin with the same steps."""
    if not steps:
        return _field("iri", start)
    return f"{_walked(start, steps[:-1])}&{_field('step', str(steps[-1]))}"


def _field(name: str, value: str) -> str:
    return urlencode({name: value}, safe="/:")


def asked_of(request: Request) -> Asked | None:
    """Return what the address asks for, None when it names no start.

    Raises:
        BadParameter: A step cannot be read, or there are too many.
    """
    start = request.query_params.get("iri", "").strip()
    if not start:
        return None
    steps = request.query_params.getlist("step")
    if len(steps) > MOST_STEPS:
        expected = Text(f"höchstens {MOST_STEPS}-mal", f"at most {MOST_STEPS} of them")
        raise BadParameter("step", str(len(steps)), expected)
    at = request.query_params.get("at", "")
    return Asked(expanded(start), tuple(map(parsed_step, steps)), expanded(at) if at else "")
