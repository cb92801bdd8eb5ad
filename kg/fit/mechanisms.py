"""Know when a mechanism such as a rebound effect is worth a look."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files

from ontology.namespaces import scheme


@dataclass(frozen=True, slots=True)
class Mechanism:
    """Say when a mechanism such as a rebound effect is worth a look: all given parts must hold.

    A part holds when the measure has one of its concepts, R-strategies or fields.
    """

    iri: str
    concepts: frozenset[str]
    r_strategies: frozenset[str]
    fields: frozenset[str]


def read_mechanisms() -> tuple[Mechanism, ...]:
    """Return the mechanisms of `mechanisms.csv`."""
    text = files("kg.fit").joinpath("mechanisms.csv").read_text("utf-8")

    def iris(name: str, cell: str) -> frozenset[str]:
        return frozenset(scheme(name, code.strip()) for code in cell.split(";") if code.strip())

    return tuple(
        Mechanism(
            scheme("mechanism", row["mechanism"]),
            iris("thesaurus", row["concepts"]),
            iris("r-strategy", row["r_strategies"]),
            iris("value-chain", row["fields"]),
        )
        for row in csv.DictReader(text.splitlines())
    )
