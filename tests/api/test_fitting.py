"""The real fit check behind the doors, on the town."""

from __future__ import annotations

from api.fitting import fit_checker
from kg.dataset import Dataset
from kg.fit.index import EMBEDDINGS
from kg.fit.measure import measure_of


def test_a_measure_is_checked_against_the_loaded_generation(town: Dataset) -> None:
    generation = town.current()
    fit = fit_checker(generation.open(), generation)
    measure = measure_of({"title": "Bauabfälle durch eine Bauteilbörse verringern"})
    report = fit.check(measure, "", "de")
    assert report.generation == generation.name
    assert report.city == "05515000"
    assert "Weniger Bauabfall" in {verdict.aim.label for verdict in report.verdicts}
    assert (town.root / EMBEDDINGS).is_file()
