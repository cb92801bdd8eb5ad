"""The texts that the model is trained on are sound, and nobody's test is among them."""

from __future__ import annotations

import csv
from collections.abc import Collection
from pathlib import Path

import pytest

from kg.embedded import EmbeddedStore
from kg.matching.gold import read_gold
from kg.matching.sdg import read_sdg_aims, sdg_code
from kg.matching.text import normalise
from kg.matching.training_texts import TrainingTexts, contents, shipped_texts
from tests.quality.english_benchmark import benchmark_rows

# Shorter ones are headings such as every plan has; that two of them are alike is no copy.
TELLING = 40


@pytest.fixture(scope="module")
def texts() -> TrainingTexts:
    return shipped_texts()


@pytest.fixture(scope="module")
def known(texts: TrainingTexts) -> frozenset[str]:
    """Give every training text, without differences of case and space."""
    own = [passage.text for passage in texts.passages]
    own += texts.unrelated
    own += [goal.text for goal in texts.cities.goals]
    own += [measure.text for measure in texts.cities.measures]
    return frozenset(map(plain, own))


def plain(text: str) -> str:
    return " ".join(normalise(text).casefold().split())


def taken_from(foreign: Collection[str], known: Collection[str]) -> int:
    """Return how many telling foreign texts are, or stand in, a training text."""
    telling = {text for text in map(plain, foreign) if len(text) >= TELLING}
    assert telling
    return sum(any(text in own for own in known) for text in telling)


def test_every_code_is_one_of_the_un(texts: TrainingTexts, sdg_store: EmbeddedStore) -> None:
    aims = read_sdg_aims(sdg_store)
    goals = {sdg_code(aim.iri) for aim in aims.goals}
    targets = {sdg_code(aim.iri) for aim in aims.targets}
    for passage in texts.passages:
        assert {*passage.goals, *passage.not_goals} <= goals, passage.id
        assert set(passage.targets) <= targets, passage.id


def test_the_goal_of_each_target_is_named_too(texts: TrainingTexts) -> None:
    for passage in texts.passages:
        assert {code.split(".")[0] for code in passage.targets} <= set(passage.goals), passage.id


def test_no_goal_is_both_a_subject_and_not(texts: TrainingTexts) -> None:
    assert [p.id for p in texts.passages if set(p.goals) & set(p.not_goals)] == []


def test_every_text_has_an_id_of_its_own(texts: TrainingTexts) -> None:
    ids = [passage.id for passage in texts.passages]
    ids += [goal.id for goal in texts.cities.goals]
    ids += [measure.id for measure in texts.cities.measures]
    assert len(ids) == len(set(ids))


def test_no_passage_stands_twice(texts: TrainingTexts) -> None:
    own = [plain(text) for text in (*(p.text for p in texts.passages), *texts.unrelated)]
    assert len(own) == len(set(own))


def test_texts_are_german_and_english(texts: TrainingTexts) -> None:
    languages = [passage.language for passage in texts.passages]
    assert set(languages) == {"de", "en"}
    assert min(languages.count("de"), languages.count("en")) > 500


def test_every_goal_has_many_texts_and_many_that_only_seem_about_it(texts: TrainingTexts) -> None:
    for number in map(str, range(1, 18)):
        assert sum(number in passage.goals for passage in texts.passages) >= 100
        assert sum(number in passage.not_goals for passage in texts.passages) >= 50


def test_measures_name_goals_of_their_own_city(texts: TrainingTexts) -> None:
    owners = {goal.id: goal.city for goal in texts.cities.goals}
    for measure in texts.cities.measures:
        assert {owners[goal] for goal in measure.goals} <= {measure.city}, measure.id


def test_every_file_of_training_texts_is_accounted_for() -> None:
    assert list(contents()) == [
        "city-goals.csv",
        "city-measures.csv",
        "excerpts.csv",
        "passages.csv",
        "unrelated.csv",
    ]


def test_no_text_of_the_english_benchmark_is_trained_on(known: frozenset[str]) -> None:
    assert taken_from([row.text for row in benchmark_rows()], known) == 0


def test_no_labelled_text_is_trained_on(known: frozenset[str], gold_folder: Path) -> None:
    gold = read_gold(gold_folder)
    foreign = [row.text for rows in gold.sdg.values() for row in rows]
    foreign += [row.text for rows in gold.fit.values() for row in rows]
    foreign += [row.text for row in gold.goals]
    assert taken_from(foreign, known) == 0


def test_no_unrelated_text_of_the_tests_is_trained_on(
    known: frozenset[str], repository: Path
) -> None:
    file = repository / "tests" / "data" / "unrelated_texts.csv"
    with file.open(encoding="utf-8", newline="") as rows:
        assert not {plain(row["text"]) for row in csv.DictReader(rows)} & known
