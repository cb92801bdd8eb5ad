"""List measures that may be the same work twice, where documents or departments differ."""

from __future__ import annotations

from collections.abc import Sequence

from api.interfaces.facts import Element, Facts
from api.interfaces.filters import Filters
from api.interfaces.sheets import Sheet, Texts, number_cell, sheet
from api.tables import Cell
from kg.fit.double_work import Pair
from kg.language import Language


def double_work_sheet(
    pairs: Sequence[Pair], facts: Facts, filters: Filters, language: Language, texts: Texts
) -> Sheet:
    """Return the pairs of one city's measures, at least one of them chosen.

    Those of two documents or two departments come first, then the likeliest.
    """
    rows: list[tuple[bool, int, tuple[Cell, ...]]] = []
    for pair in pairs:
        first = facts.elements.get(pair.first.iri)
        second = facts.elements.get(pair.second.iri)
        if first is None or second is None:
            continue
        if not (filters.chooses(first) or filters.chooses(second)):
            continue
        percent = round(100 * pair.likeness.probability)
        if percent < filters.least:
            continue
        between = _between(first, second, texts)
        cells = (
            Cell(first.heading, first.iri),
            Cell(_home(first)),
            Cell(second.heading, second.iri),
            Cell(_home(second)),
            number_cell(percent),
            Cell("; ".join(between) or texts["same_place"]),
            Cell("; ".join(pair.agrees(language))),
            Cell("; ".join(pair.clashes(language)) or texts["none"]),
        )
        rows.append((not between, -percent, cells))
    rows.sort(key=lambda row: row[:2])
    columns = ("first", "home", "second", "home", "probability", "between", "agrees", "clashes")
    return sheet("doubles", texts, columns, [cells for *_, cells in rows])


def _home(element: Element) -> str:
    department = element.words("department")
    return f"{element.document.label} ({department})" if department else element.document.label


def _between(first: Element, second: Element, texts: Texts) -> list[str]:
    """Return whether the two stand in two documents, at two departments, both or neither."""
    found = []
    if first.document.iri != second.document.iri:
        found.append(texts["two_documents"])
    one, other = first.iris("department"), second.iris("department")
    if one and other and not one & other:
        found.append(texts["two_departments"])
    return found
