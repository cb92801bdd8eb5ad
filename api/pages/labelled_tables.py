"""Put labels in place of the bare IRIs of a table."""

from __future__ import annotations

from dataclasses import replace

from api.pages.things import short_form, words_for
from api.tables import Cell, PeopleTable
from kg.labels import short_name
from kg.language import Language
from kg.store import Store


def labelled_table(table: PeopleTable, store: Store, language: Language, most: int) -> PeopleTable:
    """Return a table with labels in its first rows, short forms where a thing has no label."""
    shown = table.rows[:most]
    bare = {cell.iri for row in shown for cell in row if _is_bare(cell)}
    if not bare:
        return table
    words = words_for(store, bare, language)

    def named(cell: Cell) -> Cell:
        if not _is_bare(cell):
            return cell
        label = words[cell.iri]
        return replace(cell, text=label if label != short_name(cell.iri) else short_form(cell.iri))

    rows = tuple(tuple(named(cell) for cell in row) for row in shown)
    return replace(table, rows=rows + table.rows[most:])


def _is_bare(cell: Cell) -> bool:
    return bool(cell.iri) and cell.text in (short_name(cell.iri), cell.iri)
