"""Find the municipalities in the graph and the one a reader chose."""

from __future__ import annotations

from dataclasses import dataclass

from api.own_queries import own_query
from kg.errors import UnknownName
from kg.language import Language
from kg.store import Store


@dataclass(frozen=True, slots=True)
class City:
    """Hold a municipality: its key (AGS), IRI and name."""

    ags: str
    iri: str
    name: str


def cities_in(store: Store, language: Language) -> list[City]:
    """Return the municipalities that have something in the graph, by key."""
    found = []
    for row in store.select(own_query("cities", language=language)):
        iri = row["city"].value
        ags = iri.rpartition("/")[2]
        name = row.get("name") or row.get("spare")
        found.append(City(ags, iri, name.value if name is not None else ags))
    return found


def chosen_city(wanted: str, cities: list[City]) -> City | None:
    """Return the city with this AGS, the first one for "", or None when there is none.

    Raises:
        UnknownName: No municipality in the graph has this key.
    """
    if wanted:
        for city in cities:
            if city.ags == wanted:
                return city
        raise UnknownName(wanted, tuple(city.ags for city in cities))
    return cities[0] if cities else None
