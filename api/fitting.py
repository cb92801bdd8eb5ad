"""State what the service needs of the fit check, and bind it to the one in `kg.fit`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kg.dataset import Generation
from kg.fit.check import check, check_all
from kg.fit.double_work import Pair, double_work
from kg.fit.index import FitIndex
from kg.fit.measure import MeasureInput
from kg.fit.report import FitReport
from kg.fit.suggesting import Suggested, suggested
from kg.language import Language
from kg.matching.batch import (
    Answer,
    Lines,
    TextRow,
    rank_against_goals,
    rank_against_sdg,
)
from kg.matching.gold import GoalRow
from kg.store import Store


class FitChecker(Protocol):
    """Tell how a measure fits the aims in one generation of the graph."""

    def warm(self) -> None:
        """Load what the first check would load."""
        ...

    def check(self, measure: MeasureInput, city: str, language: Language) -> FitReport:
        """Return the report for a measure of a city (AGS, "" for any)."""
        ...

    def check_all(
        self, measures: Sequence[MeasureInput], city: str, language: Language
    ) -> Iterator[FitReport]:
        """Give the report of each measure in order."""
        ...

    def rank(
        self, texts: Sequence[TextRow], goals: Sequence[GoalRow], language: Language, *, top: int
    ) -> list[Answer]:
        """Return the aims ranked for each text: these goals, or the SDGs when there are none."""
        ...

    def suggest(self, text: str, language: Language) -> tuple[Suggested, ...]:
        """Return the field, R-strategy and instrument that the words of a text suggest."""
        ...

    def double_work(self) -> tuple[Pair, ...]:
        """Return the pairs of loaded measures that may be the same; found once."""
        ...


@dataclass(frozen=True, slots=True)
class IndexedFit:
    """Check measures against the index of one generation."""

    index: FitIndex
    _pairs: list[tuple[Pair, ...]] = field(default_factory=list)

    def warm(self) -> None:
        """Encode a word, which loads the language model."""
        self.index.sdg.prepare(["Reparatur"])

    def check(self, measure: MeasureInput, city: str, language: Language) -> FitReport:
        """Return the report for a measure of a city (AGS, "" for any)."""
        return check(measure, self.index, language=language, city=city or None)

    def check_all(
        self, measures: Sequence[MeasureInput], city: str, language: Language
    ) -> Iterator[FitReport]:
        """Give the report of each measure in order."""
        return check_all(measures, self.index, language=language, city=city or None)

    def rank(
        self, texts: Sequence[TextRow], goals: Sequence[GoalRow], language: Language, *, top: int
    ) -> list[Answer]:
        """Return the aims ranked for each text: these goals, or the SDGs when there are none."""
        lines = Lines(self.index.sdg, self.index.calibration, language, top)
        if goals:
            return list(rank_against_goals(texts, goals, lines))
        return list(rank_against_sdg(texts, lines))

    def suggest(self, text: str, language: Language) -> tuple[Suggested, ...]:
        """Return the field, R-strategy and instrument that the words of a text suggest."""
        return suggested(text, self.index, language)

    def double_work(self) -> tuple[Pair, ...]:
        """Return the pairs of loaded measures that may be the same; found once."""
        if not self._pairs:
            self._pairs.append(double_work(self.index))
        return self._pairs[0]


def fit_checker(store: Store, generation: Generation) -> FitChecker:
    """Return the fit check over a generation; takes seconds, so once per generation."""
    return IndexedFit(FitIndex.of_generation(generation, store))
