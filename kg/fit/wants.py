"""Hold what the goals of concepts and frameworks want, read once from their own wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.fit.aims import Aim
from kg.fit.change_words import change_word
from kg.fit.clauses import clauses
from kg.fit.direction import Direction, against_goal, against_target
from kg.fit.polarity import Move, moves
from kg.language import Language
from kg.matching.annotate import Annotator, Mention
from kg.matching.text import language_of, normalise
from kg.matching.thesaurus import Thesaurus

# Moves of these families concern goals that name the ones above them in the waste hierarchy.
_REACHES: Final[Mapping[str, tuple[str, ...]]] = {
    "energy-recovery": ("waste", "reuse", "single-use", "food-waste", "recycling"),
    "recycling": ("waste", "reuse"),
    "separate-collection": ("waste", "reuse"),
}


@dataclass(frozen=True, slots=True)
class Wants:
    """Hold the moves that each goal wants, and the goals by the things they name."""

    by_aim: Mapping[str, tuple[Move, ...]]
    by_thing: Mapping[str, frozenset[str]]

    @classmethod
    def read(cls, aims: Iterable[Aim], annotator: Annotator, thesaurus: Thesaurus) -> Wants:
        """Return the wants of aims by their labels; remarks below a label are not read."""
        by_aim = {aim.iri: tuple(_wants(aim, annotator, thesaurus)) for aim in aims}
        by_thing: dict[str, set[str]] = defaultdict(set)
        for iri, found in by_aim.items():
            for key in {key for move in found for key in _around(move.keys, thesaurus)}:
                by_thing[key].add(iri)
        return cls(by_aim, {key: frozenset(found) for key, found in sorted(by_thing.items())})

    def concerned(self, found: Iterable[Move], thesaurus: Thesaurus) -> frozenset[str]:
        """Return the goals that name a thing which the moves of a measure concern."""
        keys: set[str] = set()
        for move in found:
            keys |= _around(move.keys, thesaurus) | move.families
            keys.update(key for family in move.keys for key in _REACHES.get(family, ()))
        return frozenset(iri for key in keys for iri in self.by_thing.get(key, ()))


def against_aim(
    found: Sequence[Move], iri: str, wants: Wants, thesaurus: Thesaurus
) -> Direction | None:
    """Return the rule that holds between moves and an SDG target or a goal; None for none."""
    if iri in wants.by_aim:
        return against_goal(found, wants.by_aim[iri], thesaurus)
    return against_target(found, iri, thesaurus)


def read_moves(
    text: str, mentions: Iterable[Mention], annotator: Annotator, thesaurus: Thesaurus
) -> tuple[Move, ...]:
    """Return the moves of a normalised text in the language its words of change are in."""
    language = spoken(text)
    found = list(mentions)
    if language != language_of(text):
        found = annotator.annotate(text, language)
    return tuple(moves(text, found, thesaurus, language))


@lru_cache(maxsize=64)
def spoken(text: str) -> Language:
    """Return the language of a text; short English ones are known by their words of change.

    >>> spoken("Subsidise cargo bikes"), spoken("Lastenräder fördern")
    ('en', 'de')
    """
    language = language_of(text)
    if language == "en":
        return language
    words = [word for clause in clauses(text, "de") for word in clause.folded]
    if any(change_word(word, "de") is not None for word in words):
        return language
    return "en" if any(change_word(word, "en") is not None for word in words) else language


def _wants(aim: Aim, annotator: Annotator, thesaurus: Thesaurus) -> tuple[Move, ...]:
    text = normalise(next(iter((*aim.german, *aim.english)), ""))
    return read_moves(text, annotator.annotate(text), annotator, thesaurus) if text else ()


def _around(keys: Iterable[str], thesaurus: Thesaurus) -> set[str]:
    found = set(keys)
    for key in keys:
        if key in thesaurus.concepts:
            found.update(thesaurus.concepts[key].broader)
    return found
