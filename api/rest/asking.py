"""Take what every operation asks for: the language, the page of a list, a format we have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Query
from starlette.requests import Request

from api.negotiation import best_offer
from api.readers import reader_language
from api.refusals import NotAcceptable
from kg.identifiers import Iri, expanded
from kg.language import Language
from ontology.terms import BASE

MOST_ITEMS: Final = 500
USUAL_ITEMS: Final = 50
_JSON: Final = ("application/json",)
_CITY_PATTERN: Final = r"^(0[1-9]|1[0-6])[0-9]{6}$"
_SDG_PATTERN: Final = r"^([1-9]|1[0-7])(\.([1-9][0-9]?|[a-d]))?$"


def _language(request: Request, lang: Annotated[Language | None, Query()] = None) -> Language:
    del lang  # checked here, read with the headers
    return reader_language(request)


def _json_wanted(request: Request) -> None:
    if best_offer(request.headers.get("accept"), {"json": _JSON}) is None:
        raise NotAcceptable(_JSON)


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold which part of a list is asked for, from `offset` on, and in which language."""

    request: Request
    language: Language
    limit: int
    offset: int


def _asked(
    request: Request,
    language: AskedLanguage,
    _: JsonOnly,
    limit: Annotated[int, Query(ge=1, le=MOST_ITEMS)] = USUAL_ITEMS,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Asked:
    return Asked(request, language, limit, offset)


AskedLanguage = Annotated[Language, Depends(_language)]
JsonOnly = Annotated[None, Depends(_json_wanted)]
AskedPage = Annotated[Asked, Depends(_asked)]
City = Annotated[str, Query(json_schema_extra={"pattern": _CITY_PATTERN})]
Sdg = Annotated[str, Query(json_schema_extra={"pattern": _SDG_PATTERN})]


def given(**values: str | int | None) -> dict[str, str]:
    """Return the filters that were given; IRIs among them may have one of our prefixes.

    >>> given(city="", sdg="12.5", most=-1)
    {'sdg': '12.5', 'most': '-1'}
    """
    return {name: str(value) for name, value in values.items() if value not in ("", None)}


def iri_of(text: str) -> str:
    """Return the IRI of a filter: whole or with one of our prefixes; "" for none.

    >>> iri_of("sdg:12.5"), iri_of("")
    ('http://metadata.un.org/sdg/12.5', '')
    """
    return expanded(text) if text else ""


def keyed(key: str) -> Iri:
    """Return the IRI that a path names: whole, with a prefix, or what follows `…/id/`.

    >>> keyed("05515000/measure/m-1")
    'https://w3id.org/kreislaufstadt/id/05515000/measure/m-1'
    >>> keyed("sdg:12.5")
    'http://metadata.un.org/sdg/12.5'
    """
    return expanded(key if ":" in key else f"{BASE}id/{key}")
