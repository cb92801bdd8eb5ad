"""Write one value of a fact as people read it: a label with a link, a text, a number, a day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.pages.formats import date_in, number_in
from api.pages.things import short_form
from api.wording import texts_in
from kg.labels import short_name
from kg.language import Language
from ontology.namespaces import DCTERMS, KS, XSD
from ontology.terms import BASE

Row = Mapping[str, Mapping[str, str]]
_NUMBERS: Final = frozenset({XSD.integer, XSD.decimal, XSD.base + "double"})
_YEARS: Final = frozenset({KS.year, KS.plannedStartYear, KS.plannedEndYear, KS.rLevel, KS.page})
# Sources state some of them as plain texts.
_DAYS: Final = frozenset({DCTERMS.date, DCTERMS.issued, KS.validFrom, KS.statusAsOf})
# Their values are codes of the reference tables.
_CODED: Final = frozenset(
    {
        KS.frameworkKind,
        KS.governanceLevel,
        KS.desiredDirection,
        KS.economicDevelopmentRole,
        DCTERMS.type,
    }
)
_LONGEST_QUOTE: Final = 90


@dataclass(frozen=True, slots=True)
class Value:
    """Hold one value: its text, the IRI it leads to, the language of a text, a foreign address.

    `why` is the address of the explanation when the fact was inferred, else "".
    """

    text: str
    iri: str = ""
    language: str = ""
    web_address: str = ""
    why: str = ""


def value_of(row: Row, property_iri: str, labels: Mapping[str, str], language: Language) -> Value:
    """Return the value in a row of an answer."""
    term = row["value"]
    match term["type"]:
        case "uri":
            return _thing(row, labels, language)
        case "bnode":
            return Value("…")
        case _:
            text = _written(term, property_iri, language)
            return Value(text, language=term.get("xml:lang", ""))


def quoted(text: str, language: Language) -> str:
    """Return the start of a text in quotation marks.

    >>> quoted("Weniger Abfall", "de")
    '„Weniger Abfall“'
    """
    short = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1].rstrip() + "…"
    return f"„{short}“" if language == "de" else f"“{short}”"


def _thing(row: Row, labels: Mapping[str, str], language: Language) -> Value:
    """Return a thing by its label; what has none and is an address of the web leads there."""
    iri = row["value"]["value"]
    label = labels.get(iri, short_name(iri))
    if label != short_name(iri):
        return Value(label, iri)
    if "quote" in row:
        return Value(quoted(row["quote"]["value"], language), iri)
    if "number" in row:
        number = number_in(language, float(row["number"]["value"]))
        return Value(f"{row['year']['value']}: {number}", iri)
    if "from" in row:
        ends = (row[end]["value"] for end in ("from", "to"))
        return Value(" → ".join(labels.get(end, short_name(end)) for end in ends), iri)
    is_known = iri.startswith(BASE) or short_form(iri) != iri
    is_foreign = iri.startswith(("https://", "http://")) and not is_known
    return Value(iri, web_address=iri) if is_foreign else Value(label, iri)


def _written(term: Mapping[str, str], property_iri: str, language: Language) -> str:
    text, kind = term["value"], term.get("datatype", "")
    if property_iri in _CODED:
        return texts_in(language)["thing_codes"].get(text, text)
    try:
        if kind in _NUMBERS and property_iri not in _YEARS:
            return number_in(language, float(text))
        if kind == XSD.date or property_iri in _DAYS:
            return date_in(language, datetime.date.fromisoformat(text))
        if kind == XSD.dateTime:
            return date_in(language, datetime.datetime.fromisoformat(text))
    except ValueError:
        return text
    return text
