"""Turn the reference tables and the ontology's Turtle files into quads, always in one order."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
)

from ontology.catalogue_tables import (
    concept_type_quads,
    instrument_quads,
    municipal_indicator_quads,
    r_strategy_quads,
    value_chain_quads,
)
from ontology.crosswalk_tables import crosswalk_quads
from ontology.errors import ReferenceTableError
from ontology.framework_tables import framework_aim_quads, framework_quads
from ontology.heading_table import heading_quads
from ontology.link_tables import ce_sdg_link_quads
from ontology.namespaces import ONTOLOGY_GRAPH
from ontology.quads import QuadList
from ontology.sdg_tables import sdg_goal_quads, sdg_indicator_quads, sdg_target_quads
from ontology.tables import shipped_crosswalks, shipped_table
from ontology.thesaurus_table import thesaurus_quads

_CONVERTERS: dict[str, Callable[[str], QuadList]] = {
    "ce_sdg_links": ce_sdg_link_quads,
    "concept_types": concept_type_quads,
    "framework_aims": framework_aim_quads,
    "frameworks": framework_quads,
    "headings": heading_quads,
    "instruments": instrument_quads,
    "municipal_indicators": municipal_indicator_quads,
    "r_strategies": r_strategy_quads,
    "sdg_goals": sdg_goal_quads,
    "sdg_indicators": sdg_indicator_quads,
    "sdg_targets": sdg_target_quads,
    "thesaurus": thesaurus_quads,
    "value_chains": value_chain_quads,
}


def reference_tables() -> list[str]:
    """Return the names of the reference tables and crosswalks, sorted."""
    return sorted([*_CONVERTERS, *shipped_crosswalks()])


def table_quads(table: str, text: str) -> list[Quad]:
    """Return the quads of a table given as text; nothing of it is taken if a cell is wrong.

    Args:
        table: Name of the table, which decides the columns and the graph.
        text: Comma-separated text with a heading row; for a crosswalk SSSOM/TSV.

    Raises:
        ReferenceTableError: The table is not known, or one of its cells is wrong.
    """
    if table in shipped_crosswalks():
        return crosswalk_quads(table, text).quads()
    converter = _CONVERTERS.get(table)
    if converter is None:
        raise ReferenceTableError(
            "unknown-table",
            "there is no such reference table",
            "Use one of: " + ", ".join(reference_tables()) + ".",
            table=table,
        )
    return converter(text).quads()


def reference_quads(table: str) -> list[Quad]:
    """Return the quads of a shipped table, in its graph `graph/reference/{table}`.

    Raises:
        ReferenceTableError: The table is not known, or one of its cells is wrong.
    """
    return table_quads(table, shipped_table(table) if table in reference_tables() else "")


def all_reference_quads() -> list[Quad]:
    """Return the quads of all shipped tables, table by table.

    Raises:
        ReferenceTableError: A cell is wrong.
    """
    return [quad for table in reference_tables() for quad in reference_quads(table)]


def turtle_files(folder: str) -> list[str]:
    """Return the names of the Turtle files in a folder of this package, sorted."""
    names = (entry.name for entry in files("ontology").joinpath(folder).iterdir())
    return sorted(name for name in names if name.endswith(".ttl"))


def ontology_quads() -> list[Quad]:
    """Return modules, alignments and schemes in the graph `graph/ontology`, sorted.

    The lists that OWL writes with blank nodes keep them, with labels that are the same each time.
    """
    quads = [
        quad
        for folder in ("modules", "alignments", "schemes")
        for name in turtle_files(folder)
        for quad in _file_quads(folder, name)
    ]
    return sorted(set(quads), key=str)


def _file_quads(folder: str, name: str) -> list[Quad]:
    text = files("ontology").joinpath(folder, name).read_bytes()
    dataset = Dataset(parse(text, format=RdfFormat.TURTLE))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    prefix = f"{folder}-{name.removesuffix('.ttl')}-"
    graph = NamedNode(ONTOLOGY_GRAPH)
    quads: list[Quad] = []
    for quad in dataset:
        subject, value = quad.subject, quad.object
        if isinstance(subject, BlankNode):
            subject = BlankNode(prefix + subject.value)
        if isinstance(value, BlankNode):
            value = BlankNode(prefix + value.value)
        quads.append(Quad(subject, quad.predicate, value, graph))
    return quads
