"""Normalise German and English texts and cut them into sentences, tokens, stems and compounds.

Offsets always point into the normalised text, so `text[start:end]` is the quote.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import Stemmer

from kg.language import Language

_SOFT_HYPHEN = re.compile("\u00ad\\s*")
_BROKEN_WORD = re.compile(r"(?<=[a-zäöüß])-[ \t]*\r?\n[ \t]*(?=[a-zäöüß])")
_BLANKS = re.compile(r"[^\S\n]+")
_NEWLINES = re.compile(r" ?\n ?")
# »Bürger:in«, »Bürger(innen)«, and within a compound »Bürger*innenrat«.
_INNEN = (
    r"(?:[*:_/·]-?(?:(?i:innen|in|r|n|e)(?![^\W_]))"
    r"|(?:[*:_·]innen|\(innen\))(?=[a-zäöü])[^\W\d_]+|\(innen\))?"
)
_TOKEN = re.compile(rf"[^\W_]+{_INNEN}")
_GENDER = re.compile(
    r"[*:_/·]-?(?:innen|in|r|n|e)$|(?:[*:_·]innen|\(innen\))(?=[a-zäöü]|$)", re.IGNORECASE
)
# One set of first letters, so that the search runs over all others quickly.
_SENTENCE_END = re.compile(
    r"[.!?;…\n](?:(?<!\n)(?P<more>[.!?;…]*[\"“”«»')\]]*)\s+(?=[\"„“»(\[]?[A-ZÄÖÜ0-9•–-])"
    r"|(?<=\n)(?:\s*\n|(?=\s*[•–*-]\s)))"
)
_BULLET = re.compile(rf"{_SENTENCE_END.pattern}|\s(?=•\s)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(„\"])(?:[a-zA-ZäöüÄÖÜ]|ca|bzw|ggf|evtl|inkl|exkl|zzgl|vgl|sog|usw|etc|Nr|Abs|Art|Kap|Abb"
    r"|Tab|Mio|Mrd|Str|St|Dr|Prof|max|min|mind|insb|gem|lt|Std|Ziff|No|vs|e\.g|i\.e)\.$"
)
_SPOKEN = re.compile(r"[^\W_]")
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")


class Span(NamedTuple):
    """Point at characters `start` to `end` (exclusive) of the normalised text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters the span covers."""
        return text[self.start : self.end]


class Token(NamedTuple):
    """Hold one word: where it stands, its folded form and its stem."""

    span: Span
    word: str
    stem: str


def normalise(text: str) -> str:
    r"""Return the text in NFC, with broken words joined and blanks evened out.

    >>> normalise("Die Kreis-\nlauf\u00adwirtschaft\u00a0der  Stadt")
    'Die Kreislaufwirtschaft der Stadt'
    """
    text = unicodedata.normalize("NFC", text).replace("\u200b", "").replace("\r\n", "\n")
    text = _BROKEN_WORD.sub("", _SOFT_HYPHEN.sub("", text))
    return _NEWLINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def sentences(text: str) -> list[Span]:
    """Return the sentences and bullet points of a normalised text.

    >>> text = "Wir bauen z. B. ein Lager. Es öffnet am 3. Mai."
    >>> [span.of(text) for span in sentences(text)]
    ['Wir bauen z. B. ein Lager.', 'Es öffnet am 3. Mai.']
    """
    cuts: list[int] = []
    for match in (_BULLET if "•" in text else _SENTENCE_END).finditer(text):
        if text[match.start()] == "." and not match["more"]:
            head = text[max(0, match.start() - 12) : match.start() + 1]
            if _ABBREVIATION.search(head) or _ORDINAL.search(head):
                continue
        cuts.append(match.end())
    spans: list[Span] = []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip(" \n•–*-\t"))
        right = start + len(piece.rstrip())
        if right > left and _SPOKEN.search(text, left, right):
            spans.append(Span(left, right))
    return spans


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return a word in lower case, without gender ending, with ss for ß and without accents.

    >>> fold("Bürger*innen"), fold("Bürger:innenrat"), fold("Café"), fold("Großküche")
    ('bürger', 'bürgerrat', 'cafe', 'grossküche')
    """
    low = word.lower()
    if low.isalnum() and low.isascii():
        return low
    low = _GENDER.sub("", low).replace("ß", "ss")
    if low.isascii():
        return low
    kept = (
        character if character in "äöü" else unicodedata.normalize("NFKD", character)[0]
        for character in low
    )
    return "".join(kept)


@lru_cache(maxsize=2)
def _stemmer(language: Language) -> Stemmer.Stemmer:
    return Stemmer.Stemmer("german" if language == "de" else "english")


@lru_cache(maxsize=65536)
def stem(word: str, language: Language) -> str:
    """Return the Snowball stem of a folded word.

    >>> stem("bauteile", "de"), stem("repairing", "en")
    ('bauteil', 'repair')
    """
    return str(_stemmer(language).stemWord(word))


def tokens(text: str, language: Language, *, within: Span | None = None) -> list[Token]:
    """Return the words of a text, or of one span of it, with their places in the whole text."""
    if within is None:
        return list(_all_tokens(text, language))
    return _tokens(text, language, within)


# One text is read for several ends, one after the other.
@lru_cache(maxsize=256)
def _all_tokens(text: str, language: Language) -> tuple[Token, ...]:
    return tuple(_tokens(text, language, Span(0, len(text))))


def _tokens(text: str, language: Language, area: Span) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(text, area.start, area.end):
        word = fold(match.group())
        found.append(Token(Span(match.start(), match.end()), word, stem(word, language)))
    return found


@lru_cache(maxsize=4)
def _words(name: str) -> frozenset[str]:
    text = files("kg.matching").joinpath("words", f"{name}.txt").read_text("utf-8")
    return frozenset(fold(word) for word in text.split())


def is_function_word(word: str, language: Language) -> bool:
    """Tell whether a folded word carries no topic."""
    return word in _words(f"function.{language}")


def is_generic(word: str) -> bool:
    """Tell whether a folded word stands in any municipal text and so tells nothing apart."""
    return word in _words("generic")


def language_of(text: str) -> Language:
    """Return the likelier language of a text; German when nothing speaks for English.

    >>> language_of("Aufbau einer Bauteilbörse"), language_of("We set up a café")
    ('de', 'en')
    """
    return "en" if sum(map(_german_less_english, _TOKEN.findall(text[:4000]))) < 0 else "de"


@lru_cache(maxsize=65536)
def _german_less_english(surface: str) -> int:
    """Return how much more a word speaks for German than for English."""
    word = fold(surface)
    german = (word in _words("function.de")) + any(letter in "äöü" for letter in word)
    return german - (word in _words("function.en"))


def index_terms(text: str, language: Language, vocabulary: Collection[str] = ()) -> list[str]:
    """Return the stems that an index searches by: topic words and known parts of compounds."""
    terms: list[str] = []
    for match in _TOKEN.finditer(text):
        term = _index_term(match.group(), language)
        if not term:
            continue
        terms.append(term)
        if language == "de" and vocabulary:
            terms.extend(compound_parts(term, vocabulary))
    return terms


@lru_cache(maxsize=65536)
def _index_term(word: str, language: Language) -> str:
    """Return the stem of a word, "" for one that tells no aims apart."""
    folded = fold(word)
    if (
        len(folded) < 2
        or folded.isdigit()
        or is_function_word(folded, language)
        or is_generic(folded)
    ):
        return ""
    return stem(folded, language)


def compound_parts(word: str, vocabulary: Collection[str]) -> list[str]:
    """Return the longest known stem that begins and the longest that ends a compound.

    A part has at least four letters and leaves at least three.

    >>> compound_parts("abfallvermeidungskonzept", {"abfall", "konzept", "kon"})
    ['abfall', 'konzept']
    """
    if len(word) < 8:
        return []
    parts: list[str] = []
    for end in range(len(word) - 3, 3, -1):
        if word[:end] in vocabulary:
            parts.append(word[:end])
            break
    for start in range(3, len(word) - 3):
        if word[start:] in vocabulary:
            parts.append(word[start:])
            break
    return parts


def stems_of(label: str, language: Language) -> tuple[str, ...]:
    """Return the topic stems of a label in order; all stems when none carries a topic.

    >>> stems_of("Vermeidung von Abfällen", "de")
    ('vermeid', 'abfall')

    A short form in capitals is a topic, even where the same letters make a function word:

    >>> stems_of("refurbished IT", "en")
    ('refurbish', 'it')
    """
    text = normalise(label)
    found = tokens(text, language)
    topical = tuple(
        item.stem
        for item in found
        if not is_function_word(item.word, language) or in_capitals(item.span.of(text))
    )
    return topical or tuple(item.stem for item in found)


def in_capitals(word: str) -> bool:
    """Tell whether a word is written as short forms are: two letters or more, all capitals."""
    return len(word) > 1 and word.isupper()


def surfaces(text: str, within: Span) -> list[str]:
    """Return the words of a span of text as they stand, the same that `tokens` has."""
    return _TOKEN.findall(text, within.start, within.end)


def places(text: str, within: Span) -> list[tuple[int, int]]:
    """Return where the words of a span of text begin and end."""
    return [match.span() for match in _TOKEN.finditer(text, within.start, within.end)]
