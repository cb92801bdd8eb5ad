"""Say the quality of the matching in German and English, as tables and lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from textwrap import shorten
from typing import Final

from kg.language import Language, Text
from kg.matching.evaluate import ALL_GOALS, CITY_NOT_TOLD, OWN_GOALS
from kg.matching.quality import Quality, WorstRow
from kg.matching.reasons import Reason

TEXT_WIDTH: Final = 90
REASON_WIDTH: Final = 150
NAME_WIDTH: Final = 45
AGAINST: Final = {
    "sdg-goal": Text("SDG-Ziele", "SDG goals"),
    "sdg-target": Text("Unterziele", "SDG targets"),
    OWN_GOALS: Text("Ziele der Stadt", "own city’s goals"),
    ALL_GOALS: Text("aller Städte", "all cities’"),
    CITY_NOT_TOLD: Text("ohne Stadt", "city not told"),
}
HEADINGS: Final = {
    "de": ("gegen", "Zeilen", "Treffer@1", "Treffer@3", "Recall@3", "MRR", "MAP", "ECE", "ECE*"),
    "en": ("against", "rows", "accuracy@1", "hit@3", "recall@3", "MRR", "MAP", "ECE", "ECE*"),
}
GOAL_HEADINGS: Final = {
    "de": ("SDG", "genannt", "davon in den ersten drei", "zuerst geantwortet", "davon genannt"),
    "en": ("SDG", "stated", "of these in the first three", "answered first", "of these stated"),
}
LEGEND: Final = Text(
    "ECE: Abstand der Wahrscheinlichkeit der ersten Antwort von ihrer Häufigkeit; "
    "ECE*: über alle Paare von Text und Ziel.",
    "ECE: distance of the first answer’s probability from its frequency; "
    "ECE*: over all pairs of text and aim.",
)


def sets(found: Sequence[Quality]) -> list[str]:
    """Return the names of the measured sets, each once, in their order."""
    return list(dict.fromkeys(quality.figures.set for quality in found))


def figure_rows(found: Sequence[Quality], name: str, language: Language) -> list[list[str]]:
    """Return the rows of one set under `HEADINGS`."""
    rows: list[list[str]] = []
    for quality in found:
        _, against, *figures = quality.figures.as_json().values()
        if quality.figures.set == name:
            rows.append([against_words(str(against), language), *map(figure_words, figures)])
    return rows


def figure_words(value: object) -> str:
    """Return a figure with three digits, a count as it is.

    >>> figure_words(0.5), figure_words(17)
    ('0.500', '17')
    """
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def against_words(against: str, language: Language) -> str:
    """Return what texts were compared with, in a few words."""
    return AGAINST[against].in_language(language)


def goal_rows(quality: Quality) -> list[list[str]]:
    """Return the rows of the table by SDG under `GOAL_HEADINGS`."""
    return [[str(value) for value in astuple(goal)] for goal in quality.by_goal]


def worst_lines(quality: Quality, language: Language) -> list[str]:
    """Return the worst rows of a set, three lines a row: the text, the stated, the answered aim."""
    if not quality.worst:
        return []
    against = against_words(quality.figures.against, language)
    title = Text("Am weitesten daneben", "Furthest off").in_language(language)
    lines = ["", f"{title}: {quality.figures.set}, {against}"]
    for number, row in enumerate(quality.worst, 1):
        lines += [f"{number}. {row.id}: {shorten(row.text, TEXT_WIDTH, placeholder=' …')}"]
        lines += _aim_lines(row, language)
    return lines


def _aim_lines(row: WorstRow, language: Language) -> list[str]:
    label, chance = row.answers[0]
    stated = min(row.stated, key=lambda key: (key not in row.names, key))
    words = {
        "stated": Text("genannt", "stated"),
        "place": Text(f"Stelle {row.place}", f"place {row.place}"),
        "first": Text("zuerst", "first"),
    }
    said = {key: text.in_language(language) for key, text in words.items()}
    probability = f"{chance:.2f}".replace(".", "," if language == "de" else ".")
    more = len(row.stated) - 1
    others = f" +{more}" if more else ""
    return [
        f"   {said['stated']}: {_named(row, stated)}{others} ({said['place']})"
        f"{_because(row.for_stated)}",
        f"   {said['first']}: {_named(row, label)} ({probability}){_because(row.for_first)}",
    ]


def _named(row: WorstRow, label: str) -> str:
    name = shorten(row.names.get(label, ""), NAME_WIDTH, placeholder=" …")
    return f"{label} {name}".strip()


def _because(reasons: Sequence[Reason]) -> str:
    return f" – {shorten(reasons[0].text, REASON_WIDTH, placeholder=' …')}" if reasons else ""
