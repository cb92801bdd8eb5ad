"""Say how much each layer adds to a probability: layers of the text, and the other voices.

Voices together are wrong only if all are (`together`), so minus the logarithm of being wrong adds
up over them: the text, the strongest path and the likeliest shared target each have
-log(1 - chance) of it. A voice that only raises the probability (a served target its own goal, a
statement to 0.9) has what it adds to the others. The text's part is divided among its layers by
`LinearModel.shares`; where no layer lifts the aim over the mean aim of the text, it is the base.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import log
from typing import Final

from kg.fit.judge import Judged, Judgement
from kg.fit.paths import best, together
from kg.fit.reading import Reading
from kg.fit.voices import Share, Voice, share_of
from kg.matching.layers import LAYERS, Layer
from kg.matching.match import CONCEPT_FEATURES, GOAL_FEATURES, TARGET_FEATURES
from kg.matching.variants import figures_of

# Shares below a thousandth are not told.
LEAST: Final = 0.001
_SURE: Final = 1.0 - 1e-9


class Shares:
    """Work out the shares for the judgements of one reading; those of a text's layers together."""

    def __init__(self, reading: Reading, judged: Judged) -> None:
        self._reading = reading
        self._layout = judged.layout
        self._rows: dict[str, list[float]] = {}

    def work_out(self, items: Sequence[Judgement]) -> None:
        """Work out the shares of the text's layers for all these judgements in one go."""
        layout = self._layout
        begins = (0, layout.targets, layout.goals, layout.own)
        rows: dict[int, list[int]] = defaultdict(list)
        for item in items:
            row = layout.place[item.aim.iri]
            start = max(begin for begin in begins if begin <= row)
            rows[start].append(row)
        for start, own in rows.items():
            for row, shares in zip(own, self._shares(start, own), strict=True):
                self._rows[layout.aims[row].iri] = shares

    def of(self, item: Judgement) -> tuple[Share, ...]:
        """Return the shares of a judgement, the largest first; they sum to 1."""
        text = _weight(item.chance)
        parts = self._others(item, text)
        row = self._rows[item.aim.iri]
        if any(row):
            parts += [(layer, share * text) for layer, share in zip(LAYERS, row, strict=True)]
        else:
            parts.append(("base", text))
        least = LEAST * sum(value for _, value in parts)
        told = [(name, value) for name, value in parts if value > least]
        told.sort(key=_value, reverse=True)
        total = sum(value for _, value in told) or 1.0
        language = self._reading.language
        return tuple([share_of(name, value / total, language) for name, value in told])

    def _others(self, item: Judgement, text: float) -> list[tuple[Layer | Voice, float]]:
        """Return what the voices beside the text add."""
        if not (item.paths or item.shared or item.named or item.stated):
            return []
        path = best(item.paths)
        target = _weight(max((shared.chance for shared in item.shared), default=0.0))
        if item.aim.kind == "sdg-goal":
            target = max(0.0, target - _weight(together(item.chance, path)))
        parts: list[tuple[Layer | Voice, float]] = [("path", _weight(path)), ("target", target)]
        if item.named or item.stated is not None:
            added = _weight(item.probability) - text - _weight(path) - target
            parts.append(("statement", max(0.0, added)))
        return parts

    def _shares(self, start: int, rows: Sequence[int]) -> list[list[float]]:
        """Return the shares of the layers for rows of the kind of aims that begins at `start`."""
        layout, reading = self._layout, self._reading
        model = reading.index.calibration
        places = [row - start for row in rows]
        if rows[0] < layout.targets:
            figures = figures_of(reading.sdg.targets)
            table = model.target.shares(figures, TARGET_FEATURES, aims=places)
        elif rows[0] < layout.goals:
            figures = figures_of(reading.sdg.goals)
            table = model.goal.shares(figures, GOAL_FEATURES, aims=places)
        else:
            scores = (reading.goals if rows[0] < layout.own else None) or reading.frameworks
            table = model.concept.shares(figures_of(scores), CONCEPT_FEATURES, aims=places)
        found: list[list[float]] = table.tolist()
        return found


def _weight(chance: float) -> float:
    return -log(1.0 - min(chance, _SURE))


def _value(part: tuple[Layer | Voice, float]) -> float:
    return part[1]
