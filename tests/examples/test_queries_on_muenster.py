"""Each stored query gives the example city's answer as written down in `expected`.

The files hold labels and numbers, one line a row, so that a person can check them against the
sources. After an intended change: KREISLAUFSTADT_WRITE_EXPECTED=1 pytest tests/examples, then read
the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.embedded import EmbeddedStore
from kg.stored import run_stored
from queries import catalogue, competency_catalogue

EXPECTED = Path(__file__).parent / "expected"
CITY = "https://w3id.org/kreislaufstadt/id/05515000"
# Provenance is written when a dataset is built, so it has no rows in a store put together by hand.
NAMES = sorted(set(catalogue()) - {"sources"})


def answer(store: EmbeddedStore, name: str, language: str) -> str:
    table = run_stored(store, name, {"language": language})
    iris = {column for column in table.columns if f"{column}_label" in table.columns}
    shown = [column for column in table.columns if column not in iris]
    lines = ["\t".join(shown)]
    lines += ["\t".join(record.get(c, "") for c in shown) for record in table.records()]
    return "\n".join(line.replace("\n", " ") for line in lines) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_query_gives_the_expected_answer(name: str, muenster: EmbeddedStore) -> None:
    path = EXPECTED / f"{name}.tsv"
    given = answer(muenster, name, "de")
    if os.environ.get("KREISLAUFSTADT_WRITE_EXPECTED"):
        path.write_text(given, "utf-8")
    assert given == path.read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_english_has_as_many_rows_as_german(name: str, muenster: EmbeddedStore) -> None:
    assert answer(muenster, name, "en").count("\n") == answer(muenster, name, "de").count("\n")


@pytest.mark.parametrize("number", competency_catalogue())
def test_competency_question_runs_on_the_example_city(number: str, muenster: EmbeddedStore) -> None:
    # a column without binding that joins with every label would give thousands of rows
    assert len(run_stored(muenster, number).rows) < 1000


def test_a_concept_restricts_the_interfaces(muenster: EmbeddedStore) -> None:
    concept = f"{CITY}/document/awm-vision-2030/concept"
    rows = run_stored(muenster, "interfaces-by-concept", {"concept": concept}).records()
    assert [(row["interfaces"], row["proposed"]) for row in rows] == [("2", "0")]


def test_a_goal_with_a_confirmed_measure_is_no_gap(muenster: EmbeddedStore) -> None:
    numbers = {row["number"] for row in run_stored(muenster, "aims-without-measure").records()}
    assert "AWM-1" not in numbers
    assert "AWM-1.1" in numbers


def test_a_target_is_served_directly_only_after_review(muenster: EmbeddedStore) -> None:
    (row,) = run_stored(muenster, "sdg-targets-served", {"target": "12.3"}).records()
    assert (row["direct"], row["proposed"]) == ("1", "2")


def test_another_city_has_no_measures(muenster: EmbeddedStore) -> None:
    assert run_stored(muenster, "measures", {"city": "05113000"}).rows == ()
