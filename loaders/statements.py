"""Collect the statements of one city source and what belongs to them: places, counts, findings."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg.findings import Findings, Place
from kg.identifiers import Iri, slug, thing_iri
from kg.language import Text
from kg.sources import Loaded, SourceRecord
from loaders.context import LoadContext
from loaders.files import SourceFile
from ontology.namespaces import DCTERMS, KS, XSD, source_graph
from ontology.quads import QuadList

_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def is_url(text: str) -> bool:
    """Tell whether a text is a web address that can stand as an IRI."""
    return _URL.fullmatch(text) is not None


class SourceStatements(QuadList):
    """Collect the graph of one source of a city."""

    def __init__(self, file: SourceFile, context: LoadContext, findings: Findings) -> None:
        self.file = file
        self.context = context
        self.findings = findings
        self.source = slug(context.source or file.stem) or "quelle"
        self.graph = source_graph(context.ags, self.source)
        self.counts: Counter[str] = Counter()
        self.places: dict[str, Place] = {}
        super().__init__(self.graph)

    def thing(self, kind: str, key: str) -> Iri:
        """Return the IRI of a thing that this source states."""
        return thing_iri(self.context.ags, kind, self.source, key)

    def decimal(self, subject: str, predicate: str, value: Decimal) -> None:
        """Add a decimal number."""
        self.add(subject, predicate, Literal(format(value, "f"), datatype=NamedNode(XSD.decimal)))

    def address(self, subject: str, predicate: str, text: str) -> None:
        """Add a web address as an IRI, any other text as it stands."""
        if is_url(text):
            self.iri(subject, predicate, text)
        else:
            self.string(subject, predicate, text)

    def german(self, subject: str, predicate: str, text: str) -> None:
        """Add a German text; an empty one adds nothing."""
        self.text(subject, predicate, text, "de")

    def origin(self, subject: str, text: str) -> None:
        """Add where a statement comes from; several addresses in one text become several."""
        parts = [part for part in re.split(r"[;\s]+", text) if part]
        if parts and all(is_url(part) for part in parts):
            self.iris(subject, DCTERMS.source, parts)
        else:
            self.string(subject, DCTERMS.source, text)

    def original(self, subject: str, text: str) -> None:
        """Add content that no property fits."""
        self.german(subject, KS.originalColumn, text)

    def loaded(self, kind: str, title: Text, read: int) -> Loaded:
        """Return everything that was made of the source."""
        record = SourceRecord(
            graph=self.graph,
            kind=kind,
            title_de=title.de,
            title_en=title.en,
            file=self.file.name,
            sha256=self.file.sha256,
            city=self.context.ags,
            url=self.context.url,
        )
        counts = dict(sorted(self.counts.items()))
        return Loaded(record, self.quads(), read, counts, self.findings, self.places)
