"""Prepare a text once for every comparison: sentences, vectors, mentions and search terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from kg.language import Language
from kg.matching.annotate import Annotator, Mention
from kg.matching.semantic import EmbeddingCache, Encoder, Vectors
from kg.matching.text import Span, language_of, normalise, sentences


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
