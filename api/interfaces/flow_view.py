"""Build the flow from measures over instruments or fields and SDG targets to concept goals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from api.interfaces.facts import Element, Facts, is_adopted, is_conflict, sdg_code
from api.interfaces.filters import Filters, chosen
from api.interfaces.sheets import Sheet, Texts, number_cell, sheet
from api.rest.links import Link
from api.tables import Cell
from visualisations.flow import Flow, FlowBand, FlowNode

MOST_NODES: Final = 12
UNKNOWN: Final = "unknown"
Through = Literal["instrument", "field"]


@dataclass(frozen=True, slots=True)
class FlowView:
    """Hold the picture, its table twin, and how many ways are drawn of how many there are."""

    flow: Flow
    table: Sheet
    drawn: int
    ways: int


@dataclass(frozen=True, slots=True)
class _Way:
    """Hold one way: the things it leads through, and of each step whether it is adopted."""

    things: tuple[str, ...]
    is_adopted: tuple[bool, ...]


def flow_view(
    facts: Facts,
    filters: Filters,
    through: Through,
    texts: Texts,
    path: Callable[[str, Mapping[str, str]], str],
) -> FlowView:
    """Return the flow of what fits; each column is drawn with its strongest things only.

    A goal of a concept is reached where it names the same SDG target as the measure.
    """
    ways = _ways(facts, filters, through)
    kept = _strongest(ways)
    labels = _labels(facts, through, texts)
    steps = _steps(kept)
    nodes = {
        (place, iri): FlowNode(
            _key(place, iri), place, labels[iri], _path(iri, facts, filters, path)
        )
        for way in kept
        for place, iri in enumerate(way.things)
    }
    bands = tuple(
        FlowBand(_key(place, start), _key(place + 1, end), _weight(count), adopted)
        for (place, start, end), (count, adopted) in sorted(steps.items())
    )
    headings = (texts["measure"], texts[through], texts["sdg_target"], texts["concept_goal"])
    rows = [
        (
            Cell(headings[place]),
            Cell(labels[start], "" if start == UNKNOWN else start),
            Cell(headings[place + 1]),
            Cell(labels[end], "" if end == UNKNOWN else end),
            number_cell(count),
            Cell(_state(place, texts, is_adopted=adopted)),
        )
        for (place, start, end), (count, adopted) in sorted(
            steps.items(), key=lambda item: (item[0][0], labels[item[0][1]], labels[item[0][2]])
        )
    ]
    columns = ("from_kind", "from", "to_kind", "to", "ways", "state")
    summary = texts["flow_summary"].format(drawn=len(kept), ways=len(ways))
    ordered_nodes = tuple(nodes[place] for place in sorted(nodes))
    flow = Flow(texts["picture_title"], summary, headings, ordered_nodes, bands)
    return FlowView(flow, sheet("flow", texts, columns, rows), len(kept), len(ways))


def _weight(count: int) -> int:
    """Return how thick a band is: with many ways it grows slower."""
    return count if count <= 4 else 4 + round((count - 4) ** 0.5)


def _steps(ways: Sequence[_Way]) -> dict[tuple[int, str, str], tuple[int, bool]]:
    """Return each step of the ways with how many take it, and whether it is adopted on one."""
    found: dict[tuple[int, str, str], tuple[int, bool]] = {}
    for way in ways:
        steps = zip(way.things, way.things[1:], way.is_adopted, strict=False)
        for place, (start, end, adopted) in enumerate(steps):
            count, before = found.get((place, start, end), (0, False))
            found[place, start, end] = (count + 1, before or adopted)
    return found


def _key(place: int, iri: str) -> str:
    return f"{place}:{iri}"


def _path(
    iri: str, facts: Facts, filters: Filters, path: Callable[[str, Mapping[str, str]], str]
) -> str:
    """Return where the evidence of a box is listed; an instrument or field leads to itself."""
    if iri in facts.elements:
        return path("links", filters.query(element=iri, document="", concept=""))
    aim = facts.aims.get(iri)
    if aim is not None and aim.concept is None:
        return path("links", filters.query(sdg=aim.code, concept=""))
    return "" if iri == UNKNOWN else path("thing", {"iri": iri})


def _state(place: int, texts: Texts, *, is_adopted: bool) -> str:
    # The first step only says what the measure's own document names.
    if place == 0:
        return texts["of_document"]
    return texts["state_adopted"] if is_adopted else texts["state_proposed"]


def _ways(facts: Facts, filters: Filters, through: Through) -> list[_Way]:
    elements, _ = chosen(facts, filters)
    measures = {item.iri: item for item in elements if item.kind == "measure"}
    fitting = [link for link in facts.links if not is_conflict(link) and _allowed(link, filters)]
    goals = _goals_by_target(facts, filters, fitting)
    found: list[_Way] = []
    for link in fitting:
        code, measure = sdg_code(link), measures.get(link.element.iri)
        if measure is None or not code or not _of_sdg(code, filters.sdg):
            continue
        begin = (measure.iri, _middle(measure, through), link.aim.iri)
        states = (True, is_adopted(link))
        ends = goals.get(link.aim.iri, [])
        found += [_Way((*begin, end.element.iri), (*states, is_adopted(end))) for end in ends]
        if not ends and not filters.concept:
            found.append(_Way(begin, states))
    return found


def _goals_by_target(
    facts: Facts, filters: Filters, links: Sequence[Link]
) -> dict[str, list[Link]]:
    """Return the links of goals of adopted concepts to SDG targets, by target."""
    adopted = {item.iri for item in facts.concepts}
    found: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        aim = facts.aims.get(link.element.iri)
        if not sdg_code(link) or aim is None or aim.concept is None:
            continue
        if aim.concept.iri in adopted and filters.concept in ("", aim.concept.iri):
            found[link.aim.iri].append(link)
    return found


def _allowed(link: Link, filters: Filters) -> bool:
    return Filters(review=filters.review, least=filters.least).fits(link)


def _of_sdg(code: str, sdg: str) -> bool:
    return not sdg or code == sdg or code.startswith(f"{sdg}.")


def _middle(measure: Element, through: Through) -> str:
    named = (
        measure.named.get("instrument", ())
        if through == "instrument"
        else (*measure.named.get("value_chain", ()), *measure.named.get("field", ()))
    )
    return named[0].iri if named else UNKNOWN


def _strongest(ways: list[_Way]) -> list[_Way]:
    """Return the ways that lead only through the things of each column with the most ways."""
    kept = ways
    for place in range(4):
        counted = Counter(way.things[place] for way in kept if len(way.things) > place)
        most = sorted(counted, key=lambda iri: (-counted[iri], iri))[:MOST_NODES]
        kept = [way for way in kept if len(way.things) <= place or way.things[place] in most]
    return kept


def _labels(facts: Facts, through: Through, texts: Texts) -> dict[str, str]:
    labels = {item.iri: item.heading for item in facts.elements.values()}
    things = (
        facts.things("instrument")
        if through == "instrument"
        else facts.things("value_chain", "field")
    )
    labels |= {item.iri: item.label for item in things}
    labels |= {item.iri: item.heading for item in facts.aims.values()}
    return labels | {UNKNOWN: texts["not_stated"]}
