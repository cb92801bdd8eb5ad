"""Compare a text with every aim: one row of figures an aim, each of which can be explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.language import LANGUAGES, Language
from kg.matching.aim_table import AimTable, Asked, Compared, Layers, Stored
from kg.matching.concept_weights import ConceptWeights
from kg.matching.lexical import Bm25, CharacterGrams, Terms
from kg.matching.postings import Query
from kg.matching.prepare import Batch, PreparedText
from kg.matching.semantic import DIMENSIONS, EmbeddingCache, Vectors
from kg.matching.text import index_terms
from kg.matching.thesaurus import Thesaurus

Matrix = NDArray[np.float64]

# A phrase stands for an aim when its concept speaks for it at least this strongly.
PHRASE_LINE: Final = 0.5
# From so many texts of aims on their vectors are kept in half precision.
HALF_FROM: Final = 100_000
_TOGETHER: Final = 4096


@dataclass(frozen=True, slots=True)
class AimText:
    """Hold what an aim says in German and English, and the aims that count as part of it."""

    iri: str
    german: tuple[str, ...]
    english: tuple[str, ...]
    parts: tuple[str, ...] = ()

    def texts(self) -> tuple[str, ...]:
        """Return all texts, each once."""
        return tuple(dict.fromkeys((*self.german, *self.english)))


@dataclass(frozen=True, slots=True)
class AimWords:
    """Hold what a thesaurus adds to aims: weights by concept, and phrases by aim."""

    weights: ConceptWeights
    phrases: Mapping[str, Sequence[tuple[Language, str]]]


def thesaurus_words(aims: Sequence[AimText], thesaurus: Thesaurus) -> AimWords:
    """Return the concepts that speak for the aims, and those concepts' phrases."""
    owners = {aim.iri: place for place, aim in enumerate(aims)}
    weights: dict[str, dict[int, float]] = {}
    phrases: dict[str, list[tuple[Language, str]]] = defaultdict(list)
    for concept in thesaurus.concepts.values():
        best: dict[str, float] = {}
        for link in concept.aims:
            if link.aim in owners:
                best[link.aim] = max(best.get(link.aim, 0.0), link.weight)
        weights[concept.iri] = {owners[iri]: weight for iri, weight in best.items()}
        labels = [(label.language, label.text) for label in concept.labels if label.kind == "pref"]
        for owner in sorted(best):
            if best[owner] >= PHRASE_LINE:
                phrases[owner].extend(labels)
    return AimWords(ConceptWeights.of(weights, len(aims)), phrases)


@dataclass(frozen=True, slots=True)
class Nearest:
    """Point at a sentence by number, the text of an aim nearest to it, and their cosine."""

    sentence: int
    prototype: str
    cosine: float


class AimIndex:
    """Hold aims ready for comparison; built once, never changed."""

    def __init__(self, aims: Sequence[AimText], words: AimWords, cache: EmbeddingCache) -> None:
        self.iris: tuple[str, ...] = tuple(aim.iri for aim in aims)
        self.place = {iri: place for place, iri in enumerate(self.iris)}
        self.parts = {aim.iri: aim.parts for aim in aims if aim.parts}
        self.concepts = words.weights
        self._weights: dict[tuple[str, str], float] = {}
        owned = [aim.texts() for aim in aims]
        self.prototypes: tuple[str, ...] = tuple(chain.from_iterable(owned))
        lengths = np.array([len(own) for own in owned], dtype=np.intp)
        rows = {text: row for row, text in enumerate(dict.fromkeys(self.prototypes))}
        vectors = stored_vectors(list(rows), cache)
        self._terms: dict[Language, Terms] = {}
        self._bm25: dict[Language, Bm25] = {}
        for language in LANGUAGES:
            plain = [index_terms(_document(aim, words, (language,)), language) for aim in aims]
            known = frozenset(chain.from_iterable(plain))
            self._terms[language] = Terms(language, known)
            self._bm25[language] = Bm25(map(self._terms[language].expanded, plain))
        self._grams = CharacterGrams(_document(aim, words, LANGUAGES) for aim in aims)
        self.table = AimTable(
            vectors,
            np.array([rows[text] for text in self.prototypes], dtype=np.intp),
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp),
            {language: bm25.postings for language, bm25 in self._bm25.items()},
            self._grams.postings,
            words.weights.postings,
        )

    def __len__(self) -> int:
        """Return the number of aims."""
        return len(self.iris)

    def concept_weight(self, concept: str, aim: str) -> float:
        """Return how strongly a concept speaks for an aim or for one of its parts."""
        key = concept, aim
        found = self._weights.get(key)
        if found is None:
            found = self._weights[key] = self.concepts.weight(concept, self._places(aim))
        return found

    def near(self, prepared: Sequence[PreparedText]) -> list[Vectors]:
        """Return for each text the best cosines of its sentences (columns) with the aims (rows)."""
        asked = self.asked(prepared)
        return np.split(self.table.best(asked), asked.starts[1:-1], axis=1)

    def compare(self, prepared: Sequence[PreparedText]) -> Compared:
        """Return the figures of several texts for every aim."""
        return self.table.everywhere(self.asked(prepared))

    def worded(self, prepared: Sequence[PreparedText]) -> Layers:
        """Return the figures that words and concepts alone give, of several texts for every aim."""
        return self.table.worded(self.asked(prepared))

    def asked(self, prepared: Sequence[PreparedText]) -> Asked:
        """Return what texts are compared by: vectors, words, letter sequences and concepts."""
        batch = Batch.of(prepared)
        words: list[tuple[Language, list[int], Query]] = []
        for language in LANGUAGES:
            places = [place for place, text in enumerate(batch) if text.language == language]
            if places:
                terms = self._terms[language]
                own = [terms.expanded(batch.terms[place]) for place in places]
                words.append((language, places, self._bm25[language].query(own)))
        lengths = [len(text.vectors) for text in prepared]
        return Asked(
            np.vstack(
                [np.zeros((0, DIMENSIONS), np.float32), *(text.vectors for text in prepared)]
            ),
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp),
            words,
            self._grams.query(batch.letters, len(batch)),
            self.concepts.query(batch),
        )

    def nearest(
        self, prepared: PreparedText, aim: str, *, among: Collection[str] | None = None
    ) -> Nearest | None:
        """Return the sentence nearest to the aim's texts, or to those `among` names."""
        owned = [
            place
            for own in self._places(aim)
            for place in range(self.table.starts[own], self.table.starts[own + 1])
            if among is None or self.prototypes[place] in among
        ]
        if not len(prepared.vectors) or not owned:
            return None
        cosines = prepared.vectors @ self.table.prototypes(np.array(owned)).T
        sentence, text = np.unravel_index(int(np.argmax(cosines)), cosines.shape)
        return Nearest(
            int(sentence), self.prototypes[owned[int(text)]], float(cosines[sentence, text])
        )

    def _places(self, aim: str) -> list[int]:
        return [self.place[part] for part in (aim, *self.parts.get(aim, ()))]


def stored_vectors(texts: Sequence[str], cache: EmbeddingCache) -> Stored:
    """Return the vectors of texts; of very many texts in half precision, to save memory."""
    if len(texts) < HALF_FROM:
        return cache.vectors(texts)
    found = np.zeros((len(texts), DIMENSIONS), dtype=np.float16)
    for start in range(0, len(texts), _TOGETHER):
        found[start : start + _TOGETHER] = cache.vectors(texts[start : start + _TOGETHER])
    return found


def _document(aim: AimText, words: AimWords, languages: Sequence[Language]) -> str:
    parts = [
        *(aim.german if "de" in languages else ()),
        *(aim.english if "en" in languages else ()),
    ]
    parts += [label for spoken, label in words.phrases.get(aim.iri, ()) if spoken in languages]
    return " . ".join(dict.fromkeys(parts))
