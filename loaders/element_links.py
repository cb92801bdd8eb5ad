"""Link an element to its field, goals, related elements and the concepts of the schemes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.findings import Place
from kg.identifiers import Iri, key_of
from loaders.records import Record
from loaders.remarks import remark
from loaders.statements import SourceStatements
from loaders.text import one_line
from ontology.codes import scheme_codes
from ontology.namespaces import KS, RDFS, scheme

_NUMBER = re.compile(
    r"(?:[A-ZÄÖÜ]{1,6}[\s-]?)?\d+(?:[.\-/]\d+)*[a-z]?|[A-ZÄÖÜ]{1,6}-[A-Z]?\d[\w.]*", re.ASCII
)
_R_STRATEGY = re.compile(r"\bR\s?(\d)\b")
_R_RANGE = re.compile(r"\bR\s?(\d)\s*(?:-|–|bis|to)\s*R\s?(\d)\b")


def parts_of(text: str) -> list[str]:
    """Return the items of a cell that lists several, separated by semicolon or line end.

    >>> parts_of("KSV-1; KSV-1.1")
    ['KSV-1', 'KSV-1.1']
    """
    return [part for raw in re.split(r"[;\n|]", text) if (part := one_line(raw))]


def state_fields(quads: SourceStatements, document: Iri, element: Iri, record: Record) -> None:
    """State the fields of action of an element, those of its document too."""
    text = record.text("field") or record.section
    for name in parts_of(text):
        known = quads.context.goal_by_number.get(name)
        if known is not None and "/field/" in known:
            quads.iri(element, KS.inField, known)
            continue
        field = quads.thing("field", key_of(None, name))
        if field not in quads.places:
            state_field(quads, document, field, name)
            quads.places[field] = record.place_of("field")
        quads.iri(element, KS.inField, field)


def state_field(quads: SourceStatements, document: Iri, field: Iri, name: str) -> None:
    """State a field of action of a document."""
    quads.types(field, KS.FieldOfAction)
    quads.german(field, RDFS.label, name)
    quads.iri(document, KS.hasComponent, field)
    quads.iri(document, KS.setsAim, field)
    quads.counts["fields"] += 1


def state_goals(quads: SourceStatements, element: Iri, record: Record) -> None:
    """State to which goals an element contributes; unknown numbers are kept as a column."""
    place = record.place_of("goal_ref")
    unknown = []
    elements = quads.context.element_by_number.items()
    visions = {number: iri for number, iri in elements if "/component/" in iri}
    known = {**visions, **quads.context.goal_by_number}
    for part in parts_of(record.text("goal_ref")):
        found = list(_targets(part, known))
        if not found:
            unknown.append(part)
            remark(quads.findings, "unknown-goal", place, part, value=part)
        for target in found:
            state_contribution(quads, element, target)
    if unknown:
        quads.original(element, f"{place.column or 'Zielbezug'}: {'; '.join(unknown)}")


def state_contribution(quads: SourceStatements, element: Iri, target: str) -> None:
    """State that an element serves an aim: a field by membership, a goal by contribution."""
    if "/field/" in target:
        quads.iri(element, KS.inField, target)
    elif "/component/" in target:
        quads.iri(target, KS.hasPart, element)
    else:
        quads.iri(element, KS.contributesTo, target)


def _targets(text: str, by_number: Mapping[str, str]) -> Iterator[str]:
    """Give the IRIs of the numbers in a text: the whole text, its start, or a list with commas."""
    words = text.split(" ")
    for end in range(len(words), 0, -1):
        start = " ".join(words[:end]).rstrip(":,.–-")
        if start in by_number:
            yield by_number[start]
            break
    else:
        for piece in re.split(r",|\bund\b|\band\b", text):
            found = next((by_number[n] for n in _NUMBER.findall(piece) if n in by_number), None)
            if found is not None:
                yield found
        return
    for piece in text.split(",")[1:]:
        if piece.strip() in by_number:
            yield by_number[piece.strip()]


def state_related(
    quads: SourceStatements, element: Iri, record: Record, by_number: Mapping[str, Iri]
) -> None:
    """State the elements a measure refers to; what names none is kept as a column."""
    place = record.place_of("related")
    known = {**quads.context.element_by_number, **by_number}
    for part in parts_of(record.text("related")):
        found = [target for target in _targets(part, known) if _is_element(target)]
        for target in found:
            if target != element:
                quads.iri(element, KS.relatedElement, target)
        if not found or part not in known:
            quads.original(element, f"{place.column or 'Wechselwirkungen'}: {part}")


def _is_element(iri: str) -> bool:
    return "/indicator/" not in iri


def state_concepts(quads: SourceStatements, element: Iri, record: Record) -> None:
    """State R-strategies, value chains and instruments; unknown ones are kept as a column."""
    _state_r_strategies(
        quads, element, record.text("r_strategies"), record.place_of("r_strategies")
    )
    chains = scheme_codes("value-chain")
    place = record.place_of("value_chain")
    for part in parts_of(record.text("value_chain")):
        code = part.lower()
        if code in chains:
            quads.iri(element, KS.inValueChain, scheme("value-chain", code))
        else:
            known = ", ".join(sorted(chains))
            remark(quads.findings, "unknown-value-chain", place, part, value=part, known=known)
            quads.original(element, f"{place.column or 'Wertschöpfungskette'}: {part}")
    place = record.place_of("instrument")
    for part in parts_of(record.text("instrument")):
        instrument = quads.context.instruments.get(part)
        if instrument is not None:
            quads.iri(element, KS.usesInstrumentType, instrument)
        else:
            remark(quads.findings, "unknown-instrument", place, part, value=part)
            quads.original(element, f"{place.column or 'Instrument'}: {part}")


def _state_r_strategies(quads: SourceStatements, element: Iri, text: str, place: Place) -> None:
    for part in parts_of(text.replace(",", ";")):
        ranks = [int(rank) for rank in _R_STRATEGY.findall(part)]
        bounds = _R_RANGE.search(part)
        if bounds is not None:
            ranks = list(range(int(bounds[1]), int(bounds[2]) + 1))
        for rank in ranks:
            quads.iri(element, KS.appliesRStrategy, scheme("r-strategy", f"R{rank}"))
        if not ranks:
            remark(quads.findings, "unknown-r-strategy", place, part, value=part)
            quads.original(element, f"{place.column or 'R-Strategien'}: {part}")
