"""Explain a statement down to what sources state."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import Response

from api.explanations import run_explanation
from api.rest.answering import answer
from api.rest.asking import AskedLanguage, JsonOnly
from api.rest.problems import failing
from api.state import state_of
from kg.explaining import statement_of

router = APIRouter(tags=["explain"])


class Reason(BaseModel):
    """Hold a statement with its state, the rule that yields it and what the rule starts from."""

    model_config = ConfigDict(extra="allow")

    state: str
    premises: list[dict[str, Any]]  # each a Reason again; OpenAPI readers differ on recursion


@router.get(
    "/explain",
    operation_id="explainStatement",
    response_model=Reason,
    responses=failing(400, 404, 500),
)
async def explain(
    request: Request,
    language: AskedLanguage,
    _: JsonOnly,
    subject: Annotated[str, Query(min_length=1, max_length=2000)],
    predicate: Annotated[str, Query(min_length=1, max_length=2000)],
    value: Annotated[str, Query(alias="object", min_length=1, max_length=2000)],
) -> Response:
    """Return the rule and the premises of a statement; IRIs whole or with our prefixes."""
    statement = statement_of(subject, predicate, value)
    generation = state_of(request).snapshots.current.generation.name
    found = await run_explanation(request, statement, language)
    return answer(request, found.as_json(), generation=generation, language=language)
