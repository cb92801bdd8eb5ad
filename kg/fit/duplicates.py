"""List measures of the city that read alike, for people to compare; nothing is ever merged."""

from __future__ import annotations

from typing import Final

import numpy as np

from kg.fit.aims import KnownMeasure
from kg.fit.index import mean_vector
from kg.fit.reading import Reading
from kg.fit.report import Duplicate
from kg.language import Language, Text
from kg.matching.prepare import PreparedText
from kg.matching.text import is_function_word, is_generic, tokens

# From this cosine on, 86 of 100 rewordings were found with 3 in 1,000 random pairs.
LINE: Final = 0.45
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
    """Return the review list: how alike, which words are shared, which differ."""
    return tuple(
        _entry(reading, measure, text, cosine)
        for measure, text, cosine in similar_measures(reading)[:MOST]
    )


def _entry(reading: Reading, measure: KnownMeasure, text: PreparedText, cosine: float) -> Duplicate:
    language = reading.language
    mine, theirs = _words(reading.text), _words(text)
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
        cosine,
        tuple(shared[:8]),
        tuple(differs[:8]),
        _note(
            same_title=measure.label.casefold() == reading.measure.title.casefold(), differs=differs
        ).in_language(language),
        measure.url or measure.row,
    )


def _note(*, same_title: bool, differs: list[str]) -> Text:
    if same_title:
        return Text(
            "Gleicher Titel: Ist es dieselbe Maßnahme? Bitte vergleichen.",
            "Same title: is it the same measure? Please compare.",
        )
    if differs:
        return Text(
            "Ähnlich formuliert, aber mit anderen Angaben. Bitte vergleichen.",
            "Worded alike, but with other details. Please compare.",
        )
    return Text(
        "Ähnlich formuliert. Ob es dieselbe Maßnahme ist, entscheiden Menschen.",
        "Worded alike. Whether it is the same measure is for people to decide.",
    )


def _words(text: PreparedText) -> dict[str, str]:
    language: Language = text.language
    return {
        token.stem: token.span.of(text.text)
        for token in tokens(text.text, language)
        if len(token.word) > 3
        and not is_function_word(token.word, language)
        and not is_generic(token.word)
    }
