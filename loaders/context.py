"""Hold what a loader needs to know beyond the file: the city, the limits and the lookups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kg.identifiers import Ags


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LoadContext:
    """Hold the city, the wishes of the caller, the limits and the lookups of one load.

    `source` names the graph in place of the file name; `columns` maps a heading of the file to a
    field or to a heading that is known. `goal_by_number` and `element_by_number` give the IRIs of
    goals and of elements and indicators loaded before; `sdg_indicator_codes` gives the IRI of an
    indicator's number; `instruments` gives the IRI of an instrument of the catalogue. `title`,
    `url`, `resolution` and `issued` describe the document where the file itself does not.
    `progress` is called with done and total.
    """

    ags: Ags
    city_name: str
    file_bytes: int
    unpacked_bytes: int
    source: str | None = None
    columns: Mapping[str, str] = field(default_factory=_nothing)
    goal_by_number: Mapping[str, str] = field(default_factory=_nothing)
    element_by_number: Mapping[str, str] = field(default_factory=_nothing)
    sdg_codes: frozenset[str] = frozenset()
    sdg_indicator_codes: Mapping[str, str] = field(default_factory=_nothing)
    instruments: Mapping[str, str] = field(default_factory=_nothing)
    progress: Callable[[int, int], None] | None = None
    title: str = ""
    url: str = ""
    resolution: str = ""
    issued: str = ""
