"""Make aims of goals that are given as rows of text."""

from __future__ import annotations

from collections.abc import Iterable

from kg.matching.gold import GoalRow
from kg.matching.rank import AimText
from kg.matching.text import normalise, sentences


def goal_aims(rows: Iterable[GoalRow]) -> list[AimText]:
    """Return goals of concepts as aims: each of their sentences and the whole text."""
    aims: list[AimText] = []
    for row in rows:
        text = normalise(row.text)
        parts = [span.of(text) for span in sentences(text)]
        aims.append(AimText(row.id, tuple(dict.fromkeys([*parts, text])), ()))
    return aims
