"""Read which thing a text moves in which direction: more, less, kept, denied, or only examined.

Objects are mentions of thesaurus concepts and words of `families`. The words of change that govern
an object multiply (»Aufhebung des Verbots von Einweg« is more single-use). What a text only names
counts as wanted by it when the thing itself is (»Repair-Café in der Bücherei«).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

from kg.fit.change_words import german_root
from kg.fit.clauses import Words, clause_words, clauses
from kg.fit.families import Sense
from kg.fit.governing import Governed, govern
from kg.fit.things import Thing, changes_at, things_of, word_at
from kg.language import Language
from kg.matching.annotate import Mention
from kg.matching.text import Span
from kg.matching.thesaurus import Thesaurus

# »nicht mehr« reaches this many words.
_NEAR: Final = 6

Way = Literal["more", "less", "kept", "denied", "named"]


@dataclass(frozen=True, slots=True)
class Move:
    """Say that a text moves a thing.

    `keys` are IRIs of concepts and names of families; `sense` tells whether the thing itself is
    wanted (1), unwanted (-1) or neither (0); `span` reaches from the word of change to the thing,
    `thing` covers the thing alone; `action` is that of the word which decides, "" without any.
    """

    keys: frozenset[str]
    families: frozenset[str]
    sense: Sense
    way: Way
    examined: bool
    action: str
    change: str
    span: Span
    thing: Span
    head: str

    @property
    def sign(self) -> int:
        """Return 1 for more or kept, -1 for less, 0 for what is only named or denied."""
        return {"more": 1, "kept": 1, "less": -1, "denied": 0, "named": 0}[self.way]

    @property
    def good(self) -> int:
        """Return 1 if things get as they are wanted, -1 if not, 0 when that is not known.

        To do without an unwanted thing is good; to do without a wanted one is only denied.
        """
        if self.way == "named":
            return max(self.sense, 0)
        if self.way == "denied":
            return 1 if self.sense < 0 else 0
        return self.sign * self.sense


def moves(
    text: str, mentions: Sequence[Mention], thesaurus: Thesaurus, language: Language
) -> list[Move]:
    """Return the moves of a normalised text in the order of their things."""
    found: list[Move] = []
    carried = False
    for words in clauses(text, language):
        own = list(_in_clause(words, mentions, thesaurus, language, carried=carried))
        carried = not own and _only_asks(words, language) and not words.ends_sentence
        found += own
    return found


@lru_cache(maxsize=64)
def only_examines(text: str, language: Language) -> bool:
    """Tell whether all words of change of a text examine, plan or inform."""
    effects = {
        found.effect
        for words in clauses(text, language)
        for place in range(len(words))
        for found in changes_at(words, place, language)
        if found.kind != "adverb"
    }
    return effects == {"study"}


def _only_asks(words: Words, language: Language) -> bool:
    """Tell whether a clause only says that the next one is examined: »Es wird geprüft, …«."""
    found = [word for place in range(len(words)) for word in changes_at(words, place, language)]
    return bool(found) and all(word.effect == "study" for word in found)


def _in_clause(
    words: Words,
    mentions: Sequence[Mention],
    thesaurus: Thesaurus,
    language: Language,
    *,
    carried: bool,
) -> Iterator[Move]:
    things = list(things_of(words, mentions, thesaurus, language))
    if not things:
        return
    governed = [item for item in govern(words, things, language) if not item.aside]
    examined = [
        place
        for place in range(len(words))
        if (found := word_at(words, place, language)) is not None and found.effect == "study"
    ]
    verbs = [place for place in examined if language == "de" and not words.is_noun(place)]
    for item in governed:
        told = carried or bool(verbs) or any(place < item.thing.start for place in examined)
        ended = any(
            word.effect == "less" and (place > item.thing.start or place < min(examined, default=0))
            for place, word in item.words
        )
        told = told or _is_study(item.thing)
        yield _move(words, item, examined=told and not (ended and not verbs and not carried))


def _is_study(thing: Thing) -> bool:
    return thing.inner is not None and thing.inner.effect == "study"


def _move(words: Words, item: Governed, *, examined: bool) -> Move:
    thing = item.thing
    governing = list(item.words)
    if thing.inner is not None:
        governing.append((thing.start, thing.inner))
    acting = [(place, word) for place, word in governing if word.effect != "study"]
    if all(word.action == "price" for _, word in acting):
        # What something costs says nothing of its direction.
        acting = []
    less = sum(word.effect == "less" for _, word in acting) % 2 == 1
    way: Way = "named"
    if acting:
        kept = all(word.effect == "keep" for _, word in acting)
        way = "less" if less else "kept" if kept else "more"
    no_more = _says_no_more(words, thing)
    decisive = next((word for _, word in acting if word.effect == "less"), None)
    decisive = decisive or (acting[0][1] if acting else None)
    action = decisive.action if decisive is not None else ""
    if no_more and way != "less":
        way, action = "less", "cut"
    elif item.denied or _says_not(words):
        way = "kept" if way == "less" else "denied"
    elif thing.denied and way == "named":
        way = "denied"
    start = min([thing.start, *(place for place, _ in governing)])
    end = max([thing.end, *(place + 1 for place, _ in governing)])
    change = " ".join(
        words.shown(place) for place, _ in acting if not thing.start <= place < thing.end
    )
    return Move(
        thing.keys,
        thing.families,
        thing.sense,
        way,
        examined,
        action,
        change,
        words.span(start, end),
        words.span(thing.start, thing.end),
        german_root(words.folded[thing.end - 1]),
    )


def _says_not(words: Words) -> bool:
    for place, word in enumerate(words.folded):
        if word in clause_words("not"):
            after = words.folded[place + 1] if place + 1 < len(words) else ""
            return after not in clause_words("not-only")
    return False


def _says_no_more(words: Words, thing: Thing) -> bool:
    """Tell whether »nicht mehr« or »no longer« stands near a thing."""
    folded = words.folded
    for place, (one, other) in enumerate(pairwise(folded)):
        stops = one in clause_words("not") | {"no"} and other in clause_words("not-more")
        if stops and abs(place - thing.start) <= _NEAR:
            return True
    return any(word in clause_words("denies") for word in folded) and "mehr" in folded[1:]
