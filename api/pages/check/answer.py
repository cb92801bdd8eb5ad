"""Arrange what a check found for readers: parts of the page, and how sure each answer is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.pages.cities import City
from kg.fit.aims import AimKind
from kg.fit.council import council_text
from kg.fit.report import FitReport, Verdict, likelihood
from kg.fit.rungs import higher_rungs
from kg.fit.sentence import name_of, sentence_of

_SECTIONS: Final[Mapping[str, tuple[AimKind, ...]]] = {
    "concept_goals": ("concept-goal",),
    "sdgs": ("sdg-target", "sdg-goal"),
    "frameworks": ("framework-aim",),
}
# An aim below this is no nearer than any other.
NEAR_FROM: Final = 0.3
_NEAR_KINDS: Final = frozenset({"concept-goal", "sdg-target"})


@dataclass(frozen=True, slots=True)
class Section:
    """Hold the verdicts of one part of the answer, likeliest first."""

    key: str
    verdicts: tuple[Verdict, ...]


def answer_values(report: FitReport, cities: Sequence[City] = ()) -> dict[str, object]:
    """Return what the template of the answer needs."""
    names = {city.ags: city.name for city in cities}
    return {
        "report": report,
        "name": name_of(report),
        "sentence": sentence_of(report),
        "sections": sections_of(report),
        "conflicts": report.of("conflicts"),
        "near": nearest(report),
        "higher_rungs": higher_rungs(report),
        "council": council_text(report, names.get(report.city, "")),
        "city_names": names,
        "likelihood": likelihood,
        "percent": percent,
        "review_state": review_state,
    }


def sections_of(report: FitReport) -> list[Section]:
    """Return the supported aims by part of the page."""
    return [
        Section(
            key,
            tuple(verdict for verdict in report.of("supports") if verdict.aim.kind in kinds),
        )
        for key, kinds in _SECTIONS.items()
    ]


def nearest(report: FitReport) -> list[Verdict]:
    """Return the aims that come near but not near enough to be named as served."""
    conflicting = {verdict.aim.iri for verdict in report.of("conflicts")}
    return [
        verdict
        for verdict in report.of("not-known")
        if verdict.aim.kind in _NEAR_KINDS
        and verdict.probability >= NEAR_FROM
        and verdict.aim.iri not in conflicting
    ]


def percent(probability: float) -> str:
    """Return a probability in whole per cent; nothing is certain and nothing impossible.

    >>> percent(0.934), percent(0.999), percent(0.001)
    ('93', '> 99', '< 1')
    """
    if probability > 0.99:
        return "> 99"
    return "< 1" if probability < 0.01 else str(round(probability * 100))


def review_state(verdict: Verdict) -> str:
    """Return `reviewed` when a document or a person stands behind it, else `proposed`."""
    return "reviewed" if verdict.is_reviewed else "proposed"
