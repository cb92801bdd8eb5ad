"""Look up the wordings of a thesaurus by their stems: whole, written together, or scattered."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from kg.language import Language
from kg.matching.text import fold, stems_of
from kg.matching.thesaurus import Concept

SHORT_STEM: Final = 4
_NOWHERE: Final[frozenset[str]] = frozenset()
_ENDINGS: Final = frozenset({"", "e", "es", "s", "en", "n", "in", "innen"})


class Phrase(NamedTuple):
    """Hold one wording of a concept with its topic stems."""

    concept: str
    label: str
    stems: tuple[str, ...]


class Scattered(NamedTuple):
    """Hold the phrases of several words that a word belongs to, by one of their other words."""

    others: frozenset[str]
    phrases: Mapping[str, list[Phrase]]


class PhraseTable:
    """Look up the phrases of one language.

    `reach` tells by the first and the second stem how many words the longest such phrase has.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.by_stems: dict[tuple[str, ...], list[Phrase]] = {}
        self.solid: dict[str, list[Phrase]] = {}
        self.by_first: dict[str, list[Phrase]] = {}
        self.reach: dict[str, dict[str, int]] = {}
        self._by_rarest: dict[str, list[Phrase]] = {}
        self._scattered: dict[str, Scattered | None] = {}
        by_stems, solid, reach = self.by_stems, self.solid, self.reach
        phrases = list(phrases)
        self._uses = Counter([stem for phrase in phrases for stem in phrase.stems])
        for phrase in phrases:
            stems = phrase.stems
            if stems in by_stems:
                by_stems[stems].append(phrase)
            else:
                by_stems[stems] = [phrase]
            count = len(stems)
            if count > 1:
                following = reach.setdefault(stems[0], {})
                if following.get(stems[1], 0) < count:
                    following[stems[1]] = count
                solid.setdefault("".join(stems), []).append(phrase)
                rarest = min(stems, key=self._uses.__getitem__)
                self._by_rarest.setdefault(rarest, []).append(phrase)
                if count == 2:
                    self.by_first.setdefault(stems[0], []).append(phrase)
        self.one_word = frozenset([stems[0] for stems in by_stems if len(stems) == 1])
        self._sorted = sorted(self.one_word)

    def single(self, stem: str, word: str) -> tuple[Phrase, ...]:
        """Return the phrases that one word stands for, written in one word or in several."""
        whole = [item for item in self.by_stems.get((stem,), ()) if _same_word(item, stem, word)]
        return (*whole, *self.solid.get(stem, ()))

    def continuations(self, head: str) -> frozenset[str]:
        """Return how phrases of one word that begin with these letters go on, by two letters."""
        place = bisect_left(self._sorted, head)
        if len(head) < 2 or place == len(self._sorted) or not self._sorted[place].startswith(head):
            return _NOWHERE
        found: set[str] = set()
        while place < len(self._sorted) and self._sorted[place].startswith(head):
            found.add(self._sorted[place][len(head) : len(head) + 2])
            place += 1
        return frozenset(rest for rest in found if len(rest) == 2)

    def scattered(self, stem: str) -> Scattered | None:
        """Return the phrases whose rarest stem this is, by their rarest other stem."""
        phrases = self._by_rarest.get(stem)
        if phrases is None:
            return None
        if stem not in self._scattered:
            pairs: dict[str, list[Phrase]] = defaultdict(list)
            for phrase in phrases:
                others = [part for part in phrase.stems if part != stem]
                # A number belongs to the word beside it: »30 … Tempo« is no speed limit.
                if not any(part.isdigit() for part in phrase.stems):
                    rarest = min(others, key=self._uses.__getitem__, default=stem)
                    pairs[rarest].append(phrase)
            found = Scattered(frozenset(pairs), pairs) if pairs else None
            self._scattered[stem] = found
        return self._scattered[stem]


def phrases_of(concepts: Iterable[Concept], language: Language, *, meant: bool) -> list[Phrase]:
    """Return the phrases by which texts are searched, or those that look alike only.

    Of two labels of a concept with the same stems the first in the alphabet stands for both.
    """
    found: list[Phrase] = []
    for concept in concepts:
        named: dict[tuple[str, ...], str] = {}
        for label in concept.labels:
            if label.language != language or (label.kind != "not-meant") is not meant:
                continue
            text = label.text
            stems = label.stems or stems_of(text, language)
            if stems and len(text) > 1 and (stems not in named or text < named[stems]):
                named[stems] = text
        iri = concept.iri
        found += [Phrase(iri, text, stems) for stems, text in named.items()]
    return found


def _same_word(phrase: Phrase, stem: str, word: str) -> bool:
    """Tell whether a short stem stands for the same word: »Müller« shares its stem with »Müll«."""
    if len(stem) > SHORT_STEM:
        return True
    rest = word.removeprefix(fold(phrase.label))
    return rest == word or rest in _ENDINGS
