"""Tell where a verb stands in its clause, and when a word only looks like one of change."""

from __future__ import annotations

from typing import Final

from kg.fit.clauses import Words, clause_words

# What is closed without coming to an end: gaps, loops, contracts.
_CLOSED: Final = ("lücke", "kreisl", "vertrag", "verträg", "vereinbar", "bündnis", "gap", "loop")
_LOOPS: Final = ("lücke", "lücken", "kreislauf", "kreisläufe", "kreisläufen", "vereinbarungen")
# English verbs that need no object: »support for coal should end«.
_INTRANSITIVE: Final = frozenset({"end", "stop", "cease"})
_MODALS: Final = frozenset({"should", "will", "must", "shall"})
_PARTICIPLES: Final = ("ed", "en", "built", "cut", "shut", "set")


def is_final(words: Words, place: int) -> bool:
    """Tell whether a verb stands behind its object: at the end, or in an English passive."""
    if words.language == "de":
        if place + 1 == len(words) or words.comma_after(place):
            return True
        return words.folded[place + 1] in clause_words("auxiliaries")
    word, before = words.folded[place], words.folded[max(0, place - 3) : place]
    if word in _INTRANSITIVE and before and before[-1] in _MODALS:
        return True
    passive = any(other in clause_words("be") for other in before) and "to" not in before[1:]
    return passive and word.endswith(_PARTICIPLES)


def is_other_verb(words: Words, place: int) -> bool:
    """Tell whether a German infinitive ends its own part: »Wald pflegen, Rodung stoppen«."""
    word = words.folded[place]
    if words.language == "en" or words.is_noun(place) or len(word) < 6:
        return False
    if not word.endswith(("en", "ern", "eln")) or place + 1 >= len(words):
        return False
    return words.comma_after(place) or words.folded[place + 1] in clause_words("joins")


def leads_nowhere(words: Words, place: int) -> bool:
    """Tell whether an English verb has no object: a conjunction follows."""
    after = words.folded[place + 1] if place + 1 < len(words) else ""
    return words.language == "en" and after in clause_words("joins") and after in {"and", "or"}


def is_idiom(words: Words, place: int) -> bool:
    """Tell whether a word of change only looks like one: »Kreisläufe schließen«."""
    word = words.folded[place]
    before = words.folded[place - 1] if place else ""
    after = words.folded[place + 1] if place + 1 < len(words) else ""
    if words.language == "en" and (
        word.endswith("ly") or "life" in words.folded[place : place + 3]
    ):
        return True
    if word.startswith(("einstell", "eingestell")) and "sich" in words.folded:
        return True
    if word.startswith("kürzer"):
        return True
    if word in {"bau", "bauen"} and words.is_noun(place):
        return after not in clause_words("of")
    if word == "aus":
        return before not in {"das", "dem"}
    if word == "ende":
        return before in clause_words("until") or after not in clause_words("of")
    if word == "end":
        return before in {"the", "by", "year", "at", "this"}
    if word == "close" and (after in {"to", "by"} or before in clause_words("be")):
        return True
    if word in {"set", "plant"} or (word == "plan" and before != "to"):
        return before in {"a", "the", "of"} or word == "plan" or after == "for"
    if "schl" in word or word in {"close", "closing", "closed"}:
        return any(other.startswith(_CLOSED) or other.endswith(_LOOPS) for other in words.folded)
    return False
