"""Prepare a text once for every comparison: sentences, vectors, mentions and search terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import numpy as np

from kg.language import Language
from kg.matching.annotate import Annotator, Mention
from kg.matching.letters import Letters, letters_of
from kg.matching.semantic import EmbeddingCache, Encoder, Vectors
from kg.matching.text import Span, index_terms, language_of, normalise, sentences


@dataclass(frozen=True, slots=True)
class PreparedText:
    """Hold a normalised text with everything the ranking reads from it.

    Row i of `vectors` is sentence i. `topical` is the text without names of municipalities: a
    city's name stands in many of its goals and says nothing about any.
    """

    text: str
    topical: str
    language: Language
    spans: tuple[Span, ...]
    vectors: Vectors
    mentions: tuple[Mention, ...]

    @property
    def affirmed(self) -> tuple[Mention, ...]:
        """Return the mentions that are not denied."""
        return tuple(mention for mention in self.mentions if not mention.denied)


class Batch(Sequence[PreparedText]):
    """Hold texts that are compared together; what their words say is read once for all aims."""

    def __init__(self, texts: Iterable[PreparedText]) -> None:
        self._texts = tuple(texts)

    @classmethod
    def of(cls, texts: Sequence[PreparedText]) -> Batch:
        """Return texts as a batch; a batch as it is."""
        return texts if isinstance(texts, cls) else cls(texts)

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self._texts)

    @overload
    def __getitem__(self, place: int) -> PreparedText: ...

    @overload
    def __getitem__(self, place: slice) -> Batch: ...

    def __getitem__(self, place: int | slice) -> PreparedText | Batch:
        """Return one text, or some as a batch; all of them as this one."""
        if not isinstance(place, slice):
            return self._texts[place]
        some = self._texts[place]
        return self if len(some) == len(self._texts) else Batch(some)

    @cached_property
    def terms(self) -> list[list[str]]:
        """Return the terms by which an index searches, a list a text."""
        return [index_terms(text.topical, text.language) for text in self._texts]

    @cached_property
    def letters(self) -> Letters:
        """Return the letter sequences of the texts."""
        return letters_of([text.topical for text in self._texts])

    @cached_property
    def concepts(self) -> list[dict[str, float]]:
        """Return by text the weight of the strongest mention of each concept it does not deny."""
        return [concept_strengths(text) for text in self._texts]


def concept_strengths(text: PreparedText) -> dict[str, float]:
    """Return the weight of the strongest mention of each concept that a text does not deny."""
    strongest: dict[str, float] = {}
    for mention in text.mentions:
        if not mention.denied and mention.weight > strongest.get(mention.concept, 0.0):
            strongest[mention.concept] = mention.weight
    return strongest


class PlaceNames:
    """Take names of municipalities out of texts."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        whole = sorted(
            {re.escape(name) for name in names if len(name) > 3}, key=lambda n: (-len(n), n)
        )
        pattern = rf"\b(?:{'|'.join(whole)})(?:s|er|aner|sche[nrsm]?)?\b"
        self._pattern = re.compile(pattern) if whole else None

    def removed(self, text: str) -> str:
        """Return a text without the names; a text of names alone stays as it is.

        >>> PlaceNames(["Münster"]).removed("Reparaturbonus Münster einführen")
        'Reparaturbonus einführen'
        """
        if self._pattern is None:
            return text
        left = " ".join(self._pattern.sub(" ", text).split())
        return left if any(character.isalnum() for character in left) else text


def with_title(title: str, text: str) -> str:
    """Return title and text as one text; a title that the text repeats stands once.

    >>> with_title("Bauteilbörse", "Bauteilbörse aufbauen.")
    'Bauteilbörse aufbauen.'
    """
    head, body = normalise(title), normalise(text)
    if not head or body.lower().startswith(head.lower()):
        return body or head
    if not body:
        return head
    return head + (" " if head[-1] in ".!?" else ".\n\n") + body


def prepare(
    texts: Sequence[str],
    annotator: Annotator,
    encoder: Encoder | EmbeddingCache,
    *,
    places: PlaceNames,
    like: PreparedText | None = None,
) -> list[PreparedText]:
    """Return the texts prepared, all sentences encoded together.

    Sentences that stand in `like` too take their vectors from there.
    """
    clean = [normalise(text) for text in texts]
    cut = [tuple(sentences(text)) for text in clean]
    topical = [
        [places.removed(span.of(text)) for span in spans]
        for text, spans in zip(clean, cut, strict=True)
    ]
    wanted = list(dict.fromkeys(sentence for parts in topical for sentence in parts))
    known = _vectors_of(like, places)
    fresh = [sentence for sentence in wanted if sentence not in known]
    encoded = (
        encoder.vectors(fresh) if isinstance(encoder, EmbeddingCache) else encoder.encode(fresh)
    )
    kept = [sentence for sentence in wanted if sentence in known]
    encoded = np.vstack([encoded, *(known[sentence] for sentence in kept)])
    row_of = {sentence: row for row, sentence in enumerate([*fresh, *kept])}
    prepared: list[PreparedText] = []
    for text, spans, parts in zip(clean, cut, topical, strict=True):
        language = language_of(text)
        rows = np.array([row_of[part] for part in parts], dtype=np.intp)
        mentions = tuple(annotator.annotate(text, language))
        joined = "\n".join(parts)
        prepared.append(PreparedText(text, joined, language, spans, encoded[rows], mentions))
    return prepared


def _vectors_of(like: PreparedText | None, places: PlaceNames) -> dict[str, Vectors]:
    if like is None:
        return {}
    parts = (places.removed(span.of(like.text)) for span in like.spans)
    return dict(zip(parts, like.vectors, strict=True))
