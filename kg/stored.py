"""Run stored queries over a store and give their answers as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import queries
from kg.errors import BadParameter, UnknownName
from kg.language import Text
from kg.store import Store, Term


@dataclass(frozen=True, slots=True)
class Table:
    """Hold an answer: the column names in the query's order and one row per solution."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def records(self) -> list[dict[str, str]]:
        """Return the rows as mappings of column to IRI or lexical form, unbound cells left out."""
        return [
            {
                name: term.value
                for name, term in zip(self.columns, row, strict=True)
                if term is not None
            }
            for row in self.rows
        ]


def stored_query(name: str) -> queries.StoredQuery:
    """Return a stored query, or raise `UnknownName` with the names there are."""
    try:
        return queries.stored_query(name)
    except queries.UnknownQuery as error:
        known = (*queries.catalogue(), *queries.competency_catalogue())
        raise UnknownName(name, known) from error


def bound(query: queries.StoredQuery, values: Mapping[str, str]) -> str:
    """Return the SPARQL of a stored query with values, or raise `BadParameter`."""
    try:
        return query.bound(values)
    except queries.MissingValue as error:
        raise BadParameter(str(error.args[0]), "", Text("eine Angabe", "a value")) from error
    except queries.BadValue as error:
        expected = ", ".join(error.expected) or "–"
        raise BadParameter(error.name, error.value, Text(expected, expected)) from error


def run_stored(store: Store, name: str, values: Mapping[str, str] | None = None) -> Table:
    """Return the answer of a stored query as a table; columns appear as the query selects them."""
    query = stored_query(name)
    return run_select(store, bound(query, values or {}))


def run_select(store: Store, query: str) -> Table:
    """Return the answer of a SELECT query as a table."""
    columns, rows = store.select_table(query)
    return Table(tuple(columns), tuple(tuple(row) for row in rows))
