"""Show one proposal with its evidence side by side, and take the decision on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.pages.check.answer import percent
from api.pages.paths import page_path
from api.pages.proposals_page import kind_names_of
from api.pages.rendering import render_page
from api.pages.things import checked_iri
from api.problems import status_of
from api.proposals.aim_choices import aim_choices
from api.proposals.breakdown import breakdown_of
from api.proposals.changes import decided
from api.proposals.deciding import order_of
from api.proposals.queue import Filters, Queue, queue_of
from api.proposals.sides import Side, sides_of
from api.sessions.forms import FORM_HEADERS, own_form
from api.sessions.visitor import present_visitor
from api.state import ServiceState, state_of
from api.wording import texts_in
from kg.errors import BadParameter, UserError
from kg.labels import short_name
from kg.language import Language
from kg.reviewing import Decision, history
from kg.reviewing.desk import LONGEST_REASON, Entry
from kg.reviewing.links import KINDS, MOST, SUPERSEDED
from kg.reviewing.wording import reason_of_link, text_of_link

_STRENGTHS: Final = tuple(range(-MOST, MOST + 1))


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what a reader asked for: the filters of the queue and the decision just taken.

    `complaint` says why a decision was not taken; `entered` is what the form held then.
    """

    filters: Filters
    done: Decision | None = None
    complaint: UserError | None = None
    entered: Mapping[str, str] = field(default_factory=dict)


async def proposal_page(request: Request, language: Language) -> Response:
    """Return a proposal, the first of the queue without a link; or decide and go to the next."""
    state, given = state_of(request), dict(request.query_params)
    filters = Filters.of(given)
    if request.method == "POST":
        return await _decided(request, filters, language)
    asked = Asked(filters, _named_decision(state, given.get("done", "")))
    link = given.get("link", "")
    if not link:
        queue = await run_in_threadpool(_queue, state, filters)
        if not queue.items:
            values = {"queue": queue, "filters": filters, **_said(state, asked, language)}
            return _page(values, language, asked, template="proposals_done.html")
        link = queue.items[0].iri
    return await _shown(request, checked_iri(link), asked, language)


async def _decided(request: Request, filters: Filters, language: Language) -> Response:
    state, form = state_of(request), await request.form()
    entered = {name: value for name, value in form.items() if isinstance(value, str)}
    link = checked_iri(entered.get("link", ""))
    desk = state.snapshots.current.desk(state.journal)
    following = (await run_in_threadpool(_queue, state, filters)).after(link)
    try:
        grant, _ = await own_form(request)
        order = order_of(entered, language)
        decision = await run_in_threadpool(desk.decide, order, grant, datetime.now(UTC))
    except UserError as error:
        asked = Asked(filters, complaint=error, entered=entered)
        answer = await _shown(request, link, asked, language)
        # Not 401, which would have to name a way to log in that browsers know.
        is_unknown = status_of(error) is HTTPStatus.UNAUTHORIZED
        answer.status_code = HTTPStatus.FORBIDDEN if is_unknown else status_of(error)
        return answer
    state.background.wake()
    query = {"link": following, **filters.query(), "done": str(decision.number)}
    path = page_path("proposal", language, **{name: text for name, text in query.items() if text})
    return RedirectResponse(path, HTTPStatus.SEE_OTHER)


async def _shown(request: Request, link: str, asked: Asked, language: Language) -> Response:
    state = state_of(request)
    entry, original, values = await run_in_threadpool(_read, state, link, asked, language)
    breakdown = await breakdown_of(request, entry.link, original, language)
    values = {
        **values,
        "breakdown": breakdown,
        "percent": percent,
        **_said(state, asked, language),
    }
    return _page(values, language, asked, link=link)


def _page(
    values: Mapping[str, object],
    language: Language,
    asked: Asked,
    *,
    link: str = "",
    template: str = "proposal.html",
) -> Response:
    query = ({"link": link} if link else {}) | asked.filters.query()
    answer = render_page(
        "proposal", language, values, template=template, query=query, island="review"
    )
    answer.headers.update(FORM_HEADERS)
    return answer


def _queue(state: ServiceState, filters: Filters) -> Queue:
    snapshot = state.snapshots.current
    return queue_of(snapshot.desk(state.journal), snapshot.facts_of_proposals(), filters)


def _read(
    state: ServiceState, iri: str, asked: Asked, language: Language
) -> tuple[Entry, Side, Mapping[str, object]]:
    snapshot = state.snapshots.current
    facts, desk, store = snapshot.facts_of_proposals(), snapshot.desk(state.journal), snapshot.store
    entry, queue = desk.entry(iri), _queue(state, asked.filters)
    link, grant = entry.link, present_visitor().grant
    sides = sides_of(store, link, facts, language)
    told = history(state.journal.decisions(), iri)
    obstacle = desk.obstacle(entry, grant) if grant else None
    may_decide = grant is not None and obstacle is None and entry.status != SUPERSEDED
    values = {
        "entry": entry,
        "link": link,
        "name": text_of_link(link, language) or f"{sides.element.label} → {sides.aim.label}",
        "sides": sides,
        "kind_names": kind_names_of(store, language),
        "kinds": KINDS,
        "strengths": _STRENGTHS,
        "aims": aim_choices(store, link.city, language) if link.city and may_decide else [],
        "longest_reason": LONGEST_REASON,
        "confidence": float(link.confidence) if link.confidence else None,
        "method": short_name(link.method) if link.method else "",
        "reason": reason_of_link(link, language),
        "effects": facts.effects(link),
        "queue": queue,
        "place": queue.place(iri),
        "filters": asked.filters,
        "earlier": _neighbour(queue.before(iri), asked.filters, language),
        "later": _neighbour(queue.after(iri), asked.filters, language),
        "history": decided(told, language, seen=desk.generation.reviews),
        "obstacle": _sentence(obstacle, language) if obstacle else "",
        "may_decide": may_decide,
        "superseded": entry.status == SUPERSEDED,
    }
    # Documents are German, and were matched as such.
    original = sides if language == "de" else sides_of(store, link, facts, "de")
    return entry, original.element, values


def _neighbour(iri: str, filters: Filters, language: Language) -> str:
    return page_path("proposal", language, link=iri, **filters.query()) if iri else ""


def _said(state: ServiceState, asked: Asked, language: Language) -> Mapping[str, object]:
    """Return the message at the top: what was just decided, or why it was not."""
    seen = state.snapshots.current.generation.reviews
    done = decided((asked.done,), language, seen=seen)[0] if asked.done else None
    complaint = asked.complaint
    return {
        "done": done,
        "complaint": _sentence(complaint, language) if complaint else "",
        "complaint_code": complaint.code if complaint else "",
        "entered": asked.entered,
    }


def _sentence(error: UserError, language: Language) -> str:
    """Return what an error says to somebody before a form, who knows no parameters."""
    key = error.name if isinstance(error, BadParameter) else error.code
    return texts_in(language)["complaints"].get(key, error.text.in_language(language))


def _named_decision(state: ServiceState, number: str) -> Decision | None:
    decisions = state.journal.decisions()
    if not number.isdecimal() or len(number) > 9 or not 1 <= int(number) <= len(decisions):
        return None
    return decisions[int(number) - 1]
