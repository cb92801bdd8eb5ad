from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.matching.semantic import EmbeddingCache, UniversalEncoder, Vectors


class CountingEncoder:
    model = "counting/1"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def encode(self, texts: list[str]) -> Vectors:
        self.seen += texts
        return np.full((len(texts), 512), len(texts[0]), dtype=np.float32)


def test_vectors_do_not_depend_on_the_batch() -> None:
    encoder = UniversalEncoder()
    together = encoder.encode(["Repair-Café", "Ein viel längerer Satz über Abfall in der Stadt."])
    alone = encoder.encode(["Repair-Café"])
    assert np.allclose(together[0], alone[0], atol=2e-4)


def test_german_and_english_words_are_near() -> None:
    vectors = UniversalEncoder().encode(["Abfall vermeiden", "avoid waste", "Chorkonzert"])
    assert vectors[0] @ vectors[1] > 0.6 > vectors[0] @ vectors[2]


def test_known_texts_are_not_encoded_again(tmp_path: Path) -> None:
    first = EmbeddingCache(CountingEncoder(), tmp_path / "cache.npz")
    first.vectors(["a", "b"])
    first.save()
    encoder = CountingEncoder()
    EmbeddingCache(encoder, tmp_path / "cache.npz").vectors(["b", "a", "c"])
    assert encoder.seen == ["c"]


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04broken"])
def test_a_damaged_cache_costs_time_only(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cache.npz"
    path.write_bytes(content)
    cache = EmbeddingCache(CountingEncoder(), path)
    assert cache.vectors(["a"]).shape == (1, 512)
    cache.save()
    assert path.stat().st_size > 100


def test_saving_keeps_only_the_texts_in_use(tmp_path: Path) -> None:
    cache = EmbeddingCache(CountingEncoder(), tmp_path / "cache.npz")
    cache.vectors(["a", "b"])
    cache.save(only=["b"])
    encoder = CountingEncoder()
    EmbeddingCache(encoder, tmp_path / "cache.npz").vectors(["a", "b"])
    assert encoder.seen == ["a"]


def test_no_texts_give_no_vectors() -> None:
    assert EmbeddingCache(CountingEncoder()).vectors([]).shape == (0, 512)
