"""Find which words of change govern which thing of a clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.fit.change_words import ChangeWord
from kg.fit.clauses import Words, clause_words, is_peripheral
from kg.fit.things import Thing, word_at
from kg.fit.verbs import is_final, is_other_verb, leads_nowhere
from kg.language import Language

_REACH: Final = 4


@dataclass(slots=True)
class Governed:
    """Collect what governs one object while its clause is read."""

    thing: Thing
    words: list[tuple[int, ChangeWord]]
    by_verb: bool = False
    denied: bool = False
    aside: bool = False
    is_part: bool = False


def govern(words: Words, things: Sequence[Thing], language: Language) -> list[Governed]:
    """Return the things of a clause with the words of change that govern each."""
    reader = _Reader(words)
    by_start = {thing.start: thing for thing in things}
    inside = {place for thing in things for place in range(thing.start, thing.end)}
    place = 0
    while place < len(words):
        thing = by_start.get(place)
        if thing is not None:
            reader.take_thing(thing)
            place = max(place + 1, thing.end)
            continue
        change = None if place in inside else word_at(words, place, language)
        reader.take_word(place, change)
        place += 1
    return reader.found


class _Reader:
    """Read a clause from left to right.

    Nouns of change, and verbs that stand before their objects, wait in `chain` for the next
    things; a verb at the end takes the things since the last such verb.
    """

    def __init__(self, words: Words) -> None:
        self.words = words
        self.found: list[Governed] = []
        self._chain: list[tuple[int, ChangeWord]] = []
        self._used = False
        self._scope = 0
        self._denial = -1
        # From »durch« to the next auxiliary: by what means, so not what the verb moves.
        self._means = (len(words), len(words))

    def take_thing(self, thing: Thing) -> None:
        """Give a thing to what waits for it."""
        item = Governed(thing, [], is_part=self._is_part(thing))
        located = is_peripheral(self.words, thing.start, clause_words("place"))
        if self._chain and not self._is_barred(thing, located=located):
            item.words, self._used = list(self._chain), True
            item.by_verb = _is_verb(self.words, self._chain[0])
        item.aside = located and not item.words
        if self._denial >= 0 and (not self._used or thing.start - self._denial <= _REACH):
            item.denied = True
        self.found.append(item)

    def take_word(self, place: int, change: ChangeWord | None) -> None:
        """Read a word that belongs to no thing."""
        word = self.words.folded[place]
        self._watch_means(place, word)
        if word in clause_words("denies"):
            self._denial, self._chain, self._used = place, [], False
        elif change is not None and change.effect != "study":
            self._take_change(place, change)
        elif word in clause_words("against") and self._turns():
            last, kept = self._chain[-1]
            self._chain[-1], self._used = (last, replace(kept, effect="less")), False
        elif word in clause_words("purpose") and (self._used or not _takes(self._chain, word)):
            self._chain, self._denial = [], -1
        elif is_other_verb(self.words, place):
            self._scope, self._chain = len(self.found), []

    def _watch_means(self, place: int, word: str) -> None:
        start, end = self._means
        if word in clause_words("means") and place == 0:
            self._means = (place, end)
        elif start < place < end and word in clause_words("modals"):
            self._means = (start, place)

    def _is_barred(self, thing: Thing, *, located: bool) -> bool:
        """Tell whether a thing stands out of reach of what waits."""
        last, change = self._chain[-1]
        if self._used and not self._is_joined(thing):
            return True
        if not self._used and self._joins_between(last + 1, thing.start):
            # »Rückbau und Wiederverwendung«: the thing stands beside the word of change.
            return True
        if change.kind == "adverb":
            return located or thing.start - last > _REACH - 1
        if not located or _fits_verb(self._chain, self.words, thing.start):
            return False
        between = range(last + 1, thing.start)
        return (
            self._used
            or _is_verb(self.words, (last, change))
            or any(self.words.is_noun(place) for place in between)
        )

    def _is_joined(self, thing: Thing) -> bool:
        """Tell whether a thing is joined to the one before by a comma or conjunction."""
        end = self.found[-1].thing.end if self.found else 0
        commas = any(self.words.comma_after(place) for place in range(max(end - 1, 0), thing.start))
        return commas or self._joins_between(end, thing.start)

    def _is_part(self, thing: Thing) -> bool:
        """Tell whether a thing only belongs to the one before: »Energieverbrauch der Schule«."""
        if not self.found:
            return False
        head = self.found[-1].thing
        if thing.families and not head.families:
            # »Betrieb der Bauteilbörse beenden« ends the exchange.
            return False
        between = self.words.folded[head.end : thing.start]
        return bool(between) and all(word in clause_words("belongs") for word in between)

    def _joins_between(self, start: int, end: int) -> bool:
        return any(word in clause_words("joins") for word in self.words.folded[start:end])

    def _turns(self) -> bool:
        """Tell whether »vor« makes a protection of what came before one from what follows."""
        return bool(self._chain) and self._chain[-1][1].effect == "keep"

    def _take_change(self, place: int, change: ChangeWord) -> None:
        verb = change.kind == "verb" and not self.words.is_noun(place)
        if verb and is_final(self.words, place) and self._close(place, change):
            return
        if leads_nowhere(self.words, place):
            return
        if self._chain and not self._used and self._continues(place):
            self._chain.append((place, change))
        else:
            self._chain, self._used = [(place, change)], False

    def _close(self, place: int, change: ChangeWord) -> bool:
        """Let a verb take the things before it; tell whether there were any."""
        near = self.found[self._scope :]
        left = [item for item in near if not item.by_verb and not item.is_part]
        if near and not left:
            return True
        if change.action == "replace":
            left = left[:1]
        if change.effect == "keep" and clause_words("against") & set(self.words.folded[:place]):
            change = replace(change, effect="less")
        for item in left:
            if self._reaches_back(item.thing, place, change):
                item.words.append((place, change))
                item.by_verb, item.aside = True, False
        if left:
            self._scope, self._chain, self._used = len(self.found), [], False
        return bool(left)

    def _reaches_back(self, thing: Thing, place: int, change: ChangeWord) -> bool:
        if self._means[0] <= thing.start < self._means[1]:
            return False
        outside = clause_words("purpose") | clause_words("place")
        if not is_peripheral(self.words, thing.start, outside):
            return True
        return _fits_verb([(place, change)], self.words, thing.start)

    def _continues(self, place: int) -> bool:
        """Tell whether a word of change is the object of the one before: »Abbau von Hürden«."""
        last = self._chain[-1][0]
        between = self.words.folded[last + 1 : place]
        apart = clause_words("joins") | clause_words("purpose")
        return place - last <= _REACH and not any(word in apart for word in between)


def _is_verb(words: Words, found: tuple[int, ChangeWord]) -> bool:
    place, word = found
    before = words.folded[place - 1] if place else ""
    return (
        word.kind == "verb" and not words.is_noun(place) and before not in clause_words("nominal")
    )


def _fits_verb(chain: Sequence[tuple[int, ChangeWord]], words: Words, place: int) -> bool:
    """Tell whether a verb takes its object with a preposition: »auf Einweg verzichten«."""
    action = chain[-1][1].action
    before = words.folded[max(0, place - 2) : place]
    return (action == "refuse" and "auf" in before) or (action == "end" and "aus" in before)


def _takes(chain: Sequence[tuple[int, ChangeWord]], word: str) -> bool:
    return bool(chain) and word in {"to", "zu", "zum", "zur"} and chain[-1][1].action == "cut"
