"""Find thesaurus concepts in a text: longest phrase first, compounds too, nothing not meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal

from kg.language import Language
from kg.matching.negation import denied_positions
from kg.matching.text import (
    Span,
    Token,
    fold,
    is_function_word,
    joined,
    language_of,
    sentences,
    stem,
    stems_of,
    tokens,
)
from kg.matching.thesaurus import Concept, Thesaurus

How = Literal["phrase", "compound", "scattered"]

SHORTEST_PART: Final = 5
WINDOW: Final = 4
SHORT_STEM: Final = 4
ENDINGS: Final = frozenset({"", "e", "es", "s", "en", "n"})
FACTOR: Final[dict[How, float]] = {"phrase": 1.0, "compound": 0.8, "scattered": 0.6}


@dataclass(frozen=True, slots=True)
class Mention:
    """Say where a text speaks of a concept; a `denied` mention (»kein …«) is no evidence for it."""

    concept: str
    span: Span
    words: tuple[str, ...]
    label: str
    how: How
    weight: float
    denied: bool


@dataclass(frozen=True, slots=True)
class _Phrase:
    concept: str
    label: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    phrase: _Phrase
    positions: tuple[int, ...]
    how: How


class _Phrases:
    """Look up the phrases of one language by their stems."""

    def __init__(self, entries: Iterable[_Phrase]) -> None:
        self.by_stems: dict[tuple[str, ...], list[_Phrase]] = defaultdict(list)
        self.solid: dict[str, list[_Phrase]] = defaultdict(list)
        self.by_first: dict[str, list[_Phrase]] = defaultdict(list)
        self.by_longest: dict[str, list[_Phrase]] = defaultdict(list)
        self.longest = 1
        for entry in entries:
            self.longest = max(self.longest, len(entry.stems))
            self.by_stems[entry.stems].append(entry)
            if len(entry.stems) > 1:
                self.solid[joined(entry.stems)].append(entry)
                self.by_longest[max(entry.stems, key=len)].append(entry)
            if len(entry.stems) == 2:
                self.by_first[entry.stems[0]].append(entry)

    def hits(self, stems: Sequence[str], words: Sequence[str]) -> Iterator[_Hit]:
        """Give the hits in one sentence: phrases first, then compounds, then scattered phrases."""
        covered: set[int] = set()
        position = 0
        while position < len(stems):
            length = self._longest_at(stems, words, position)
            if length:
                positions = tuple(range(position, position + length))
                for entry in self._entries_at(stems, words, position, length):
                    yield _Hit(entry, positions, "phrase")
                covered.update(positions)
            position += length or 1
        for place, (word_stem, word) in enumerate(zip(stems, words, strict=True)):
            if place not in covered:
                for entry in self._in_compound(word_stem, word):
                    yield _Hit(entry, (place,), "compound")
        yield from self._scattered(stems)

    def _entries_at(
        self, stems: Sequence[str], words: Sequence[str], position: int, length: int
    ) -> list[_Phrase]:
        key = tuple(stems[position : position + length])
        found = list(self.by_stems.get(key, ()))
        if length == 1:
            found += self.solid.get(key[0], ())
        if length == 2:
            solid = joined(words[position : position + 2])
            found += self.by_stems.get((stem(solid, "de"),), ())
        return found

    def _longest_at(self, stems: Sequence[str], words: Sequence[str], position: int) -> int:
        for length in range(min(max(self.longest, 2), len(stems) - position), 0, -1):
            if self._entries_at(stems, words, position, length):
                return length
        return 0

    def _in_compound(self, word_stem: str, word: str) -> list[_Phrase]:
        found: list[_Phrase] = []
        size = len(word_stem)
        for end in range(size - 3, SHORTEST_PART - 1, -1):
            pairs = (
                entry
                for entry in self.by_first.get(word[:end], ())
                if word_stem.endswith(entry.stems[1]) and end + len(entry.stems[1]) <= size
            )
            found.extend(pairs)
        if found:
            return found
        for end in range(size - 3, SHORTEST_PART - 1, -1):
            if (word[:end],) in self.by_stems:
                found += self.by_stems[(word[:end],)]
                break
        for start in range(3, size - SHORTEST_PART + 1):
            if (word_stem[start:],) in self.by_stems:
                found += self.by_stems[(word_stem[start:],)]
                break
        return found

    def _scattered(self, stems: Sequence[str]) -> Iterator[_Hit]:
        places = {word_stem: place for place, word_stem in reversed(list(enumerate(stems)))}
        for word_stem in dict.fromkeys(stems):
            for entry in self.by_longest.get(word_stem, ()):
                if not all(part in places for part in entry.stems):
                    continue
                positions = tuple(sorted({places[part] for part in entry.stems}))
                if positions[-1] - positions[0] < len(entry.stems) + WINDOW:
                    yield _Hit(entry, positions, "scattered")


class Annotator:
    """Find the concepts of one thesaurus in texts."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self._thesaurus = thesaurus
        self._meant: dict[Language, _Phrases] = {}
        self._not_meant: dict[Language, _Phrases] = {}
        for language in ("de", "en"):
            concepts = list(thesaurus.concepts.values())
            self._meant[language] = _Phrases(_phrases(concepts, language, meant=True))
            self._not_meant[language] = _Phrases(_phrases(concepts, language, meant=False))

    def annotate(self, text: str, language: Language | None = None) -> list[Mention]:
        """Return the mentions in a normalised text, by place, then concept."""
        spoken = language or language_of(text)
        mentions: dict[tuple[str, Span], Mention] = {}
        for area in sentences(text):
            for mention in self._in_sentence(text, area, spoken):
                key = (mention.concept, mention.span)
                if key not in mentions or mentions[key].weight < mention.weight:
                    mentions[key] = mention
        return sorted(
            mentions.values(), key=lambda item: (item.span.start, item.span.end, item.concept)
        )

    def _in_sentence(self, text: str, area: Span, language: Language) -> Iterator[Mention]:
        every = tokens(text, language, within=area)
        topical = [token for token in every if not is_function_word(token.word, language)]
        stems = [token.stem for token in topical]
        words = [token.word for token in topical]
        blocked: set[tuple[str, int]] = {
            (hit.phrase.concept, place)
            for hit in self._not_meant[language].hits(stems, words)
            if hit.how != "scattered"
            for place in hit.positions
        }
        denied = denied_positions(text, every)
        found: dict[str, set[int]] = defaultdict(set)
        for hit in self._meant[language].hits(stems, words):
            concept = hit.phrase.concept
            if any((concept, place) in blocked for place in hit.positions):
                continue
            if hit.how == "scattered" and found[concept].intersection(hit.positions):
                continue
            matched = [topical[place] for place in hit.positions]
            if hit.how == "phrase" and not _same_word(hit.phrase, matched):
                continue
            found[concept].update(hit.positions)
            yield self._mention(text, hit, matched, denied)

    def _mention(
        self, text: str, hit: _Hit, matched: list[Token], denied: dict[int, bool]
    ) -> Mention:
        concept = self._thesaurus.concepts[hit.phrase.concept]
        span = Span(matched[0].span.start, matched[-1].span.end)
        scattered = hit.how == "scattered"
        parts = [token.span for token in matched] if scattered else [span]
        letters = sum(len(part) for part in hit.phrase.stems)
        # »Verzicht auf Einweg« is what a concept of R0 (refuse) asks for, so it stays evidence.
        refuses = any(iri.endswith("/R0") for iri in concept.r_strategies)
        avoided = [denied[token.span.start] for token in matched if token.span.start in denied]
        return Mention(
            concept.iri,
            span,
            tuple(part.of(text) for part in parts),
            hit.phrase.label,
            hit.how,
            round(min(2.0, sqrt(letters / 6)) * FACTOR[hit.how], 4),
            denied=bool(avoided) and not (refuses and all(avoided)),
        )


def _same_word(phrase: _Phrase, matched: Sequence[Token]) -> bool:
    """Tell whether a short stem stands for the same word: »Müller« shares its stem with »Müll«."""
    if len(matched) > 1 or len(matched[0].stem) > SHORT_STEM:
        return True
    rest = matched[0].word.removeprefix(fold(phrase.label))
    return rest == matched[0].word or rest in ENDINGS


def _phrases(concepts: Iterable[Concept], language: Language, *, meant: bool) -> Iterator[_Phrase]:
    for concept in concepts:
        seen: set[tuple[str, ...]] = set()
        for label in concept.phrases() if meant else concept.not_meant():
            if label.language != language:
                continue
            stems = label.stems or stems_of(label.text, language)
            solid = fold(label.text)
            if stems and stems not in seen and len(solid) > 1:
                seen.add(stems)
                yield _Phrase(concept.iri, label.text, stems)
