"""The classifiers of vectors tell classes apart, weigh them alike and are at their optimum."""

from __future__ import annotations

import numpy as np
import pytest

from kg.matching.head import NONE, Head, balanced, fit_head, readings, text_vectors
from kg.matching.semantic import DIMENSIONS, Vectors

LABELS = ("a", "b")
RIDGE = 1e-3


def cloud(rows: int, *, seed: int) -> tuple[Vectors, np.ndarray]:
    """Return unit vectors around three directions and the class of each: a, b, none."""
    random = np.random.default_rng(seed)
    classes = np.arange(rows) % 3
    found = random.normal(scale=0.02, size=(rows, DIMENSIONS))
    found[np.arange(rows), classes] += 1.0
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32), classes


def fitted(rows: int = 120) -> tuple[Head, Vectors, np.ndarray, np.ndarray]:
    vectors, classes = cloud(rows, seed=1)
    targets = np.eye(3)[classes]
    weights = balanced(targets, np.ones(rows))
    return fit_head(LABELS, vectors, targets, weights, ridge=RIDGE), vectors, targets, weights


def loss(matrix: np.ndarray, vectors: Vectors, targets: np.ndarray, weights: np.ndarray) -> float:
    odds = vectors.astype(np.float64) @ matrix[:-1] + matrix[-1]
    shares = odds - np.log(np.exp(odds).sum(axis=1, keepdims=True))
    entropy = -(weights * (targets * shares).sum(axis=1)).mean()
    return float(entropy + RIDGE / 2 * (matrix[:-1] ** 2).sum() + 5e-7 * (matrix[-1] ** 2).sum())


def slope(
    matrix: np.ndarray, vectors: Vectors, targets: np.ndarray, weights: np.ndarray
) -> np.ndarray:
    """Return the gradient of the loss, in double precision."""
    inputs = np.hstack([vectors.astype(np.float64), np.ones((len(vectors), 1))])
    odds = inputs @ matrix
    shares = np.exp(odds) / np.exp(odds).sum(axis=1, keepdims=True)
    penalty = np.append(np.full(DIMENSIONS, RIDGE), 1e-6)[:, None]
    return np.asarray(
        inputs.T @ (weights[:, None] * (shares - targets)) / len(vectors) + penalty * matrix
    )


def test_classes_are_told_apart_on_texts_not_trained_on() -> None:
    head, *_ = fitted()
    vectors, classes = cloud(60, seed=2)
    assert (head.logits(vectors).argmax(axis=1) == classes).all()


def test_the_last_class_is_none_of_the_labels() -> None:
    assert fitted()[0].labels == (*LABELS, NONE)


def test_the_same_input_gives_the_same_bytes() -> None:
    assert fitted()[0].matrix.tobytes() == fitted()[0].matrix.tobytes()


def test_the_steps_reach_the_optimum() -> None:
    head, vectors, targets, weights = fitted()
    matrix = head.matrix.astype(np.float64)
    at_start = np.linalg.norm(slope(np.zeros_like(matrix), vectors, targets, weights))
    assert np.linalg.norm(slope(matrix, vectors, targets, weights)) < 1e-3 * at_start


def test_no_small_move_away_from_the_result_lowers_the_loss() -> None:
    head, vectors, targets, weights = fitted()
    matrix = head.matrix.astype(np.float64)
    best = loss(matrix, vectors, targets, weights)
    random = np.random.default_rng(3)
    for _ in range(5):
        move = random.normal(scale=0.05, size=matrix.shape)
        assert loss(matrix + move, vectors, targets, weights) > best


def test_the_slope_of_the_test_is_that_of_the_loss() -> None:
    _, vectors, targets, weights = fitted(12)
    matrix = np.random.default_rng(4).normal(scale=0.1, size=(DIMENSIONS + 1, 3))
    step = np.zeros_like(matrix)
    step[1, 1] = 1e-5
    ahead, behind = (loss(matrix + sign * step, vectors, targets, weights) for sign in (1, -1))
    found = slope(matrix, vectors, targets, weights)[1, 1]
    assert (ahead - behind) / 2e-5 == pytest.approx(found, rel=1e-4)


def test_balanced_weights_make_every_label_weigh_the_same() -> None:
    targets = np.eye(3)[[0, 0, 0, 0, 0, 0, 1, 1, 2]]
    weights = balanced(targets, np.ones(9))
    assert weights.mean() == pytest.approx(1.0)
    assert (targets * weights[:, None]).sum(axis=0) == pytest.approx(np.full(3, 3.0))


def test_a_label_without_texts_takes_no_weight() -> None:
    targets = np.eye(3)[[0, 1, 1]]
    assert np.isfinite(balanced(targets, np.ones(3))).all()


def test_a_text_of_weight_zero_has_no_effect() -> None:
    vectors, classes = cloud(60, seed=1)
    targets = np.eye(3)[classes]
    wrong = np.eye(3)[(classes + 1) % 3]
    weights = np.ones(60)
    doubled = np.concatenate([2 * weights, 0 * weights])
    alone = fit_head(LABELS, vectors, targets, weights, ridge=RIDGE)
    beside = fit_head(
        LABELS, np.vstack([vectors, vectors]), np.vstack([targets, wrong]), doubled, ridge=RIDGE
    )
    assert beside.matrix == pytest.approx(alone.matrix, abs=1e-4)


def test_a_label_not_known_is_read_as_none() -> None:
    head, vectors, *_ = fitted()
    unknown = head.reading(vectors[:1], ["z"])[0, 0]
    assert unknown[0] == pytest.approx(head.logits(vectors[:1])[0, -1])


def test_readings_are_shares_leads_and_none() -> None:
    odds = np.array([[2.0, 1.0, 0.0]])
    found = readings(odds, [0, 1])[0]
    total = np.log(np.exp(odds).sum())
    assert found[:, 0].tolist() == [2.0, 1.0]
    assert found[:, 1] == pytest.approx([2.0 - total, 1.0 - total])
    assert found[:, 2] == pytest.approx([1.0, -1.0])
    assert found[:, 3] == pytest.approx([-total, -total])


def test_a_text_has_one_unit_vector_and_an_empty_one_has_none() -> None:
    sentences, _ = cloud(3, seed=1)
    found = text_vectors([sentences, sentences[:0]])
    assert np.linalg.norm(found, axis=1) == pytest.approx([1.0, 0.0], abs=1e-6)
