"""Invent cities with measures, concepts and aims, as many statements as wanted, always the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

BASE = "https://w3id.org/kreislaufstadt/"
KS = f"{BASE}ontology#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
DESCRIPTION = "http://purl.org/dc/terms/description"
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
MEASURES = 100
_TARGETS = [f"{goal}.{number}" for goal in range(1, 18) for number in range(1, 11)]
# Circular economy serves some goals far more than others.
_WEIGHTS = [6 if target.startswith(("11.", "12.", "13.")) else 1 for target in _TARGETS]
_THINGS = [
    "Bauteilbörse",
    "Mehrwegküche",
    "Tauschregal",
    "Werkstatt",
    "Baustofflager",
    "Leihladen",
    "Komposthof",
]
_DEEDS = ["eröffnen", "ausbauen", "fördern", "bewerben", "vernetzen", "erproben", "verstetigen"]
_PLACES = [
    "im Bahnhofsviertel",
    "am Hafen",
    "in allen Schulen",
    "auf dem Bauhof",
    "mit dem Handwerk",
]


def city_iri(number: int) -> str:
    return f"{BASE}id/{number:08d}"


def measure_iri(city: int, number: int) -> str:
    return f"{city_iri(city)}/measure/m-{number}"


def write_cities(path: Path, wanted: int) -> int:
    """Write N-Quads with about `wanted` statements and return the number of cities."""
    chance = random.Random(12)  # noqa: S311  # the same data each time is what is wanted
    written = cities = 0
    with path.open("w", encoding="utf-8", buffering=1 << 20) as file:
        for line in _frame():
            file.write(line)
            written += 1
        while written < wanted:
            for line in _city(cities, chance):
                file.write(line)
                written += 1
            cities += 1
    return cities


def _frame() -> Iterator[str]:
    graph = f"{BASE}graph/reference/sdg"
    for target in _TARGETS:
        iri = _target(target)
        yield _link(iri, TYPE, f"{KS}Target", graph)
        yield _text(iri, LABEL, f"Ziel {target}", graph)
        yield _link(iri, f"{KS}partOf", f"http://metadata.un.org/sdg/{target.split('.')[0]}", graph)


def _city(number: int, chance: random.Random) -> Iterator[str]:
    city, graph = city_iri(number), f"{BASE}graph/source/{number:08d}/all"
    yield _link(city, TYPE, f"{KS}Municipality", graph)
    yield _text(city, LABEL, f"Musterstadt {number}", graph)
    goals = []
    for plan in ("klima", "kreislauf"):
        concept = f"{city}/concept/{plan}"
        yield _link(concept, TYPE, f"{KS}MunicipalConcept", graph)
        yield _text(concept, LABEL, f"Konzept {plan} {number}", graph)
        yield _link(concept, f"{KS}forMunicipality", city, graph)
        for rank in range(8):
            goal = f"{city}/goal/{plan}/z-{rank}"
            goals.append(goal)
            yield _link(goal, TYPE, f"{KS}Goal", graph)
            yield _text(goal, LABEL, f"{chance.choice(_THINGS)} {chance.choice(_DEEDS)}", graph)
            yield _link(concept, f"{KS}setsAim", goal, graph)
            for target in sorted(set(chance.choices(_TARGETS, _WEIGHTS, k=2))):
                yield _link(goal, f"{KS}servesTarget", _target(target), graph)
    for rank in range(MEASURES):
        yield from _measure(measure_iri(number, rank), city, graph, chance)


def _measure(measure: str, city: str, graph: str, chance: random.Random) -> Iterator[str]:
    title = f"{chance.choice(_THINGS)} {chance.choice(_PLACES)} {chance.choice(_DEEDS)}"
    words = " ".join(chance.choices(_THINGS + _DEEDS, k=chance.randint(8, 30)))
    yield _link(measure, TYPE, f"{KS}Measure", graph)
    yield _text(measure, LABEL, f"{title} ({measure.rpartition('-')[2]})", graph)
    yield _text(measure, DESCRIPTION, words, graph)
    yield _link(measure, f"{KS}forMunicipality", city, graph)
    yield _link(measure, f"{KS}strategy", f"{BASE}scheme/r-strategy/R{chance.randint(0, 9)}", graph)
    yield f'<{measure}> <{KS}startYear> "{chance.randint(2015, 2030)}"^^<{INTEGER}> <{graph}> .\n'
    yield f'<{measure}> <{KS}budget> "{chance.randint(1, 5000)}000"^^<{INTEGER}> <{graph}> .\n'
    for target in sorted(set(chance.choices(_TARGETS, _WEIGHTS, k=chance.randint(1, 3)))):
        yield _link(measure, f"{KS}contributesTo", _target(target), graph)


def _target(code: str) -> str:
    return f"http://metadata.un.org/sdg/{code}"


def _link(subject: str, predicate: str, value: str, graph: str) -> str:
    return f"<{subject}> <{predicate}> <{value}> <{graph}> .\n"


def _text(subject: str, predicate: str, text: str, graph: str) -> str:
    return f'<{subject}> <{predicate}> "{text}"@de <{graph}> .\n'
