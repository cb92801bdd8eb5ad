"""A wrong cell of a reference table is told with table, row and column in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from pyoxigraph import Quad

from kg import reference
from kg.dataset import Dataset
from kg.errors import ReferenceInvalid
from kg.language import Text
from kg.reference import _described, put_reference
from ontology.errors import ReferenceTableCode, ReferenceTableError
from ontology.namespaces import ONTOLOGY_GRAPH, reference_graph
from ontology.reference import reference_tables, table_quads

CODES: tuple[ReferenceTableCode, ...] = get_args(ReferenceTableCode)
GOALS = "code,label_de,label_en,summary_de,summary_en\n"
LADDER = "id,rank,label_de,label_en,definition_de,definition_en,source,evidence\n"


def told(table: str, text: str) -> Text:
    """Return what people are told of a table that is wrong."""
    with pytest.raises(ReferenceTableError) as caught:
        table_quads(table, text)
    return _described(caught.value)


def failure(code: ReferenceTableCode) -> ReferenceTableError:
    return ReferenceTableError(code, "it is wrong", "Mend it.", table="probe")


@pytest.mark.parametrize("code", CODES)
def test_every_mistake_has_a_german_sentence_of_its_own(code: ReferenceTableCode) -> None:
    others = {_described(failure(other)).de for other in CODES if other != code}
    assert _described(failure(code)).de not in others


@pytest.mark.parametrize(
    ("table", "text", "german", "english"),
    [
        (
            "sdg_goals",
            GOALS + "18,Mehr,More,Satz,Sentence\n",
            "sdg_goals.csv, Zeile 2, Spalte »code«: hier gehört eine Zahl",
            "table 'sdg_goals', row 2, column 'code'",
        ),
        (
            "sdg_goals",
            GOALS + "1,,More,Satz,Sentence\n",
            "sdg_goals.csv, Zeile 2, Spalte »label_de«: die Zelle darf nicht leer sein",
            "table 'sdg_goals', row 2, column 'label_de'",
        ),
        (
            "sdg_goals",
            GOALS + "1,A,B,C,D\n1,A,B,C,D\n",
            "sdg_goals.csv, Zeile 3, Spalte »code«: diese Kennung kommt zweimal vor",
            "table 'sdg_goals', row 3, column 'code'",
        ),
        (
            "sdg_goals",
            GOALS + "1,A,B\n",
            "sdg_goals.csv, Zeile 2: die Zeile hat zu viele oder zu wenige Zellen",
            "table 'sdg_goals', row 2:",
        ),
        (
            "sdg_goals",
            "code,label_de\n1,A\n",
            "sdg_goals.csv, Zeile 1, Spalte »label_en«: diese Spalte fehlt",
            "table 'sdg_goals', row 1, column 'label_en'",
        ),
        (
            "r_strategies",
            LADDER + "R0,0,A,B,C,D,keine,page\n",
            "r_strategies.csv, Zeile 2, Spalte »source«: hier gehört eine Internetadresse",
            "table 'r_strategies', row 2, column 'source'",
        ),
        ("farben", "", "farben.csv: diese Tabelle gibt es nicht.", "table 'farben':"),
    ],
    ids=["number", "empty", "repeated", "cells", "column", "address", "table"],
)
def test_wrong_cell_is_told_with_its_place_in_both_languages(
    table: str, text: str, german: str, english: str
) -> None:
    sentence = told(table, text)
    assert (sentence.de[: len(german)], sentence.en[: len(english)]) == (german, english)


@pytest.mark.parametrize(("language", "found"), [("de", "(steht da: »18«)"), ("en", "'18'")])
def test_wrong_cell_is_told_with_what_stands_there(language: str, found: str) -> None:
    sentence = told("sdg_goals", GOALS + "18,Mehr,More,Satz,Sentence\n")
    assert found in (sentence.de if language == "de" else sentence.en)


def test_empty_cell_is_told_without_a_value() -> None:
    assert "steht da" not in told("sdg_goals", GOALS + "1,,More,Satz,Sentence\n").de


def test_draft_with_a_wrong_table_is_refused_for_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(table: str) -> list[Quad]:
        return table_quads(table, "farbe\nbraun\n")

    monkeypatch.setattr(reference, "reference_quads", broken)
    with Dataset(tmp_path).fresh_draft() as draft, pytest.raises(ReferenceInvalid) as caught:
        put_reference(draft)
    assert caught.value.text.de.startswith("ce_sdg_links.csv, Zeile 1")


def test_draft_holds_the_ontology_and_every_table(tmp_path: Path) -> None:
    with Dataset(tmp_path).fresh_draft() as draft:
        put_reference(draft)
        graphs = set(draft.store.graph_names())
    assert graphs >= {ONTOLOGY_GRAPH, *(reference_graph(table) for table in reference_tables())}
