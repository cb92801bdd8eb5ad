"""Review links at `/api/v1/reviews`: list what waits, decide, read the history of a link."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from api.authorization import writer_of
from api.openapi_examples import problems, shown
from api.readers import reader_language
from api.state import ServiceState, state_of
from kg.errors import UnknownIri
from kg.identifiers import expanded, parse_ags
from kg.language import Language
from kg.reviewing import Correction, Decision, Verdict, history
from kg.reviewing.desk import LONGEST_REASON, Choice, Desk, Entry, Order
from kg.reviewing.links import KINDS
from kg.reviewing.wording import decision_as_json, entry_as_json

router = APIRouter(prefix="/api/v1/reviews", tags=["reviews"])

MOST: Final = 200
_LINK: Final = "https://w3id.org/kreislaufstadt/id/05515000/interface/proposed/4540ff153accb30a"
_MEASURE: Final = "https://w3id.org/kreislaufstadt/id/05515000/measure/massnahmen-klima/w-11"
_ENTRY: Final[dict[str, Any]] = {
    "link": _LINK,
    "label": "Startberatung Energieeffizienz → KSV-1.5 Vier Großwärmepumpen",
    "source": _MEASURE,
    "target": "https://w3id.org/kreislaufstadt/id/05515000/goal/klimastadtvertrag-2024/ksv-1.5",
    "kind": "supports",
    "strength": 1,
    "confidence": 0.504,
    "reason": "Der Text nennt »Betriebe«; das gehört zu: Gewerbe und Wirtschaft.",
    "evidence": [{"document": "https://example.org/plan", "quote": "Betriebe …", "page": 41}],
    "cities": ["05515000"],
    "status": "proposed",
    "state": "0f3c9a1e5b7d2468",
}
_DECISION: Final[dict[str, Any]] = {
    "number": 17,
    "link": _LINK,
    "decision": "reject",
    "outcome": "verworfen",
    "status": "rejected",
    "reason": "Die Beratung senkt den Verbrauch, baut aber keine Wärmepumpen.",
    "reviewer": "Umweltamt",
    "reviewer_key": "0a1b2c3d",
    "time": "2026-11-23T12:00:00+00:00",
    "city": "05515000",
    "successor": None,
    "published": False,
}


class ReviewInput(BaseModel):
    """Take a decision on a link from outside."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "link": _LINK,
                    "decision": "reject",
                    "reason": "Die Beratung senkt den Verbrauch, baut aber keine Wärmepumpen.",
                    "state": "0f3c9a1e5b7d2468",
                },
                {
                    "link": _LINK,
                    "decision": "correct",
                    "reason": "Gemeint ist Energieeffizienz.",
                    "target": "sdg:7.3",
                    "strength": 2,
                },
            ]
        },
    )

    link: Annotated[str, Field(max_length=2000, description="IRI of the link.")]
    decision: Verdict
    reason: Annotated[str, Field(max_length=LONGEST_REASON, description="Why, in one sentence.")]
    state: Annotated[
        str | None,
        Field(max_length=64, description="State that was seen; needed to decide once more."),
    ] = None
    target: Annotated[str | None, Field(max_length=2000, description="Right aim.")] = None
    kind: Annotated[str | None, Field(description="Right kind: " + ", ".join(KINDS))] = None
    strength: Annotated[int | None, Field(ge=-3, le=3, description="Right strength.")] = None

    def order(self, language: Language) -> Order:
        """Return what is to be decided."""
        target = expanded(self.target) if self.target else None
        return Order(
            expanded(self.link),
            self.decision,
            self.reason,
            language,
            self.state,
            Correction(target, self.kind, self.strength),
        )


@router.get(
    "",
    operation_id="listReviews",
    summary="List links to review, the surest first",
    responses=shown({"total": 446, "offset": 0, "next": None, "items": [_ENTRY]}) | problems(400),
)
async def list_links(
    request: Request,
    status: Literal["proposed", "confirmed", "rejected", "superseded", "all"] = "proposed",
    city: Annotated[str, Query(examples=["05515000"], description="AGS, 8 digits.")] = "",
    source: Annotated[str, Query(max_length=2000, description="IRI of the element.")] = "",
    target: Annotated[str, Query(max_length=2000, examples=["sdg:12.5"])] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    lang: str = "",
) -> JSONResponse:
    """Return links with reason, evidence and the state that a decision names."""
    del lang  # read by `reader_language`
    choice = Choice(
        "" if status == "all" else status,
        parse_ags(city) if city else "",
        expanded(source) if source else "",
        expanded(target) if target else "",
    )
    language = reader_language(request)
    found = await run_in_threadpool(_found, state_of(request), choice)
    part = found[offset : offset + limit]
    following = offset + limit
    more = request.url.include_query_params(offset=following) if following < len(found) else None
    content = {
        "total": len(found),
        "offset": offset,
        "next": None if more is None else f"{more.path}?{more.query}",
        "items": [entry_as_json(entry, language) for entry in part],
    }
    return JSONResponse(content, headers={"Content-Language": language})


@router.post(
    "",
    status_code=201,
    operation_id="decideLink",
    summary="Accept, reject or correct a link",
    responses=shown(_DECISION, 201) | problems(400, 401, 403, 404, 409, 422),
)
async def decide(request: Request, given: ReviewInput, lang: str = "") -> JSONResponse:
    """Record a decision; it is on disk when this answers, and in the graph soon after.

    Needs a bearer token with the role reviewer of the link's municipality.
    """
    del lang  # read by `reader_language`
    reviewer, language = writer_of(request), reader_language(request)
    state = state_of(request)
    order = given.order(language)
    decision = await run_in_threadpool(_desk(state).decide, order, reviewer, datetime.now(UTC))
    state.background.wake()
    return JSONResponse(
        decision_as_json(decision, language, published=False),
        status_code=201,
        headers={
            "Location": str(
                request.url_for("show_history").include_query_params(link=decision.link.iri)
            ),
            "Content-Language": language,
        },
    )


@router.get(
    "/history",
    operation_id="getReviewHistory",
    summary="Tell what is and was decided on a link",
    responses=shown({"current": _ENTRY, "decisions": [_DECISION]}) | problems(400, 404),
)
async def show_history(
    request: Request,
    link: Annotated[str, Query(max_length=2000, examples=[_LINK])],
    lang: str = "",
) -> JSONResponse:
    """Return the link as it stands and every decision on it, the earliest first."""
    del lang  # read by `reader_language`
    language = reader_language(request)
    content = await run_in_threadpool(_history, state_of(request), expanded(link), language)
    return JSONResponse(content, headers={"Content-Language": language})


def _desk(state: ServiceState) -> Desk:
    """Return the desk on the loaded generation; what it has read of it is kept."""
    return state.snapshots.current.desk(state.journal)


def _found(state: ServiceState, choice: Choice) -> list[Entry]:
    return _desk(state).entries(choice)


def _history(state: ServiceState, link: str, language: Language) -> dict[str, object]:
    desk = _desk(state)
    told = history(state.journal.decisions(), link)
    try:
        current = entry_as_json(desk.entry(link), language)
    except UnknownIri:
        if not told:
            raise
        # Its element was taken out of the dataset; what was decided stays.
        current = None
    seen = desk.generation.reviews
    return {"current": current, "decisions": [_said(item, language, seen) for item in told]}


def _said(decision: Decision, language: Language, seen: int) -> dict[str, object]:
    return decision_as_json(decision, language, published=decision.number <= seen)
