from __future__ import annotations

import numpy as np

from kg.matching.letters import TOGETHER, letters_of


def test_many_texts_have_the_sequences_that_each_has_alone() -> None:
    texts = [f"Radweg {place} und Radwege" for place in range(TOGETHER + 3)]
    owners, hashes, counts = letters_of(texts)
    for place in (0, 1, TOGETHER, TOGETHER + 2):
        alone = letters_of(texts[place : place + 1])
        own = owners == place
        assert np.array_equal(hashes[own], alone.hashes)
        assert np.array_equal(counts[own], alone.counts)


def test_a_repeated_word_counts_its_sequences_twice() -> None:
    once, twice = letters_of(["Kompost"]), letters_of(["Kompost Kompost"])
    assert np.array_equal(once.hashes, twice.hashes)
    assert set(twice.counts.tolist()) == {2}


def test_texts_without_letters_have_no_sequences() -> None:
    assert not len(letters_of(["", "–"]).hashes)
    assert not len(letters_of([]).hashes)
