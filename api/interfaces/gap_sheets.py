"""List what is missing: goals without a measure, measures without a goal, rungs, indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from api.interfaces.facts import Element, Facts, is_adopted, is_conflict, sdg_code
from api.interfaces.filters import Filters, chosen
from api.interfaces.sheets import Sheet, Texts, number_cell, sheet
from api.rest.links import Link
from api.rest.listing import Row
from api.tables import Cell
from kg.labels import short_name

UPPER: Final = ("R0", "R1", "R2", "R3", "R4")


def aims_without_element(facts: Facts, filters: Filters, texts: Texts) -> Sheet:
    """Return the goals of the adopted concepts that no chosen element serves.

    A proposal counts as serving, a conflict does not; so what is listed is a gap even if every
    proposal turns out right. Fields of action only group goals and are left out.
    """
    # An SDG narrows no goal of a concept: its links would all be missing.
    _, links = chosen(facts, replace(filters, sdg="", aim=""))
    fields = {item.iri for item in facts.elements.values() if item.kind == "field"}
    spared = fields | {link.aim.iri for link in links if not is_conflict(link)}
    own = {item.iri for item in facts.concepts}
    rows = [
        (
            Cell(aim.concept.label, aim.concept.iri),
            Cell(aim.code),
            Cell(aim.label, aim.iri),
        )
        for aim in facts.aims.values()
        if aim.concept
        and aim.concept.iri in own
        and aim.concept.iri != filters.document
        and filters.concept in ("", aim.concept.iri)
        and filters.aim in ("", aim.iri)
        and aim.iri not in spared
    ]
    return sheet("aims_without", texts, ("concept", "code", "aim"), rows)


def elements_without_aim(facts: Facts, filters: Filters, texts: Texts) -> Sheet:
    """Return the chosen measures without a link to a goal of another document's concept.

    SDGs are told apart: a measure may touch some of their targets and still serve no such goal.
    """
    elements, links = chosen(facts, replace(filters, sdg="", aim=""))
    _, every = chosen(facts, replace(filters, concept="", aim=""))
    adopted = {item.iri for item in facts.concepts}
    to_goal = {
        link.element.iri
        for link in links
        if not is_conflict(link)
        and any(
            concept.iri in adopted and concept.iri != facts.elements[link.element.iri].document.iri
            for concept in link.concepts
        )
    }
    to_sdg: dict[str, list[str]] = defaultdict(list)
    for link in every:
        if sdg_code(link) and not is_conflict(link):
            to_sdg[link.element.iri].append(sdg_code(link) + ("" if is_adopted(link) else "?"))
    rows = [
        (
            Cell(element.document.label, element.document.iri),
            Cell(element.number),
            Cell(element.label, element.iri),
            Cell(element.words("department")),
            Cell(" ".join(to_sdg[element.iri]) or texts["none"]),
        )
        for element in elements
        if element.kind == "measure" and element.iri not in to_goal
    ]
    columns = ("document", "number", "measure", "department", "sdg_targets")
    return sheet("elements_without", texts, columns, rows)


def ladder_sheets(
    rungs: Sequence[Row], facts: Facts, filters: Filters, texts: Texts
) -> tuple[Sheet, Sheet]:
    """Return the rungs with their measures, and the measures without one of R0 to R4."""
    elements, _ = chosen(facts, filters)
    measures = [element for element in elements if element.kind == "measure"]
    rows = []
    for rung in rungs:
        found = [element for element in measures if rung["rung"] in element.iris("r_strategy")]
        rows.append(
            (
                Cell(short_name(rung["rung"]), rung["rung"]),
                Cell(rung["rung_label"]),
                number_cell(len(found)),
                Cell("; ".join(element.heading for element in found) or texts["no_measure"]),
            )
        )
    low = [element for element in measures if not _codes(element) & set(UPPER)]
    lower = [
        (
            Cell(element.number),
            Cell(element.label, element.iri),
            Cell(" ".join(sorted(_codes(element))) or texts["not_stated"]),
            Cell(element.words("department")),
        )
        for element in low
    ]
    return (
        sheet("ladder", texts, ("rung", "rung_label", "measures", "which"), rows),
        sheet("lower", texts, ("number", "measure", "rungs", "department"), lower),
    )


def _codes(element: Element) -> set[str]:
    return {short_name(iri) for iri in element.iris("r_strategy")}


def coverage_sheets(
    measured: Sequence[Row], facts: Facts, filters: Filters, texts: Texts
) -> tuple[Sheet, Sheet]:
    """Return the goals with their indicators and latest values, and the goals without any."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in measured:
        found[row["element"]].append(row)
    aims = [
        aim
        for aim in facts.aims.values()
        if aim.concept
        and filters.document in ("", "all", aim.concept.iri)
        and filters.concept in ("", aim.concept.iri)
    ]
    elements = [
        element
        for element in facts.elements.values()
        if element.kind == "measure" and filters.chooses(element)
    ]
    rows, without = [], []
    ends = [(aim.concept.label, aim.code, aim.label, aim.iri) for aim in aims if aim.concept]
    ends += [(item.document.label, item.number, item.label, item.iri) for item in elements]
    for document, code, label, iri in ends:
        if iri not in found:
            without.append((Cell(document), Cell(code), Cell(label, iri)))
        for row in found[iri]:
            value = f"{row['value']} {row.get('unit', '')}".strip() if "value" in row else ""
            rows.append(
                (
                    Cell(document),
                    Cell(code),
                    Cell(label, iri),
                    Cell(row["indicator_label"], row["indicator"]),
                    Cell(value or texts["no_value"]),
                    Cell(row.get("year", "")),
                )
            )
    first = ("document", "code", "aim_or_measure")
    return (
        sheet("covered", texts, (*first, "indicator", "value", "year"), rows),
        sheet("uncovered", texts, first, without),
    )


def conflict_sheet(known: Sequence[Row], facts: Facts, filters: Filters, texts: Texts) -> Sheet:
    """Return what the reference table knows of trade-offs for what the chosen measures name.

    It says what to look at, not that a measure has the conflict.
    """
    elements, _ = chosen(facts, filters)
    goal = filters.sdg.partition(".")[0]
    rows = []
    for row in known:
        named = [
            element
            for element in elements
            if element.kind == "measure"
            and row["thing"] in element.iris("value_chain", "r_strategy", "instrument")
        ]
        if not named or (goal and row["aim_code"].partition(".")[0] != goal):
            continue
        rows.append(
            (
                Cell(row["thing_label"], row["thing"]),
                Cell(row["aim_code"]),
                Cell(row["aim_label"], row["aim"]),
                number_cell(int(row["strength"])),
                Cell(row.get("reason", "")),
                Cell(row.get("derivation_label", "")),
                Cell(row.get("status_label", "")),
                Cell("; ".join(element.heading for element in named)),
            )
        )
    columns = ("thing", "code", "aim", "strength", "reason", "derivation", "state", "which")
    return sheet("trade_offs", texts, columns, rows)


def conflicts(links: Sequence[Link]) -> list[Link]:
    """Return the links in which an element works against an aim."""
    return [link for link in links if is_conflict(link)]
