"""Name the layers of which a probability is made, and which figure belongs to which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from kg.language import Text

Layer = Literal["meaning", "reading", "words", "concepts", "profile", "goal"]

LAYERS: Final[Mapping[Layer, Text]] = {
    "meaning": Text("Sinn", "meaning"),
    "reading": Text("gelernte Lesart", "trained reading"),
    "words": Text("Wörter", "words"),
    "concepts": Text("Begriffe", "concepts"),
    "profile": Text("SDG-Profil", "SDG profile"),
    "goal": Text("SDG darüber", "SDG above it"),
}
_OF_FIGURE: Final[Mapping[str, Layer]] = {
    **dict.fromkeys(("cosine_max", "cosine_mean", "opening", "whole"), "meaning"),
    **dict.fromkeys(("head", "share", "lead", "none"), "reading"),
    **dict.fromkeys(("bm25", "characters"), "words"),
    "thesaurus": "concepts",
    "profile": "profile",
    "goal": "goal",
}


def layer_of(column: str) -> Layer | None:
    """Return the layer of a column of the linear model, None for what only tells of the aim.

    >>> layer_of("z:bm25"), layer_of("heading:whole"), layer_of("raw:heading")
    ('words', 'meaning', None)
    """
    return _OF_FIGURE.get(column.partition(":")[2])
