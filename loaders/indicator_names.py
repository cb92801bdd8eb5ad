"""State the indicators that a measure of a strategy names, by code or in words."""

from __future__ import annotations

import re

from kg.identifiers import Iri, key_of
from loaders.element_links import parts_of
from loaders.records import Record
from loaders.remarks import remark
from loaders.statements import SourceStatements
from ontology.namespaces import KS, RDFS

_CODE = re.compile(r"[A-Za-z]{0,6}[-. ]?\d+(?:[.-]\d+)*")


def state_named_indicators(quads: SourceStatements, element: Iri, record: Record) -> None:
    """Link known indicators; a name in words becomes an indicator of the source."""
    place = record.place_of("indicators")
    for name in parts_of(record.text("indicators")):
        known = quads.context.element_by_number.get(name)
        if known is not None and "/indicator/" in known:
            quads.iri(element, KS.measuredBy, known)
        elif _CODE.fullmatch(name) is not None:
            remark(quads.findings, "unknown-indicator", place, name, value=name)
        else:
            indicator = quads.thing("indicator", key_of(None, name))
            quads.types(indicator, KS.Indicator)
            quads.german(indicator, RDFS.label, name)
            if record.text("source"):
                quads.origin(indicator, record.text("source"))
            if indicator not in quads.places:
                quads.counts["indicators"] += 1
            quads.places[indicator] = place
            quads.iri(element, KS.measuredBy, indicator)
