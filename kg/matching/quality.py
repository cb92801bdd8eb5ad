"""Hold what was measured on one labelled set: figures, curves, single SDGs and the worst rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from kg.matching.figures import Bin, Figures
from kg.matching.reasons import Reason


@dataclass(frozen=True, slots=True)
class GoalFigures:
    """Say of one SDG how often texts state it, and how often it is found or answered first.

    `found`: stated and among the first three. `first`: texts it is the first answer of; `right`:
    those of them that state it, which is no precision where labels are incomplete.
    """

    goal: str
    stated: int
    found: int
    first: int
    right: int


@dataclass(frozen=True, slots=True)
class WorstRow:
    """Show one answer that went wrong, with what speaks for the stated and for the first aim.

    `names` says what the stated and the answered aims are called.
    """

    id: str
    text: str
    stated: tuple[str, ...]
    place: int
    answers: tuple[tuple[str, float], ...]
    names: Mapping[str, str]
    for_stated: tuple[Reason, ...]
    for_first: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """Hold the figures of one set with its reliability curves and its worst rows.

    `curve` is that of all pairs of text and aim, `first_curve` that of the first answers.
    """

    figures: Figures
    curve: tuple[Bin, ...]
    first_curve: tuple[Bin, ...]
    by_goal: tuple[GoalFigures, ...]
    worst: tuple[WorstRow, ...]

    def as_json(self) -> dict[str, object]:
        """Return everything for output."""
        return {
            **self.figures.as_json(),
            "reliability": [asdict(step) for step in self.curve],
            "reliability_first": [asdict(step) for step in self.first_curve],
            "by_goal": [asdict(goal) for goal in self.by_goal],
            "worst": [
                {
                    "id": row.id,
                    "text": row.text,
                    "stated": list(row.stated),
                    "place": row.place,
                    "answers": [{"id": label, "probability": p} for label, p in row.answers],
                    "names": dict(row.names),
                    "for_stated": [reason.as_json() for reason in row.for_stated],
                    "for_first": [reason.as_json() for reason in row.for_first],
                }
                for row in self.worst
            ],
        }
