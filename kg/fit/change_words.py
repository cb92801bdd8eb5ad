"""Know the words of change: which German and English words mean more, less, kept or only examined.

The words stand in `change_words.csv`. Inflected forms are reached by one rule a language: German
endings and the prefixes »ge« and »zu« of separable verbs fall away (»ausgebaut«, »auszubauen«),
English words are compared by their Snowball stem.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final, Literal, cast

from kg.language import Language
from kg.matching.text import fold, stem

WordKind = Literal["verb", "noun", "adverb", "preposition"]
Effect = Literal["more", "less", "keep", "study"]

# Particles of separable verbs whose finite form stands apart: »baut … aus«.
PARTICLES: Final = (
    *("zurück", "voran", "still", "fort", "weiter", "wieder", "frei", "bei"),
    *("ab", "an", "auf", "aus", "ein", "weg", "zu", "vor"),
)
_ENDINGS: Final = (
    *("ungen", "ungs", "ung", "enden", "ender", "ende", "end", "eten", "ete", "ten", "ter", "tes"),
    *("tet", "te", "et", "en", "em", "er", "es", "t", "e", "n", "s"),
)
SHORTEST_STEM: Final = 3
# A word of change at the end of a compound leaves at least this many letters of its object.
SHORTEST_OBJECT: Final = 3
SHORTEST_TAIL: Final = 5


@dataclass(frozen=True, slots=True)
class ChangeWord:
    """Hold a word of change: what it does to its object, and by which kind of action."""

    kind: WordKind
    effect: Effect
    action: str


def german_root(word: str) -> str:
    """Return a folded German word without its ending; umlauts stay, so »fördern« is no »fordern«.

    >>> german_root("reduzierung"), german_root("reduziert"), german_root("fördern")
    ('reduzier', 'reduzier', 'förder')
    """
    for ending in _ENDINGS:
        # »fördern« and »steuern« lose the n only.
        if ending == "n" or not word.endswith(ending):
            continue
        if ending in {"er", "es", "em"} and word.endswith(("ier", "ner")):
            continue
        root = word.removesuffix(ending)
        if len(root) >= SHORTEST_STEM:
            return root
    return word.removesuffix("n") if word.endswith(("ern", "eln")) else word


@lru_cache(maxsize=2)
def _vocabulary(language: Language) -> Mapping[str, ChangeWord]:
    text = files("kg.fit").joinpath("change_words.csv").read_text("utf-8")
    found: dict[str, ChangeWord] = {}
    for row in csv.DictReader(text.splitlines()):
        if row["language"] != language:
            continue
        entry = ChangeWord(
            cast("WordKind", row["kind"]), cast("Effect", row["effect"]), row["action"]
        )
        exact = entry.kind in {"adverb", "preposition"} or (
            language == "de" and entry.kind == "noun"
        )
        for word in map(fold, row["words"].split(";")):
            key = word if exact else _root(word, language)
            found.setdefault(key if language == "en" else f"{_shelf(entry)}{key}", entry)
            if entry.kind == "verb":
                # Irregular forms are listed as they stand.
                found.setdefault(word if language == "en" else f"={word}", entry)
    return found


def _shelf(entry: ChangeWord) -> str:
    """Return the mark under which German roots of verbs are kept apart from whole words."""
    return "~" if entry.kind == "verb" else "="


def _root(word: str, language: Language) -> str:
    return german_root(word) if language == "de" else stem(word, language)


@lru_cache(maxsize=65536)
def change_word(word: str, language: Language) -> ChangeWord | None:
    """Return what a folded word does to its object, None when it is no word of change.

    >>> change_word("abzuschaffen", "de").effect, change_word("banned", "en").action
    ('less', 'ban')
    """
    known = _vocabulary(language)
    if language == "en":
        return known.get(word) or known.get(stem(word, "en"))
    whole = known.get(f"={word}") or known.get(f"={word.removesuffix('s')}")
    if whole is not None:
        return whole
    return next((known[f"~{form}"] for form in _forms(word) if f"~{form}" in known), None)


def _forms(word: str) -> list[str]:
    """Return the roots that a German word form may have."""
    forms = [word]
    if word.startswith("ge"):
        forms.append(word[2:])
    for particle in PARTICLES:
        rest = word.removeprefix(particle)
        if rest != word and rest.startswith(("ge", "zu")):
            forms.append(particle + rest[2:])
    return [root for form in forms for root in (german_root(form), german_root(german_root(form)))]


@lru_cache(maxsize=65536)
def separated(verb: str, particle: str) -> ChangeWord | None:
    """Return the verb whose finite form and particle stand apart.

    >>> separated("schafft", "ab").effect, separated("baut", "aus").effect
    ('less', 'more')
    """
    found = _vocabulary("de").get(f"~{particle}{german_root(verb)}")
    return found if found is not None and found.kind == "verb" else None


@lru_cache(maxsize=65536)
def compound_tail(word: str) -> tuple[int, ChangeWord] | None:
    """Return where a word of change begins inside a German compound, and what it does.

    >>> compound_tail("abfallvermeidung")[0], compound_tail("einwegverbots")[1].action
    (6, 'ban')
    """
    for start in range(SHORTEST_OBJECT, len(word) - SHORTEST_TAIL + 1):
        tail = word[start:]
        known = _vocabulary("de")
        found = known.get(f"={tail}") or known.get(f"={tail.removesuffix('s')}")
        if found is None and tail.endswith(("ung", "ungen", "ungs")):
            found = known.get(f"~{german_root(tail)}")
        if found is not None and found.kind in {"noun", "verb"}:
            return start, found
    return None
