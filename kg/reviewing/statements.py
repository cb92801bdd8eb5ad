"""Turn decisions into the statements of `graph/reviewed`: whole links and, in PROV, each decision.

A decision is a `ks:Review`: which link it used, who decided what, when and why. Only the last
decision gives a link its status; the earlier ones stay, each informed by the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from pyoxigraph import Literal, NamedNode, Quad

from kg.access import holder_iri
from kg.identifiers import Iri, municipality_iri, parse_ags
from kg.reviewing.decisions import Decision, Reviewer, Standing, standing
from kg.reviewing.links import SUPERSEDED, Link, Passage
from ontology.namespaces import DCTERMS, KS, PROV, RDF, RDFS, REVIEWED_GRAPH, XSD, scheme
from ontology.terms import BASE

Facts = list[tuple[str, str, NamedNode | Literal]]


def review_iri(decision: Decision) -> Iri:
    """Return the IRI of a decision, below its municipality where the link has one."""
    parts = (f"{BASE}id", decision.link.city, "review", str(decision.number))
    return Iri("/".join(part for part in parts if part))


def reviewed_quads(
    decisions: Iterable[Decision], is_known: Callable[[Link], bool] = lambda _: True
) -> list[Quad]:
    """Return the statements of all decisions; the same decisions give the same quads.

    A link of which `is_known` is not true is left out, since its element or aim is gone; what was
    decided on it stays and counts again when they come back.
    """
    every = tuple(decisions)
    by_number = {decision.number: decision for decision in every}
    facts: Facts = []
    for decision in every:
        facts += _review(decision, by_number.get(decision.earlier))
    for item in standing(every).values():
        if is_known(item.link):
            facts += _link(item)
    graph = NamedNode(REVIEWED_GRAPH)
    quads = (Quad(NamedNode(s), NamedNode(p), o, graph) for s, p, o in facts)
    return list(dict.fromkeys(quads))


def _review(decision: Decision, earlier: Decision | None) -> Facts:
    review, words = review_iri(decision), decision.verdict.words
    agent = holder_iri(decision.reviewer.key)
    facts: Facts = [
        (review, RDF.type, NamedNode(KS.Review)),
        (review, RDFS.label, Literal(f"Prüfung {decision.number}: {words.de}", language="de")),
        (review, RDFS.label, Literal(f"Review {decision.number}: {words.en}", language="en")),
        (review, DCTERMS.identifier, Literal(str(decision.number))),
        (review, DCTERMS.type, _status(decision.verdict.status)),
        (review, DCTERMS.description, Literal(decision.reason, language=decision.language)),
        (review, PROV.used, NamedNode(decision.link.iri)),
        (review, PROV.wasAssociatedWith, NamedNode(agent)),
        (review, PROV.endedAtTime, _moment(decision.time)),
        *_agent(agent, decision.reviewer),
    ]
    if decision.link.city:
        city = municipality_iri(parse_ags(decision.link.city))
        facts.append((review, DCTERMS.spatial, NamedNode(city)))
    if earlier is not None:
        facts.append((review, PROV.wasInformedBy, NamedNode(review_iri(earlier))))
    return facts


def _agent(agent: str, reviewer: Reviewer) -> Facts:
    return [
        (agent, RDF.type, NamedNode(KS.Actor)),
        (agent, RDF.type, NamedNode(PROV.Agent)),
        (agent, RDFS.label, Literal(reviewer.name, language="de")),
        (agent, RDFS.label, Literal(reviewer.name, language="en")),
    ]


def _link(item: Standing) -> Facts:
    link, decision = item.link, item.decision
    iri = link.iri
    facts: Facts = [
        (iri, RDF.type, NamedNode(KS.Interface)),
        (iri, KS.interfaceSource, NamedNode(link.source)),
        (iri, KS.interfaceTarget, NamedNode(link.target)),
        (iri, KS.interfaceKind, NamedNode(scheme("interface-kind", link.kind))),
        (iri, KS.strength, Literal(str(link.strength), datatype=NamedNode(XSD.integer))),
        (iri, KS.reviewStatus, _status(item.status)),
        (iri, KS.reviewedBy, NamedNode(holder_iri(decision.reviewer.key))),
        (iri, KS.reviewedAt, _moment(decision.time)),
        *((iri, PROV.wasAttributedTo, NamedNode(author)) for author in link.authors),
        *_texts(iri, RDFS.label, link.label_de, link.label_en),
        *_texts(iri, KS.rationale, link.reason_de, link.reason_en),
    ]
    if link.method:
        facts.append((iri, KS.assessmentMethod, NamedNode(link.method)))
    if link.confidence:
        confidence = Literal(link.confidence, datatype=NamedNode(XSD.decimal))
        facts.append((iri, KS.confidence, confidence))
    if item.made is not None:
        facts += [
            (iri, PROV.wasRevisionOf, NamedNode(item.made.link.iri)),
            (iri, PROV.wasDerivedFrom, NamedNode(item.made.link.iri)),
            (iri, PROV.wasGeneratedBy, NamedNode(review_iri(item.made))),
        ]
    if item.status == SUPERSEDED:
        facts.append((iri, PROV.wasInvalidatedBy, NamedNode(review_iri(decision))))
    for passage in link.evidence:
        facts += _passage(iri, passage)
    return facts


def _passage(link: str, passage: Passage) -> Facts:
    facts: Facts = [
        (link, KS.hasEvidence, NamedNode(passage.iri)),
        (passage.iri, RDF.type, NamedNode(KS.Evidence)),
        (passage.iri, KS.evidenceSource, NamedNode(passage.document)),
    ]
    if passage.quote:
        facts.append((passage.iri, KS.quote, Literal(passage.quote)))
    if passage.page:
        page = Literal(passage.page, datatype=NamedNode(XSD.integer))
        facts.append((passage.iri, KS.page, page))
    if passage.row:
        facts.append((passage.iri, KS.sourceRow, Literal(passage.row)))
    return facts


def _texts(subject: str, predicate: str, german: str, english: str) -> Facts:
    return [
        (subject, predicate, Literal(text, language=language))
        for text, language in ((german, "de"), (english, "en"))
        if text
    ]


def _status(code: str) -> NamedNode:
    return NamedNode(scheme("review-status", code))


def _moment(time: datetime) -> Literal:
    text = time.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Literal(text, datatype=NamedNode(XSD.dateTime))
