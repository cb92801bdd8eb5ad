"""Hold the vocabulary of circular cities: ontology, schemes, reference tables, shapes and names."""

from ontology.errors import ReasonerError, ReferenceTableError
from ontology.heading_table import Heading, read_headings
from ontology.reference import (
    all_reference_quads,
    ontology_quads,
    reference_quads,
    reference_tables,
    table_quads,
)

__all__ = [
    "Heading",
    "ReasonerError",
    "ReferenceTableError",
    "all_reference_quads",
    "ontology_quads",
    "read_headings",
    "reference_quads",
    "reference_tables",
    "table_quads",
]
