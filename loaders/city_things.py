"""State what every city source repeats: the municipality, its documents and the bodies that act."""

from __future__ import annotations

from dataclasses import dataclass

from kg.findings import Place
from kg.identifiers import Iri, key_of, municipality_iri, thing_iri
from loaders.actors import (
    is_office,
    is_prose,
    leader_and_partners,
    split_involved,
    split_responsible,
)
from loaders.people import is_left_out, is_person
from loaders.remarks import remark
from loaders.statements import SourceStatements
from ontology.namespaces import DCTERMS, KS, RDFS


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """Hold what is known of a document; "" where nothing is."""

    title: str
    title_en: str = ""
    url: str = ""
    resolution: str = ""
    issued: str = ""
    short_name: str = ""
    publisher: str = ""


def state_municipality(quads: SourceStatements) -> Iri:
    """State the municipality and return its IRI."""
    context = quads.context
    city = municipality_iri(context.ags)
    quads.types(city, KS.Municipality)
    quads.string(city, KS.ags, context.ags)
    quads.german(city, RDFS.label, context.city_name or context.ags)
    return city


def state_document(quads: SourceStatements, key: str, facts: DocumentFacts, *classes: str) -> Iri:
    """State a document of the municipality and return its IRI."""
    document = quads.thing("document", key)
    quads.types(document, *classes)
    quads.german(document, RDFS.label, facts.title)
    quads.text(document, RDFS.label, facts.title_en, "en")
    quads.iri(document, KS.forMunicipality, state_municipality(quads))
    if facts.url:
        quads.origin(document, facts.url)
    quads.string(document, KS.resolution, facts.resolution)
    quads.string(document, DCTERMS.issued, facts.issued)
    quads.german(document, KS.shortName, facts.short_name)
    quads.german(document, DCTERMS.publisher, facts.publisher)
    quads.places[document] = Place(quads.file.name)
    return document


def file_facts(quads: SourceStatements) -> DocumentFacts:
    """Return what the caller and the file name tell of the document."""
    context = quads.context
    title = context.title or " ".join(quads.file.stem.replace("_", " ").split())
    return DocumentFacts(title, "", context.url, context.resolution, context.issued)


def state_actor(quads: SourceStatements, name: str) -> Iri:
    """State a body by its name and return its IRI; one name is one body, whatever the source."""
    actor = thing_iri(quads.context.ags, "actor", key_of(None, name))
    quads.types(actor, KS.AdministrativeUnit if is_office(name) else KS.Actor)
    quads.german(actor, RDFS.label, name)
    return actor


def state_responsible(quads: SourceStatements, element: str, text: str, place: Place) -> None:
    """State who is in charge of an element; a sentence is kept as a column, persons are dropped."""
    if is_prose(text.replace("\n", " ")) and len(split_responsible(text)) < 2:
        remark(quads.findings, "prose-for-actor", place, text)
        quads.original(element, f"{place.column or 'Federführung'}: {text}")
        return
    leader, partners = leader_and_partners(text)
    for name in split_responsible(leader):
        _state(quads, element, KS.responsibleActor, name, place)
    for name in split_responsible(partners):
        _state(quads, element, KS.involvesActor, name, place)


def state_involved(quads: SourceStatements, element: str, text: str, place: Place) -> None:
    """State who takes part in an element."""
    for name in split_involved(text):
        _state(quads, element, KS.involvesActor, name, place)


def _state(quads: SourceStatements, element: str, predicate: str, name: str, place: Place) -> None:
    if is_left_out(name):
        return
    if is_person(name):
        remark(quads.findings, "personal-data", place, what="Name")
    elif is_prose(name):
        remark(quads.findings, "prose-for-actor", place, name)
        quads.original(element, f"{place.column or 'Akteur'}: {name}")
    else:
        quads.iri(element, predicate, state_actor(quads, name))
