"""Split German compounds where every part is a known word, and complete truncated ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from kg.matching.text import is_function_word, stem

SHORTEST: Final = 8
SHORTEST_PART: Final = 3
SHORTEST_STEM: Final = 4
SHORTEST_SHARED: Final = 4
# A longer word is a mistake of typing or of reading: nobody looks inside it.
LONGEST: Final = 60
_LINKS: Final = ("", "s", "es", "n", "en", "er", "e")
_PLAIN: Final = str.maketrans("äöü", "aou")
_TYPED: Final = re.compile(r"(?<![aeq])ue|[ao]e")
_FEMININE: Final = re.compile(r"(?<=er)innen(?=[a-zäöü])")
_LETTERS: Final = re.compile(r"[^\W\d_]{3,}")


def plain(word: str) -> str:
    """Return a folded word without umlauts, as German stems are written.

    >>> plain("küchengeräte")
    'kuchengerate'
    """
    return word.translate(_PLAIN)


def spellings(word: str) -> Iterator[str]:
    """Give other spellings of a folded word: feminine inside a compound, umlauts typed in two.

    Whether such a word exists is for the caller to know.

    >>> list(spellings("kuechengeraet")), list(spellings("bürgerinnenrat"))
    (['küchengerät'], ['bürgerrat'])
    """
    neutral = word
    if "innen" in word:
        neutral = _FEMININE.sub("", word)
        if neutral != word:
            yield neutral
    typed = _TYPED.sub(lambda found: "äöü"["aou".index(found.group()[0])], neutral)
    if typed != neutral:
        yield typed


def word_forms(labels: Iterable[str]) -> frozenset[str]:
    """Return the words of labels as parts of compounds are written; no short forms in capitals."""
    words = {word for word in _LETTERS.findall("\n".join(labels)) if not word.isupper()}
    lower = {plain(word) for word in "\n".join(words).lower().replace("ß", "ss").split("\n")}
    return frozenset(word for word in lower if not is_function_word(word, "de"))


def completions(part: str, whole: str, *, first: bool) -> Iterator[str]:
    """Give the words that a half may stand for beside a whole one, most shared letters first.

    >>> next(completions("bio", "restabfall", first=True))
    'bioestabfall'
    >>> "abfallverwertung" in completions("verwertung", "abfallvermeidung", first=False)
    True
    """
    for taken in range(1, len(whole) - SHORTEST_SHARED + 1):
        yield part + whole[taken:] if first else whole[:-taken] + part


class Splitter:
    """Split compounds into words of a vocabulary: its forms, and for the last part its stems."""

    def __init__(self, forms: Collection[str], stems: Collection[str]) -> None:
        self._forms = forms
        self._stems = stems

    def split(self, letters: str, word_stem: str) -> tuple[str, ...]:
        """Return the stems of the parts of a plain word, () if a part is not known.

        Of several ways the one with the fewest parts counts, then the longest first part.

        >>> forms = {"abfall", "vermeidung", "konzept", "abfallvermeidung"}
        >>> Splitter(forms, set()).split("abfallvermeidungskonzept", "abfallvermeidungskonzept")
        ('abfallvermeid', 'konzept')
        """
        if not SHORTEST <= len(letters) <= LONGEST:
            return ()
        return self._parts(letters, word_stem, 0, {}) or ()

    def _parts(
        self,
        letters: str,
        word_stem: str,
        start: int,
        known: dict[int, tuple[str, ...] | None],
    ) -> tuple[str, ...] | None:
        if start in known:
            return known[start]
        best = self._last(letters, word_stem, start) if start else None
        if best is None:
            for end in range(len(letters) - SHORTEST_PART, start + SHORTEST_PART - 1, -1):
                part = letters[start:end]
                if part not in self._forms:
                    continue
                for link in _LINKS:
                    if not letters.startswith(link, end):
                        continue
                    rest = self._parts(letters, word_stem, end + len(link), known)
                    if rest is not None and (best is None or len(rest) + 1 < len(best)):
                        best = (stem(part, "de"), *rest)
        known[start] = best
        return best

    def _last(self, letters: str, word_stem: str, start: int) -> tuple[str, ...] | None:
        tail = word_stem[start:]
        if len(tail) >= SHORTEST_STEM and tail in self._stems:
            return (tail,)
        last = letters[start:]
        if len(last) >= SHORTEST_PART and last in self._forms:
            return (stem(last, "de"),)
        return None
