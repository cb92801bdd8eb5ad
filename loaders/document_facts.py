"""Read what a file says about the document it comes from, and state it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.findings import Place
from kg.identifiers import Iri
from loaders.city_things import DocumentFacts, file_facts, state_document
from loaders.headings import heading_key
from loaders.remarks import remark
from loaders.sheets import Sheet
from loaders.statements import SourceStatements
from loaders.text import clean, one_line
from loaders.trees import Fields, flat_text
from ontology.codes import scheme_codes
from ontology.namespaces import DCTERMS, KS, scheme

_KEYS = {
    "title": ("Titel", "Title", "Name", "Konzept", "Strategie"),
    "title_en": ("Titel (englisch)", "titel_en", "Title (English)"),
    "type": ("Konzepttyp", "Typ", "Art", "Type", "Concept type"),
    "short_name": ("Kurzname", "Kurztitel", "Kurzbezeichnung", "Short name"),
    "publisher": ("Herausgeber", "Herausgeberin", "Publisher"),
    "url": ("Quelle", "URL", "Link", "Source"),
    "resolution": ("Beschluss / Vorlage-Nr.", "Beschluss", "Vorlage", "Vorlage-Nr.", "Resolution"),
    "issued": ("Beschlussdatum", "Datum", "Beschlossen am", "Date"),
    "valid_from": ("Gültig ab", "Valid from"),
    "valid_until": ("Gültig bis", "Valid until"),
    "description": ("Beschreibung", "Hinweis", "Description"),
    "description_en": ("hinweis_en", "beschreibung_en", "Beschreibung (englisch)"),
    "status": ("Status", "Stand"),
    "ags": ("AGS", "Gemeindeschlüssel"),
    "city": ("Kommune", "Stadt", "City"),
}
_BY_KEY = {heading_key(word): name for name, words in _KEYS.items() for word in words}
Facts = dict[str, tuple[str, Place]]
_MOST_WIDTH = 2
_LEAST_KNOWN = 2


def facts_of_sheet(sheet: Sheet) -> Facts | None:
    """Return the facts when a sheet holds keys and values in two columns, else None."""
    if any(len(cells) > _MOST_WIDTH for cells in sheet.rows):
        return None
    pairs = [(cells[0], cells[1]) for cells in sheet.rows if len(cells) == _MOST_WIDTH]
    known = sum(heading_key(key.value) in _BY_KEY for key, _ in pairs)
    if known < _LEAST_KNOWN:
        return None
    return _facts((one_line(key.value), value.value, value.place) for key, value in pairs)


def facts_of_tree(tree: Fields) -> Facts:
    """Return the facts of a mapping."""
    return _facts((key, clean(flat_text(value)), value.place) for key, value in tree.pairs)


def _facts(pairs: Iterable[tuple[str, str, Place]]) -> Facts:
    return {
        _BY_KEY.get(heading_key(key), key): (text, place.at(column=key))
        for key, text, place in pairs
        if text
    }


def state_described_document(
    quads: SourceStatements, facts: Mapping[str, tuple[str, Place]], *classes: str
) -> tuple[Iri, DocumentFacts]:
    """State a concept or strategy with everything its file says about it."""
    given = file_facts(quads)

    def of(name: str, default: str = "") -> str:
        return facts[name][0] if name in facts else default

    described = DocumentFacts(
        of("title", given.title),
        of("title_en"),
        of("url", given.url),
        of("resolution", given.resolution),
        of("issued", given.issued),
        of("short_name"),
        of("publisher"),
    )
    document = state_document(quads, "concept", described, *classes)
    quads.string(document, KS.validFrom, of("valid_from"))
    quads.string(document, DCTERMS.valid, of("valid_until"))
    quads.german(document, DCTERMS.description, of("description"))
    quads.text(document, DCTERMS.description, of("description_en"), "en")
    quads.german(document, KS.statusText, of("status"))
    _state_type(quads, document, facts)
    ags, place = facts.get("ags", ("", Place(quads.file.name)))
    if ags and ags != quads.context.ags:
        remark(quads.findings, "other-city", place, ags, value=ags, city=quads.context.ags)
    for name, (text, where) in facts.items():
        if name not in _KEYS:
            remark(quads.findings, "unknown-column", where, text, heading=name)
            quads.original(document, f"{name}: {text}")
    return document, described


def _state_type(
    quads: SourceStatements, document: Iri, facts: Mapping[str, tuple[str, Place]]
) -> None:
    text, place = facts.get("type", ("", Place(quads.file.name)))
    if not text:
        return
    code = text.strip().lower()
    if code in scheme_codes("concept-type"):
        quads.iri(document, KS.conceptType, scheme("concept-type", code))
    else:
        remark(quads.findings, "unknown-concept-type", place, text, value=text)
        quads.original(document, f"Konzepttyp: {text}")
