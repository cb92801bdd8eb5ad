"""Recognise how far a measure is, from the words that plans and monitoring tools use."""

from __future__ import annotations

import re

_WORDS = {
    "idea": ("idee", "vorschlag", "vorgeschlagen", "prüfauftrag", "in prüfung", "idea", "proposed"),
    "planned": (
        "in planung",
        "planung",
        "geplant",
        "in vorbereitung",
        "vorbereitung",
        "nicht begonnen",
        "noch nicht begonnen",
        "offen",
        "beschlossen",
        "verzögert",
        "verzögert/fehlt",
        "zurückgestellt",
        "not started",
        "planned",
        "in planning",
        "delayed",
    ),
    "running": (
        "in umsetzung",
        "umsetzung",
        "wird umgesetzt",
        "in arbeit",
        "in bearbeitung",
        "begonnen",
        "gestartet",
        "teilweise umgesetzt",
        "running",
        "in progress",
        "ongoing",
        "started",
        "being implemented",
    ),
    "continuous": (
        "laufend",
        "läuft",
        "in betrieb",
        "daueraufgabe",
        "fortlaufend",
        "kontinuierlich",
        "dauerhaft",
        "verstetigt",
        "continuous",
        "in operation",
        "permanent",
    ),
    "done": (
        "abgeschlossen",
        "umgesetzt",
        "erledigt",
        "erreicht",
        "fertig",
        "fertiggestellt",
        "beendet",
        "done",
        "completed",
        "implemented",
        "finished",
    ),
    "dropped": (
        "verworfen",
        "gescheitert",
        "eingestellt",
        "abgebrochen",
        "entfällt",
        "wird nicht umgesetzt",
        "nicht umgesetzt",
        "dropped",
        "cancelled",
        "failed",
        "abandoned",
    ),
}
_UNKNOWN = frozenset(
    {"unbekannt", "unknown", "k. a.", "k.a.", "k. a", "keine angabe", "-", "–", "/", "n/a"}
)
_BY_WORD = {word: status for status, words in _WORDS.items() for word in words}
_LONGEST_FIRST = sorted(_BY_WORD, key=lambda word: (-len(word), word))
_EDGES = re.compile(r"^[\W_]+|[\s.;:,!)]+$")


def parse_status(text: str) -> str | None:
    """Return the identifier of a status, or None when the words are not known.

    >>> parse_status("In Umsetzung"), parse_status("Abgeschlossen (2024)"), parse_status("grün")
    ('running', 'done', None)
    """
    words = _EDGES.sub("", " ".join(text.lower().split()))
    if words in _BY_WORD:
        return _BY_WORD[words]
    for word in _LONGEST_FIRST:
        if words.startswith(word) and not words[len(word)].isalpha():
            return _BY_WORD[word]
    return None


def is_plain_status(text: str) -> bool:
    """Tell whether a text is a known status and nothing else.

    >>> is_plain_status("Laufend"), is_plain_status("Laufend seit 2023")
    (True, False)
    """
    return " ".join(text.lower().split()) in _BY_WORD


def says_nothing(text: str) -> bool:
    """Tell whether a cell states that there is no statement.

    >>> says_nothing("k. A."), says_nothing("unbekannt"), says_nothing("2025")
    (True, True, False)
    """
    return " ".join(text.lower().split()) in _UNKNOWN
