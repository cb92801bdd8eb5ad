"""Find things by their names and numbers, with counts by class, city and document."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kg.labels import short_name
from kg.network.network import Network
from ontology.namespaces import KS

Facet = Literal["class", "city", "document"]
FACETS: Final[tuple[Facet, ...]] = ("class", "city", "document")
_CONTAINS: Final = frozenset({KS.hasPart, KS.hasMeasure, KS.hasComponent, KS.setsAim})
_FOLDED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_WORD: Final = re.compile(r"[\w.]+")


def folded(text: str) -> str:
    """Return a text as it is compared: small letters, umlauts written out, no accents.

    >>> folded("Größe Café")
    'groesse cafe'
    """
    small = unicodedata.normalize("NFC", text).lower().translate(_FOLDED)
    plain = unicodedata.normalize("NFKD", small)
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold what a thing is found by, and the values by which findings are narrowed."""

    thing: int
    names: tuple[str, ...]
    text: str
    facets: Mapping[Facet, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """Hold the things found, best first, and how many there are of each value of each facet.

    A facet is counted among what the words and the other facets leave.
    """

    things: tuple[int, ...]
    counts: Mapping[Facet, Counter[str]]


def search_index(network: Network) -> list[Entry]:
    """Return an entry for every thing that has a name."""
    return [_entry(network, thing) for thing in range(len(network)) if any(network.names[thing])]


def found_in(index: Sequence[Entry], words: str, wanted: Mapping[Facet, str]) -> Found:
    """Return what has all the words, in a name, another name, a number or the end of the IRI.

    Without words it is everything, what municipalities have first.
    """
    asked = folded(words)
    needles = _WORD.findall(asked)
    matching = [entry for entry in index if all(needle in entry.text for needle in needles)]
    counts: dict[Facet, Counter[str]] = {}
    for facet in FACETS:
        others = {name: value for name, value in wanted.items() if name != facet}
        counts[facet] = Counter(
            value
            for entry in matching
            if _fits(entry, others)
            for value in entry.facets.get(facet, ())
        )
    kept = [entry for entry in matching if _fits(entry, wanted)]
    # Of equally good findings what a municipality has comes before terms and frameworks.
    kept.sort(
        key=lambda entry: (
            _rank(entry, asked.strip(), needles),
            "city" not in entry.facets,
            entry.names,
            entry.thing,
        )
    )
    return Found(tuple(entry.thing for entry in kept), counts)


def _fits(entry: Entry, wanted: Mapping[Facet, str]) -> bool:
    return all(value in entry.facets.get(facet, ()) for facet, value in wanted.items())


def _rank(entry: Entry, asked: str, needles: list[str]) -> int:
    """Return 0 for the name itself, 1 for its beginning, 2 for words' beginnings, else 3."""
    if asked in entry.names:
        return 0
    if any(name.startswith(asked) for name in entry.names):
        return 1
    beginnings = f" {entry.text}"
    return 2 if all(f" {needle}" in beginnings for needle in needles) else 3


def _entry(network: Network, thing: int) -> Entry:
    names = tuple(folded(name) for name in network.names[thing] if name)
    words = folded(f"{network.codes[thing]} {network.words[thing]}")
    text = " ".join((*names, words, short_name(network.iris[thing]).lower()))
    facets: dict[Facet, frozenset[str]] = {"class": frozenset({network.kinds[thing]})}
    city = network.cities[thing]
    if network.kinds[thing] == KS.Municipality:
        city = thing
    if city >= 0:
        facets["city"] = frozenset({network.iris[city]})
    documents = {
        network.iris[link.other]
        for link in network.links(thing)
        if link.predicate in _CONTAINS and not link.is_outward
    }
    if documents:
        facets["document"] = frozenset(documents)
    return Entry(thing, tuple(dict.fromkeys(names)), text, facets)
