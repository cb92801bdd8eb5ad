"""State where every named graph came from: file, checksum, licence, time and activity (PROV-O)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from pyoxigraph import Literal, NamedNode, Quad

from kg.access import holder_iri
from kg.sources import SourceRecord
from ontology.namespaces import DCTERMS, PROV, PROVENANCE_GRAPH, RDF, XSD
from ontology.terms import BASE

SOFTWARE = f"{BASE}id/software/kreislaufstadt"


def provenance_quads(sources: Iterable[SourceRecord], now: datetime) -> list[Quad]:
    """Return the provenance of the sources; a record without a time gets `now`."""
    quads: list[Quad] = []
    for record in sources:
        quads += _of_source(record, record.at or moment_of(now))
    return quads


def moment_of(now: datetime) -> str:
    """Return a time as provenance writes it: UTC, whole seconds; it must carry a time zone.

    >>> moment_of(datetime(2026, 11, 22, 12, tzinfo=UTC))
    '2026-11-22T12:00:00Z'
    """
    return now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _of_source(record: SourceRecord, moment: str) -> list[Quad]:
    graph = NamedNode(record.graph)
    activity = NamedNode(f"{record.graph}#load")
    when = Literal(moment, datatype=NamedNode(XSD.dateTime))
    facts: list[tuple[NamedNode, str, NamedNode | Literal]] = [
        (graph, RDF.type, NamedNode(PROV.Entity)),
        (graph, PROV.wasGeneratedBy, activity),
        (graph, DCTERMS.title, Literal(record.title_de, language="de")),
        (graph, DCTERMS.title, Literal(record.title_en, language="en")),
        (graph, DCTERMS.source, Literal(record.file)),
        (graph, DCTERMS.identifier, Literal(f"sha256:{record.sha256}")),
        (graph, DCTERMS.type, Literal(record.kind)),
        (activity, RDF.type, NamedNode(PROV.Activity)),
        (activity, PROV.wasAssociatedWith, NamedNode(SOFTWARE)),
        (activity, PROV.endedAtTime, when),
    ]
    if record.loaded_by:
        agent = NamedNode(holder_iri(record.loaded_by))
        facts.append((activity, PROV.wasAssociatedWith, agent))
        facts.append((agent, RDF.type, NamedNode(PROV.Agent)))
    if record.licence:
        facts.append((graph, DCTERMS.license, _iri_or_text(record.licence)))
    if record.url:
        facts.append((graph, PROV.wasDerivedFrom, _iri_or_text(record.url)))
    provenance = NamedNode(PROVENANCE_GRAPH)
    return [Quad(s, NamedNode(p), o, provenance) for s, p, o in facts]


def _iri_or_text(value: str) -> NamedNode | Literal:
    is_iri = value.startswith(("http://", "https://")) and " " not in value
    return NamedNode(value) if is_iri else Literal(value)
