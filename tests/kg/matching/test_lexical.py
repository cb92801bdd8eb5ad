from __future__ import annotations

import numpy as np

from kg.matching.lexical import Bm25, CharacterGrams


def test_rarer_words_count_more() -> None:
    index = Bm25([["abfall", "stadt"], ["stadt", "rad"], ["stadt"]])
    scores = index.scores(["abfall", "stadt"])
    assert scores.argmax() == 0
    assert scores[0] > scores[1]


def test_unknown_words_score_nothing() -> None:
    assert not Bm25([["abfall"]]).scores(["xyz"]).any()


def test_an_empty_index_scores_nothing() -> None:
    assert len(Bm25([]).scores(["abfall"])) == 0


def test_a_text_is_nearest_to_itself_by_characters() -> None:
    index = CharacterGrams(["Radwege ausbauen", "Bioabfall sammeln"])
    scores = index.scores("Radwege ausbauen")
    assert np.isclose(scores[0], 1.0)
    assert scores[1] < 0.1


def test_compounds_share_characters() -> None:
    scores = CharacterGrams(["Radverkehr", "Klärschlamm"]).scores("Radverkehrsplan")
    assert scores[0] > 0.4 > scores[1]
