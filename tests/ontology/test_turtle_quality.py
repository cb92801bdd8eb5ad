"""The Turtle files keep the rules of a well-made ontology."""

from __future__ import annotations

import pytest
from rdflib import OWL, RDF, Graph, Namespace

from ontology.namespaces import KS
from ontology.reference import turtle_files


def test_complex_properties_carry_no_restrictive_characteristics(ontology_turtle: Graph) -> None:
    # OWL 2 DL, 11.2: functional, irreflexive and asymmetric properties must be simple
    chained = set(ontology_turtle.subjects(OWL.propertyChainAxiom))
    complex_ones = chained | set(ontology_turtle.subjects(RDF.type, OWL.TransitiveProperty))
    strict = (OWL.FunctionalProperty, OWL.IrreflexiveProperty, OWL.AsymmetricProperty)
    assert [p for p in complex_ones for c in strict if (p, RDF.type, c) in ontology_turtle] == []


@pytest.mark.parametrize(
    ("scheme", "size"),
    [
        ("actor-role", 4),
        ("concept-type", 28),
        ("instrument-type", 12),
        ("measure-status", 6),
        ("r-strategy", 10),
        ("review-status", 6),
        ("value-chain", 12),
    ],
)
def test_scheme_has_its_concepts(scheme: str, size: int, ontology_turtle: Graph) -> None:
    skos = Namespace("http://www.w3.org/2004/02/skos/core#")
    iri = Namespace("https://w3id.org/kreislaufstadt/scheme/")[scheme]
    assert len(set(ontology_turtle.subjects(skos.inScheme, iri))) == size


def test_un_ontology_is_never_imported(ontology_turtle: Graph) -> None:
    assert all(str(o).startswith(KS.base[:-1]) for o in ontology_turtle.objects(None, OWL.imports))


def test_each_module_has_a_file() -> None:
    modules = ["actor", "circular", "core", "framework", "indicator", "interface", "kreislaufstadt"]
    assert turtle_files("modules") == [f"{name}.ttl" for name in modules]
