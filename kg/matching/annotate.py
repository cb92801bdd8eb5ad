"""Find thesaurus concepts in a text: longest phrase first, compounds too, nothing not meant."""

from __future__ import annotations

from functools import cached_property, lru_cache
from math import sqrt
from typing import Final, Literal, NamedTuple

from kg.language import Language
from kg.matching.hits import Hit, TopicWords, close_hits, scattered_hits
from kg.matching.lexicon import Lexicon, Role, Word
from kg.matching.negation import denied_positions
from kg.matching.text import Span, Token, language_of, places, sentences, surfaces
from kg.matching.thesaurus import Thesaurus
from kg.matching.truncated import Completed, completed_words, has_open_words

How = Literal["phrase", "compound", "scattered"]

FACTOR: Final[dict[How, float]] = {"phrase": 1.0, "compound": 0.8, "scattered": 0.6}


class Mention(NamedTuple):
    """Say where a text speaks of a concept; a `denied` mention (»kein …«) is no evidence for it.

    `words` are the words of the text that matched: one piece of it, or several that stand apart.
    """

    concept: str
    span: Span
    words: tuple[str, ...]
    label: str
    how: How
    weight: float
    denied: bool


class Annotator:
    """Find the concepts of one thesaurus in texts; a language is prepared when first met."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self._thesaurus = thesaurus
        self._lexicons: dict[Language, Lexicon] = {}
        # »Verzicht auf Einweg« is what a concept of R0 (refuse) asks for, so it stays evidence.
        self._refused = frozenset(
            concept.iri
            for concept in thesaurus.concepts.values()
            if any(iri.endswith("/R0") for iri in concept.r_strategies)
        )

    def annotate(self, text: str, language: Language | None = None) -> list[Mention]:
        """Return the mentions in a normalised text, by place, then concept."""
        lexicon = self._lexicon(language or language_of(text))
        best: dict[tuple[int, int, str], Mention] = {}
        word_of = lexicon.__getitem__
        for area in sentences(text):
            words = list(map(word_of, surfaces(text, area)))
            roles = 0
            for word in words:
                roles |= word.roles
            if has_open_words(text, area):
                roles |= Role.OPEN
            if roles & (Role.SPEAKS | Role.OPEN):
                sentence = _Sentence(lexicon, text, area, words, roles=roles)
                self._in_sentence(lexicon, sentence, best)
        return [best[key] for key in sorted(best)]

    def _lexicon(self, language: Language) -> Lexicon:
        found = self._lexicons.get(language)
        if found is None:
            found = self._lexicons[language] = Lexicon(self._thesaurus, language)
        return found

    def _in_sentence(
        self,
        lexicon: Lexicon,
        sentence: _Sentence,
        best: dict[tuple[int, int, str], Mention],
    ) -> None:
        roles = sentence.roles
        words = sentence.topical
        topic = TopicWords(words, [word.stem for word in words], lexicon.language, sentence.beside)
        found = close_hits(lexicon.meant, [word.meant for word in words], topic)
        blocked: set[tuple[str, int]] = set()
        if roles & Role.BLOCKS and (found or roles & Role.SCATTERS):
            others = close_hits(lexicon.not_meant, [word.not_meant for word in words], topic)
            blocked = {(hit.phrase.concept, place) for hit in others for place in hit.places}
            if blocked:
                found = [
                    hit
                    for hit in found
                    if blocked.isdisjoint([(hit.phrase.concept, place) for place in hit.places])
                ]
        if roles & Role.SCATTERS:
            found += list(scattered_hits(topic, found, blocked))
        if not found:
            return
        denied = sentence.denied() if roles & Role.DENIES else {}
        for hit in found:
            concept = hit.phrase.concept
            start, end, matched = sentence.quote(hit)
            weight = _weight(sum(map(len, hit.phrase.stems)), hit.how)
            key = (start, end, concept)
            known = best.get(key)
            if known is not None and (-known.weight, known.label) <= (-weight, hit.phrase.label):
                continue
            avoided = [denied[place] for place in hit.places if place in denied] if denied else ()
            best[key] = Mention(
                concept,
                Span(start, end),
                matched,
                hit.phrase.label,
                hit.how,
                weight,
                denied=bool(avoided) and not (concept in self._refused and all(avoided)),
            )


class _Sentence:
    """Hold the words of one sentence that carry a topic, and where they stand.

    `roles` are those of all words, also of those that the text has in halves.
    """

    def __init__(
        self, lexicon: Lexicon, text: str, area: Span, words: list[Word], *, roles: int
    ) -> None:
        self._text = text
        self._area = area
        self._all = words
        self._completed: dict[int, Completed] = {}
        self.roles = roles
        if roles & Role.OPEN:
            self._completed = completed_words(lexicon, text, words, self._spans)
            if self._completed:
                words = list(words)
                for place, completed in self._completed.items():
                    words[place] = completed.word
                    self.roles |= completed.word.roles
        self._words = words
        self.topical = [word for word in words if word.topical]
        if roles & Role.ATTACHED:
            self.topical = [words[place] for place in self._at]

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return places(self._text, self._area)

    @cached_property
    def _at(self) -> list[int]:
        """Return which words of the sentence the topic words are."""
        return [
            place
            for place, word in enumerate(self._words)
            if word.topical or (word.attached and self._bound(place))
        ]

    def _bound(self, place: int) -> bool:
        start = self._spans[place][0]
        return self._text[start - 1 : start] == "-" and self._text[start - 2 : start - 1].isalnum()

    def beside(self, place: int) -> bool:
        """Tell whether nothing but a blank or a hyphen parts a topic word from the next one."""
        here, following = self._at[place], self._at[place + 1]
        if following != here + 1 or here in self._completed or following in self._completed:
            return False
        between = self._text[self._spans[here][1] : self._spans[following][0]]
        return between in {" ", "-", "\n", "-\n", "- "}

    def quote(self, hit: Hit) -> tuple[int, int, tuple[str, ...]]:
        """Return start and end of a hit in the text and the pieces of text that matched."""
        whole = [self._at[place] for place in hit.places]
        completed = [self._completed[place].places for place in whole if place in self._completed]
        if completed:
            whole = sorted({*whole, *(place for pair in completed for place in pair)})
        start, end = self._spans[whole[0]][0], self._spans[whole[-1]][1]
        if completed or hit.how == "scattered":
            pieces = [self._text[slice(*self._spans[place])] for place in whole]
            return start, end, tuple(pieces)
        return start, end, (self._text[start:end],)

    def denied(self) -> dict[int, bool]:
        """Return the denied topic words; the value says whether doing without them is the aim."""
        tokens = [
            Token._make((Span._make(span), word.word, word.stem))
            for span, word in zip(self._spans, self._all, strict=True)
        ]
        starts = denied_positions(self._text, tokens)
        return {
            place: starts[self._spans[at][0]]
            for place, at in enumerate(self._at)
            if self._spans[at][0] in starts
        }


@lru_cache(maxsize=1024)
def _weight(letters: int, how: How) -> float:
    return round(min(2.0, sqrt(letters / 6)) * FACTOR[how], 4)
