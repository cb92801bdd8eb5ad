"""Say whether two texts mean one measure, its kind elsewhere, a related or a different one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from kg.language import Text
from kg.matching.compare import FEATURES, Comparison, Pair, Slot, compare
from kg.matching.slots import MeasureSlots

Relation = Literal["same", "elsewhere", "related", "different"]
Figures = NDArray[np.float64]

RELATIONS: Final[tuple[Relation, ...]] = ("same", "elsewhere", "related", "different")
FORMAT: Final = 2
LINE: Final = 0.5
_NAMES: Final[Mapping[Slot, tuple[Text, Text]]] = {
    "place": (Text("Gleicher Ort", "Same place"), Text("Anderer Ort", "Other place")),
    "number": (Text("Gleiche Zahl", "Same number"), Text("Andere Zahl", "Other number")),
    "site": (Text("Gleiches Gebäude", "Same building"), Text("Anderes Gebäude", "Other building")),
    "object": (
        Text("Gleicher Gegenstand", "Same object"),
        Text("Anderer Gegenstand", "Other object"),
    ),
    "action": (Text("Gleiche Tätigkeit", "Same action"), Text("Andere Tätigkeit", "Other action")),
    "instrument": (
        Text("Gleiches Mittel", "Same instrument"),
        Text("Anderes Mittel", "Other instrument"),
    ),
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """Hold how probably two texts mean the same measure (0 to 1), their relation, and why."""

    probability: float
    relation: Relation
    agrees: tuple[Pair, ...]
    clashes: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class LikenessModel:
    """Hold one logistic model for each relation, over the same standardised figures."""

    mean: Figures
    scale: Figures
    coefficients: Figures
    intercepts: Figures

    def probabilities(self, figures: Figures) -> Figures:
        """Return one row a pair and one column a relation; rows need not add up to 1."""
        odds = ((figures - self.mean) / self.scale) @ self.coefficients.T + self.intercepts
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -30, 30))))

    @classmethod
    def of_json(cls, document: Mapping[str, object]) -> LikenessModel:
        """Return the model of a parsed file.

        Raises:
            ValueError: The file is of another format or was fitted on other figures.
        """
        if document.get("format") != FORMAT or document.get("features") != list(FEATURES):
            message = "The likeness model was fitted on other figures; fit it anew."
            raise ValueError(message)
        return cls(*(np.array(document[name], dtype=np.float64) for name in _PARTS))

    def as_json(self) -> dict[str, object]:
        """Return the model as its file keeps it, rounded to five digits."""
        parts = {name: np.round(getattr(self, name), 5).tolist() for name in _PARTS}
        return {"format": FORMAT, "features": list(FEATURES), "relations": [*RELATIONS], **parts}


_PARTS: Final = ("mean", "scale", "coefficients", "intercepts")


@lru_cache(maxsize=1)
def shipped_likeness() -> LikenessModel:
    """Return the model that comes with the program."""
    text = files("kg.matching").joinpath("likeness.json").read_text("utf-8")
    return LikenessModel.of_json(json.loads(text))


def likeness(first: MeasureSlots, second: MeasureSlots, model: LikenessModel) -> Likeness:
    """Return how alike two measures are; the order changes only who stands first in the pairs."""
    return likenesses(first, [second], model)[0]


def likenesses(
    first: MeasureSlots, others: Sequence[MeasureSlots], model: LikenessModel
) -> list[Likeness]:
    """Return how alike a measure is to each of the others, in their order."""
    if not others:
        return []
    compared = [compare(first, other) for other in others]
    chances = model.probabilities(np.vstack([item.figures for item in compared]))
    found: list[Likeness] = []
    for other, item, row in zip(others, compared, chances, strict=True):
        identical = first.text.casefold() == other.text.casefold()
        found.append(_likeness(item, row, identical=identical))
    return found


def _likeness(compared: Comparison, chances: Figures, *, identical: bool) -> Likeness:
    probability = 1.0 if identical else float(chances[0])
    relation: Relation = "same"
    if probability < LINE:
        relation = RELATIONS[1 + int(np.argmax(np.round(chances[1:], 6)))]
    return Likeness(
        probability,
        relation,
        tuple(pair for pair in compared.pairs if pair.agrees),
        tuple(pair for pair in compared.pairs if not pair.agrees),
    )


def in_words(pair: Pair) -> Text:
    """Return what agrees or clashes, in words.

    >>> in_words(Pair("place", False, "Goethestraße", "Schillerstraße")).de
    'Anderer Ort: Goethestraße – Schillerstraße'
    """
    agrees, clashes = _NAMES[pair.slot]
    name = agrees if pair.agrees else clashes
    same = pair.first.casefold() == pair.second.casefold()
    shown = pair.first if same else f"{pair.first} – {pair.second}"
    return Text(f"{name.de}: {shown}", f"{name.en}: {shown}")
