"""State the SDG references of an element as interfaces with their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.findings import Place
from kg.identifiers import Iri, municipality_iri, thing_iri
from loaders.remarks import remark
from loaders.sdg_references import sdg_codes_in
from loaders.sheets import source_row
from loaders.statements import SourceStatements
from loaders.text import first_words
from ontology.namespaces import KS, PROV, RDFS, scheme, sdg

LONGEST_QUOTE = 600


@dataclass(frozen=True, slots=True)
class SdgStatement:
    """Hold what an entry says about its SDG references."""

    element: Iri
    key: str
    document: Iri
    quote: str
    page: int | None
    is_stated: bool


def state_sdg_links(
    quads: SourceStatements, statement: SdgStatement, text: str, place: Place
) -> None:
    """State one interface for each code; codes that do not exist are dropped with a finding."""
    codes = sdg_codes_in(text)
    known = [code for code in codes if code in quads.context.sdg_codes]
    for code in codes:
        if code not in quads.context.sdg_codes:
            remark(quads.findings, "unknown-sdg", place, text, code=code)
    if not codes and text:
        remark(quads.findings, "unknown-sdg", place, text, code=text)
    if not known:
        return
    evidence = _state_evidence(quads, statement, place)
    actor = _state_author(quads, statement)
    for code in known:
        _state_interface(quads, statement, code, evidence, actor)


def _state_evidence(quads: SourceStatements, statement: SdgStatement, place: Place) -> Iri:
    evidence = quads.thing("evidence", statement.key)
    quads.types(evidence, KS.Evidence)
    quads.iri(evidence, KS.evidenceSource, statement.document)
    quads.string(evidence, KS.quote, first_words(statement.quote, LONGEST_QUOTE))
    quads.string(evidence, KS.sourceRow, source_row(place))
    if statement.page is not None:
        quads.integer(evidence, KS.page, statement.page)
    quads.places[evidence] = place
    return evidence


def _state_author(quads: SourceStatements, statement: SdgStatement) -> Iri:
    if statement.is_stated:
        return municipality_iri(quads.context.ags)
    actor = thing_iri(quads.context.ags, "actor", "bearbeitung")
    quads.types(actor, KS.Actor)
    quads.both(actor, RDFS.label, "Bearbeitung der Liste", "Editing of the list")
    return actor


def _state_interface(
    quads: SourceStatements, statement: SdgStatement, code: str, evidence: Iri, actor: Iri
) -> None:
    interface = quads.thing("interface", f"{statement.key}-sdg-{code}")
    stated = statement.is_stated
    quads.types(interface, KS.Interface)
    name = f"{statement.key.upper()} → SDG {code}"
    quads.both(interface, RDFS.label, name, name)
    quads.iri(interface, KS.interfaceSource, statement.element)
    quads.iri(interface, KS.interfaceTarget, sdg(code))
    quads.iri(interface, KS.interfaceKind, scheme("interface-kind", "supports"))
    quads.integer(interface, KS.strength, 1)
    quads.decimal(interface, KS.confidence, Decimal("1.0") if stated else Decimal("0.5"))
    status = "declared" if stated else "proposed"
    quads.iri(interface, KS.reviewStatus, scheme("review-status", status))
    if stated:
        german = f"Die Quelle nennt den Bezug zu SDG {code} selbst."
        english = f"The source itself states the reference to SDG {code}."
    else:
        german = f"Der Bezug zu SDG {code} wurde beim Erfassen aus dem Inhalt abgeleitet."
        english = f"The reference to SDG {code} was inferred from the content when it was entered."
    quads.both(interface, KS.rationale, german, english)
    quads.iri(interface, KS.hasEvidence, evidence)
    quads.iri(interface, PROV.wasAttributedTo, actor)
    quads.places[interface] = quads.places.get(statement.element, quads.places[evidence])
    quads.counts["interfaces"] += 1
