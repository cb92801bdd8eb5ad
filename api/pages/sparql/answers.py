"""Give the answer to a query as people read it: a sorted table with labels, and a chart of it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from api.pages.labelled_tables import labelled_table
from api.tables import Cell, PeopleTable, people_table
from api.wording import texts_in
from kg.errors import BadParameter
from kg.language import Language, Text
from kg.serving.formats import AnswerFormat
from kg.serving.guard import QueryForm, inspect_query
from kg.serving.queries import Queries
from kg.store import Store
from visualisations.bar_chart import BarChart, bar_chart

SHOWN_ROWS: Final = 500
_CHARTED_ROWS: Final = range(2, 41)
_COUNTS: Final = re.compile(r"\b(?:COUNT|SUM|AVG)\s*\(", re.IGNORECASE)
_SORT: Final = re.compile(r"-?[0-9]{1,3}")
# What each form of a query can be saved as; the names are those of the SPARQL door.
_FORMATS: Final = {
    QueryForm.SELECT: ("json", "xml"),
    QueryForm.ASK: ("json", "xml"),
    QueryForm.CONSTRUCT: ("turtle", "jsonld"),
    QueryForm.DESCRIBE: ("turtle", "jsonld"),
}


@dataclass(frozen=True, slots=True)
class Sorting:
    """Name the column a table is sorted by, from 0, and the direction."""

    column: int
    descending: bool

    @classmethod
    def of(cls, text: str) -> Sorting | None:
        """Return what an address says, such as `0` or `-2`; None for "".

        >>> Sorting.of("-2")
        Sorting(column=2, descending=True)
        """
        if not text:
            return None
        if not _SORT.fullmatch(text):
            raise BadParameter("sort", text, Text("die Nummer einer Spalte", "a column's number"))
        return cls(int(text.lstrip("-")), text.startswith("-"))


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold an answer; `truth` is that of a yes-or-no question, `table` that of any other."""

    table: PeopleTable
    formats: tuple[str, ...]
    truth: bool | None = None
    chart: BarChart | None = None
    sorting: Sorting | None = None

    @property
    def headings(self) -> Iterator[tuple[str, str, str]]:
        """Give each column's words, the value of `sort` that a click means, and its `aria-sort`."""
        for number, words in enumerate(self.table.headings):
            is_sorted = self.sorting is not None and self.sorting.column == number
            goes_down = is_sorted and self.sorting is not None and self.sorting.descending
            state = ("descending" if goes_down else "ascending") if is_sorted else ""
            turned = is_sorted and not goes_down
            yield words, f"-{number}" if turned else str(number), state


async def answer_to(
    queries: Queries, query: str, language: Language, *, sorting: Sorting | None = None
) -> Answer:
    """Return the answer of the query processes, sorted where that is asked for.

    Raises:
        BadQuery, ForbiddenQuery, QueryTooSlow, …: as for any query.
    """
    form = inspect_query(query, queries.limits)
    if form.gives_graph:
        given = await queries.answer(query, AnswerFormat.N_TRIPLES)
        table = _triples(given.body, language)
    else:
        given = await queries.answer(query, AnswerFormat.JSON)
        content = json.loads(given.body)
        if "boolean" in content:
            return Answer(PeopleTable((), ()), _FORMATS[form], truth=bool(content["boolean"]))
        table = people_table(given.body, language)
    if sorting is not None:
        table = _sorted(table, sorting)
    return Answer(table, _FORMATS[form], chart=_chart(table, query), sorting=sorting)


def labelled(answer: Answer, store: Store, language: Language) -> Answer:
    """Return the answer with labels in place of bare IRIs, in the chart too."""
    table = labelled_table(answer.table, store, language, SHOWN_ROWS)
    chart = answer.chart and bar_chart(_bars(table))
    return replace(answer, table=table, chart=chart)


def _sorted(table: PeopleTable, sorting: Sorting) -> PeopleTable:
    if sorting.column >= len(table.headings):
        expected = f"0–{len(table.headings) - 1}"
        raise BadParameter("sort", str(sorting.column), Text(expected, expected))
    column = [row[sorting.column] for row in table.rows]
    are_numbers = all(cell.is_number or not cell.text for cell in column)

    def key(row: tuple[Cell, ...]) -> tuple[float, str]:
        text = row[sorting.column].text
        if are_numbers:
            return (float(text.replace(",", ".")) if text else 0.0), ""
        # Umlauts stand beside their letters (DIN 5007-1).
        plain = unicodedata.normalize("NFKD", text.casefold())
        return 0.0, "".join(sign for sign in plain if not unicodedata.combining(sign))

    filled = [row for row in table.rows if row[sorting.column].text]
    empty = tuple(row for row in table.rows if not row[sorting.column].text)
    ordered = sorted(filled, key=key, reverse=sorting.descending)
    return replace(table, rows=tuple(ordered) + empty)


def _chart(table: PeopleTable, query: str) -> BarChart | None:
    """Return a chart of what was counted by one other column, None for any other table."""
    if len(table.headings) != 2 or len(table.rows) not in _CHARTED_ROWS:
        return None
    if not _COUNTS.search(query):
        return None
    if any(label.is_number or not count.is_number for label, count in table.rows):
        return None
    bars = _bars(table)
    return bar_chart(bars) if all(value >= 0 for _, _, value in bars) else None


def _bars(table: PeopleTable) -> list[tuple[str, str, float]]:
    return [
        (label.text, count.text, float(count.text.replace(",", "."))) for label, count in table.rows
    ]


def _triples(content: bytes, language: Language) -> PeopleTable:
    words = texts_in(language)["sparql"]
    return PeopleTable(
        (words["subject"], words["predicate"], words["object"]),
        tuple(
            tuple(_cell(term) for term in (quad.subject, quad.predicate, quad.object))
            for quad in parse(content, RdfFormat.N_TRIPLES)
        ),
    )


def _cell(term: object) -> Cell:
    match term:
        case NamedNode():
            return Cell(term.value, term.value)
        case Literal():
            return Cell(term.value)
        case Triple():
            return Cell(str(term))
        case _:
            return Cell("…")
