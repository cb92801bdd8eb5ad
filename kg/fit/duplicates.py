"""List measures that may be the same, and their kind elsewhere, for people to compare.

Nothing is ever merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from kg.fit.aims import KnownMeasure
from kg.fit.candidates import topic_words
from kg.fit.index import mean_vector
from kg.fit.reading import Reading
from kg.fit.report import Duplicate, DuplicateRelation
from kg.language import Language, Text
from kg.matching.compare import Pair
from kg.matching.likeness import LINE as LINE_SAME
from kg.matching.likeness import Likeness, in_words, likenesses, shipped_likeness
from kg.matching.prepare import PreparedText
from kg.matching.text import is_function_word, tokens

# From this cosine on, 86 of 100 rewordings were found with 3 in 1,000 random pairs.
LINE: Final = 0.45
# From this probability on, people should look whether two measures are the same.
REVIEWED: Final = 0.35
# Without a common object only texts at least this near (cosine) are listed.
NEAR_WORDING: Final = 0.6
MOST: Final = 5


def similar_measures(reading: Reading) -> list[tuple[KnownMeasure, PreparedText, float]]:
    """Return the city's measures at or above the line, the nearest first."""
    own = reading.index.measures.get(reading.city)
    if own is None or not len(reading.text.vectors):
        return []
    cosines = own.vectors @ mean_vector(reading.text)
    order = np.argsort(-np.round(cosines, 5), kind="stable")
    return [
        (own.measures[place], own.texts[place], float(cosines[place]))
        for place in order
        if cosines[place] >= LINE
    ]


def duplicates(reading: Reading) -> tuple[Duplicate, ...]:
    """Return the review list: probably the same measures of the city first, then their kind.

    Measures of other cities are never called the same, but of the same kind elsewhere.
    """
    if not len(reading.text.vectors):
        return ()
    known = reading.index.candidates
    mine = known.reader.read(reading.text)
    near = known.near(mine, mean_vector(reading.text), reading.city)
    alike = likenesses(mine, [known.slots(place) for place, _ in near], shipped_likeness())
    own_words = topic_words(reading.text)
    found: list[Duplicate] = []
    for (place, cosine), likeness in zip(near, alike, strict=True):
        measure = known.measures[place]
        own = not reading.city or reading.city in measure.cities
        relation = relation_of(likeness, own=own)
        if relation is not None and has_ground(likeness, cosine, relation):
            entry = _Found(measure, known.words(place), relation, likeness, cosine)
            found.append(_entry(reading, own_words, entry))
    found.sort(key=lambda item: (-round(item.probability, 3), -round(item.similarity, 3), item.iri))
    same = [entry for entry in found if entry.relation == "same"]
    kind = [entry for entry in found if entry.relation == "elsewhere"]
    return (*same[:MOST], *kind[:MOST])


@dataclass(frozen=True, slots=True)
class _Found:
    measure: KnownMeasure
    words: Mapping[str, str]
    relation: DuplicateRelation
    likeness: Likeness
    cosine: float


def relation_of(likeness: Likeness, *, own: bool) -> DuplicateRelation | None:
    """Return how people should see two measures, `own` where both are of one city; else None."""
    if own and likeness.probability >= REVIEWED:
        return "same"
    return "elsewhere" if likeness.relation in ("same", "elsewhere") else None


def has_ground(likeness: Likeness, cosine: float, relation: DuplicateRelation) -> bool:
    """Tell whether both speak of a common object or in near words; a common means is too little.

    The same kind elsewhere needs both: a thing that two measures merely touch is no kind.
    """
    shared = any(pair.slot == "object" for pair in likeness.agrees)
    if relation == "elsewhere":
        return shared and cosine >= LINE
    return shared or cosine >= NEAR_WORDING


def _entry(reading: Reading, mine: Mapping[str, str], found: _Found) -> Duplicate:
    language, measure = reading.language, found.measure
    theirs = found.words
    shared = [theirs[stem] for stem in theirs if stem in mine]
    titles = {token.stem: token.span.of(measure.label) for token in tokens(measure.label, "de")}
    differs = [
        word
        for stem, word in titles.items()
        if stem not in mine
        and not is_function_word(stem, "de")
        and (word[0].isupper() or word.isdigit())
    ]
    return Duplicate(
        measure.iri,
        measure.label,
        measure.number,
        found.cosine,
        tuple(shared[:8]),
        tuple(differs[:8]),
        _note(
            found, same_title=measure.label.casefold() == reading.measure.title.casefold()
        ).in_language(language),
        measure.url or measure.row,
        found.relation,
        found.likeness.probability,
        tuple(sorted(measure.cities)),
        worded(found.likeness.agrees, language),
        worded(found.likeness.clashes, language),
    )


def worded(pairs: Iterable[Pair], language: Language) -> tuple[str, ...]:
    """Return what agrees or clashes in words, each once."""
    return tuple(dict.fromkeys(in_words(pair).in_language(language) for pair in pairs))


def _note(found: _Found, *, same_title: bool) -> Text:
    if found.relation == "elsewhere":
        return Text(
            "Gleiche Art von Maßnahme an anderem Ort, in anderer Menge oder in anderer Kommune.",
            "Same kind of measure at another place, in another number or municipality.",
        )
    if same_title:
        return Text(
            "Gleicher Titel: Ist es dieselbe Maßnahme? Bitte vergleichen.",
            "Same title: is it the same measure? Please compare.",
        )
    if found.likeness.probability >= LINE_SAME:
        return Text(
            "Vermutlich dieselbe Maßnahme. Ob sie es ist, entscheiden Menschen.",
            "Probably the same measure. Whether it is, is for people to decide.",
        )
    return Text(
        "Möglicherweise dieselbe Maßnahme. Bitte vergleichen.",
        "Possibly the same measure. Please compare.",
    )
