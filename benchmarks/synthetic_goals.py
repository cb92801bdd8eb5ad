"""Compose goals and measures of made-up concepts, as many as wanted and always the same ones.

Goals are set together from templates, German labels of the thesaurus and sentences of the invented
concepts in `kg/matching/training/city-goals.csv`; one in ten is a bare heading. Measures are those
of `city-measures.csv`, most with one or two sentences more.
"""

from __future__ import annotations

import csv
import random
from importlib.resources import files
from itertools import count

from kg.matching.gold import GoalRow
from kg.matching.prepare import with_title
from kg.matching.text import normalise, sentences
from kg.matching.thesaurus import Thesaurus

GOAL_PARTS = (
    "Bis {year} wird {one} in allen Stadtteilen zum Regelfall.",
    "Die Stadt stärkt {one} und {two}.",
    "{one} soll bis {year} verdoppelt werden.",
    "Der Anteil von {one} steigt bis {year} auf {share} Prozent.",
    "Wir verankern {one} in allen Satzungen und Verträgen.",
    "Betriebe und Haushalte werden für {one} gewonnen.",
    "Für {one} gibt es ab {year} eine eigene Anlaufstelle.",
    "{one} wird gemeinsam mit {two} geplant.",
    "Die kommunalen Unternehmen gehen bei {one} voran.",
    "Spätestens {year} ist {one} Teil jeder Ausschreibung.",
    "{one} und {two} sparen Rohstoffe und Energie.",
    "Mindestens {share} Prozent der Einrichtungen setzen {one} um.",
)
MEASURE_PARTS = (
    "Dazu gehört {one}.",
    "Das Amt für Umwelt prüft jährlich {one}.",
    "Ein Pilotvorhaben zu {one} startet im Frühjahr.",
    "{one} wird aus dem Haushalt gefördert.",
    "Vereine und Betriebe beteiligen sich an {one}.",
    "Auch {one} und {two} werden einbezogen.",
)


class Composer:
    """Compose texts from the labels of a thesaurus; the same seed gives the same texts."""

    def __init__(self, thesaurus: Thesaurus, seed: int = 11) -> None:
        self._random = random.Random(seed)  # noqa: S311 - texts to measure with, no secret
        self._labels = [
            label.text
            for concept in sorted(thesaurus.concepts.values(), key=lambda concept: concept.iri)
            for label in concept.labels
            if label.language == "de" and label.kind == "pref"
        ]
        texts = [normalise(row["text"]) for row in rows("city-goals.csv")]
        self._sentences = sorted({span.of(text) for text in texts for span in sentences(text)})
        measures = rows("city-measures.csv")
        self._measures = [with_title(row["title"], row["text"]) for row in measures]

    def part(self, templates: tuple[str, ...] = GOAL_PARTS) -> str:
        """Return one sentence."""
        one, two = self._random.sample(self._labels, 2)
        year, share = self._random.randrange(2026, 2051), self._random.randrange(10, 100, 5)
        return self._random.choice(templates).format(one=one, two=two, year=year, share=share)

    def goal(self) -> str:
        """Return a goal of one to three sentences, or a heading."""
        drawn = self._random.random()
        if drawn < 0.1:
            return " und ".join(self._random.sample(self._labels, 2))
        parts = [self.part()]
        if drawn < 0.45:
            parts.append(self.part())
        if drawn < 0.25:
            parts.insert(0, self._random.choice(self._sentences))
        return " ".join(parts)

    def goals(self, wanted: int) -> list[GoalRow]:
        """Return so many different goals."""
        found: dict[str, None] = {}
        while len(found) < wanted:
            found[self.goal()] = None
        return [GoalRow(f"g{place}", text, "", "") for place, text in enumerate(found)]

    def measures(self, wanted: int) -> list[str]:
        """Return so many different measures of one to three sentences or a little more."""
        found: dict[str, None] = {}
        for place in count():
            if len(found) >= wanted:
                break
            text = self._measures[place % len(self._measures)]
            if place >= len(self._measures):
                first = text.split("\n")[0]
                text = " ".join([first, self.part(MEASURE_PARTS)])
                if self._random.random() < 0.4:
                    text = f"{text} {self.part(MEASURE_PARTS)}"
            found[text] = None
        return list(found)


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of invented texts."""
    path = files("kg.matching").joinpath("training", name)
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
