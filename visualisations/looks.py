"""Give every class a shape and a colour, so that a picture also reads without colour.

Both say the class (WCAG 2.2, 1.4.1): a shape by the name vis-network has for it, the colour on
white. Pages that know light and dark take the colour from their style by the look's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ontology.namespaces import KS, SDGO


@dataclass(frozen=True, slots=True)
class Look:
    """Hold the look of a class: its name in styles, shape, colour on white."""

    name: str
    shape: str
    colour: str


PLAIN: Final = Look("plain", "dot", "#6b7280")
_LOOKS: Final[dict[str, Look]] = {
    KS.CircularStrategy: Look("strategy", "star", "#1b6e53"),
    KS.MunicipalConcept: Look("concept", "square", "#2f5d9b"),
    KS.ActionPlan: Look("plan", "square", "#7a6a1d"),
    KS.Measure: Look("measure", "dot", "#b3541e"),
    KS.AdministrativeUnit: Look("unit", "square", "#6b7280"),
    KS.Municipality: Look("city", "square", "#1c2430"),
    KS.Goal: Look("goal", "triangle", "#2f5d9b"),
    KS.FieldOfAction: Look("field", "triangleDown", "#2f5d9b"),
    KS.Indicator: Look("indicator", "hexagon", "#6b3fa0"),
    SDGO.Goal: Look("sdg", "diamond", "#8c1d40"),
    SDGO.Target: Look("target", "diamond", "#c2487a"),
    SDGO.Indicator: Look("sdg-indicator", "hexagon", "#c2487a"),
    KS.RStrategy: Look("r-strategy", "star", "#4f8a10"),
}
# In a square of 16 pixels.
SHAPES: Final[dict[str, str]] = {
    "star": "8,0 10,6 16,6 11,10 13,16 8,12 3,16 5,10 0,6 6,6",
    "square": "1,1 15,1 15,15 1,15",
    "dot": "5,1 11,1 15,5 15,11 11,15 5,15 1,11 1,5",
    "triangle": "8,1 15,15 1,15",
    "triangleDown": "1,1 15,1 8,15",
    "hexagon": "4,1 12,1 16,8 12,15 4,15 0,8",
    "diamond": "8,0 16,8 8,16 0,8",
}


def look_of(kind: str) -> Look:
    """Return the look of a class."""
    return _LOOKS.get(kind, PLAIN)
