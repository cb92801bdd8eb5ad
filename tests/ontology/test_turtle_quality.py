"""The Turtle files keep the rules of a well-made ontology."""

from __future__ import annotations

from importlib.resources import files

import pytest
from pyoxigraph import Store
from rdflib import DCTERMS, OWL, RDF, RDFS, VANN, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ontology.namespaces import KS, SDGO, SKOS
from ontology.reference import turtle_files

PREFIX = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX ks: <https://w3id.org/kreislaufstadt/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
OWN = f'FILTER(STRSTARTS(STR(?x), "{KS.base}"))'

MODULES = ["actor", "circular", "core", "framework", "indicator", "interface", "kreislaufstadt"]
ALIGNMENTS = ["ceon", "eli-m8g", "eurovoc", "gemet", "oa", "oeo", "prov-org", "sdg"]
NEW_ALIGNMENTS = {"eli-m8g", "oa", "oeo", "prov-org", "sdg"}

HEADER_VOCABULARIES = {"dcterms": DCTERMS, "owl": OWL, "vann": VANN}
HEADER = [
    "dcterms:bibliographicCitation",
    "dcterms:created",
    "dcterms:creator",
    "dcterms:description",
    "dcterms:license",
    "dcterms:modified",
    "dcterms:publisher",
    "dcterms:source",
    "dcterms:title",
    "owl:versionIRI",
    "owl:versionInfo",
    "vann:preferredNamespacePrefix",
    "vann:preferredNamespaceUri",
]

CHAINS = {
    "alignsWithSdgIndicator o isIndicatorOf -> informsAim",
    "contributesTo o measuredBy -> hasRelevantIndicator",
    "contributesTo o supportsAim -> supportsAim",
    "hasActionPlan o hasMeasure -> hasMeasure",
    "hasInvolvement o involvedActor -> involvesActor",
    "hasMeasure o appliesRStrategy -> coversRStrategy",
    "hasMeasure o involvesActor -> involvesActor",
    "informsAim o isTargetOf -> informsAim",
    "involvesActor o unitOf -> involvesActor",
    "partOf o forMunicipality -> forMunicipality",
    "sourceOf o interfaceTarget -> assessedFor",
    "supportsAim o aimOf -> connectsTo",
    "supportsAim o correspondsTo -> touchesAim",
    "supportsAim o isTargetOf -> supportsAim",
    "usesInstrument o instrumentType -> usesInstrumentType",
}

CHECKS = {
    "term without source or rationale": (
        "{ ?x rdfs:isDefinedBy ?o } UNION { ?x a skos:Concept }"
        " FILTER NOT EXISTS { ?x dcterms:source ?s }"
        " FILTER NOT EXISTS { ?x skos:note ?de, ?en"
        "   FILTER(LANG(?de) = 'de' && LANG(?en) = 'en') }"
    ),
    "source that is no address": (
        "{ ?x rdfs:isDefinedBy ?o } UNION { ?x a skos:Concept } ?x dcterms:source ?s"
        " FILTER(!isIRI(?s))"
    ),
    "text in one language only": (
        "VALUES ?p { rdfs:label skos:definition skos:note skos:example } VALUES ?n { 'de' 'en' }"
        " { ?x rdfs:isDefinedBy ?o } UNION { ?x a skos:Concept } ?x ?p ?any"
        " FILTER NOT EXISTS { ?x ?p ?text FILTER(LANG(?text) = ?n) }"
    ),
    "class without example": f"?x a owl:Class . {OWN} FILTER NOT EXISTS {{ ?x skos:example ?e }}",
    "central property without example": (
        "VALUES ?x { ks:supportsAim ks:supportsAimDirectly ks:hindersAim ks:connectsTo"
        " ks:contributesTo ks:interfaceSource ks:interfaceTarget ks:hasEvidence ks:reviewStatus"
        " ks:hasMeasure ks:setsAim ks:appliesRStrategy ks:forMunicipality ks:measuredBy }"
        " FILTER NOT EXISTS { ?x skos:example ?e }"
    ),
    "definition that only points to the inverse": (
        "?x skos:definition ?d FILTER(REGEX(?d, '^(Umkehrung|Inverse)', 'i'))"
    ),
    "definition that only repeats the label": (
        "?x skos:definition ?d ; rdfs:label ?l"
        " FILTER(LANG(?d) = LANG(?l) && STRLEN(?d) <= STRLEN(?l) + 1)"
    ),
    "rationale or example of another term": (
        "VALUES ?p { skos:note skos:example } ?x ?p ?text . ?y ?p ?text . FILTER(?x != ?y)"
    ),
    "open domain or range without a reason": (
        f"?x a ?k . VALUES ?k {{ owl:ObjectProperty owl:DatatypeProperty }} {OWN}"
        " FILTER NOT EXISTS { ?x owl:inverseOf ?y }"
        " FILTER(NOT EXISTS { ?x rdfs:domain ?d } || NOT EXISTS { ?x rdfs:range ?r })"
        " FILTER NOT EXISTS { ?x skos:note ?n FILTER(REGEX(?n, 'without (domain|range)', 'i')) }"
    ),
    "straight quotation mark in a text": (
        "VALUES ?p { skos:definition skos:note skos:example } ?x ?p ?text"
        " FILTER(CONTAINS(?text, '\\u0022'))"
    ),
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
    "foreign term with an axiom": (
        "VALUES ?p { rdfs:subClassOf rdfs:subPropertyOf rdfs:domain rdfs:range owl:inverseOf"
        " owl:equivalentClass owl:disjointWith owl:propertyChainAxiom } ?x ?p ?o"
        ' FILTER(isIRI(?x) && !STRSTARTS(STR(?x), "https://w3id.org/kreislaufstadt/"))'
        # without these two no interface could point to an SDG; the alignment says so
        f" FILTER(?x NOT IN (<{SDGO.Goal}>, <{SDGO.Target}>) || ?o != ks:Aim)"
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


def test_headers_are_those_of_modules_alignments_and_schemes(ontology_turtle: Graph) -> None:
    headers = set(ontology_turtle.subjects(RDF.type, OWL.Ontology))
    assert len(headers) == len(MODULES) + len(ALIGNMENTS) + len(turtle_files("schemes"))
    assert set(ontology_turtle.subjects(RDF.type, URIRef(SKOS.ConceptScheme))) < headers


@pytest.mark.parametrize("name", HEADER)
def test_each_header_states(name: str, ontology_turtle: Graph) -> None:
    headers = ontology_turtle.subjects(RDF.type, OWL.Ontology)
    prefix, local = name.split(":")
    term = URIRef(f"{HEADER_VOCABULARIES[prefix]}{local}")
    assert [iri for iri in headers if (iri, term, None) not in ontology_turtle] == []


@pytest.mark.parametrize("name", ["title", "description", "bibliographicCitation"])
def test_each_header_speaks_both_languages(name: str, ontology_turtle: Graph) -> None:
    for iri in ontology_turtle.subjects(RDF.type, OWL.Ontology):
        texts = ontology_turtle.objects(iri, DCTERMS[name])
        assert sorted(str(text.language) for text in texts) == ["de", "en"], iri


def test_every_file_has_the_same_version_and_names_the_one_before(ontology_turtle: Graph) -> None:
    for iri in ontology_turtle.subjects(RDF.type, OWL.Ontology):
        assert str(ontology_turtle.value(iri, OWL.versionInfo)) == "0.2.0"
        version = str(ontology_turtle.value(iri, OWL.versionIRI))
        assert version.endswith("/0.2.0")
        earlier = [str(prior) for prior in ontology_turtle.objects(iri, OWL.priorVersion)]
        new = str(iri).rsplit("/", 1)[1] in NEW_ALIGNMENTS
        assert earlier == ([] if new else [version.replace("0.2.0", "0.1.0")])


def test_header_names_the_namespace_of_its_terms(ontology_turtle: Graph) -> None:
    for iri in ontology_turtle.subjects(RDF.type, OWL.Ontology):
        own = f"{iri}/" if "/scheme/" in iri else KS.base
        assert str(ontology_turtle.value(iri, VANN.preferredNamespaceUri)) == own


def test_only_own_ontologies_are_imported_and_each_exists(ontology_turtle: Graph) -> None:
    headers = set(ontology_turtle.subjects(RDF.type, OWL.Ontology))
    assert set(ontology_turtle.objects(None, OWL.imports)) <= headers


@pytest.mark.parametrize("module", [name for name in MODULES if name != "kreislaufstadt"])
def test_module_imports_every_module_whose_terms_it_uses(module: str) -> None:
    turtle = {name: _turtle(f"modules/{name}.ttl") for name in MODULES}
    home = {
        term: name for name, graph in turtle.items() for term in graph.subjects(RDFS.isDefinedBy)
    }
    used = {home[node] for triple in turtle[module] for node in triple if node in home}
    imported = {str(iri).rsplit("/", 1)[1] for iri in turtle[module].objects(None, OWL.imports)}
    assert used - {module} == imported


def test_each_module_has_a_file() -> None:
    assert turtle_files("modules") == [f"{name}.ttl" for name in MODULES]


def test_each_alignment_has_a_file() -> None:
    assert turtle_files("alignments") == [f"{name}.ttl" for name in ALIGNMENTS]


def test_modules_say_nothing_about_foreign_vocabularies() -> None:
    upper = ("prov#", "org#", "eli/ontology#", "m8g/", "oa#", "sdg/ontology#")
    spoken = {
        node
        for name in MODULES
        for triple in _turtle(f"modules/{name}.ttl")
        for node in triple
        if isinstance(node, URIRef) and any(f"/{part}" in node for part in upper)
    }
    # what a municipal indicator is compared with is part of the comparison's own meaning
    assert spoken == {URIRef(SDGO.Indicator)}


def test_chains_are_the_designed_ones(ontology_turtle: Graph) -> None:
    found = {
        " o ".join(_short(step) for step in Collection(ontology_turtle, head))
        + f" -> {_short(prop)}"
        for prop, head in ontology_turtle.subject_objects(OWL.propertyChainAxiom)
    }
    assert found == CHAINS


def _short(iri: Node) -> str:
    return str(iri).rsplit("#", 1)[1]


def _turtle(path: str) -> Graph:
    return Graph().parse(data=files("ontology").joinpath(path).read_text(encoding="utf-8"))
