"""Say in words why a text was ranked near an aim."""

from __future__ import annotations

from dataclasses import dataclass

from kg.language import Language
from kg.matching.annotate import Mention
from kg.matching.match import matched_words
from kg.matching.prepare import PreparedText
from kg.matching.rank import AimIndex
from kg.matching.thesaurus import Thesaurus

# Below this cosine the nearest sentence is no reason worth naming.
NEAR: float = 0.3


@dataclass(frozen=True, slots=True)
class Reason:
    """Hold one reason: a concept the text names, or the sentence whose meaning is nearest.

    `matched` holds words of the text, `concept` an IRI or "", `against` the wording of the aim.
    """

    kind: str
    text: str
    matched: tuple[str, ...]
    concept: str
    against: str
    value: float

    def as_json(self) -> dict[str, str | float | list[str]]:
        """Return the reason as `match` writes it."""
        return {
            "kind": self.kind,
            "text": self.text,
            "matched": list(self.matched),
            "concept": self.concept,
            "against": self.against,
            "value": round(self.value, 3),
        }


class Named:
    """Hold the concepts that a text names and does not deny, with their mentions."""

    def __init__(self, prepared: PreparedText) -> None:
        grouped: dict[str, list[Mention]] = {}
        for mention in prepared.mentions:
            if not mention.denied:
                grouped.setdefault(mention.concept, []).append(mention)
        self._concepts = [
            (concept, max(item.weight for item in found), found)
            for concept, found in grouped.items()
        ]

    def speaking_for(self, aim: str, index: AimIndex) -> list[tuple[float, list[Mention]]]:
        """Return the mentions that speak for an aim, a list a concept, the strongest first."""
        weighed = [
            (weight * strongest, found)
            for concept, strongest, found in self._concepts
            if (weight := index.concept_weight(concept, aim)) > 0
        ]
        if len(weighed) > 1:
            weighed.sort(key=lambda entry: (-entry[0], entry[1][0].concept))
        return weighed


def concept_mentions(
    prepared: PreparedText, index: AimIndex, aim: str
) -> list[tuple[float, list[Mention]]]:
    """Return the mentions that speak for an aim, a list a concept, the strongest first."""
    return Named(prepared).speaking_for(aim, index)


def reasons(
    prepared: PreparedText,
    index: AimIndex,
    aim: str,
    *,
    thesaurus: Thesaurus,
    language: Language,
    most: int = 3,
) -> list[Reason]:
    """Return the reasons for an aim: named concepts first, then the nearest sentence."""
    found: list[Reason] = []
    german = language == "de"
    for value, mentions in concept_mentions(prepared, index, aim)[:most]:
        name = thesaurus.concepts[mentions[0].concept].name(language)
        words = matched_words(mentions)
        quoted = ", ".join(f"»{word}«" if german else f"“{word}”" for word in words)
        text = (
            f"Der Text nennt {quoted} (Begriff {name})."
            if german
            else f"The text names {quoted} (concept {name})."
        )
        found.append(Reason("concept", text, tuple(words), mentions[0].concept, name, value))
    nearest = index.nearest(prepared, aim)
    if nearest is not None and nearest.cosine >= NEAR:
        quote = prepared.spans[nearest.sentence].of(prepared.text)
        text = (
            f"Der Satz »{quote}« ist dem Ziel im Sinn nahe: »{nearest.prototype}«."
            if german
            else f"The sentence “{quote}” is close in meaning to: “{nearest.prototype}”."
        )
        found.append(Reason("meaning", text, (quote,), "", nearest.prototype, nearest.cosine))
    return found
