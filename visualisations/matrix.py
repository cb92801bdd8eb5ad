"""Set measures against SDG goals: a table with text in each cell, not colour alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.labels import labels_of
from kg.language import Language
from kg.store import Store
from kg.stored import run_stored
from ontology.namespaces import SDG
from visualisations.grid import (
    Column,
    Grid,
    GridCell,
    GridRow,
    Mark,
    RowGroup,
    grid_html,
    grid_rows,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold the SDG targets of one goal that a measure is linked to.

    `reviewed` are declared by a document or confirmed by a person, `proposed` wait for review;
    codes such as "12.5", sorted.
    """

    reviewed: tuple[str, ...]
    proposed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """Hold a measure and its cells by goal code; goals without a link are absent."""

    iri: str
    number: str
    label: str
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Hold the goals (code, label) as columns and the measures as rows."""

    goals: tuple[tuple[str, str], ...]
    rows: tuple[MatrixRow, ...]


def measure_sdg_matrix(store: Store, city: str, language: Language) -> Matrix:
    """Return the measures of a city (AGS) against the 17 goals, those without a link too."""
    links = run_stored(store, "measure-sdg-links", {"city": city, "language": language})
    found: dict[str, dict[str, dict[bool, set[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(set))
    )
    for link in links.records():
        open_link = link["status"].endswith("/proposed")
        found[link["measure"]][link["goal_code"]][open_link].add(link["target_code"])
    measures = run_stored(store, "measures", {"city": city, "language": language}).records()
    rows = tuple(
        MatrixRow(
            iri=measure["measure"],
            number=measure.get("number", ""),
            label=measure["measure_label"],
            cells={
                goal: Cell(_sorted(codes[False]), _sorted(codes[True] - codes[False]))
                for goal, codes in found[measure["measure"]].items()
            },
        )
        for measure in measures
    )
    names = labels_of(store, [f"{SDG}{code}" for code in range(1, 18)], language)
    goals = tuple((str(code), names[f"{SDG}{code}"]) for code in range(1, 18))
    return Matrix(goals, rows)


def _sorted(codes: set[str]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=lambda code: (code.split(".")[1].zfill(3), code)))


_TEXTS: dict[Language, dict[str, str]] = {
    "de": {
        "caption": "Maßnahmen und SDG-Unterziele. Ohne Zusatz: vom Dokument erklärt oder bestätigt;"
        " mit »?«: Vorschlag, ungeprüft.",
        "measure": "Maßnahme",
        "proposed": "Vorschlag",
    },
    "en": {
        "caption": "Measures and SDG targets. Plain: declared by the document or confirmed;"
        " with “?”: proposal, not reviewed.",
        "measure": "Measure",
        "proposed": "proposal",
    },
}


def matrix_grid(matrix: Matrix, language: Language) -> Grid:
    """Return the matrix as a grid without groups."""
    texts = _TEXTS[language]
    rows = tuple(
        GridRow(_heading(row), {code: GridCell(_marks(cell)) for code, cell in row.cells.items()})
        for row in matrix.rows
    )
    columns = tuple(Column(code, f"SDG {code}", label) for code, label in matrix.goals)
    return Grid(texts["caption"], texts["measure"], columns, (RowGroup("", rows),))


def matrix_html(matrix: Matrix, language: Language) -> str:
    """Return the matrix as an HTML table with row and column headings; labels are escaped."""
    proposed = _TEXTS[language]["proposed"]
    return grid_html(
        matrix_grid(matrix, language), {"reviewed": "", "proposed": proposed, "conflict": ""}
    )


def _heading(row: MatrixRow) -> str:
    return f"{row.number} {row.label}".strip()


def _marks(cell: Cell) -> tuple[Mark, ...]:
    return (
        *(Mark(code, "reviewed") for code in cell.reviewed),
        *(Mark(code, "proposed") for code in cell.proposed),
    )


def matrix_rows(matrix: Matrix, language: Language) -> list[list[str]]:
    """Return the matrix as rows of text with a heading row, for spreadsheets."""
    return grid_rows(matrix_grid(matrix, language))
