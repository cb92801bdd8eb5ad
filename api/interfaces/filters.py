"""Read the filters of the interface views from an address, and tell what fits them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Final

from api.interfaces.facts import ADOPTED, Element, Facts, sdg_code
from api.rest.asking import keyed
from api.rest.links import Link
from kg.errors import BadParameter, UnknownName
from kg.language import Text
from ontology.terms import BASE

ALL: Final = "all"
REVIEWS: Final = ("adopted", "proposed")
_SDG: Final = re.compile(r"([1-9]|1[0-7])(\.([1-9][0-9]?|[a-d]))?")
_OWN: Final = BASE + "id/"
_SCHEME: Final = BASE + "scheme/"
_IRIS: Final = ("document", "concept", "field", "r", "department", "element", "aim")


@dataclass(frozen=True, slots=True)
class Filters:
    """Hold what a reader narrows the view to; "" and 0 restrict nothing.

    Things stand as IRIs; `sdg` is a code such as 12 or 12.5; `least` a probability in per cent,
    which only proposals must reach.
    """

    city: str = ""
    document: str = ""
    concept: str = ""
    sdg: str = ""
    field: str = ""
    r: str = ""
    department: str = ""
    review: str = ""
    least: int = 0
    element: str = ""
    aim: str = ""

    def query(self, **changes: str) -> dict[str, str]:
        """Return the filters as parameters of an address, IRIs of ours shortened."""
        given = {name: str(value) for name, value in asdict(self).items() if value}
        short = {name: short_key(value) for name, value in (given | changes).items()}
        return {name: value for name, value in short.items() if value}

    def chooses(self, element: Element) -> bool:
        """Tell whether an element is among those asked for."""
        return (
            self.document in ("", ALL, element.document.iri)
            and self.element in ("", element.iri)
            and (not self.field or self.field in element.iris("field", "value_chain"))
            and (not self.r or self.r in element.iris("r_strategy"))
            and (not self.department or self.department in element.iris("department"))
        )

    def fits(self, link: Link) -> bool:
        """Tell whether the aim, the state and the probability of a link are those asked for.

        An SDG and a concept together ask for the links with one or the other.
        """
        if self.review == "adopted" and link.review not in ADOPTED:
            return False
        if self.review == "proposed" and link.review in ADOPTED:
            return False
        if self.least and link.review not in ADOPTED and 100 * (link.confidence or 0) < self.least:
            return False
        if self.aim and link.aim.iri != self.aim:
            return False
        if not self.sdg and not self.concept:
            return True
        code = sdg_code(link)
        of_sdg = bool(self.sdg) and (code == self.sdg or code.startswith(f"{self.sdg}."))
        return of_sdg or any(concept.iri == self.concept for concept in link.concepts)


def short_key(iri: str) -> str:
    """Return how an address names a thing of ours.

    >>> short_key("https://w3id.org/kreislaufstadt/id/05515000/measure/m-1")
    '05515000/measure/m-1'
    >>> short_key("https://w3id.org/kreislaufstadt/scheme/r-strategy/R3")
    'ksc:r-strategy/R3'
    """
    if iri.startswith(_OWN):
        return iri.removeprefix(_OWN)
    return iri.replace(_SCHEME, "ksc:", 1)


def read_filters(given: Mapping[str, str]) -> Filters:
    """Return the filters of an address.

    Raises:
        BadParameter: A value is of the wrong kind.
    """
    values: dict[str, str] = {}
    for name in _IRIS:
        text = given.get(name, "").strip()
        if text:
            values[name] = ALL if text == ALL and name == "document" else keyed(text)
    sdg = given.get("sdg", "").strip()
    if sdg and _SDG.fullmatch(sdg) is None:
        raise BadParameter("sdg", sdg, Text("12 oder 12.5", "12 or 12.5"))
    review = given.get("review", "").strip()
    if review and review not in REVIEWS:
        raise BadParameter("review", review, Text(" oder ".join(REVIEWS), " or ".join(REVIEWS)))
    least = given.get("least", "").strip() or "0"
    if re.fullmatch(r"\d{1,3}", least) is None or int(least) > 100:
        raise BadParameter("least", least, Text("0 bis 100", "0 to 100"))
    city = given.get("city", "").strip()
    return Filters(city=city, sdg=sdg, review=review, least=int(least), **values)


def of_city(filters: Filters, ags: str) -> Filters:
    """Return the filters without things of other cities, which a change of the city leaves behind.

    >>> of_city(Filters(concept=BASE + "id/05113000/concept/k", sdg="12"), "05515000").query()
    {'city': '05515000', 'sdg': '12'}
    """
    foreign = {
        name: ""
        for name in _IRIS
        if getattr(filters, name).startswith(_OWN)
        and not getattr(filters, name).startswith(f"{_OWN}{ags}/")
    }
    return replace(filters, city=ags, **foreign)  # type: ignore[arg-type]  # all of them are texts


def checked(filters: Filters, facts: Facts) -> None:
    """Raise `UnknownName` for a document, concept or element that the city does not have."""
    known = {
        "document": [item.iri for item in facts.documents] + [ALL, ""],
        "concept": [item.iri for item in (*facts.concepts, *facts.strategies)] + [""],
    }
    for name, iris in known.items():
        value = getattr(filters, name)
        if value not in iris:
            choices = tuple(short_key(iri) for iri in iris if iri)
            raise UnknownName(short_key(value), choices)


def chosen(facts: Facts, filters: Filters) -> tuple[list[Element], list[Link]]:
    """Return the elements and links that fit, in the order of the elements and aims."""
    elements = [item for item in facts.elements.values() if filters.chooses(item)]
    places = {item.iri: place for place, item in enumerate(elements)}
    links = [link for link in facts.links if link.element.iri in places and filters.fits(link)]
    links.sort(key=lambda link: (places[link.element.iri], *_aim_key(link), link.iri))
    return elements, links


def _aim_key(link: Link) -> tuple[bool, str, float, str]:
    concept = link.concepts[0].label if link.concepts else ""
    return (bool(sdg_code(link)), concept, -(link.confidence or 1.0), link.aim.iri)
