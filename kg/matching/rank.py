"""Compare a text with every aim: one row of figures an aim, each of which can be explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.language import LANGUAGES, Language
from kg.matching.lexical import Bm25, CharacterGrams
from kg.matching.prepare import PreparedText
from kg.matching.semantic import EmbeddingCache, Vectors
from kg.matching.text import index_terms
from kg.matching.thesaurus import Thesaurus

Matrix = NDArray[np.float64]

EMBEDDED: Final = frozenset({"pref"})
# The encoder puts both languages into one space: the English labels would cost the same time again
# and changed each held-out figure by no more than two texts.
EMBEDDED_LANGUAGE: Final[Language] = "de"
FEATURES: Final = (
    "cosine_max",
    "cosine_mean",
    "head",
    "bm25",
    "characters",
    "thesaurus",
)
RIDGE: Final = 3.0
# A phrase stands for an aim when its concept speaks for it at least this strongly.
PHRASE_LINE: Final = 0.5


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
    """Hold what a thesaurus adds to aims: weights by concept and aim, and phrases by aim."""

    weights: Mapping[str, Mapping[str, float]]
    phrases: Mapping[str, Sequence[tuple[Language, str]]]


def thesaurus_words(aims: Sequence[AimText], thesaurus: Thesaurus) -> AimWords:
    """Return the concepts that speak for the aims, and those concepts' phrases."""
    owners: dict[str, list[str]] = defaultdict(list)
    for aim in aims:
        owners[aim.iri].append(aim.iri)
    weights: dict[str, dict[str, float]] = {}
    phrases: dict[str, list[tuple[Language, str]]] = defaultdict(list)
    for concept in thesaurus.concepts.values():
        best: dict[str, float] = {}
        for link in concept.aims:
            for owner in owners.get(link.aim, ()):
                best[owner] = max(best.get(owner, 0.0), link.weight)
        if best:
            weights[concept.iri] = best
        labels = [
            (label.language, label.text) for label in concept.labels if label.kind in EMBEDDED
        ]
        for owner in sorted(best):
            if best[owner] >= PHRASE_LINE:
                phrases[owner].extend(labels)
    return AimWords(weights, phrases)


@dataclass(frozen=True, slots=True)
class Nearest:
    """Point at a sentence by number, the text of an aim nearest to it, and their cosine."""

    sentence: int
    prototype: str
    cosine: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold the best cosines (a row a sentence, a column an aim) and the figures (a row an aim)."""

    best: Matrix
    table: Matrix


class AimIndex:
    """Hold aims ready for comparison; built once, never changed."""

    def __init__(
        self, aims: Sequence[AimText], words: AimWords, cache: EmbeddingCache, *, head: bool
    ) -> None:
        self.iris: tuple[str, ...] = tuple(aim.iri for aim in aims)
        self.place = {iri: place for place, iri in enumerate(self.iris)}
        self.parts = {aim.iri: aim.parts for aim in aims if aim.parts}
        self._weights = {
            concept: [(self.place[iri], weight) for iri, weight in sorted(weights.items())]
            for concept, weights in words.weights.items()
        }
        owned: dict[tuple[str, int], None] = {}
        for place, aim in enumerate(aims):
            spoken = words.phrases.get(aim.iri, ())
            labels = [label for language, label in spoken if language == EMBEDDED_LANGUAGE]
            owned.update(dict.fromkeys((text, place) for text in (*aim.texts(), *labels)))
        entries = sorted(owned, key=lambda entry: entry[1])
        texts = list(dict.fromkeys(text for text, _ in entries))
        rows = {text: row for row, text in enumerate(texts)}
        self.prototypes: tuple[str, ...] = tuple(text for text, _ in entries)
        self._vectors = cache.vectors(texts)
        self._rows = np.array([rows[text] for text, _ in entries], dtype=np.intp)
        self.owner = np.array([place for _, place in entries], dtype=np.intp)
        self._starts = np.searchsorted(self.owner, np.arange(len(aims)))
        self._head = self._train_head() if head and len(aims) > 1 else None
        self._bm25: dict[Language, Bm25] = {}
        for language in ("de", "en"):
            documents = [_document(aim, words, (language,)) for aim in aims]
            plain = [index_terms(document, language) for document in documents]
            known = frozenset(term for terms in plain for term in terms)
            self._bm25[language] = Bm25(
                [index_terms(document, language, known) for document in documents]
            )
        self._grams = CharacterGrams([_document(aim, words, LANGUAGES) for aim in aims])

    def __len__(self) -> int:
        """Return the number of aims."""
        return len(self.iris)

    def concept_weight(self, concept: str, aim: str) -> float:
        """Return how strongly a concept speaks for an aim or for one of its parts."""
        weights = dict(self._weights.get(concept, ()))
        return max(weights.get(place, 0.0) for place in self._places(aim))

    def near(self, prepared: Sequence[PreparedText]) -> list[Vectors]:
        """Return for each text the cosines of all texts of aims (rows) with its sentences.

        Reading the aims' vectors once for several texts is what makes this quick.
        """
        if not len(self):
            return [np.zeros((0, len(text.vectors)), dtype=np.float32) for text in prepared]
        every = self._vectors @ np.vstack([text.vectors for text in prepared]).T
        ends = np.cumsum([len(text.vectors) for text in prepared])[:-1]
        return np.split(every, ends, axis=1)

    def compare(self, prepared: PreparedText, near: Vectors) -> Comparison:
        """Return the figures of a text for every aim; `near` comes from `near`."""
        table = np.zeros((len(self), len(FEATURES)))
        best = np.zeros((0, len(self)))
        if len(self) and len(prepared.vectors):
            best = self._best(near)
            table[:, 0] = best.max(axis=0)
            table[:, 1] = best.mean(axis=0)
            if self._head is not None:
                table[:, 2] = prepared.vectors.mean(axis=0) @ self._head[:-1] + self._head[-1]
        language = prepared.language
        terms = index_terms(prepared.topical, language, self._bm25[language].vocabulary)
        table[:, 3] = self._bm25[language].scores(terms)
        table[:, 4] = self._grams.scores(prepared.topical)
        table[:, 5] = thesaurus_evidence(prepared, self._weights, len(self))
        return Comparison(best, table)

    def _best(self, near: Vectors) -> Matrix:
        """Return the best cosine of each sentence (row) with the texts of each aim (column)."""
        best = np.maximum.reduceat(near[self._rows], self._starts, axis=0)
        return np.asarray(best.T, dtype=np.float64)

    def nearest(
        self, prepared: PreparedText, aim: str, *, among: Collection[str] | None = None
    ) -> Nearest | None:
        """Return the sentence nearest to the aim's texts and phrases, or to those `among` names."""
        owned = [
            place
            for place in np.flatnonzero(np.isin(self.owner, self._places(aim)))
            if among is None or self.prototypes[place] in among
        ]
        if not len(prepared.vectors) or not owned:
            return None
        cosines = prepared.vectors @ self._vectors[self._rows[owned]].T
        sentence, text = np.unravel_index(int(np.argmax(cosines)), cosines.shape)
        return Nearest(
            int(sentence), self.prototypes[owned[int(text)]], float(cosines[sentence, text])
        )

    def _places(self, aim: str) -> list[int]:
        return [self.place[part] for part in (aim, *self.parts.get(aim, ()))]

    def _train_head(self) -> Matrix:
        """Return a linear reading of vectors: ridge regression from the aims' texts to the aims."""
        vectors = self._vectors[self._rows]
        inputs = np.hstack([vectors, np.ones((len(vectors), 1), dtype=np.float32)])
        counts = np.bincount(self.owner, minlength=len(self))
        weighted = inputs * (1.0 / counts[self.owner])[:, None].astype(np.float32)
        gram = (inputs.T @ weighted).astype(np.float64)
        gram[np.diag_indices_from(gram)] += RIDGE * len(self) / 100
        sums = np.add.reduceat(weighted, self._starts, axis=0).T.astype(np.float64)
        return np.asarray(np.linalg.solve(gram, sums))


def thesaurus_evidence(
    prepared: PreparedText, weights: Mapping[str, Sequence[tuple[int, float]]], size: int
) -> Matrix:
    """Return for each of `size` aims the logarithm of what the named concepts say for it."""
    strongest: dict[str, float] = {}
    for mention in prepared.affirmed:
        if mention.weight > strongest.get(mention.concept, 0.0):
            strongest[mention.concept] = mention.weight
    total = np.zeros(size)
    for concept in sorted(strongest):
        for place, weight in weights.get(concept, ()):
            total[place] += strongest[concept] * weight
    return np.log1p(total)


def _document(aim: AimText, words: AimWords, languages: Sequence[Language]) -> str:
    parts = [
        *(aim.german if "de" in languages else ()),
        *(aim.english if "en" in languages else ()),
    ]
    parts += [label for spoken, label in words.phrases.get(aim.iri, ()) if spoken in languages]
    return " . ".join(dict.fromkeys(parts))
