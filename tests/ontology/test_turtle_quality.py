"""The Turtle files keep the rules of a well-made ontology."""

from __future__ import annotations

from importlib.resources import files

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, VANN, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ontology.namespaces import KS, SDGO, SKOS
from ontology.reference import turtle_files

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
