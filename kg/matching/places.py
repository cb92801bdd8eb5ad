"""Find proper names of places in a text: streets, districts, cities, rivers, named buildings."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Final

from kg.language import Language
from kg.matching.actions import is_action
from kg.matching.text import compound_parts, fold, is_function_word, is_generic, stem

Names = dict[str, str]

_WORD = re.compile(r"[^\W_]+(?:['’]s?\b)?")
_RING: Final = re.compile(r"(?:nord|süd|ost|west|innen|aussen|stadt|alten|kaiser|wall)ring")
_LONE: Final = re.compile(
    r"(?:strassen?|str|weg|wegs?|platz|platzes|allee|gasse|ring|damm|ufer|moor|moores|wald|see|"
    r"viertel|quartier|siedlung|park|schule|gymnasium)"
)
# After these an apposed noun is a name, whatever it means elsewhere: »Kita Wirbelwind«.
_NAMED: Final = re.compile(
    r"(?:.*heim|stadt|gemeinde|ortsteil|stadtteil|bezirk|quartier|kita|kindergarten"
    r"|.*schule|.*gymnasium|schulzentrum|freibad|hallenbad|bürgerhaus|bürgeramt|bürgerzentrum"
    r"|stadtteilzentrum|stadtteilbüro|baugebiet|neubaugebiet|gewerbegebiet|industriegebiet"
    r"|industriepark|bahnhof|parkhaus|brücke|halle|mehrzweckhalle|turnhalle|spielplatz|siedlung"
    r"|haltestelle|.*bibliothek|haus|.*zentrum|.*halle|park|feuerwache|wohnheim|zeche)"
)


class PlaceFinder:
    """Find names of places; `vocabulary` holds stems of words that name no place."""

    def __init__(self, vocabulary: Collection[str], municipalities: Iterable[str] = ()) -> None:
        self._vocabulary = vocabulary
        self._known = {fold(name) for name in municipalities if name.isalpha()}

    def names(self, text: str, language: Language) -> Names:
        """Return the names in a normalised text: what to compare them by, and how they stand there.

        >>> sorted(PlaceFinder({"spielplatz"}).names("Spielplatz Lindenweg in der Südstadt", "de"))
        ['lindenweg', 'südstadt']
        """
        found: Names = {}
        before: re.Match[str] | None = None
        words = list(_WORD.finditer(text))
        for place, word in enumerate(words):
            shown = word.group()
            if shown[0].isupper() and not (shown.isupper() and len(shown) > 1):
                after = words[place + 1] if place + 1 < len(words) else None
                name = (
                    self._german(text, before, word, after)
                    if language == "de"
                    else self._english(text, before, word, after)
                )
                if name:
                    found.setdefault(name, shown)
            before = word
        return found

    def _german(
        self,
        text: str,
        before: re.Match[str] | None,
        word: re.Match[str],
        after: re.Match[str] | None,
    ) -> str:
        folded = fold(word.group())
        if folded in self._known:
            return folded
        if self._is_adjective(word, after, text):
            return folded
        named = _named_compound(folded)
        if named is not None:
            return named
        if before is None or is_function_word(folded, "de"):
            return ""
        gap = text[before.end() : word.start()]
        follows = fold(before.group())
        if before.group() in {"Am", "Im", "An", "Zum", "Zur"} and before.start() > 0:
            return _bare(folded)
        apposed = before.group()[0].isupper() and gap in (" ", " „", " »")
        if apposed and follows in _listed("not a noun"):
            return ""
        if apposed and _NAMED.fullmatch(follows):
            return _bare(folded) if not is_action(folded, "de") else ""
        if gap == "-" and before.group()[0].isupper():
            apposed = not self._is_ordinary(follows, "de") or follows in self._known
        placed = follows in _listed("before") and gap.isspace()
        if not (apposed or placed):
            return ""
        if folded in _listed("compass"):
            return folded if apposed else ""
        return "" if self._is_ordinary(folded, "de") else _bare(folded)

    def _is_adjective(self, word: re.Match[str], after: re.Match[str] | None, text: str) -> bool:
        """Tell whether a word such as »Kölner« names the street or moor that follows."""
        if after is None or not word.group().endswith("er") or len(word.group()) < 5:
            return False
        return (
            text[word.end() : after.start()] == " "
            and after.group()[0].isupper()
            and _LONE.fullmatch(fold(after.group())) is not None
        )

    def _english(
        self,
        text: str,
        before: re.Match[str] | None,
        word: re.Match[str],
        after: re.Match[str] | None,
    ) -> str:
        folded = fold(re.sub(r"['’]s?$", "", word.group()))
        if folded in self._known:
            return folded
        if len(folded) < 2 or is_function_word(folded, "en") or is_action(folded, "en"):
            return ""
        german = _named_compound(folded) if len(folded) > 7 else None
        if german:
            return german
        begins = before is None or text[before.end() : word.start()].strip() in {".", ":", "?", "!"}
        if after is not None and text[word.end() : after.start()] in {" ", "’ ", "' "}:
            following = fold(re.sub(r"['’]s?$", "", after.group()))
            if after.group()[0].isupper() and following in _listed("english kind"):
                return folded
        if folded in _listed("english kind"):
            return ""
        if before is not None and fold(before.group()) in {"river"}:
            return folded
        if begins:
            return ""
        return "" if self._is_ordinary(folded, "en") and not _inside(text, word) else folded

    def _is_ordinary(self, folded: str, language: Language) -> bool:
        root = stem(folded, language)
        if (
            root in self._vocabulary
            or folded in _ordinary()
            or is_generic(folded)
            or is_action(folded, language)
        ):
            return True
        if language == "en":
            return False
        parts = compound_parts(root, self._vocabulary)
        return bool(parts) and not _has_place_form(folded)


def _has_place_form(folded: str) -> bool:
    return (
        re.search(r"(?:heim|hausen|dorf|burg|furt|ingen|ungen|stedt|feld|hafen)$", folded)
        is not None
    )


def _inside(text: str, word: re.Match[str]) -> bool:
    """Tell whether a capitalised word follows "in" or "at" directly, so that it is a name."""
    return re.search(r"\b(?:in|at|near|to|for) $", text[: word.start()]) is not None


def _bare(folded: str) -> str:
    """Return a name without a genitive s."""
    return folded[:-1] if len(folded) > 5 and folded.endswith("s") else folded


@lru_cache(maxsize=8192)
def _named_compound(folded: str) -> str | None:
    """Return the name, "" if such a compound is a common noun, None if it is none of these."""
    word = folded
    for ending in ("es", "s", "n"):
        if any(folded.endswith(tail + ending) for tail in _ends()):
            word = folded[: -len(ending)]
            break
    if _RING.fullmatch(word):
        return word
    for tail, common in _ends().items():
        head = word.removesuffix(tail)
        if head == word or len(head) < 2:
            continue
        if head in common or head.rstrip("s") in common or is_action(word, "de"):
            return ""
        return word
    return None


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, str, frozenset[str]], ...]:
    text = files("kg.matching").joinpath("words", "places.csv").read_text("utf-8")
    return tuple(
        (row["kind"], row["word"], frozenset(row["words"].split()))
        for row in csv.DictReader(text.splitlines())
    )


@lru_cache(maxsize=1)
def _ends() -> dict[str, frozenset[str]]:
    """Return ends of German compounds that name a place, with beginnings of common nouns."""
    return {word: words for kind, word, words in _rows() if kind == "end"}


@lru_cache(maxsize=8)
def _listed(wanted: str) -> frozenset[str]:
    return next(words for kind, _, words in _rows() if kind == wanted)


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    text = files("kg.matching").joinpath("words", "ordinary.txt").read_text("utf-8")
    return frozenset(fold(word) for word in text.split())
