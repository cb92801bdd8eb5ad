"""Measures that may be the same work twice: in one city the same, in two of the same kind."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kg.fit.candidates import Candidates
from kg.fit.double_work import double_work
from kg.fit.index import FitIndex, mean_vector


def _doubled(index: FitIndex, cities: frozenset[str]) -> FitIndex:
    """Return the index with a copy of its first measure, which belongs to these cities."""
    known = index.candidates
    texts = [known.text(place) for place in range(len(known.measures))]
    copy = replace(known.measures[0], iri=known.measures[0].iri + "/copy", cities=cities)
    vectors = np.vstack([mean_vector(text) for text in [*texts, texts[0]]])
    candidates = Candidates([*known.measures, copy], [*texts, texts[0]], vectors, known.reader)
    return replace(index, candidates=candidates)


def _relation(index: FitIndex) -> str | None:
    first = index.candidates.measures[0].iri
    wanted = (first, first + "/copy")
    found = [pair for pair in double_work(index) if (pair.first.iri, pair.second.iri) == wanted]
    return found[0].relation if found else None


def test_a_copy_in_the_same_city_is_the_same(fit_index: FitIndex) -> None:
    own = fit_index.candidates.measures[0].cities
    assert _relation(_doubled(fit_index, own)) == "same"


def test_a_copy_in_another_city_is_of_the_same_kind_elsewhere(fit_index: FitIndex) -> None:
    assert _relation(_doubled(fit_index, frozenset({"05513000"}))) == "elsewhere"


def test_no_pair_comes_twice_and_the_likeliest_comes_first(fit_index: FitIndex) -> None:
    pairs = double_work(_doubled(fit_index, fit_index.candidates.measures[0].cities))
    named = [(pair.first.iri, pair.second.iri) for pair in pairs]
    assert len(named) == len(set(named))
    assert all(first < second for first, second in named)
    same = [round(pair.likeness.probability, 3) for pair in pairs if pair.relation == "same"]
    assert same == sorted(same, reverse=True)
