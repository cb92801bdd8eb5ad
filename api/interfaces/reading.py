"""Read the facts of a city through the stored queries, under their deadline."""

from __future__ import annotations

import json
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.interfaces.facts import Facts, contributions_of, elements_of, joined, targets_of
from api.interfaces.filters import Filters, checked, of_city, read_filters
from api.pages.cities import City, chosen_city, cities_in
from api.rest.links import links_of
from api.rest.listing import Named, Row
from api.state import state_of
from api.stored import answer_stored
from api.wording import texts_in
from kg.labels import labels_of
from kg.language import Language
from ontology.namespaces import scheme

_SUPPORTS = scheme("interface-kind", "supports")
_DECLARED = scheme("review-status", "declared")


async def read_city(request: Request, language: Language) -> tuple[list[City], City | None]:
    """Return the cities there are and the one that is asked for."""
    store = state_of(request).snapshots.current.store
    cities = await run_in_threadpool(cities_in, store, language)
    return cities, chosen_city(request.query_params.get("city", ""), cities)


async def rows_of(request: Request, name: str, language: Language, **values: str) -> list[Row]:
    """Return the rows of a stored query, each value in its lexical form."""
    answer = await answer_stored(state_of(request).queries, name, {**values, "language": language})
    return [
        {name: term["value"] for name, term in binding.items()}
        for binding in json.loads(answer.body)["results"]["bindings"]
    ]


async def read_facts(request: Request, city: City, language: Language) -> Facts:
    """Return the facts of a city."""
    own = {"city": city.ags}
    links, _ = await links_of(request, own, language)
    elements = elements_of(await rows_of(request, "elements", language, **own))
    aims = targets_of(await rows_of(request, "aims", language, kind="concept-goal", **own))
    goals = targets_of(await rows_of(request, "aims", language, kind="sdg-goal"))
    targets = targets_of(await rows_of(request, "aims", language, kind="sdg-target"))
    stated = await rows_of(request, "contributions", language, **own)
    strategies = [
        Named(iri=row["strategy"], label=row["strategy_label"])
        for row in await rows_of(request, "strategies", language, **own)
    ]
    concepts = {
        row["concept"]: Named(iri=row["concept"], label=row["concept_label"])
        for row in await rows_of(request, "concepts", language, **own)
    }
    store = state_of(request).snapshots.current.store
    labels = await run_in_threadpool(labels_of, store, [_SUPPORTS, _DECLARED], language)
    declared = contributions_of(
        stated,
        Named(iri=_SUPPORTS, label=labels[_SUPPORTS]),
        labels[_DECLARED],
        texts_in(language)["interfaces"]["stated"],
    )
    renamed = {
        item.iri: replace(item, concept=concepts.get(item.concept.iri, item.concept))
        for item in aims
        if item.concept
    }
    own_iris = {item.iri for item in strategies}
    return Facts(
        elements=elements,
        links=joined(links, declared),
        goals=tuple(goal for goal in goals if goal.code),
        targets=targets,
        aims=renamed | {item.iri: item for item in (*goals, *targets)},
        concepts=tuple(item for item in concepts.values() if item.iri not in own_iris),
        strategies=tuple(strategies),
    )


def filters_for(request: Request, city: City, facts: Facts) -> Filters:
    """Return the filters of the address; where no document is named, the circular strategy.

    Raises:
        BadParameter: A value is of the wrong kind.
        UnknownName: The city has no such document or concept.
    """
    filters = of_city(read_filters(request.query_params), city.ags)
    if not filters.document and not filters.element and facts.strategies:
        filters = replace(filters, document=facts.strategies[0].iri)
    checked(filters, facts)
    return filters
