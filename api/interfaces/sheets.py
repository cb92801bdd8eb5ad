"""Turn links, gaps and counts into tables that pages, CSV and XLSX show alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.interfaces.facts import Element, Facts, is_adopted
from api.rest.links import Ground, Link
from api.tables import Cell, PeopleTable
from visualisations.grid import Grid, grid_rows

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold a table with its key, its title and a sentence that says how to read it."""

    key: str
    title: str
    note: str
    table: PeopleTable


def sheet(
    key: str, texts: Texts, columns: Sequence[str], rows: Sequence[tuple[Cell, ...]]
) -> Sheet:
    """Return a table whose title, note and headings stand in the texts under its key."""
    headings = tuple(texts[column] for column in columns)
    return Sheet(
        key, texts[f"{key}_title"], texts[f"{key}_note"], PeopleTable(headings, tuple(rows))
    )


def number_cell(value: int | None) -> Cell:
    """Return a cell with a number, an empty one for none."""
    return Cell("" if value is None else str(value), is_number=value is not None)


def percent_of(link: Link) -> int | None:
    """Return the probability in whole per cent, None where a document states the link."""
    return None if link.confidence is None else round(100 * link.confidence)


def grounds_in_words(link: Link, texts: Texts) -> tuple[str, str, str, str]:
    """Return quotes, pages, rows and addresses of the evidence, each joined by semicolons."""

    def joined(values: Sequence[str | None]) -> str:
        return "; ".join(dict.fromkeys(value for value in values if value))

    found = link.evidence
    return (
        joined([quoted(ground, texts) for ground in found]),
        joined([str(ground.page) if ground.page else None for ground in found]),
        joined([ground.row for ground in found]),
        joined([ground.source for ground in found]),
    )


def quoted(ground: Ground, texts: Texts) -> str:
    """Return a quote in the quotation marks of the language, "" for none."""
    return texts["quoted"].format(ground.quote) if ground.quote else ""


_LINK_COLUMNS = (
    "number",
    "element",
    "document",
    "code",
    "aim",
    "concept",
    "kind",
    "strength",
    "probability",
    "state",
    "reason",
    "quote",
    "page",
    "row",
    "source",
    "link",
)


def links_sheet(key: str, links: Sequence[Link], facts: Facts, texts: Texts) -> Sheet:
    """Return the list of links with reason, evidence and review state."""
    rows = []
    for link in links:
        element = facts.elements[link.element.iri]
        quote, page, row, source = grounds_in_words(link, texts)
        rows.append(
            (
                Cell(element.number),
                Cell(element.label, element.iri),
                Cell(element.document.label, element.document.iri),
                Cell(link.aim.code or ""),
                Cell(link.aim.label, link.aim.iri),
                Cell("; ".join(item.label for item in link.concepts) or texts["un_sdg"]),
                Cell(link.kind.label),
                number_cell(link.strength),
                number_cell(percent_of(link)),
                Cell(link.review_label),
                Cell(link.reason or ""),
                Cell(quote),
                Cell(page),
                Cell(row),
                Cell(source),
                Cell(link.iri, link.iri),
            )
        )
    return sheet(key, texts, _LINK_COLUMNS, rows)


def grid_sheet(key: str, grid: Grid, texts: Texts) -> Sheet:
    """Return the matrix as a table."""
    headings, *rows = grid_rows(grid)
    cells = tuple(tuple(Cell(text) for text in row) for row in rows)
    return Sheet(
        key, texts[f"{key}_title"], texts[f"{key}_note"], PeopleTable(tuple(headings), cells)
    )


def concepts_sheet(
    elements: Sequence[Element], links: Sequence[Link], facts: Facts, texts: Texts
) -> Sheet:
    """Return for each adopted concept how many links lead to it, and in which state."""
    rows = []
    own = {element.document.iri for element in elements}
    for concept in facts.concepts:
        if own == {concept.iri}:
            continue
        found = [link for link in links if any(c.iri == concept.iri for c in link.concepts)]
        adopted = [link for link in found if is_adopted(link)]
        measures = {link.element.iri for link in found}
        rows.append(
            (
                Cell(concept.label, concept.iri),
                number_cell(len(found)),
                number_cell(len(adopted)),
                number_cell(len(found) - len(adopted)),
                number_cell(len(measures)),
                number_cell(len({link.aim.iri for link in found})),
            )
        )
    rows.sort(key=lambda row: (-int(row[1].text), row[0].text))
    columns = ("concept", "links", "adopted", "proposed", "elements", "aims")
    return sheet("concepts", texts, columns, rows)
