"""Say in one sentence what a measure serves above all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kg.fit.aims import AimKind
from kg.fit.report import AimRef, FitReport, Likelihood, Verdict, likelihood
from kg.language import Text

NAME_LENGTH: Final = 60
# The first kind with a support gives the aim that the sentence names.
_FIRST: Final[tuple[AimKind, ...]] = ("concept-goal", "sdg-target")
HOW: Final[Mapping[Likelihood, Text]] = {
    "very_likely": Text("sehr wahrscheinlich", "very likely"),
    "likely": Text("wahrscheinlich", "likely"),
    "rather_likely": Text("eher wahrscheinlich", "rather likely"),
    "uncertain": Text("möglicherweise", "possibly"),
}


def verdict_sentence(name: str, verdicts: Sequence[Verdict]) -> Text:
    """Return the sentence for a measure's name; without a support it says »not known«."""
    served = [verdict for verdict in verdicts if verdict.verdict == "supports"]
    if not served:
        return Text(
            f"Für »{name}« lässt sich kein Bezug zu einem Ziel belegen: nicht bekannt.",
            f"No relation of “{name}” to any aim can be evidenced: not known.",
        )
    preferred = (item for kind in _FIRST for item in served if item.aim.kind == kind)
    likeliest = next(preferred, served[0])
    how = HOW[likelihood(likeliest.probability)]
    shown = aim_name(likeliest.aim)
    where = f" ({likeliest.aim.concept})" if likeliest.aim.concept else ""
    return Text(
        f"»{name}« dient {how.de} vor allem dem Ziel {shown}{where}.",
        f"“{name}” {how.en} serves above all the aim {shown}{where}.",
    )


def sentence_of(report: FitReport) -> str:
    """Return the sentence of a report in its language."""
    return verdict_sentence(name_of(report), report.verdicts).in_language(report.language)


def name_of(report: FitReport) -> str:
    """Return what a report's measure is called: its title, else how its text begins."""
    title = report.measure.get("title")
    return title if isinstance(title, str) and title else report.text[:NAME_LENGTH]


def aim_name(aim: AimRef) -> str:
    """Return an aim's code and label."""
    return f"{aim.code} {aim.label}".strip()
