"""Say which rungs of the R-ladder lie above what a measure names."""

from __future__ import annotations

import re
from typing import Final

from kg.fit.report import FitReport
from kg.language import Text

_RUNG: Final = re.compile(r"\bR(\d)\b", re.IGNORECASE)


def named_rungs(report: FitReport) -> str:
    """Return the R-strategies that the measure itself names, "" when there are none."""
    given = report.measure.get("r_strategies", [])
    return given if isinstance(given, str) else ", ".join(given)


def higher_rungs(report: FitReport) -> str:
    """Return a sentence on the rungs above the highest one named, "" when there are none.

    Whether a measure could stand higher is for people to say; the ladder alone does not tell.
    """
    names = named_rungs(report)
    levels = [int(found) for found in _RUNG.findall(names)]
    if not levels or min(levels) == 0:
        return ""
    best = min(levels) - 1
    above = Text(f"R0 bis R{best}", f"R0 to R{best}") if best else Text("R0", "R0")
    sentence = Text(
        f"Die Maßnahme nennt {names}. Höhere Stufen der R-Leiter ({above.de}) erhalten mehr Wert;"
        " ob eine davon möglich ist, wurde nicht geprüft.",
        f"The measure names {names}. Higher rungs of the R-ladder ({above.en}) keep more value;"
        " whether one of them is possible was not checked.",
    )
    return sentence.in_language(report.language)
