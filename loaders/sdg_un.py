"""Take from the UN's SDG RDF what is needed: wording, numbers, hierarchy, agencies, matches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.findings import Findings, Place
from kg.language import Text
from kg.sources import Loaded, SourceRecord
from loaders.context import LoadContext
from loaders.files import SourceFile, joined_checksum
from loaders.rdf import parse_rdf
from loaders.remarks import REMARKS
from ontology.namespaces import DCTERMS, OWL, RDF, RDFS, SDG, SDGO, SKOS, reference_graph
from ontology.quads import QuadList

EUROVOC = "http://eurovoc.europa.eu/"
UN_URL = "http://metadata.un.org/sdg"
_CUSTODIAN = SDGO.base + "custodianAgency"
_HIERARCHY = frozenset({SDGO.isIndicatorOf, SDGO.isTargetOf, SDGO.hasTarget, SDGO.hasIndicator})
_CLASSES = {SDGO.Goal: "goals", SDGO.Target: "targets", SDGO.Indicator: "indicators"}
_LANGUAGES = frozenset({"de", "en"})


def load_un(files: Sequence[SourceFile], context: LoadContext) -> Loaded:
    """Return the UN's statements about goals, targets and indicators; the rest is counted.

    Official wording becomes `dcterms:description`, so that a resource has one preferred label only.
    Class axioms are left out: they are not within OWL 2 DL.
    """
    findings = Findings()
    parsed = [quad for file in files for quad in parse_rdf(file, f"{UN_URL}/")]
    kinds = {
        quad.subject.value: _CLASSES[quad.object.value]
        for quad in parsed
        if quad.predicate.value == RDF.type
        and isinstance(quad.object, NamedNode)
        and isinstance(quad.subject, NamedNode)
        and quad.object.value in _CLASSES
    }
    for code in context.sdg_codes:
        kinds.setdefault(SDG + code, "targets" if "." in code else "goals")
    quads = QuadList(reference_graph("sdg-official-un"))
    left_out: Counter[Text] = Counter()
    licence = ""
    for quad in parsed:
        if quad.predicate.value == DCTERMS.license and isinstance(quad.object, Literal):
            licence = quad.object.value
        reason = _state(quads, quad, kinds)
        if reason is not None:
            left_out[reason] += 1
    for reason, count in sorted(left_out.items(), key=lambda item: item[0].en):
        _report(findings, Place(files[0].name), reason, count)
    counts = Counter(
        kinds[iri] for iri in {_subject(quad) for quad in quads.quads()} & kinds.keys()
    )
    record = SourceRecord(
        graph=reference_graph("sdg-official-un"),
        kind="sdg",
        title_de="SDG-Wissensorganisation der Vereinten Nationen",
        title_en="SDG Knowledge Organization System of the United Nations",
        file=", ".join(file.name for file in files),
        sha256=joined_checksum(files),
        licence=licence,
        url=UN_URL,
    )
    return Loaded(record, quads.quads(), len(parsed), dict(sorted(counts.items())), findings)


def _subject(quad: Quad) -> str:
    return "" if isinstance(quad.subject, Triple) else quad.subject.value


_AXIOM = Text("Klassen und Regeln der UN-Ontologie", "classes and axioms of the UN ontology")
_OTHER_LANGUAGE = Text("andere Sprachen", "other languages")
_SERIES = Text(
    "Datenreihen und Beschreibung des Datensatzes", "data series and dataset description"
)
_OTHER = Text("Sammlungen, Stufen und Gegenrichtungen", "collections, tiers and inverse links")
_THESAURUS = Text("Schlagworte außerhalb von EuroVoc", "subjects outside EuroVoc")


def _report(findings: Findings, place: Place, what: Text, count: int) -> None:
    kind = REMARKS["left-out"]
    findings.add(
        kind.severity,
        "left-out",
        place,
        Text(
            kind.reason.de.format(count=count, what=what.de),
            kind.reason.en.format(count=count, what=what.en),
        ),
        fix=kind.fix,
        value=count,
    )


def _state(quads: QuadList, quad: Quad, kinds: dict[str, str]) -> Text | None:
    """State what is needed of one statement, or return why it is left out."""
    value, predicate = quad.object, quad.predicate.value
    if isinstance(value, Triple | BlankNode) or not isinstance(quad.subject, NamedNode):
        return _OTHER
    subject = quad.subject.value
    if subject.startswith(SDGO.base):
        return _AXIOM
    if subject not in kinds:
        return _SERIES
    if isinstance(value, Literal):
        return _state_text(quads, subject, predicate, value)
    if predicate in _HIERARCHY or predicate == SKOS.exactMatch:
        quads.iri(subject, predicate, value.value)
        return None
    if predicate == DCTERMS.subject:
        if not value.value.startswith(EUROVOC):
            return _THESAURUS
        quads.iri(subject, predicate, value.value)
        return None
    return _AXIOM if predicate.startswith((OWL.base, RDFS.base)) else _OTHER


def _state_text(quads: QuadList, subject: str, predicate: str, value: Literal) -> Text | None:
    language = value.language
    if language is not None and language not in _LANGUAGES:
        return _OTHER_LANGUAGE
    if predicate == SKOS.prefLabel and language is not None:
        quads.text(subject, DCTERMS.description, value.value, language)
        return None
    if predicate == SKOS.altLabel and language is not None:
        quads.text(subject, DCTERMS.title, value.value, language)
        return None
    if predicate == SKOS.notation:
        if value.datatype.value == SDGO.SDGCode:
            return _OTHER
        quads.string(subject, SKOS.notation, value.value)
        return None
    if predicate == _CUSTODIAN:
        quads.string(subject, _CUSTODIAN, value.value)
        return None
    return _OTHER
