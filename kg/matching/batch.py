"""Rank many texts, one JSON object a line, against the SDGs or against given goals."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kg.errors import BadParameter
from kg.language import Language, Text
from kg.matching.aim_texts import goal_aims
from kg.matching.bodies import Bodies
from kg.matching.gold import GoalRow
from kg.matching.match import (
    SdgMatcher,
    SdgScores,
)
from kg.matching.match_goals import GoalMatcher
from kg.matching.model import Model
from kg.matching.prepare import PreparedText, with_title
from kg.matching.rank import AimIndex
from kg.matching.reasons import reasons
from kg.matching.sdg import sdg_code

BATCH: Final = 128
Answer = dict[str, object]


@dataclass(frozen=True, slots=True)
class TextRow:
    """Hold one text to rank; `city` is "" where it is not known whose measure it is."""

    id: str
    text: str
    city: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Hold what a ranking needs besides the texts."""

    sdg: SdgMatcher
    model: Model
    language: Language
    top: int


def text_rows(lines: Iterable[str]) -> Iterator[TextRow]:
    """Give the texts of JSON lines with `id`, `text`, an optional `title` and `city`."""
    for number, row in _objects(lines, "in"):
        text, title = row.get("text"), row.get("title")
        if not isinstance(text, str) or "id" not in row:
            raise BadParameter(
                "in",
                f"Zeile {number}",
                Text("ein JSON-Objekt mit »id« und »text«", "a JSON object with “id” and “text”"),
            )
        city = row.get("city")
        yield TextRow(
            str(row["id"]),
            with_title(title if isinstance(title, str) else "", text),
            city if isinstance(city, str) else "",
        )


def goal_rows(lines: Iterable[str]) -> list[GoalRow]:
    """Return goals of JSON lines: `goal_id`, `goal_text`, perhaps `concept_title` and `city`."""
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
    for row, prepared, scores in _scored(rows, lines.sdg):
        ranked = [
            {
                "id": sdg_code(iri),
                "goal": sdg_code(iri).split(".")[0],
                "probability": round(chance, 4),
                "reasons": _reasons(prepared, lines, iri, lines.sdg.index),
            }
            for iri, chance in scores.targets.first(lines.top)
        ]
        goals = [
            {"id": sdg_code(iri), "probability": round(chance, 4)}
            for iri, chance in scores.goals.ranked()
        ]
        silent = (
            float(scores.goals.probabilities.max()) < lines.model.goal.line
            and float(scores.targets.probabilities.max()) < lines.model.target.line
        )
        yield {"id": row.id, "ranked": ranked, "goals": goals, "abstained": silent}


def rank_against_goals(
    rows: Iterable[TextRow], goals: Sequence[GoalRow], lines: Lines
) -> Iterator[Answer]:
    """Give one answer a text: the given goals ranked with reasons, and all 17 SDGs.

    Goals of the measure's own city come first, where that is given or the text names it.
    """
    texts = list(rows)
    cities = {row.city for row in texts if row.city} or {goal.city for goal in goals}
    bodies = Bodies([_body(goal, sorted(cities - {""})) for goal in goals])
    matcher = GoalMatcher(goal_aims(goals), lines.sdg, lines.model, bodies=bodies)
    scored = _scored(texts, lines.sdg)
    while batch := list(islice(scored, BATCH)):
        prepared = [text for _, text, _ in batch]
        own = [scores for _, _, scores in batch]
        named = [row.city or bodies.named_in(text.text) for row, text, _ in batch]
        found = matcher.score_all(prepared, own, cities=named)
        for (row, text, sdg), scores in zip(batch, found, strict=True):
            ranked = [
                {
                    "id": iri,
                    "probability": round(chance, 4),
                    "reasons": _reasons(text, lines, iri, matcher.index),
                }
                for iri, chance in scores.first(lines.top)
            ]
            goals_of_row = [
                {"id": sdg_code(iri), "probability": round(chance, 4)}
                for iri, chance in sdg.goals.ranked()
            ]
            best = float(scores.probabilities.max()) if len(scores.iris) else 0.0
            silent = best < lines.model.concept.line
            yield {"id": row.id, "ranked": ranked, "goals": goals_of_row, "abstained": silent}


def _body(goal: GoalRow, cities: Sequence[str]) -> str:
    """Return whose goal it is: the city a measure can be of, "" for a body above the cities."""
    return goal.city if goal.city in cities else Bodies(cities).named_in(goal.concept)


def _reasons(prepared: PreparedText, lines: Lines, iri: str, index: AimIndex) -> list[object]:
    found = reasons(
        prepared,
        index,
        iri,
        thesaurus=lines.sdg.thesaurus,
        language=lines.language,
    )
    return [reason.as_json() for reason in found]


def _scored(
    rows: Iterable[TextRow], sdg: SdgMatcher
) -> Iterator[tuple[TextRow, PreparedText, SdgScores]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        prepared = sdg.prepare([row.text for row in batch])
        yield from zip(batch, prepared, sdg.score_all(prepared), strict=True)


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
