"""Training on a few texts gives a model that is the same each time and knows what it was shown."""

from __future__ import annotations

import json

import numpy as np
import pytest

from kg.embedded import EmbeddedStore
from kg.matching.gold import FitRow, GoalRow
from kg.matching.head import NONE, balanced, fit_head, text_vectors
from kg.matching.match import SdgMatcher
from kg.matching.model import model_of
from kg.matching.sdg import SdgAims, read_sdg_aims, sdg_code
from kg.matching.semantic import EmbeddingCache, UniversalEncoder
from kg.matching.thesaurus import Thesaurus
from kg.matching.train import SLOPES, Trained, train
from kg.matching.training_texts import Cities, Passage, TrainingTexts

SUBJECTS = [
    ("Radwege werden breiter und sicherer", "11", "11.2", "13"),
    ("Buslinien fahren öfter in die Ortsteile", "11", "11.2", "9"),
    ("Solaranlagen auf Schuldächern liefern Strom", "7", "7.2", "13"),
    ("Windräder liefern der Gemeinde Strom", "7", "7.2", "13"),
    ("Übriges Essen der Mensa wird verteilt", "12", "12.3", "2"),
    ("Geräte werden repariert statt weggeworfen", "12", "12.5", "8"),
    ("Impfungen für Kinder in den Praxen", "3", "3.8", "4"),
    ("Mehr Hebammen auf dem Land", "3", "3.8", "5"),
    ("Frauen in Leitungen der Ämter", "5", "5.5", "8"),
    ("Bächen wird ihr Lauf zurückgegeben", "6;15", "6.6", "14"),
]
UNRELATED = (
    "Die Sitzung beginnt um zehn Uhr.",
    "Der Kalender hängt im Flur.",
    "Wahl der Schriftführung",
)
CITIES = Cities(
    tuple(
        GoalRow(f"{city}{number}", text, "Plan", city)
        for city in ("Astadt", "Bdorf")
        for number, text in enumerate(["Radverkehr stärken", "Strom aus Sonne", "Müll vermeiden"])
    ),
    tuple(
        FitRow(f"m{city}{number}", text, city, (f"{city}{number}",), stated=True)
        for city in ("Astadt", "Bdorf")
        for number, text in enumerate(["Fahrradstraße", "Solaranlage auf der Halle", "Leihladen"])
    ),
)


def few_texts() -> TrainingTexts:
    passages = [
        Passage(f"p{n}", "de", text, tuple(goals.split(";")), (target,), (other,), plain=n % 2 == 0)
        for n, (text, goals, target, other) in enumerate(SUBJECTS)
    ]
    return TrainingTexts(tuple(passages), UNRELATED, CITIES)


@pytest.fixture(scope="module")
def aims(sdg_store: EmbeddedStore) -> SdgAims:
    return read_sdg_aims(sdg_store)


@pytest.fixture(scope="module")
def cache() -> EmbeddingCache:
    return EmbeddingCache(UniversalEncoder())


@pytest.fixture(scope="module")
def trained(aims: SdgAims, small_thesaurus: Thesaurus, cache: EmbeddingCache) -> Trained:
    return train(aims, small_thesaurus, cache, few_texts(), trained_on={"texts": "few"})


def test_training_twice_gives_the_same_bytes(
    aims: SdgAims, small_thesaurus: Thesaurus, cache: EmbeddingCache, trained: Trained
) -> None:
    again = train(aims, small_thesaurus, cache, few_texts(), trained_on={"texts": "few"})
    assert (again.weights, again.heads) == (trained.weights, trained.heads)


def test_a_trained_model_is_read_from_its_files_as_it_is(trained: Trained) -> None:
    read = model_of(trained.weights, trained.heads)
    assert (read.version, read.goal, read.target, read.concept) == (
        trained.model.version,
        trained.model.goal,
        trained.model.target,
        trained.model.concept,
    )


def test_other_texts_give_another_version(
    aims: SdgAims, small_thesaurus: Thesaurus, cache: EmbeddingCache, trained: Trained
) -> None:
    texts = few_texts()
    fewer = TrainingTexts(texts.passages[:-1], texts.unrelated, texts.cities)
    other = train(aims, small_thesaurus, cache, fewer, trained_on={})
    assert other.model.version != trained.model.version


def test_what_it_was_trained_on_is_kept(trained: Trained) -> None:
    fitted = trained.summary()["fitted"]
    assert isinstance(fitted, dict)
    assert (fitted["texts"], fitted["passages"], fitted["unrelated"]) == ("few", 10, 3)
    assert (fitted["city_measures"], fitted["slopes"]) == (6, dict(SLOPES))


def test_figures_are_those_of_texts_held_out(trained: Trained) -> None:
    held_out = trained.held_out()
    assert {kind: figures["rows"] for kind, figures in held_out.items()} == {
        "sdg-goal": 10,
        "sdg-target": 10,
        "concept-goal": 6,
    }


@pytest.mark.parametrize("kind", ["sdg-goal", "sdg-target", "concept-goal"])
def test_lines_stay_within_their_bounds(trained: Trained, kind: str) -> None:
    part = json.loads(trained.weights)[kind]
    assert 0.3 <= part["line"] <= 0.6


def test_a_trained_model_knows_a_text_like_those_it_was_shown(
    aims: SdgAims, small_thesaurus: Thesaurus, cache: EmbeddingCache, trained: Trained
) -> None:
    matcher = SdgMatcher(aims, small_thesaurus, cache, trained.model)
    scores = matcher.score(matcher.prepare(["Neue Radwege in der Innenstadt"])[0])
    assert "11.2" in [sdg_code(iri) for iri, _ in scores.targets.ranked()[:3]]


def test_a_classifier_parts_what_lies_apart() -> None:
    vectors = np.eye(512, dtype=np.float32)[[0, 0, 1, 1, 2]]
    targets = np.array([[1.0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]])
    head = fit_head(["a", "b"], vectors, targets, balanced(targets, np.ones(5)), ridge=1e-3)
    assert head.labels == ("a", "b", NONE)
    assert list(head.logits(vectors).argmax(axis=1)) == [0, 0, 1, 1, 2]


def test_balanced_weights_make_every_label_weigh_the_same() -> None:
    targets = np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    weights = balanced(targets, np.ones(4))
    assert weights[:3].sum() == pytest.approx(weights[3])
    assert weights.mean() == pytest.approx(1.0)


def test_a_text_without_sentences_has_no_direction() -> None:
    assert not text_vectors([np.zeros((0, 512), dtype=np.float32)]).any()
