"""Name the address of every page in both languages, and of every thing in the graph."""

from __future__ import annotations

from typing import Final, Literal
from urllib.parse import quote, urlencode

from kg.language import Language
from ontology.terms import BASE

PageName = Literal[
    "start",
    "check",
    "check_list",
    "search",
    "interfaces",
    "matrix",
    "links",
    "flow",
    "gaps",
    "conflicts",
    "ladder",
    "doubles",
    "coverage",
    "report",
    "graph",
    "overview",
    "queries",
    "sparql",
    "dataset",
    "thing",
    "explanation",
    "api",
    "accessibility",
    "login",
    "proposals",
    "proposal",
    "take_over",
]

PATHS: Final[dict[PageName, dict[Language, str]]] = {
    "start": {"de": "/de/", "en": "/en/"},
    "check": {"de": "/de/pruefen", "en": "/en/check"},
    "check_list": {"de": "/de/pruefen/liste", "en": "/en/check/list"},
    "search": {"de": "/de/suche", "en": "/en/search"},
    "interfaces": {"de": "/de/schnittstellen", "en": "/en/interfaces"},
    "matrix": {"de": "/de/matrix", "en": "/en/matrix"},
    "links": {"de": "/de/schnittstellen/liste", "en": "/en/interfaces/list"},
    "flow": {"de": "/de/schnittstellen/fluss", "en": "/en/interfaces/flow"},
    "gaps": {"de": "/de/schnittstellen/luecken", "en": "/en/interfaces/gaps"},
    "conflicts": {"de": "/de/schnittstellen/konflikte", "en": "/en/interfaces/conflicts"},
    "ladder": {"de": "/de/schnittstellen/r-leiter", "en": "/en/interfaces/r-ladder"},
    "doubles": {"de": "/de/schnittstellen/doppelarbeit", "en": "/en/interfaces/double-work"},
    "coverage": {"de": "/de/schnittstellen/indikatoren", "en": "/en/interfaces/indicators"},
    "report": {"de": "/de/bericht", "en": "/en/report"},
    "graph": {"de": "/de/graph", "en": "/en/graph"},
    "overview": {"de": "/de/ueberblick", "en": "/en/overview"},
    "queries": {"de": "/de/abfragen", "en": "/en/queries"},
    "sparql": {"de": "/de/sparql", "en": "/en/sparql"},
    "dataset": {"de": "/de/datenbestand", "en": "/en/dataset"},
    "thing": {"de": "/de/ding", "en": "/en/thing"},
    "explanation": {"de": "/de/begruendung", "en": "/en/explanation"},
    "api": {"de": "/de/api", "en": "/en/api"},
    "accessibility": {"de": "/de/barrierefreiheit", "en": "/en/accessibility"},
    "login": {"de": "/de/anmelden", "en": "/en/login"},
    "proposals": {"de": "/de/vorschlaege", "en": "/en/proposals"},
    "proposal": {"de": "/de/vorschlag", "en": "/en/proposal"},
    "take_over": {"de": "/de/vorschlaege/uebernehmen", "en": "/en/proposals/take-over"},
}
NAVIGATION: Final[tuple[PageName, ...]] = (
    "start",
    "check",
    "interfaces",
    "proposals",
    "report",
    "search",
    "graph",
    "queries",
    "sparql",
)
# The views of the interfaces, their entry first.
VIEWS: Final[tuple[PageName, ...]] = (
    "interfaces",
    "matrix",
    "links",
    "flow",
    "gaps",
    "conflicts",
    "ladder",
    "doubles",
    "coverage",
)
# The entry of the navigation that a page belongs to, where it is not an entry itself.
SECTIONS: Final[dict[PageName, PageName]] = {
    "check_list": "check",
    **dict.fromkeys(VIEWS[1:], "interfaces"),
    "overview": "graph",
    "proposal": "proposals",
    "take_over": "proposals",
}
LOGOUT: Final[dict[Language, str]] = {"de": "/de/abmelden", "en": "/en/logout"}
_OURS: Final = ("id/", "scheme/", "graph/", "ontology")


def page_path(page: PageName, language: Language, /, **values: str) -> str:
    """Return the path of a page, with a query string when values are given.

    >>> page_path("graph", "en", iri="urn:a b")
    '/en/graph?iri=urn%3Aa+b'
    """
    path = PATHS[page][language]
    return f"{path}?{urlencode(values)}" if values else path


def thing_path(iri: str, language: Language) -> str:
    """Return where a thing is described here: our own things at their own path.

    >>> thing_path("https://w3id.org/kreislaufstadt/scheme/r-strategy/R4", "de")
    '/scheme/r-strategy/R4?lang=de'
    >>> thing_path("https://w3id.org/kreislaufstadt/ontology#Measure", "de")
    '/ontology?lang=de#Measure'
    >>> thing_path("http://metadata.un.org/sdg/12.5", "en")
    '/en/thing?iri=http%3A%2F%2Fmetadata.un.org%2Fsdg%2F12.5'
    """
    rest = iri.removeprefix(BASE)
    if rest != iri and rest.startswith(_OURS):
        path, mark, fragment = rest.partition("#")
        return f"/{quote(path, safe='/%')}?lang={language}{mark}{fragment}"
    return page_path("thing", language, iri=iri)
