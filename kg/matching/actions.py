"""Tell what a measure does (build, plan, stop …) and by which instrument, from its words."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from kg.language import Language
from kg.matching.text import Token, fold, stem

SHORTEST_END: Final = 5
# Words that mean something else at the end of a compound: Wochenende, Haltestelle.
_WHOLE: Final = frozenset({"ende", "stelle", "stell", "entsteh", "gestalt", "angebot", "preis"})


@dataclass(frozen=True, slots=True)
class Doing:
    """Hold the actions and instruments a text names, each with the word, and their direction.

    `direction` is above 0 where something comes or grows, below where it ends or shrinks.
    """

    actions: Mapping[str, str]
    instruments: Mapping[str, str]
    direction: int


@dataclass(frozen=True, slots=True)
class _Kind:
    slot: str
    name: str
    polarity: int


def doing_of(text: str, words: Iterable[Token], language: Language = "de") -> Doing:
    """Return what the words of a text say about doing; German compounds count by their end.

    >>> from kg.matching.text import tokens
    >>> text = "Machbarkeitsstudie für den Rückbau"
    >>> doing = doing_of(text, tokens(text, "de"))
    >>> sorted(doing.actions), sorted(doing.instruments), doing.direction
    (['remove'], ['study'], -1)
    """
    actions: dict[str, str] = {}
    instruments: dict[str, str] = {}
    direction = 0
    for token in words:
        for kind in _kinds(token.word, language):
            found = actions if kind.slot == "action" else instruments
            found.setdefault(kind.name, token.span.of(text))
            direction += kind.polarity
    return Doing(actions, instruments, direction)


def is_action(folded: str, language: Language) -> bool:
    """Tell whether a folded word is itself the name of an action or instrument."""
    known = _table()
    return folded in known or stem(folded, language) in known


@lru_cache(maxsize=16384)
def _kinds(folded: str, language: Language) -> tuple[_Kind, ...]:
    known = _table()
    for key in (folded, stem(folded, language)):
        if key in known:
            return known[key]
    if language == "en":
        return ()
    for root in (folded, stem(folded, "de")):
        for start in range(3, len(root) - SHORTEST_END + 1):
            if root[start:] in known and root[start:] not in _WHOLE:
                return known[root[start:]]
    return ()


@lru_cache(maxsize=1)
def _table() -> Mapping[str, tuple[_Kind, ...]]:
    """Return the kinds by folded word and, unless the word ends in "=", by its stems."""
    text = files("kg.matching").joinpath("words", "actions.csv").read_text("utf-8")
    found: dict[str, dict[_Kind, None]] = defaultdict(dict)
    for row in csv.DictReader(text.splitlines()):
        kind = _Kind(row["slot"], row["kind"], int(row["polarity"]))
        for word in row["words"].split():
            folded = fold(word.removesuffix("="))
            stems = () if word.endswith("=") else (stem(folded, "de"), stem(folded, "en"))
            for key in (folded, *(root for root in stems if len(root) > 3)):
                found[key][kind] = None
    return {key: tuple(kinds) for key, kinds in found.items()}
