"""Read the short forms of the field, each with long forms that thesauri may have as labels."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from kg.language import Language
from kg.matching.phrases import Phrase
from kg.matching.text import stems_of
from kg.matching.thesaurus import Concept


class ShortForm(NamedTuple):
    """Hold a short form such as KrWG and the stems of its long form in two languages.

    `own` are those of the language it was asked for, `other` of the other; () where it has none.
    """

    text: str
    stems: tuple[str, ...]
    own: tuple[str, ...]
    other: tuple[str, ...]


@lru_cache(maxsize=2)
def short_forms(language: Language) -> tuple[ShortForm, ...]:
    """Return the short forms of the field, read in a language, in the order of the file."""
    other = _other(language)
    text = files("kg.matching").joinpath("words", "abbreviations.csv").read_text("utf-8")
    return tuple(
        ShortForm(
            row["short"],
            stems_of(row["short"], language),
            stems_of(row[language], language),
            stems_of(row[other], other),
        )
        for row in csv.DictReader(text.splitlines())
    )


def short_phrases(
    concepts: Iterable[Concept], phrases: Sequence[Phrase], language: Language
) -> Iterator[Phrase]:
    """Give the short forms of concepts that have a long form as label.

    A short form that is a label already (one of `phrases`) stands only for that label's concept.
    """
    forms = short_forms(language)
    asked = {stems for form in forms for stems in (form.stems, form.own)}
    known: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for phrase in phrases:
        if phrase.stems in asked:
            known[phrase.stems].append(phrase.concept)
    elsewhere = _concepts_with({form.other for form in forms} - {()}, concepts, _other(language))
    for form in forms:
        if form.stems not in known:
            for concept in known.get(form.own) or sorted(elsewhere.get(form.other, ())):
                yield Phrase(concept, form.text, form.stems)


def _concepts_with(
    asked: set[tuple[str, ...]], concepts: Iterable[Concept], language: Language
) -> dict[tuple[str, ...], set[str]]:
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for concept in concepts:
        for label in concept.labels:
            if label.language == language and label.kind != "not-meant":
                stems = label.stems or stems_of(label.text, language)
                if stems in asked:
                    found[stems].add(concept.iri)
    return found


def _other(language: Language) -> Language:
    return "en" if language == "de" else "de"
