"""Training with reviews moves the model towards them and leaves every reviewed link alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.embedded import EmbeddedStore
from kg.fit.check import check
from kg.fit.index import FitIndex
from kg.fit.learning import COMPARED, Change, Learned, learn
from kg.fit.linking import propose_links
from kg.fit.measure import read_measure
from kg.fit.reviewed import Reviews
from kg.matching.gold import Gold, SdgRow
from kg.matching.model_store import current_model, publish_model
from kg.matching.review_training import REVIEW_WEIGHT, Reviewed
from kg.matching.train import Trained
from kg.matching.training_run import train_on
from kg.matching.training_texts import TrainingTexts
from ontology.namespaces import KS, REVIEWED_GRAPH, sdg
from tests.kg.reviewed_town import (
    BIOWASTE,
    LONGER_USE,
    REPAIR,
    few_texts,
    reviewed,
    town,
    write_vectors,
)


@pytest.fixture(scope="module")
def texts() -> TrainingTexts:
    return few_texts()


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return EmbeddedStore.in_memory([*town(), *reviewed()])


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a directory with the vectors of all texts, so that they are computed once."""
    root = tmp_path_factory.mktemp("vectors")
    write_vectors(root)
    return root


@pytest.fixture(scope="module")
def plain(store: EmbeddedStore, texts: TrainingTexts, vectors: Path) -> Trained:
    """Give the model trained without reviews."""
    return train_on(store, vectors / "embeddings.npz", texts=texts)


@pytest.fixture(scope="module")
def learned(store: EmbeddedStore, texts: TrainingTexts, vectors: Path, plain: Trained) -> Learned:
    """Give what is learned while the model without reviews is in use."""
    publish_model(vectors, plain.weights, plain.heads)
    found = learn(store, vectors, gold=GOLD, texts=texts)
    assert isinstance(found, Learned)
    return found


GOLD = Gold(
    {
        "sdg_own": (
            SdgRow("1", "Alte Geräte reparieren statt wegwerfen", ("12",), ("12.5",), True),
            SdgRow("2", "Sichere Radwege zur Schule bauen", ("11",), ("11.2",), True),
        )
    },
    {},
    (),
    (),
)


def test_without_reviews_training_gives_the_same_bytes_as_ever(
    store: EmbeddedStore, texts: TrainingTexts, vectors: Path, plain: Trained
) -> None:
    again = train_on(store, vectors / "embeddings.npz", texts=texts, reviewed=Reviewed())
    assert (again.weights, again.heads) == (plain.weights, plain.heads)
    assert "reviewed" not in plain.model.fitted


def test_the_same_reviews_give_the_same_bytes(
    store: EmbeddedStore, texts: TrainingTexts, vectors: Path, learned: Learned
) -> None:
    again = train_on(
        store, vectors / "embeddings.npz", texts=texts, reviewed=learned.reviews.reviewed
    )
    assert (again.weights, again.heads) == (learned.after.weights, learned.after.heads)


def test_the_classifiers_stay_as_they_are(plain: Trained, learned: Learned) -> None:
    assert learned.after.heads == plain.heads


def test_all_three_models_are_weighed_anew(plain: Trained, learned: Learned) -> None:
    before, after = plain.model, learned.after.model
    assert after.version != before.version
    for name in ("goal", "target", "concept"):
        assert getattr(after, name).coefficients != getattr(before, name).coefficients


def test_the_file_says_how_many_reviews_it_rests_on_and_none_of_their_words(
    learned: Learned,
) -> None:
    said = json.loads(learned.after.weights)["fitted"]["reviewed"]
    assert (said["accepted"], said["rejected"], said["weight"]) == (4, 3, REVIEW_WEIGHT)
    assert "Reparaturtreff" not in learned.after.weights.decode()


def test_figures_held_out_count_the_training_texts_only(plain: Trained, learned: Learned) -> None:
    rows = [
        {kind: found["rows"] for kind, found in trained.held_out().items()}
        for trained in (plain, learned.after)
    ]
    assert rows[0] == rows[1]


def test_a_confirmed_link_becomes_more_probable(
    store: EmbeddedStore, vectors: Path, learned: Learned
) -> None:
    before, after = (
        index_of(store, vectors, trained) for trained in (learned.before, learned.after)
    )
    chances = []
    for index in (before, after):
        goals = index.goals["99999999"]
        (text,) = index.sdg.prepare_known(["\n\n".join(index.aims[BIOWASTE].german)])
        (measure,) = [
            text
            for known, text in zip(
                index.measures["99999999"].measures, index.measures["99999999"].texts, strict=True
            )
            if known.iri == REPAIR
        ]
        scores = index.sdg.score(measure)
        chances.append(
            (
                index.sdg.score(text).targets.of(sdg("12.5")),
                goals.matcher.score(measure, scores).of(LONGER_USE),
            )
        )
    assert chances[1][0] > chances[0][0]
    assert chances[1][1] > chances[0][1]


def index_of(store: EmbeddedStore, root: Path, trained: Trained) -> FitIndex:
    return FitIndex.build(
        store, generation="test", cache=root / "embeddings.npz", calibration=trained.model
    )


@pytest.fixture(scope="module")
def index(store: EmbeddedStore, vectors: Path, learned: Learned) -> FitIndex:
    """Give the fit index of the model trained with reviews."""
    return index_of(store, vectors, learned.after)


def test_a_confirmed_link_stays_supported_after_training(index: FitIndex) -> None:
    report = check(read_measure("Reparaturtreff im Bürgerhaus"), index)
    for iri in (sdg("12.5"), sdg("12"), LONGER_USE):
        (verdict,) = [item for item in report.verdicts if item.aim.iri == iri]
        assert verdict.verdict == "supports"
        assert "confirmed" in {evidence.status for evidence in verdict.evidence}


def test_a_rejected_link_stays_neutral_after_training(index: FitIndex) -> None:
    for title, iri in (
        ("Reparaturtreff im Bürgerhaus", sdg("3.9")),
        ("Neue Radabstellanlagen am Bahnhof", sdg("11.2")),
        ("Neue Radabstellanlagen am Bahnhof", BIOWASTE),
    ):
        report = check(read_measure(title), index)
        (verdict,) = [item for item in report.verdicts if item.aim.iri == iri]
        assert verdict.verdict == "neutral"
        assert verdict.evidence[0].status == "rejected"


def test_reviewed_links_are_not_proposed_whatever_the_model_says(
    index: FitIndex, store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    # With a line of zero every pair would be proposed.
    monkeypatch.setattr("kg.fit.linking.PROPOSAL_LINE", 0.0)
    monkeypatch.setattr("kg.fit.linking.MOST", 200)
    quads = propose_links(index)
    source, target = (
        {quad.subject: quad.object.value for quad in quads if quad.predicate.value == name}
        for name in (KS.interfaceSource, KS.interfaceTarget)
    )
    proposed = {(source[node], target[node]) for node in source}
    assert (REPAIR, sdg("12.4")) in proposed
    assert not proposed & {
        (found.source, found.target)
        for interfaces in index.interfaces_from.values()
        for found in interfaces
    }


def test_learning_changes_nothing_in_the_store(
    store: EmbeddedStore, texts: TrainingTexts, vectors: Path, learned: Learned
) -> None:
    assert set(store.graph(REVIEWED_GRAPH)) == set(reviewed())
    assert {quad.graph_name for quad in reviewed()} == {NamedNode(REVIEWED_GRAPH)}


def test_learning_writes_no_model(vectors: Path, plain: Trained, learned: Learned) -> None:
    assert current_model(vectors).version == plain.model.version


def test_figures_are_told_before_and_after(plain: Trained, learned: Learned) -> None:
    assert learned.in_use
    before = {
        change.against: dict(change.before)
        for change in learned.held_out
        if change.set == "held-out"
    }
    assert before == {
        kind: {name: found[name] for name in COMPARED} for kind, found in plain.held_out().items()
    }


def test_development_sets_are_measured_before_and_after(learned: Learned) -> None:
    assert [(change.set, change.against, change.rows) for change in learned.development] == [
        ("sdg_own", "sdg-goal", 2),
        ("sdg_own", "sdg-target", 2),
    ]


def test_everything_goes_to_json(learned: Learned) -> None:
    found = json.loads(json.dumps(learned.as_json(), allow_nan=False))
    assert found["before"] == {"version": learned.before.model.version, "in_use": True}
    assert sum(item["count"] for item in found["reviews"]["used"]) == 7
    assert set(found["change"]) == {"held_out", "development", "worse"}
    assert found["version"] == learned.after.model.version


@pytest.mark.slow
@pytest.mark.parametrize("state", ["other texts", "damaged"])
def test_a_model_in_use_that_cannot_be_compared_is_replaced_by_one_without_reviews(
    store: EmbeddedStore,
    texts: TrainingTexts,
    vectors: Path,
    tmp_path: Path,
    plain: Trained,
    state: str,
) -> None:
    shutil.copy(vectors / "embeddings.npz", tmp_path)
    if state == "damaged":
        publish_model(tmp_path, plain.weights, plain.heads)
        (tmp_path / "model" / plain.model.version / "heads.npz").write_bytes(b"")
    found = learn(store, tmp_path, texts=texts)
    assert isinstance(found, Learned)
    assert not found.in_use
    assert found.before.weights == plain.weights


def test_without_reviews_nothing_is_trained(texts: TrainingTexts, tmp_path: Path) -> None:
    found = learn(EmbeddedStore.in_memory(), tmp_path, texts=texts)
    assert found == Reviews(Reviewed(), {}, ())


def change(*, share: float = 0.8, error: float = 0.1) -> Change:
    before = {"accuracy_at_1": 0.8, "hit_at_3": 0.9, "recall_at_3": 0.9, "calibration_error": 0.1}
    after = {**before, "accuracy_at_1": share, "calibration_error": error}
    return Change("held-out", "sdg-goal", 100, before, after)


@pytest.mark.parametrize(
    ("found", "worse"),
    [
        (change(), ()),
        (change(share=0.78), ()),
        (change(share=0.779), ("accuracy_at_1",)),
        (change(share=0.9), ()),
        (change(error=0.12), ()),
        (change(error=0.121), ("calibration_error",)),
        (change(error=0.0), ()),
    ],
    ids=["same", "two points", "more", "better", "error up", "error far up", "error down"],
)
def test_only_a_change_for_the_worse_of_more_than_two_points_is_named(
    found: Change, worse: tuple[str, ...]
) -> None:
    assert found.worse == worse
