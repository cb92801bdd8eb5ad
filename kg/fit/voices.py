"""Name the layers and voices behind a probability, and tell their shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Final, Literal

from kg.language import Language, Text
from kg.matching.layers import LAYERS, Layer

Voice = Literal["base", "path", "target", "statement", "rule"]

VOICES: Final[Mapping[str, Text]] = {
    **{str(layer): name for layer, name in LAYERS.items()},
    "base": Text("Grundwert", "base value"),
    "path": Text("Weg im Graphen", "path in the graph"),
    "target": Text("gemeinsames Ziel", "shared target"),
    "statement": Text("Angabe", "statement"),
    "rule": Text("Regel", "rule"),
}


@dataclass(frozen=True, slots=True)
class Share:
    """Hold the share of one layer or voice, from 0 to 1, with its name for a reader."""

    layer: Layer | Voice
    value: float
    name: str

    def as_json(self) -> dict[str, str | float]:
        """Return the share for output."""
        return {"layer": self.layer, "name": self.name, "share": round(self.value, 3)}


def share_of(layer: Layer | Voice, value: float, language: Language) -> Share:
    """Return a share with its name."""
    return Share(layer, value, VOICES[layer].in_language(language))


def alone(voice: Voice, language: Language) -> tuple[Share, ...]:
    """Return the shares of a verdict that rests on one voice."""
    return (share_of(voice, 1.0, language),)


def in_words(shares: Sequence[Share], language: Language) -> str:
    """Return shares as whole percents that sum to 100, zeros left out.

    >>> in_words([share_of("concepts", 0.666, "de"), share_of("meaning", 0.334, "de")], "de")
    'Begriffe 67 %, Sinn 33 %'
    """
    percents = [floor(share.value * 100) for share in shares]
    rests = [share.value * 100 - whole for share, whole in zip(shares, percents, strict=True)]
    for place in sorted(range(len(shares)), key=lambda place: -rests[place])[
        : 100 - sum(percents) if shares else 0
    ]:
        percents[place] += 1
    return ", ".join(
        f"{share.name} {percent}{' %' if language == 'de' else '%'}"
        for share, percent in zip(shares, percents, strict=True)
        if percent
    )
