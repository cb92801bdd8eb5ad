"""Propose links of loaded measures and goals to aims, for people to confirm or reject."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import shorten
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.fit.aims import Aim, last_part
from kg.fit.index import FitIndex
from kg.fit.wants import against_aim, read_moves
from kg.identifiers import Ags, thing_iri
from kg.language import LANGUAGES, Language, Text
from kg.matching.match import Scores, SdgScores, matched_words
from kg.matching.prepare import PreparedText
from kg.matching.rank import AimIndex
from kg.matching.reasons import concept_mentions
from ontology.namespaces import KS, PROPOSED_GRAPH, PROV, RDF, RDFS, XSD, scheme
from ontology.terms import BASE

# A link is proposed from this probability on. On development texts, whose sources do not name all
# they serve, about every second answer from here on was stated (docs/quality.md).
PROPOSAL_LINE: Final = 0.4
STRONG: Final = 0.75
MOST: Final = 5
QUOTE: Final = 600


@dataclass(frozen=True, slots=True)
class _Element:
    """Hold what a link starts from."""

    iri: str
    city: str
    text: PreparedText
    document: str
    page: int | None


@dataclass(frozen=True, slots=True)
class _Proposal:
    aim: Aim
    index: AimIndex
    chance: float


def propose_links(index: FitIndex) -> list[Quad]:
    """Return links of measures to targets and their city's goals, and of goals to targets.

    At most five an element and kind of aim, from `PROPOSAL_LINE` on, none that a source already
    states or a person reviewed, none against its direction; the same index gives the same quads in
    the same order.
    """
    quads: list[Quad] = []
    for city, known in index.measures.items():
        goals = index.goals.get(city)
        for measure, text in zip(known.measures, known.texts, strict=True):
            element = _Element(measure.iri, city, text, measure.document, measure.page)
            sdg = index.sdg.score(text)
            found = _targets(index, sdg)
            if goals is not None:
                scores = goals.matcher.score(text, sdg)
                found += _best(index, scores, goals.matcher.index)
            quads += _quads(index, element, _not_opposed(index, text, found))
    for city, goals in index.goals.items():
        texts = index.sdg.prepare_known([_words(aim) for aim in goals.aims])
        for aim, text in zip(goals.aims, texts, strict=True):
            document = aim.document(city)
            if document is not None and document.city == city:
                element = _Element(aim.iri, city, text, document.iri, aim.page)
                quads += _quads(index, element, _targets(index, index.sdg.score(text)))
    if quads:
        quads += _matcher_quads(index)
    return list(dict.fromkeys(quads))


def _not_opposed(
    index: FitIndex, text: PreparedText, found: Sequence[_Proposal]
) -> list[_Proposal]:
    """Return the proposals whose aim the text does not work against, deny or only examine."""
    moves = read_moves(text.text, text.mentions, index.sdg.annotator, index.thesaurus)
    return [
        proposal
        for proposal in found
        if against_aim(moves, proposal.aim.iri, index.wants, index.thesaurus) is None
    ]


def matcher_iri(index: FitIndex) -> str:
    """Return the IRI of this version of the matcher, to which proposals are attributed."""
    return f"{BASE}id/matcher/{index.calibration.version}"


def _targets(index: FitIndex, sdg: SdgScores) -> list[_Proposal]:
    return _best(index, sdg.targets, index.sdg.index)


def _best(index: FitIndex, scores: Scores, aims: AimIndex) -> list[_Proposal]:
    return [
        _Proposal(index.aims[iri], aims, chance)
        for iri, chance in scores.ranked()[:MOST]
        if chance >= PROPOSAL_LINE
    ]


def _words(aim: Aim) -> str:
    return "\n\n".join(aim.german or aim.english)


def _quads(index: FitIndex, element: _Element, proposals: Sequence[_Proposal]) -> list[Quad]:
    settled = {interface.target for interface in index.interfaces_from.get(element.iri, ())}
    return [
        quad
        for proposal in proposals
        if proposal.aim.iri not in settled and proposal.aim.iri != element.iri
        for quad in _interface(index, element, proposal)
    ]


def _interface(index: FitIndex, element: _Element, proposal: _Proposal) -> list[Quad]:
    digest = hashlib.sha256(f"{element.iri}\n{proposal.aim.iri}".encode()).hexdigest()[:16]
    ags = Ags(element.city)
    node = thing_iri(ags, "interface", "proposed", digest)
    reason, quote = _reason(index, element, proposal)
    strength = 2 if proposal.chance >= STRONG else 1
    confidence = Decimal(f"{min(proposal.chance, 0.999):.3f}")
    quads = [
        _iri(node, RDF.type, KS.Interface),
        *(_text(node, RDFS.label, _label(element, proposal.aim, tag), tag) for tag in LANGUAGES),
        _iri(node, KS.interfaceSource, element.iri),
        _iri(node, KS.interfaceTarget, proposal.aim.iri),
        _iri(node, KS.interfaceKind, scheme("interface-kind", "supports")),
        _iri(node, KS.reviewStatus, scheme("review-status", "proposed")),
        _iri(node, KS.assessmentMethod, scheme("assessment-method", "combined-model")),
        _iri(node, PROV.wasAttributedTo, matcher_iri(index)),
        _typed(node, KS.strength, str(strength), XSD.integer),
        _typed(node, KS.confidence, str(confidence), XSD.decimal),
        _text(node, KS.rationale, reason.de, "de"),
        _text(node, KS.rationale, reason.en, "en"),
    ]
    if element.document:
        evidence = thing_iri(ags, "evidence", "proposed", digest)
        quads += [
            _iri(node, KS.hasEvidence, evidence),
            _iri(evidence, RDF.type, KS.Evidence),
            _iri(evidence, KS.evidenceSource, element.document),
            _plain(evidence, KS.quote, quote[:QUOTE]),
        ]
        if element.page is not None:
            quads.append(_typed(evidence, KS.page, str(element.page), XSD.integer))
    return quads


def _label(element: _Element, aim: Aim, language: Language) -> str:
    """Return where the link starts, in the words of its text, and where it leads."""
    start = shorten(element.text.text.partition("\n")[0].rstrip(" ."), 60, placeholder=" …")
    return f"{start} → {aim.code} {aim.label.in_language(language)}".replace("  ", " ")


def _reason(index: FitIndex, element: _Element, proposal: _Proposal) -> tuple[Text, str]:
    """Return the rationale and the sentence that carries it."""
    aim, text = proposal.aim, element.text
    named = concept_mentions(text, proposal.index, aim.iri)[:3]
    if named:
        first = named[0][1][0]
        sentence = next(
            (span for span in text.spans if span.start <= first.span.start < span.end), first.span
        )
        words = [word for _, mentions in named for word in matched_words(mentions)]
        concepts = [index.thesaurus.concepts[mentions[0].concept] for _, mentions in named]
        names = Text(
            ", ".join(concept.name("de") for concept in concepts),
            ", ".join(concept.name("en") for concept in concepts),
        )
        return (
            Text(
                f"Der Text nennt {', '.join(f'»{word}«' for word in words)};"
                f" das gehört zu: {names.de}.",
                f"The text names {', '.join(f'“{word}”' for word in words)};"
                f" this belongs to: {names.en}.",
            ),
            sentence.of(text.text),
        )
    nearest = proposal.index.nearest(text, aim.iri)
    if nearest is None:
        return Text("Ähnlicher Wortlaut.", "Similar wording."), text.text
    quote = text.spans[nearest.sentence].of(text.text)
    return (
        Text(
            f"»{quote[:200]}« ist im Sinn nahe an »{nearest.prototype[:200]}«.",
            f"“{quote[:200]}” is close in meaning to “{nearest.prototype[:200]}”.",
        ),
        quote,
    )


def _matcher_quads(index: FitIndex) -> list[Quad]:
    agent = matcher_iri(index)
    return [
        _iri(agent, RDF.type, PROV.SoftwareAgent),
        _text(agent, RDFS.label, f"Abgleich, Fassung {last_part(agent)}", "de"),
        _text(agent, RDFS.label, f"Matcher, version {last_part(agent)}", "en"),
    ]


def _iri(subject: str, predicate: str, value: str) -> Quad:
    return _quad(subject, predicate, NamedNode(value))


def _plain(subject: str, predicate: str, value: str) -> Quad:
    return _quad(subject, predicate, Literal(value))


def _text(subject: str, predicate: str, value: str, language: str) -> Quad:
    return _quad(subject, predicate, Literal(value, language=language))


def _typed(subject: str, predicate: str, value: str, datatype: str) -> Quad:
    return _quad(subject, predicate, Literal(value, datatype=NamedNode(datatype)))


def _quad(subject: str, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), value, NamedNode(PROPOSED_GRAPH))
