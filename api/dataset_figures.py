"""Count what a generation holds: classes and properties, in all and in each named graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from api.own_queries import own_query
from kg.store import Row, Store, text_of


@dataclass(frozen=True, slots=True)
class PropertyFigures:
    """Count the triples of one property; `values` is None where it was not counted."""

    iri: str
    triples: int
    subjects: int
    values: int | None = None


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Count the things of one class, and what is said about them where that was counted."""

    iri: str
    entities: int
    properties: tuple[PropertyFigures, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphFigures:
    """Count one graph; classes and properties are in the order of their IRIs."""

    subjects: int
    classes: tuple[ClassFigures, ...]
    properties: tuple[PropertyFigures, ...]

    @property
    def triples(self) -> int:
        """Return the number of triples."""
        return sum(line.triples for line in self.properties)


@dataclass(frozen=True, slots=True)
class DatasetFigures:
    """Count the union of all graphs and each named graph by its IRI."""

    whole: GraphFigures
    graphs: Mapping[str, GraphFigures]


def figures_of(store: Store) -> DatasetFigures:
    """Return the figures of a store; the time grows with its size, so ask once a generation."""
    used = defaultdict(list)
    for row in store.select(own_query("figures-class-properties")):
        used[row["class"].value].append(_property(row))
    whole = GraphFigures(
        subjects=_number(store.select(own_query("figures-whole"))[0], "subjects"),
        classes=tuple(
            ClassFigures(
                row["class"].value, _number(row, "entities"), tuple(used[row["class"].value])
            )
            for row in store.select(own_query("figures-classes"))
        ),
        properties=tuple(_property(row) for row in store.select(own_query("figures-properties"))),
    )
    classes, properties = defaultdict(list), defaultdict(list)
    for row in store.select(own_query("figures-graph-classes")):
        line = ClassFigures(row["class"].value, _number(row, "entities"))
        classes[row["graph"].value].append(line)
    for row in store.select(own_query("figures-graph-properties")):
        properties[row["graph"].value].append(_property(row))
    graphs = {
        row["graph"].value: GraphFigures(
            _number(row, "subjects"),
            tuple(classes[row["graph"].value]),
            tuple(properties[row["graph"].value]),
        )
        for row in store.select(own_query("figures-graphs"))
    }
    return DatasetFigures(whole, graphs)


def _property(row: Row) -> PropertyFigures:
    return PropertyFigures(
        row["property"].value,
        _number(row, "triples"),
        _number(row, "subjects"),
        _number(row, "values") if "values" in row else None,
    )


def _number(row: Row, name: str) -> int:
    return int(text_of(row.get(name)))
