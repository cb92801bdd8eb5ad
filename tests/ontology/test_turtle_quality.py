"""The Turtle files keep the rules of a well-made ontology."""

from __future__ import annotations

import pytest
from pyoxigraph import Store
from rdflib import OWL, RDF, Graph, Namespace

from ontology.namespaces import KS
from ontology.reference import turtle_files

PREFIX = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ks: <https://w3id.org/kreislaufstadt/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX vann: <http://purl.org/vocab/vann/>
"""
OWN = f'FILTER(STRSTARTS(STR(?x), "{KS.base}"))'

CHECKS = {
    "two terms with one label": (
        f"?x rdfs:label ?l ; rdfs:isDefinedBy ?o . ?y rdfs:label ?l ; rdfs:isDefinedBy ?o ."
        f" FILTER(?x != ?y) {OWN}"
    ),
    "two terms with one definition": (
        f"?x skos:definition ?d . ?y skos:definition ?d . FILTER(?x != ?y) {OWN}"
    ),
    "label with blanks around it": (
        "?x rdfs:label ?l FILTER(REGEX(STR(?l), '^\\\\s|\\\\s$|\\\\s\\\\s'))"
    ),
    "class above itself": f"?x rdfs:subClassOf+ ?x . {OWN}",
    "property above itself": f"?x rdfs:subPropertyOf+ ?x . {OWN}",
    "object property without inverse": (
        f"?x a owl:ObjectProperty . {OWN}"
        " FILTER NOT EXISTS { ?x owl:inverseOf|^owl:inverseOf ?y }"
        " FILTER NOT EXISTS { ?x a owl:SymmetricProperty }"
    ),
    "two domains or ranges": (
        "{ ?x rdfs:domain ?a, ?b } UNION { ?x rdfs:range ?a, ?b } FILTER(?a != ?b)"
    ),
    "class without superclass": (
        f"?x a owl:Class . {OWN} FILTER NOT EXISTS {{ ?x rdfs:subClassOf ?s }}"
    ),
    "class name not in camel case": (
        f"?x a owl:Class . {OWN} FILTER(!REGEX(STR(?x), '#[A-Z][A-Za-z]*$'))"
    ),
    "property name not in camel case": (
        "?x a ?k . VALUES ?k { owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }"
        f" {OWN} FILTER(!REGEX(STR(?x), '#[a-z][A-Za-z]*$'))"
    ),
    "header incomplete": (
        "?x a owl:Ontology FILTER(NOT EXISTS { ?x dcterms:title ?a }"
        " || NOT EXISTS { ?x dcterms:description ?a } || NOT EXISTS { ?x dcterms:license ?a }"
        " || NOT EXISTS { ?x dcterms:creator ?a } || NOT EXISTS { ?x dcterms:created ?a }"
        " || NOT EXISTS { ?x owl:versionIRI ?a } || NOT EXISTS { ?x owl:versionInfo ?a }"
        " || NOT EXISTS { ?x vann:preferredNamespacePrefix ?a })"
    ),
    "other namespace than the terms": (
        f'?x vann:preferredNamespaceUri ?u FILTER(?u != "{KS.base}")'
    ),
    "scheme without title or licence": (
        "?x a skos:ConceptScheme FILTER(NOT EXISTS { ?x dcterms:title ?a }"
        " || NOT EXISTS { ?x dcterms:license ?a })"
    ),
    "concept without label or definition in a language": (
        "?x a skos:Concept . VALUES ?n { 'de' 'en' }"
        " FILTER(NOT EXISTS { ?x skos:prefLabel ?l FILTER(LANG(?l) = ?n) }"
        " || NOT EXISTS { ?x skos:definition ?d FILTER(LANG(?d) = ?n) }"
        " || NOT EXISTS { ?x rdfs:label ?r FILTER(LANG(?r) = ?n) })"
    ),
    "calendar type on which the reasoner stops": (
        "?x rdfs:range <http://www.w3.org/2001/XMLSchema#gYear>"
    ),
}


@pytest.mark.parametrize("check", CHECKS, ids=list(CHECKS))
def test_ontology_has_no(check: str, ontology_store: Store) -> None:
    query = f"{PREFIX} SELECT DISTINCT ?x WHERE {{ {CHECKS[check]} }}"
    rows = ontology_store.query(query, use_default_graph_as_union=True)
    assert [str(row["x"]) for row in rows] == []


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
