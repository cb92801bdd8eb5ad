"""Describe a loaded source: what it is, where it came from, and what was read from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import Quad

from kg.findings import Findings, Place


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """Describe one named graph of a source.

    `sha256` is the checksum of the file's bytes (hexadecimal); `city` the AGS or "" for reference
    data; `licence` an IRI, an SPDX name or "" where none is stated; `url` where the content was
    published; `loaded_by` the key of the token with which it was loaded, "" without one; `at` when
    it entered the dataset (ISO 8601, UTC), "" until then.
    """

    graph: str
    kind: str
    title_de: str
    title_en: str
    file: str
    sha256: str
    city: str = ""
    licence: str = ""
    url: str = ""
    loaded_by: str = ""
    at: str = ""


@dataclass(slots=True)
class Loaded:
    """Hold everything a loader made of one source.

    `read` counts the records met in the source (rows, forms, keys); `counts` the things made of
    them by kind ("measures", "goals", "indicators", "values", …); `places` tells for each IRI where
    it stands in the source, so that a broken rule can name sheet and row.
    """

    record: SourceRecord
    quads: list[Quad]
    read: int
    counts: Mapping[str, int]
    findings: Findings = field(default_factory=Findings)
    places: dict[str, Place] = field(default_factory=dict)
