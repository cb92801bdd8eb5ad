"""Rank many texts, one JSON object a line, against the SDGs or against given goals."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kg.errors import BadParameter
from kg.language import Language, Text
from kg.matching.calibration import Calibration
from kg.matching.evaluate import goal_aims
from kg.matching.gold import GoalRow
from kg.matching.match import GoalMatcher, SdgMatcher
from kg.matching.prepare import PreparedText, with_title
from kg.matching.reasons import reasons
from kg.matching.sdg import sdg_code

BATCH: Final = 128
Answer = dict[str, object]


@dataclass(frozen=True, slots=True)
class TextRow:
    """Hold one text to rank."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Hold what a ranking needs besides the texts."""

    sdg: SdgMatcher
    calibration: Calibration
    language: Language
    top: int


def text_rows(lines: Iterable[str]) -> Iterator[TextRow]:
    """Give the texts of JSON lines with `id`, `text` and an optional `title`."""
    for number, row in _objects(lines, "in"):
        text, title = row.get("text"), row.get("title")
        if not isinstance(text, str) or "id" not in row:
            raise BadParameter(
                "in",
                f"Zeile {number}",
                Text("ein JSON-Objekt mit »id« und »text«", "a JSON object with “id” and “text”"),
            )
        yield TextRow(str(row["id"]), with_title(title if isinstance(title, str) else "", text))


def goal_rows(lines: Iterable[str]) -> list[GoalRow]:
    """Return the goals of JSON lines with `goal_id`, `goal_text`, optionally `concept_title`."""
    found: list[GoalRow] = []
    for number, row in _objects(lines, "against"):
        text = row.get("goal_text")
        if not isinstance(text, str) or not text.strip() or "goal_id" not in row:
            raise BadParameter(
                "against",
                f"Zeile {number}",
                Text(
                    "ein JSON-Objekt mit »goal_id« und »goal_text«",
                    "a JSON object with “goal_id” and “goal_text”",
                ),
            )
        concept, city = row.get("concept_title"), row.get("city")
        found.append(
            GoalRow(
                str(row["goal_id"]),
                text,
                concept if isinstance(concept, str) else "",
                city if isinstance(city, str) else "",
            )
        )
    return found


def rank_against_sdg(rows: Iterable[TextRow], lines: Lines) -> Iterator[Answer]:
    """Give one answer a text: targets ranked with reasons, and all 17 goals."""
    for row, prepared in _prepared(rows, lines.sdg):
        scores = lines.sdg.score(prepared)
        ranked = [
            {
                "id": sdg_code(iri),
                "goal": sdg_code(iri).split(".")[0],
                "probability": round(chance, 4),
                "reasons": _reasons(prepared, lines, iri),
            }
            for iri, chance in scores.targets.ranked()[: lines.top]
        ]
        goals = [
            {"id": sdg_code(iri), "probability": round(chance, 4)}
            for iri, chance in scores.goals.ranked()
        ]
        silent = (
            float(scores.goals.probabilities.max()) < lines.calibration.goal.line
            and float(scores.targets.probabilities.max()) < lines.calibration.target.line
        )
        yield {"id": row.id, "ranked": ranked, "goals": goals, "abstained": silent}


def rank_against_goals(
    rows: Iterable[TextRow], goals: Sequence[GoalRow], lines: Lines
) -> Iterator[Answer]:
    """Give one answer a text: the given goals ranked with reasons, and all 17 SDGs."""
    matcher = GoalMatcher(goal_aims(goals), lines.sdg, lines.calibration)
    for row, prepared in _prepared(rows, lines.sdg):
        own = lines.sdg.score(prepared)
        scores = matcher.score(prepared, own)
        ranked = [
            {
                "id": iri,
                "probability": round(chance, 4),
                "reasons": [
                    reason.as_json()
                    for reason in reasons(
                        prepared,
                        matcher.index,
                        iri,
                        thesaurus=lines.sdg.thesaurus,
                        language=lines.language,
                    )
                ],
            }
            for iri, chance in scores.ranked()[: lines.top]
        ]
        sdg = [
            {"id": sdg_code(iri), "probability": round(chance, 4)}
            for iri, chance in own.goals.ranked()
        ]
        best = float(scores.probabilities.max()) if len(scores.iris) else 0.0
        silent = best < lines.calibration.concept.line
        yield {"id": row.id, "ranked": ranked, "goals": sdg, "abstained": silent}


def _reasons(prepared: PreparedText, lines: Lines, iri: str) -> list[object]:
    found = reasons(
        prepared,
        lines.sdg.index,
        iri,
        thesaurus=lines.sdg.thesaurus,
        language=lines.language,
    )
    return [reason.as_json() for reason in found]


def _prepared(rows: Iterable[TextRow], sdg: SdgMatcher) -> Iterator[tuple[TextRow, PreparedText]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield from zip(batch, sdg.prepare([row.text for row in batch]), strict=True)


def _objects(lines: Iterable[str], name: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadParameter(
                name,
                f"Zeile {number}",
                Text("ein JSON-Objekt je Zeile", "one JSON object a line"),
            ) from error
        if not isinstance(row, dict):
            raise BadParameter(
                name,
                f"Zeile {number}",
                Text("ein JSON-Objekt je Zeile", "one JSON object a line"),
            )
        yield number, row
