"""Make the IRIs of a city's things: the same input gives the same IRI, forever."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import NewType

from kg.errors import BadParameter
from kg.language import Text
from ontology.namespaces import PREFIXES, RDF
from ontology.terms import BASE

Ags = NewType("Ags", str)
Iri = NewType("Iri", str)

_AGS = re.compile(r"(0[1-9]|1[0-6])\d{6}")
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_IRI = re.compile(r"(?:https?|urn):[^\s<>\"{}|\\^`]+")
_KEY = re.compile(r"[^a-z0-9.]+")


def parse_ags(text: str) -> Ags:
    """Return the official municipality key (Amtlicher Gemeindeschlüssel, 8 digits).

    The first two digits are the federal state, 01 to 16 (Destatis, Gemeindeverzeichnis).

    >>> parse_ags(" 05515000 ")
    '05515000'
    """
    key = text.strip()
    if _AGS.fullmatch(key) is None:
        raise BadParameter(
            "city",
            text,
            Text(
                "ein amtlicher Gemeindeschlüssel mit 8 Ziffern, zum Beispiel 05515000",
                "an official municipality key (AGS) of 8 digits, for example 05515000",
            ),
        )
    return Ags(key)


def expanded(text: str) -> Iri:
    """Return the IRI that a person wrote: whole, in angle brackets, or with one of our prefixes.

    `a` stands for rdf:type as in SPARQL.

    >>> expanded("sdg:12.5")
    'http://metadata.un.org/sdg/12.5'
    """
    written = text.strip()
    if written == "a":
        return Iri(RDF.type)
    if written.startswith("<") and written.endswith(">"):
        written = written[1:-1]
    prefix, colon, rest = written.partition(":")
    if colon and not rest.startswith("//") and prefix in PREFIXES:
        written = PREFIXES[prefix] + rest
    if _IRI.fullmatch(written) is None:
        raise BadParameter(
            "iri",
            text,
            Text(
                "eine IRI wie http://metadata.un.org/sdg/12.5 oder mit Präfix wie sdg:12.5",
                "an IRI such as http://metadata.un.org/sdg/12.5, or with a prefix such as sdg:12.5",
            ),
        )
    return Iri(written)


def shortened(iri: str) -> str:
    """Return an IRI with the longest of our prefixes that fits, as `expanded` reads it.

    >>> shortened("http://metadata.un.org/sdg/12.5"), shortened("urn:a")
    ('sdg:12.5', 'urn:a')
    """
    fitting = [name for name, base in PREFIXES.items() if iri.startswith(base)]
    if not fitting:
        return iri
    name = max(fitting, key=lambda prefix: len(PREFIXES[prefix]))
    return f"{name}:{iri.removeprefix(PREFIXES[name])}"


def slug(text: str, *, limit: int = 48) -> str:
    """Return lower-case ASCII words joined by hyphens, umlauts written out.

    >>> slug("Größere Bauteilbörse (2025)")
    'groessere-bauteilboerse-2025'
    """
    folded = unicodedata.normalize("NFC", text).lower().translate(_FOLD)
    ascii_only = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode("ascii")
    return _KEY.sub("-", ascii_only).strip("-.")[:limit].rstrip("-.")


def key_of(number: str | None, title: str) -> str:
    """Return the last part of an IRI: the source's own number where there is one.

    Without a number it is the title's slug and six hexadecimal digits of its SHA-256, so two titles
    that share a slug stay apart.

    >>> key_of("M 4.2", "Bauteilbörse")
    'm-4.2'
    >>> key_of(None, "Bauteilbörse")
    'bauteilboerse-3d2517'
    """
    if number is not None and slug(number):
        return slug(number)
    digest = hashlib.sha256(unicodedata.normalize("NFC", title).encode()).hexdigest()[:6]
    return f"{slug(title, limit=40)}-{digest}".lstrip("-")


def thing_iri(ags: Ags, kind: str, *keys: str) -> Iri:
    """Return the IRI of a thing of a city: `id/{ags}/{kind}/{key}[/…]`.

    >>> thing_iri(Ags("05515000"), "measure", "klima", "m-1")
    'https://w3id.org/kreislaufstadt/id/05515000/measure/klima/m-1'
    """
    return Iri("/".join((f"{BASE}id/{ags}", kind, *keys)))


def municipality_iri(ags: Ags) -> Iri:
    """Return the IRI of a municipality.

    >>> municipality_iri(Ags("05515000"))
    'https://w3id.org/kreislaufstadt/id/05515000'
    """
    return Iri(f"{BASE}id/{ags}")
