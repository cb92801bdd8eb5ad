"""Prepare entries for the graph: texts mended, personal data out, keys and numbers told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from kg.findings import Findings, Place
from kg.identifiers import key_of
from loaders.actors import is_office
from loaders.people import is_person, without_contacts
from loaders.records import Other, Record
from loaders.remarks import remark
from loaders.statements import SourceStatements
from loaders.text import mend, one_line
from ontology.namespaces import KS, scheme

_CONTACT_HEADING = re.compile(
    r"ansprech|kontakt|contact|e-?mail|telefon|phone|(?:sach)?bearbeiter", re.IGNORECASE
)
_PRICE_MARK = re.compile(r"(€{1,5}|\${1,5})\s+")
_KIND_NAMES = {"mail": "Mail", "phone": "Telefon", "person": "Name"}
_ONE_LINE = frozenset({"title", "title_en", "short_title", "code", "parent", "level"})
_DERIVATIONS = {
    "stated": ("genannt", "im dokument genannt", "stated", "explizit", "ja"),
    "inferred": ("abgeleitet", "inferred", "implizit", "nein"),
    "page": ("veröffentlichte seite", "page"),
    "official": ("amtlich", "official"),
    "expert": ("fachliche einschätzung", "expert"),
    "literature": ("fachliteratur", "literature"),
    "law": ("rechtsgrundlage", "law"),
}
_DERIVATION_BY_WORD = {word: kind for kind, words in _DERIVATIONS.items() for word in words}


def prepared(record: Record, findings: Findings) -> Record:
    """Return an entry with mended texts and without personal data, which is reported."""
    values = {
        name: _text(name, text, record.place_of(name), findings)
        for name, text in record.values.items()
    }
    others = []
    for other in record.others:
        if _CONTACT_HEADING.search(other.heading) is not None and not _is_body(other.text):
            remark(findings, "personal-data", other.place, what=other.heading)
            continue
        others.append(
            Other(other.heading, _text("", other.text, other.place, findings), other.place)
        )
    return replace(record, values=values, others=tuple(others))


def _is_body(text: str) -> bool:
    return without_contacts(text)[0] == text and is_office(text) and not is_person(text)


def _text(name: str, text: str, place: Place, findings: Findings) -> str:
    whole = one_line(text) if name in _ONE_LINE else mend(text)
    bare, kinds = without_contacts(whole)
    for kind in kinds:
        remark(findings, "personal-data", place, what=_KIND_NAMES[kind])
    return bare


def numbered(records: Iterable[Record], findings: Findings) -> list[tuple[str, Record]]:
    """Return entries with the key of their IRI; repeated numbers are violations."""
    by_number: dict[str, Record] = {}
    by_title: dict[str, int] = {}
    keyed = []
    for record in records:
        number = record.text("code")
        key = key_of(number or None, split_price_mark(one_line(record.text("title")))[1])
        first = by_number.get(key)
        if first is not None and number:
            row = first.place.row or 1
            place = record.place_of("code")
            remark(findings, "duplicate-number", place, number, number=number, first=row)
            continue
        if first is not None:
            row = first.place.row or 1
            place = record.place_of("title")
            remark(findings, "duplicate-title", place, record.text("title"), first=row)
            by_title[key] = by_title.get(key, 1) + 1
            key = f"{key}-{by_title[key]}"
        by_number[key] = record
        keyed.append((key, record))
    return keyed


def split_price_mark(title: str) -> tuple[str, str]:
    """Return the price mark before a title, "" where there is none, and the title itself.

    >>> split_price_mark("€€€ Bauteilbörse")
    ('€€€', 'Bauteilbörse')
    """
    mark = _PRICE_MARK.match(title)
    return ("", title) if mark is None else (mark[1], title[mark.end() :])


def derivation_of(text: str, place: Place, findings: Findings) -> str | None:
    """Return what a statement rests on; an empty cell means that the document states it."""
    word = one_line(text).lower()
    if not word:
        return "stated"
    kind = _DERIVATION_BY_WORD.get(word)
    if kind is None:
        remark(findings, "unknown-derivation", place, text, value=text)
    return kind


def state_derivation(quads: SourceStatements, element: str, record: Record) -> None:
    """State what an entry rests on and where it comes from."""
    kind = derivation_of(record.text("derivation"), record.place_of("derivation"), quads.findings)
    if kind is not None:
        quads.iri(element, KS.derivation, scheme("evidence-kind", kind))
    if record.text("source"):
        quads.origin(element, record.text("source"))


def page_of(record: Record, findings: Findings) -> int | None:
    """Return the page an entry stands on, if it names a whole number."""
    text = record.text("page").removeprefix("S.").strip()
    if not text:
        return None
    first = re.match(r"\d{1,5}(?!\d)", text)
    if first is None:
        remark(findings, "bad-page", record.place_of("page"), text, value=text)
        return None
    return int(first[0])


def is_stated_sdg(record: Record, findings: Findings) -> bool:
    """Tell whether the source itself states the SDG references of an entry."""
    place = record.place_of("sdg_derivation")
    return derivation_of(record.text("sdg_derivation"), place, findings) not in {
        "inferred",
        "expert",
    }
