"""Propose R-strategies, fields and instruments from the words of a text, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.fit.evidence import quoted
from kg.fit.index import FitIndex
from kg.fit.reading import SlotKind, SlotUse, worded_slots
from kg.fit.report import Suggestion
from kg.language import Language, Text
from kg.matching.match import matched_words
from kg.matching.prepare import Batch

MOST: Final = 3
KINDS: Final[tuple[SlotKind, ...]] = ("field", "r-strategy", "instrument")


@dataclass(frozen=True, slots=True)
class Suggested:
    """Hold what a text suggests for one field of the form, the most telling first."""

    kind: SlotKind
    suggestions: tuple[Suggestion, ...]


def suggested(text: str, index: FitIndex, language: Language) -> tuple[Suggested, ...]:
    """Return what the words of a text suggest for each kind of slot; a text may suggest nothing.

    These are the slots that the check itself reads from the words.
    """
    if not any(character.isalnum() for character in text):
        return ()
    texts = Batch(index.sdg.prepare([text]))
    slots = worded_slots(texts[0], index, index.sdg.score_all(texts)[0])
    found = []
    for kind in KINDS:
        some = tuple(
            Suggestion(
                index.slots.label(slot.iri, language),
                slot.iri,
                named_words(slot, language).in_language(language),
            )
            for slot in most_telling(slots, kind)
        )
        if some:
            found.append(Suggested(kind, some))
    return tuple(found)


def most_telling(slots: Iterable[SlotUse], kind: SlotKind) -> list[SlotUse]:
    """Return the slots of a kind that the words speak for most, a few at the most."""
    some = [slot for slot in slots if slot.kind == kind and slot.via == "mentioned"]
    some.sort(key=lambda slot: (-sum(item.weight for item in slot.mentions), slot.iri))
    return some[:MOST]


def named_words(slot: SlotUse, language: Language) -> Text:
    """Say which words of the text speak for a slot."""
    words = ", ".join(quoted(word, language) for word in matched_words(slot.mentions))
    return Text(f"Der Text nennt {words}.", f"The text names {words}.")
