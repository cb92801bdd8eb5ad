"""Choose format and language by what a client says it can read (RFC 9110, 12.4 and 12.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeVar

from kg.language import LANGUAGES, Language

Offer = TypeVar("Offer")
_EXACT: Final = 3


@dataclass(frozen=True, slots=True)
class _Range:
    """Hold one entry of an Accept header in the order in which it stood there."""

    name: str
    quality: float
    position: int

    def fits(self, media_type: str) -> int:
        """Return 3 for the same type, 2 for `type/*`, 1 for `*/*`, 0 for another type."""
        if self.name == media_type:
            return _EXACT
        if self.name.endswith("/*") and media_type.startswith(self.name[:-1]):
            return 2
        return 1 if self.name == "*/*" else 0


def _ranges(header: str) -> list[_Range]:
    ranges = []
    for position, entry in enumerate(header.split(",")):
        name, *parameters = (part.strip().lower() for part in entry.split(";"))
        if name:
            ranges.append(_Range(name, _quality(parameters), position))
    return ranges


def _quality(parameters: Iterable[str]) -> float:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                quality = float(value)
            except ValueError:
                return 0.0
            return quality if 0.0 <= quality <= 1.0 else 0.0
    return 1.0


def best_offer(accept: str | None, offers: Mapping[Offer, Iterable[str]]) -> Offer | None:
    """Return the offer a client likes best, or None when it takes none of them.

    Each offer has a media type and perhaps other names of it, which `*` does not mean. Without an
    Accept header it is the first offer; between equals the more exact entry wins, then the client's
    order, then ours.

    >>> best_offer("text/turtle;q=0.5, text/html", {"rdf": ["text/turtle"], "page": ["text/html"]})
    'page'
    >>> best_offer("image/png", {"rdf": ["text/turtle"]}) is None
    True
    """
    if accept is None or not accept.strip():
        return next(iter(offers), None)
    ranges = _ranges(accept)
    best: Offer | None = None
    best_rank = (0.0, 0, 0)
    for offer, media_types in offers.items():
        for position, media_type in enumerate(media_types):
            rank = _rank(ranges, media_type)
            is_meant = position == 0 or rank[1] == _EXACT
            if is_meant and rank[0] > 0.0 and rank > best_rank:
                best, best_rank = offer, rank
    return best


def _rank(ranges: list[_Range], media_type: str) -> tuple[float, int, int]:
    fitting = [(entry.fits(media_type), entry) for entry in ranges]
    closeness, entry = max(
        fitting,
        key=lambda pair: (pair[0], -pair[1].position),
        default=(0, _Range("", 0.0, 0)),
    )
    if closeness == 0:
        return (0.0, 0, 0)
    return (entry.quality, closeness, -entry.position)


@lru_cache(maxsize=128)
def best_coding(accept_encoding: str | None, codings: tuple[str, ...]) -> str | None:
    """Return the coding a client likes best, ours first between equals, None for none of them.

    >>> best_coding("gzip, br", ("br", "gzip")), best_coding("gzip;q=1, br;q=0.1", ("br", "gzip"))
    ('br', 'gzip')
    >>> best_coding(None, ("br",)) is None, best_coding("*, br;q=0", ("br", "gzip"))
    (True, 'gzip')
    """
    named = {entry.name: entry.quality for entry in _ranges(accept_encoding or "")}
    others = named.get("*", 0.0)
    qualities = {coding: named.get(coding, others) for coding in codings}
    best = max(codings, key=lambda coding: qualities[coding])
    return best if qualities[best] > 0.0 else None


def best_language(accept_language: str | None, default: Language) -> Language:
    """Return German or English, whichever a reader ranks higher.

    >>> best_language("fr, en-GB;q=0.8, de;q=0.4", "de")
    'en'
    """
    chosen, chosen_quality = default, 0.0
    for entry in _ranges(accept_language or ""):
        for language in LANGUAGES:
            if entry.name.split("-")[0] == language and entry.quality > chosen_quality:
                chosen, chosen_quality = language, entry.quality
    return chosen
