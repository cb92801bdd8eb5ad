"""Know the column headings that cities use and the field each one means."""

from __future__ import annotations

from dataclasses import dataclass

from ontology.namespaces import SKOS, reference_graph
from ontology.quads import QuadList
from ontology.tables import TableForm, read_rows, shipped_table

HEADINGS = TableForm("headings", "", ("normalized_field", "heading", "language", "layout"))

LAYOUTS = (
    "any",
    "climate-city-contract",
    "final-report",
    "goals",
    "indicators",
    "monitoring",
    "progress-report",
)


@dataclass(frozen=True, slots=True)
class Heading:
    """Hold one heading as found in a source and the field it means."""

    field: str
    text: str
    language: str
    layout: str


def read_headings(text: str | None = None) -> list[Heading]:
    """Return all known headings in the order of the table.

    Args:
        text: The table; the shipped one if not given.

    Raises:
        ReferenceTableError: One heading of a language stands for two fields.
    """
    headings: list[Heading] = []
    fields: dict[tuple[str, str], str] = {}
    for row in read_rows(HEADINGS, shipped_table("headings") if text is None else text):
        heading = Heading(
            row.text("normalized_field"),
            row.text("heading"),
            row.choice("language", ("de", "en")),
            row.choice("layout", LAYOUTS),
        )
        if fields.setdefault((heading.text.casefold(), heading.language), heading.field) != (
            heading.field
        ):
            raise row.error(
                "duplicate-id",
                "heading",
                "the heading already stands for another field",
                "Keep one of the two rows.",
            )
        headings.append(heading)
    return headings


def heading_quads(text: str) -> QuadList:
    """Return the headings as labels of one concept a field."""
    quads = QuadList(reference_graph(HEADINGS.name))
    quads.concept_scheme("heading", "Spaltenüberschriften", "Column headings")
    for heading in read_headings(text):
        subject = quads.concept("heading", heading.field)
        quads.text(subject, SKOS.altLabel, heading.text, heading.language)
    return quads
