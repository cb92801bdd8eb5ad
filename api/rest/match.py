"""Rank aims for texts: the SDG targets and goals, or goals that the request gives."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from api.checking import run_fit
from api.rest.answering import answer
from api.rest.asking import AskedLanguage, JsonOnly
from api.rest.problems import failing
from api.state import state_of
from kg.errors import BadParameter
from kg.language import Language, Text
from kg.matching.batch import TextRow
from kg.matching.gold import GoalRow
from kg.matching.prepare import with_title

router = APIRouter(tags=["match"])
_STRICT = ConfigDict(extra="forbid", frozen=True)
_WORDS = r"\w"


class GivenText(BaseModel):
    """Hold a text to rank; `city` is the AGS of whose measure it is, where that is known."""

    model_config = _STRICT
    id: Annotated[str, Field(min_length=1, max_length=200)]
    text: Annotated[str, Field(min_length=1, max_length=40_000)]
    title: Annotated[str, Field(max_length=500)] = ""
    city: Annotated[str, Field(max_length=8)] = ""


class GivenGoal(BaseModel):
    """Hold a goal to rank against."""

    model_config = _STRICT
    goal_id: Annotated[str, Field(min_length=1, max_length=200)]
    goal_text: Annotated[str, Field(min_length=1, max_length=5_000, pattern=_WORDS)]
    concept_title: Annotated[str, Field(max_length=500)] = ""
    city: Annotated[str, Field(max_length=8)] = ""


class MatchRequest(BaseModel):
    """Ask for the `top` aims of each text, against the SDGs or against given goals."""

    model_config = _STRICT
    texts: Annotated[list[GivenText], Field(min_length=1, max_length=5000)]
    against: Literal["sdg"] | Annotated[list[GivenGoal], Field(min_length=1, max_length=500)] = (
        "sdg"
    )
    top: Annotated[int, Field(ge=1, le=500)] = 10


class MatchReason(BaseModel):
    """Say why an aim is ranked: words matched, the concept they stand for, how much it counts."""

    kind: str
    text: str
    matched: list[str]
    concept: str
    against: str
    value: float


class RankedAim(BaseModel):
    """Hold an aim with its probability; `goal` is the SDG of an SDG target."""

    id: str
    goal: str | None = None
    probability: float
    reasons: list[MatchReason]


class RankedGoal(BaseModel):
    """Hold one of the SDGs with its probability."""

    id: str
    probability: float


class Ranking(BaseModel):
    """Hold the ranking of one text; `abstained` says that no aim is probable enough."""

    id: str
    ranked: list[RankedAim]
    goals: list[RankedGoal]
    abstained: bool


class Rankings(BaseModel):
    """Hold one ranking a text, in the order given."""

    generation: str
    language: Language
    answers: list[Ranking]


@router.post(
    "/match",
    operation_id="matchTexts",
    response_model=Rankings,
    responses=failing(400, 413),
)
async def match_texts(
    request: Request, asked: Annotated[MatchRequest, Body()], language: AskedLanguage, _: JsonOnly
) -> Response:
    """Return the ranked aims of each text with probabilities and reasons."""
    most = state_of(request).settings.batch_rows
    if len(asked.texts) > most:
        expected = Text(f"höchstens {most} Texte", f"at most {most} texts")
        raise BadParameter("texts", str(len(asked.texts)), expected)
    texts = [TextRow(row.id, with_title(row.title, row.text), row.city) for row in asked.texts]
    goals = (
        []
        if isinstance(asked.against, str)
        else [
            GoalRow(goal.goal_id, goal.goal_text, goal.concept_title, goal.city)
            for goal in asked.against
        ]
    )
    generation = state_of(request).snapshots.current.generation.name
    ranked = await run_fit(request, lambda fit: fit.rank(texts, goals, language, top=asked.top))
    rankings = Rankings(
        generation=generation,
        language=language,
        answers=[Ranking.model_validate(found) for found in ranked],
    )
    return answer(request, rankings, generation=generation, language=language)
