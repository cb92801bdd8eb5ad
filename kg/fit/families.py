"""Know what is wanted more of and less of: families of words, each with its reason and source.

Direction needs a valence: waste should become less, re-use more. A row of `families.csv` names the
words on both sides, the SDG targets it rests on, and the family it serves (re-use serves the
prevention of waste). `*` stands for any ending, at the front for any beginning.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final, Literal

from kg.language import Language, Text
from kg.matching.text import fold
from ontology.namespaces import sdg

Sense = Literal[-1, 0, 1]
_SIDES: Final[tuple[tuple[str, Sense], ...]] = (("unwanted", -1), ("wanted", 1), ("open", 0))
_INFLECTION: Final = ("", "s", "es", "e", "en", "n", "ern", "er", "em")
# Parts of a compound that only measure their object: »Abfallmenge«.
_MEASURES: Final = ("mengen", "menge", "aufkommen", "anteil", "volumen", "belastung", "quellen")


@dataclass(frozen=True, slots=True)
class Family:
    """Hold a family; `serves` names the families that its wanted side serves."""

    name: str
    serves: frozenset[str]
    targets: frozenset[str]
    label: Text
    reason: Text
    source: str


@dataclass(frozen=True, slots=True)
class Found:
    """Say that words belong to a family, on the wanted (1), unwanted (-1) or open (0) side."""

    family: str
    sense: Sense
    length: int


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    family: str
    sense: Sense

    @property
    def letters(self) -> int:
        return sum(len(word.strip("*")) for word in self.words)


@lru_cache(maxsize=1)
def families() -> Mapping[str, Family]:
    """Return the families by name."""
    return {
        row["family"]: Family(
            row["family"],
            frozenset(row["serves"].split(";")) - {""},
            frozenset(sdg(code) for code in row["targets"].split(";") if code),
            Text(row["label_de"], row["label_en"]),
            Text(row["reason_de"], row["reason_en"]),
            row["source"],
        )
        for row in _rows()
    }


def _rows() -> list[dict[str, str]]:
    text = files("kg.fit").joinpath("families.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=2)
def _entries(language: Language) -> Mapping[str, tuple[_Entry, ...]]:
    """Return the entries by the first three letters of their first word, "*" where it is open."""
    shelves: dict[str, list[_Entry]] = defaultdict(list)
    for row in _rows():
        for side, sense in _SIDES:
            for phrase in filter(None, row[f"{side}_{language}"].split(";")):
                words = tuple(
                    fold(word.strip("*")).join(
                        ("*" * word.startswith("*"), "*" * word.endswith("*"))
                    )
                    for word in phrase.replace("-", " ").split()
                )
                head = words[0]
                shelf = "*" if head.startswith("*") else head.strip("*")[:3]
                shelves[shelf].append(_Entry(words, row["family"], sense))
    return {
        shelf: tuple(sorted(found, key=lambda entry: -entry.letters))
        for shelf, found in shelves.items()
    }


def found_at(words: Sequence[str], place: int, language: Language) -> Found | None:
    """Return the family of the words that begin at a place, by the longest entry.

    >>> found_at(["lebensmittelabfälle"], 0, "de").family
    'food-waste'
    """
    known = _entries(language)
    best: _Entry | None = None
    for entry in (*known.get(words[place][:3], ()), *known.get("*", ())):
        if best is not None and entry.letters <= best.letters:
            continue
        if _fits(entry, words, place):
            best = entry
    return None if best is None else Found(best.family, best.sense, len(best.words))


def _fits(entry: _Entry, words: Sequence[str], place: int) -> bool:
    parts = words[place : place + len(entry.words)]
    if len(parts) < len(entry.words):
        return False
    return all(_same(part, word) for part, word in zip(entry.words, parts, strict=True))


@lru_cache(maxsize=65536)
def _same(pattern: str, word: str) -> bool:
    root = pattern.strip("*")
    if pattern.endswith("*"):
        return word.startswith(root) if not pattern.startswith("*") else root in word
    whole = next((word.removesuffix(end) for end in _MEASURES if word.endswith(end)), word)
    for form in {word, whole}:
        place = (
            form.rfind(root) if pattern.startswith("*") else (0 if form.startswith(root) else -1)
        )
        if place >= 0 and form[place + len(root) :] in _INFLECTION:
            return True
    return False


@lru_cache(maxsize=16384)
def sense_of_label(label: str, language: Language) -> Sense | None:
    """Return on which side the head of a label stands, None when no family knows it.

    >>> sense_of_label("Lärm", "de"), sense_of_label("Lärmschutz", "de")
    (-1, 1)
    """
    words = [fold(part) for part in label.replace("-", " ").split()]
    head = words[: next((i for i, w in enumerate(words) if i and w in _CUTS), len(words))]
    for place in range(len(head)):
        found = found_at(head, place, language)
        if found is not None and place + found.length == len(head):
            return found.sense
    return None


_CUTS: Final = frozenset({"von", "der", "des", "für", "im", "in", "of", "for", "from", "gegen"})
