"""The names in code and the names in Turtle are the same ones."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Store

from ontology.namespaces import KS, ONTOLOGY, PREFIXES, SKOS, scheme, sdg_indicator, source_graph

LABELLED = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?term WHERE {
  ?term rdfs:isDefinedBy <%s> .
  ?term rdfs:label ?german, ?english ; skos:definition ?definition, ?erklaerung .
  FILTER(LANG(?german) = "de" && LANG(?english) = "en")
  FILTER(LANG(?erklaerung) = "de" && LANG(?definition) = "en")
}
"""


def _defined(store: Store) -> set[str]:
    pattern = store.quads_for_pattern(
        None,
        NamedNode("http://www.w3.org/2000/01/rdf-schema#isDefinedBy"),
        NamedNode(ONTOLOGY),
        None,
    )
    return {quad.subject.value for quad in pattern}


def test_every_name_in_code_is_defined_in_turtle_and_the_other_way_round(
    ontology_store: Store,
) -> None:
    assert set(KS.terms().values()) == _defined(ontology_store)


def test_every_term_has_label_and_definition_in_both_languages(ontology_store: Store) -> None:
    rows = ontology_store.query(LABELLED % ONTOLOGY, use_default_graph_as_union=True)
    assert {row["term"].value for row in rows} == set(KS.terms().values())


def test_no_own_iri_is_used_that_is_not_defined(ontology_store: Store) -> None:
    used = {
        node.value
        for quad in ontology_store
        for node in (quad.subject, quad.predicate, quad.object)
        if isinstance(node, NamedNode) and node.value.startswith(KS.base) and node.value != KS.base
    }
    assert used == set(KS.terms().values())


def test_misspelt_term_is_an_error() -> None:
    with pytest.raises(AttributeError):
        _ = KS.Mesure  # type: ignore[attr-defined]  # the misspelling is the point


def test_term_cannot_be_overwritten() -> None:
    with pytest.raises(AttributeError):
        KS.Measure = "https://example.org/"


def test_code_in_an_iri_is_escaped() -> None:
    assert scheme("thesaurus", "a b/ü").endswith("/thesaurus/a%20b%2F%C3%BC")


def test_source_graph_names_city_and_source() -> None:
    assert source_graph("05515000", "ziele").endswith("graph/source/05515000/ziele")


@pytest.mark.parametrize(
    ("number", "code"), [("12.5.1", "C120501"), ("1.a.2", "C010a02"), ("17.18.1", "C171801")]
)
def test_indicator_number_gives_permanent_code(number: str, code: str) -> None:
    assert sdg_indicator(number).endswith("/" + code)


@pytest.mark.parametrize("number", ["12.5", "C120501", "12.5.x"])
def test_what_is_no_indicator_number_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match=number):
        sdg_indicator(number)


def test_prefixes_end_where_a_name_can_begin() -> None:
    assert all(iri[-1] in "#/" for iri in PREFIXES.values())
    assert PREFIXES["skos"] == SKOS.base
