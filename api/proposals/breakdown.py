"""Tell of which layers the probability of a proposal is made, by checking its measure again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from api.checking import run_check
from api.proposals.sides import Side
from kg.errors import BadMeasure, ServerBusy
from kg.fit.measure import MeasureInput
from kg.fit.voices import Share
from kg.language import Language
from kg.reviewing.links import Link

_LONGEST_TITLE: Final = 500
_LONGEST_TEXT: Final = 40_000


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Hold what the check of today says: probability, shares of the layers, words that matched."""

    probability: float
    shares: tuple[Share, ...]
    matched: tuple[str, ...]
    aim_quotes: tuple[str, ...]


async def breakdown_of(
    request: Request, link: Link, element: Side, language: Language
) -> Breakdown | None:
    """Return the breakdown; None for what is no measure, or where the check names no such aim.

    `element` is in the language that documents are matched in, `language` that of the answer.
    """
    if not element.is_measure:
        return None
    description = "\n".join(text for text, _ in element.texts)[:_LONGEST_TEXT]
    try:
        measure = MeasureInput(title=element.label[:_LONGEST_TITLE], description=description)
        report = await run_check(request, measure, link.city, language)
    except (BadMeasure, ServerBusy):
        return None
    for verdict in report.verdicts:
        if verdict.aim.iri == link.target:
            words = [word for item in verdict.evidence for word in item.matched]
            quotes = [item.aim_quote for item in verdict.evidence if item.aim_quote]
            return Breakdown(
                verdict.probability,
                verdict.shares,
                tuple(dict.fromkeys(words)),
                tuple(dict.fromkeys(quotes)),
            )
    return None
