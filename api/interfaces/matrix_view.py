"""Build the matrix: elements by document against SDGs or concepts, one step deeper on demand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Literal, get_args

from api.interfaces.facts import Element, Facts, is_adopted, is_conflict, natural, sdg_code
from api.interfaces.filters import Filters, chosen
from api.rest.links import Link
from kg.errors import UnknownName
from visualisations.grid import Column, Grid, GridCell, GridRow, Mark, RowGroup, State

Against = Literal["sdg", "concepts"]
Rows = Literal["all", "linked"]
MOST_ROWS: Final = 300
Path = Callable[[str, Mapping[str, str]], str]
_ORDER: Final = ("conflict", "reviewed", "proposed")


@dataclass(frozen=True, slots=True)
class MatrixView:
    """Hold the whole grid, what its columns are, and the column that is opened, "" for none."""

    grid: Grid
    against: Against
    opened: str

    @property
    def total(self) -> int:
        """Return how many rows there are."""
        return len(self.grid.rows)

    @property
    def drawn(self) -> Grid:
        """Return the grid with as many rows as a page shows."""
        groups, room = [], MOST_ROWS
        for group in self.grid.groups:
            if room:
                groups.append(RowGroup(group.label, group.rows[:room]))
                room -= len(groups[-1].rows)
        return replace(self.grid, groups=tuple(groups))

    @property
    def shown(self) -> int:
        """Return how many rows a page shows."""
        return len(self.drawn.rows)


def read_against(text: str) -> Against:
    """Return what the columns shall be, SDGs when nothing is said.

    Raises:
        UnknownName: There is no such choice.
    """
    for choice in get_args(Against):
        if (text or "sdg") == choice:
            return choice  # type: ignore[no-any-return]  # get_args is untyped
    raise UnknownName(text, get_args(Against))


def read_rows(text: str) -> Rows:
    """Return which rows shall be shown, all when nothing is said.

    Raises:
        UnknownName: There is no such choice.
    """
    for choice in get_args(Rows):
        if (text or "all") == choice:
            return choice  # type: ignore[no-any-return]  # get_args is untyped
    raise UnknownName(text, get_args(Rows))


def matrix_view(
    facts: Facts,
    filters: Filters,
    against: Against,
    texts: Mapping[str, str],
    path: Path,
    *,
    rows: Rows = "all",
) -> MatrixView:
    """Return the matrix of the elements and links that fit.

    Columns are the 17 goals or, where the filter names a goal, its targets; against concepts they
    are the concepts or, where the filter names one, its goals; rows are then measures and whatever
    else has a link. `path` makes the address of a view (matrix, links or a thing) with these
    parameters.
    """
    elements, links = chosen(facts, filters)
    columns, key_of, opened = (
        _sdg_columns(facts, filters, texts, path)
        if against == "sdg"
        else _concept_columns(facts, filters, path)
    )
    cells: dict[str, dict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    for link in links:
        for key in key_of(link):
            cells[link.element.iri][key].append(link)
    keys = {column.key for column in columns}
    linked = {iri for iri, found in cells.items() if keys & found.keys()}
    elements = [
        element
        for element in elements
        if element.iri in linked
        or (rows == "all" and (against == "sdg" or element.kind == "measure"))
    ]
    single = opened != ""
    groups = []
    for _, found in groupby(elements, key=lambda item: item.document.iri):
        members = list(found)
        drawn = tuple(
            GridRow(
                element.heading,
                {
                    key: _cell(element, key, behind, filters, against, single=single, path=path)
                    for key, behind in cells[element.iri].items()
                },
                path("thing", {"iri": element.iri}),
            )
            for element in members
        )
        groups.append(RowGroup(members[0].document.label, drawn))
    grid = Grid(texts[f"caption_{against}"], texts["element"], tuple(columns), tuple(groups))
    return MatrixView(grid, against, opened)


Keys = Callable[[Link], Sequence[str]]


def _sdg_columns(
    facts: Facts, filters: Filters, texts: Mapping[str, str], path: Path
) -> tuple[list[Column], Keys, str]:
    goal = filters.sdg.partition(".")[0]
    if goal:
        targets = [item for item in facts.targets if item.code.partition(".")[0] == goal]
        named = [item for item in facts.goals if item.code == goal]
        columns = [
            Column(item.code, item.code, item.label)
            for item in (*named, *sorted(targets, key=lambda item: natural(item.code)))
        ]
        return columns, lambda link: (sdg_code(link),), goal
    goals = sorted(facts.goals, key=lambda item: natural(item.code))
    columns = [
        Column(
            item.code,
            f"{texts['sdg']} {item.code}",
            item.label,
            path("matrix", filters.query(against="sdg", sdg=item.code)),
        )
        for item in goals
    ]
    return columns, lambda link: (sdg_code(link).partition(".")[0],), ""


def _concept_columns(facts: Facts, filters: Filters, path: Path) -> tuple[list[Column], Keys, str]:
    if filters.concept:
        aims = [
            item
            for item in facts.aims.values()
            if item.concept and item.concept.iri == filters.concept
        ]
        columns = [
            Column(item.iri, item.code or item.label, item.label)
            for item in sorted(aims, key=lambda item: natural(item.code))
        ]
        return columns, lambda link: (link.aim.iri,), filters.concept
    columns = [
        Column(
            item.iri,
            item.label,
            item.label,
            path("matrix", filters.query(against="concepts", concept=item.iri)),
        )
        for item in facts.concepts
    ]
    return columns, lambda link: tuple(concept.iri for concept in link.concepts), ""


def _cell(
    element: Element,
    key: str,
    links: Sequence[Link],
    filters: Filters,
    against: Against,
    *,
    single: bool,
    path: Path,
) -> GridCell:
    found: dict[str, State] = {}
    for link in sorted(links, key=lambda item: _ORDER.index(state_of_link(item)), reverse=True):
        text = _share(link) if single else link.aim.code or link.aim.label
        found[text] = state_of_link(link)
    marks = [Mark(text, state) for text, state in found.items()]
    marks.sort(key=lambda mark: (_ORDER.index(mark.state), natural(mark.text)))
    target = {"element": element.iri, "document": ""}
    if against == "sdg":
        target |= {"sdg": key, "concept": ""}
    elif single:
        target |= {"aim": key, "sdg": "", "concept": ""}
    else:
        target |= {"concept": key, "sdg": ""}
    return GridCell(tuple(marks), path("links", filters.query(**target)))


def _share(link: Link) -> str:
    if is_adopted(link) or link.confidence is None:
        return link.review_label
    return f"{round(100 * link.confidence)} %"


def state_of_link(link: Link) -> State:
    """Return how a link is marked: as a conflict, as adopted or as a proposal."""
    if is_conflict(link):
        return "conflict"
    return "reviewed" if is_adopted(link) else "proposed"
