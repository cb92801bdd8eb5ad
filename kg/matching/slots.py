"""Read the slots of a measure's text: places, numbers, objects, actions, instruments, words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from kg.language import Language
from kg.matching.actions import Doing, doing_of, is_action
from kg.matching.annotate import Annotator, Mention
from kg.matching.meaning import shipped_meaning
from kg.matching.neighbours import neighbours
from kg.matching.places import Names, PlaceFinder
from kg.matching.prepare import PreparedText
from kg.matching.quantities import Quantity, quantities
from kg.matching.semantic import Vectors
from kg.matching.sites import sites
from kg.matching.synonyms import meanings, part_meanings
from kg.matching.text import Token, is_function_word, is_generic, stem, tokens
from kg.matching.thesaurus import Thesaurus

# How much a concept says about what a measure is about; a place or actor is shared by many.
_TELLING: Final[Mapping[str, float]] = {"topic": 0.7, "place": 0.6, "actor": 0.5, "sector": 0.5}
# A word that says where counts less than one that says what.
SETTING: Final = 0.5
REACH: Final = 4
_WHERE: Final = frozenset(
    [
        "in",
        "im",
        "am",
        "an",
        "auf",
        "bei",
        "beim",
        "vor",
        "unter",
        "an",
        "entlang",
        "zwischen",
        "at",
        "on",
        "near",
        "along",
        "under",
        "outside",
        "throughout",
    ]
)
_VERBS_OF_STATE: Final = frozenset({"werden", "wird", "sind", "ist", "soll", "are", "is", "will"})
AFFIX: Final = 5
SCATTERED: Final = 0.6


@dataclass(frozen=True, slots=True)
class Content:
    """Hold one word that says what a measure is about; `keys` are its stem and meanings."""

    keys: tuple[str, ...]
    affixes: tuple[str, ...]
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureSlots:
    """Hold what of a measure's text is compared; the values show the words of the text.

    `near` holds how close each concept that is not named is to the named ones, from 0 to 1;
    `kinds` how probable each kind of instrument is by the sense of a sentence.
    """

    text: str
    vectors: Vectors
    meaning: Vectors
    kinds: Vectors
    places: Names
    numbers: Mapping[Quantity, str]
    sites: Names
    concepts: Mapping[str, float]
    near: Mapping[str, float]
    said: Mapping[str, str]
    doing: Doing
    content: tuple[Content, ...]
    keys: frozenset[str]
    affixes: frozenset[str]


class SlotReader:
    """Read slots with one thesaurus; built once, never changed."""

    def __init__(
        self, thesaurus: Thesaurus, annotator: Annotator, municipalities: Iterable[str] = ()
    ) -> None:
        self.thesaurus = thesaurus
        self._annotator = annotator
        self._vocabulary: dict[Language, set[str]] = {"de": set(), "en": set()}
        for concept in thesaurus.concepts.values():
            for label in concept.labels:
                stems = label.stems or tuple(
                    token.stem for token in tokens(label.text, label.language)
                )
                self._vocabulary[label.language].update(stems)
        every = self._vocabulary["de"] | self._vocabulary["en"]
        self._places = PlaceFinder(every, municipalities)
        self._around = neighbours(thesaurus)

    def read(self, prepared: PreparedText) -> MeasureSlots:
        """Return the slots of a prepared text."""
        text = prepared.text
        language = self._language(prepared)
        mentions: Iterable[Mention] = prepared.mentions
        if language != prepared.language:
            mentions = self._annotator.annotate(text, language)
        every = tokens(text, language)
        names = self._places.names(text, language)
        concepts: dict[str, float] = {}
        said: dict[str, str] = {}
        where = _settings(text, every)
        meant: dict[int, list[str]] = {}
        for mention in mentions:
            kind = self.thesaurus.concepts[mention.concept].kind
            scattered = mention.how == "scattered"
            weight = _TELLING.get(kind, 1.0) * (SCATTERED if scattered else 1.0)
            weight *= SETTING if mention.span.start in where else 1.0
            concepts[mention.concept] = max(concepts.get(mention.concept, 0.0), weight)
            said.setdefault(mention.concept, " … ".join(mention.words))
            for place in range(mention.span.start, mention.span.end):
                meant.setdefault(place, []).append(mention.concept)
        near: dict[str, float] = {}
        for concept in concepts:
            for other, closeness in self._around.get(concept, {}).items():
                near[other] = max(near.get(other, 0.0), closeness)
        topical = [
            token
            for token in every
            if _is_topical(token, language)
            and not _in(names, token.word)
            and not is_action(token.word, language)
        ]
        content = tuple(
            Content(
                (token.stem, *meanings(token.word, language)),
                (*_affixes(token.stem), *_parts(token.word, language)),
                tuple(meant.get(token.span.start, ())),
            )
            for token in topical
        )
        return MeasureSlots(
            text,
            prepared.vectors,
            shipped_meaning().of(prepared.vectors),
            shipped_meaning().instruments(prepared.vectors),
            names,
            quantities(text),
            sites(text, names, language),
            concepts,
            near,
            said,
            doing_of(text, every, language),
            content,
            frozenset(key for item in content for key in item.keys),
            frozenset(affix for item in content for affix in (*item.affixes, *item.keys)),
        )

    def _language(self, prepared: PreparedText) -> Language:
        """Return the language, of titles without small words by which thesaurus knows them."""
        every = tokens(prepared.text, "en")
        if len(every) > 12 or any(
            is_function_word(token.word, "de") != is_function_word(token.word, "en")
            for token in every
        ):
            return prepared.language
        known = {
            language: sum(
                len(token.word)
                for token in every
                if stem(token.word, language) in self._vocabulary[language]
            )
            for language in self._vocabulary
        }
        return "en" if known["en"] > known["de"] else prepared.language


def _is_topical(token: Token, language: Language) -> bool:
    return (
        len(token.word) > 2
        and not token.word.isdigit()
        and not is_function_word(token.word, language)
        and not is_generic(token.word)
        and token.word not in _light_words()
    )


def _settings(text: str, words: Iterable[Token]) -> set[int]:
    """Return the starts of words that only say where: up to four after a preposition of place."""
    found: set[int] = set()
    left = 0
    end = 0
    for token in words:
        if left and not text[end : token.span.start].isspace():
            left = 0
        if left and token.span.of(text)[0].islower() and token.word in _VERBS_OF_STATE:
            left = 0
        if token.word in _WHERE:
            left = REACH + 1
        elif left:
            found.add(token.span.start)
        left = max(0, left - 1)
        end = token.span.end
    return found


@lru_cache(maxsize=1)
def _light_words() -> frozenset[str]:
    text = files("kg.matching").joinpath("words", "light.txt").read_text("utf-8")
    return frozenset(text.split())


def _affixes(root: str) -> tuple[str, ...]:
    """Return beginning and end of a longer stem, by which parts of compounds are recognised."""
    return ("<" + root[:AFFIX], root[-AFFIX:] + ">") if len(root) > AFFIX else ()


def _parts(word: str, language: Language) -> tuple[str, ...]:
    return part_meanings(word) if language == "de" else ()


def _in(names: Names, word: str) -> bool:
    return word in names or word.removesuffix("s") in names
