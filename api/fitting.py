"""State what the service needs of the fit check, and bind it to the one in `kg.fit`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kg.dataset import Generation
from kg.embedded import EmbeddedStore
from kg.fit.check import check
from kg.fit.index import FitIndex
from kg.fit.measure import MeasureInput
from kg.fit.report import FitReport
from kg.language import Language


class FitChecker(Protocol):
    """Tell how a measure fits the aims in one generation of the graph."""

    def warm(self) -> None:
        """Load what the first check would load."""
        ...

    def check(self, measure: MeasureInput, city: str, language: Language) -> FitReport:
        """Return the report for a measure of a city (AGS, "" for any)."""
        ...


@dataclass(frozen=True, slots=True)
class IndexedFit:
    """Check measures against the index of one generation."""

    index: FitIndex

    def warm(self) -> None:
        """Encode a word, which loads the language model."""
        self.index.sdg.prepare(["Reparatur"])

    def check(self, measure: MeasureInput, city: str, language: Language) -> FitReport:
        """Return the report for a measure of a city (AGS, "" for any)."""
        return check(measure, self.index, language=language, city=city or None)


def fit_checker(store: EmbeddedStore, generation: Generation) -> FitChecker:
    """Return the fit check over a generation; takes seconds, so once per generation."""
    return IndexedFit(FitIndex.of_generation(generation, store))
