"""A wrong cell of a reference table is refused with its place and with what to do."""

from __future__ import annotations

import pytest

from ontology.codes import shipped_keys
from ontology.errors import ReferenceTableError
from ontology.heading_table import read_headings
from ontology.namespaces import SKOS
from ontology.reference import reference_quads, table_quads

INSTRUMENT = (
    "id,label_de,label_en,instrument_class,r_strategies,value_chains,economic_development_role,"
    "role_note_de,note_de,example_de,sdg_targets,sdg_evidence,source,evidence\n"
)
LINK = (
    "id,subject_type,subject_id,subject_label_de,subject_label_en,sdg_target,relation,strength,"
    "rationale_de,rationale_en,source,source_note,evidence\n"
)
THESAURUS = (
    "id,kind,pref_de,pref_en,alt_de,alt_en,hidden_de,hidden_en,not_meant_de,not_meant_en,broader,"
    "related,r_strategies,fields,instruments,sdg_targets,evidence,source,eurovoc,gemet,"
    "shared_labels\n"
)
GOOD = "a,Wort,word,data,R1,quer,lead,,,,12.5,expert,,expert\n"
CONCEPT = "a,topic,Wort,word,,,,,,,,,,,,,expert,,,,\n"

BROKEN = {
    "missing column": (
        "instruments",
        INSTRUMENT.replace("label_en,", "") + GOOD,
        ("missing-column", 1, "label_en"),
    ),
    "unknown column": ("instruments", "colour," + INSTRUMENT, ("unknown-column", 1, "colour")),
    "column twice": (
        "value_chains",
        "id,id,label_de,label_en,definition_de,definition_en\n",
        ("unknown-column", 1, "id"),
    ),
    "duplicate id": ("instruments", INSTRUMENT + GOOD + GOOD, ("duplicate-id", 3, "id")),
    "empty label": (
        "instruments",
        INSTRUMENT + GOOD.replace("Wort", " "),
        ("empty-cell", 2, "label_de"),
    ),
    "unknown target": (
        "instruments",
        INSTRUMENT + GOOD.replace("12.5", "12.99"),
        ("unknown-sdg", 2, "sdg_targets"),
    ),
    "unknown R-strategy": (
        "instruments",
        INSTRUMENT + GOOD.replace("R1", "R11"),
        ("unknown-r-strategy", 2, "r_strategies"),
    ),
    "unknown class": (
        "instruments",
        INSTRUMENT + GOOD.replace("data", "magic"),
        ("unknown-code", 2, "instrument_class"),
    ),
    "comma in a cell": (
        "instruments",
        INSTRUMENT + GOOD.replace("Wort", "Wort, Wort"),
        ("bad-row", 2, ""),
    ),
    "source that is no address": (
        "instruments",
        INSTRUMENT + GOOD.replace("expert,,expert", "expert,Rathaus,expert"),
        ("bad-url", 2, "source"),
    ),
    "declared without source": (
        "ce_sdg_links",
        LINK + "l,field,bau,Bau,building,12.5,direct,2,weil,because,,,official\n",
        ("missing-source", 2, "source"),
    ),
    "strength out of bounds": (
        "ce_sdg_links",
        LINK + "l,field,bau,Bau,building,12.5,direct,7,weil,because,,,expert\n",
        ("bad-number", 2, "strength"),
    ),
    "strength in words": (
        "ce_sdg_links",
        LINK + "l,field,bau,Bau,building,12.5,direct,viel,weil,because,,,expert\n",
        ("bad-number", 2, "strength"),
    ),
    "two targets in one link": (
        "ce_sdg_links",
        LINK + "l,field,bau,Bau,building,12.5;12.2,direct,2,weil,because,,,expert\n",
        ("unknown-sdg", 2, "sdg_target"),
    ),
    "unknown relation": (
        "ce_sdg_links",
        LINK + "l,field,bau,Bau,building,12.5,vague,2,weil,because,,,expert\n",
        ("unknown-code", 2, "relation"),
    ),
    "label on two concepts": (
        "thesaurus",
        THESAURUS + CONCEPT + "b,topic,WORT,other,,,,,,,,,,,,,expert,,,,\n",
        ("label-on-two-concepts", 3, "pref_de"),
    ),
    "label that is not meant": (
        "thesaurus",
        THESAURUS + "a,topic,Wort,word,,,,,wort,,,,,,,,expert,,,,\n",
        ("label-not-meant", 2, "not_meant_de"),
    ),
    "broader cycle": (
        "thesaurus",
        THESAURUS
        + "a,topic,Wort,word,,,,,,,b,,,,,,expert,,,,\n"
        + "b,topic,Name,name,,,,,,,a,,,,,,expert,,,,\n",
        ("broader-cycle", 2, "broader"),
    ),
    "broader that does not exist": (
        "thesaurus",
        THESAURUS + "a,topic,Wort,word,,,,,,,zz,,,,,,expert,,,,\n",
        ("unknown-code", 2, "broader"),
    ),
    "concept without any tie": (
        "thesaurus",
        THESAURUS
        + CONCEPT
        + "b,topic,Name,name,,,,,,,a,,,,,,expert,,,,\n"
        + "c,topic,Ding,thing,,,,,,,,,,,,,expert,,,,\n",
        ("orphan-concept", 4, "broader"),
    ),
    "alternative label in one language": (
        "thesaurus",
        THESAURUS + "a,topic,Wort,word,Vokabel,,,,,,,,,,,,expert,,,,\n",
        ("empty-cell", 2, "alt_en"),
    ),
    "match without relation": (
        "thesaurus",
        THESAURUS + "a,topic,Wort,word,,,,,,,,,,,,,expert,,1158,,\n",
        ("bad-match", 2, "eurovoc"),
    ),
    "match with a number of no such kind": (
        "thesaurus",
        THESAURUS + "a,topic,Wort,word,,,,,,,,,,,,,expert,,,exact:c_1138d9d2,\n",
        ("bad-match", 2, "gemet"),
    ),
    "shared label without a reason": (
        "thesaurus",
        THESAURUS + "a,topic,Wort,word,,,,,,,,,,,,,expert,,,,Wort = nur so\n",
        ("shared-label-without-reason", 2, "shared_labels"),
    ),
    "weight above one": (
        "thesaurus",
        THESAURUS + "a,topic,Wort,word,,,,,,,,,,,,12.5:1.7,expert,,,,\n",
        ("bad-number", 2, "sdg_targets"),
    ),
    "target of a thesaurus concept": (
        "thesaurus",
        THESAURUS + "a,topic,Wort,word,,,,,,,,,,,,12.77:0.7,expert,,,,\n",
        ("unknown-sdg", 2, "sdg_targets"),
    ),
    "target below another goal": (
        "sdg_targets",
        "code,goal,label_de,label_en,summary_de,summary_en\n12.5,11,a,b,c,d\n",
        ("unknown-sdg", 2, "code"),
    ),
    "goal out of bounds": (
        "sdg_goals",
        "code,label_de,label_en,summary_de,summary_en\n18,a,b,c,d\n",
        ("bad-number", 2, "code"),
    ),
    "code of no indicator": (
        "sdg_indicators",
        "permanent_code,numbers,targets,label_de,label_en,summary_de,summary_en,framework_state,"
        "code_source\nX1,12.5.1,12.5,a,b,c,d,2019-12,https://example.org/\n",
        ("unknown-sdg", 2, "permanent_code"),
    ),
    "day that does not exist": (
        "frameworks",
        "id,label_de,label_en,kind,level,issuer,date_text,valid_from,identifier,status_de,"
        "status_en,status_as_of,superseded_by,key_figures_de,relevance_de,sdg_targets,"
        "sdg_evidence,source,evidence\n"
        "f,Recht,law,law,eu,EU,,2026-02-30,,,,2026-11-22,,,,12.5,expert,,expert\n",
        ("bad-date", 2, "valid_from"),
    ),
    "table that does not exist": ("colours", "", ("unknown-table", 0, "")),
}


@pytest.mark.parametrize("case", BROKEN, ids=list(BROKEN))
def test_broken_table_names_the_place(case: str) -> None:
    table, text, (code, row, column) = BROKEN[case]
    with pytest.raises(ReferenceTableError) as caught:
        table_quads(table, text)
    error = caught.value
    assert (error.table, error.code, error.row, error.column) == (table, code, row, column)
    assert error.reason
    assert error.fix.endswith(".")
    assert table in str(error)


def test_message_names_row_column_value_and_fix() -> None:
    with pytest.raises(ReferenceTableError) as caught:
        table_quads("instruments", INSTRUMENT + GOOD.replace("12.5", "12.99"))
    assert str(caught.value) == (
        "table 'instruments', row 2, column 'sdg_targets': '12.99' is no SDG goal or target"
        " (found: '12.99'). Use a code such as 12 or 12.5; separate several with semicolons."
    )


def test_good_rows_are_taken_with_byte_order_mark_and_empty_lines() -> None:
    assert table_quads("instruments", "\ufeff" + INSTRUMENT + "\n" + GOOD + ",,,\n")


def test_range_of_r_strategies_stands_for_all_of_them() -> None:
    quads = table_quads("instruments", INSTRUMENT + GOOD.replace("R1", "R2-R4"))
    levels = [q.object.value[-2:] for q in quads if q.predicate.value.endswith("typicalRStrategy")]
    assert levels == ["R2", "R3", "R4"]


def test_range_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ReferenceTableError, match="R4-R2"):
        table_quads("instruments", INSTRUMENT + GOOD.replace("R1", "R4-R2"))


def test_star_stands_for_all_goals() -> None:
    quads = table_quads("instruments", INSTRUMENT + GOOD.replace("12.5", "*"))
    assert sum(q.predicate.value.endswith("linkTarget") for q in quads) == 17


def test_key_of_another_table_is_suggested() -> None:
    row = "a,topic,Wort,word,,,,,,,,,,,gov-strategi,,expert,,,,\n"
    with pytest.raises(ReferenceTableError) as caught:
        table_quads("thesaurus", THESAURUS + row)
    assert "gov-strategie" in caught.value.fix
    assert "gov-strategie" in shipped_keys("instruments")


def test_key_that_resembles_none_gets_general_advice() -> None:
    row = "a,topic,Wort,word,,,,,,,,,,,zzzzzzzzzzzz,,expert,,,,\n"
    with pytest.raises(ReferenceTableError) as caught:
        table_quads("thesaurus", THESAURUS + row)
    assert caught.value.fix == "Use the key of a row that exists."


def test_a_label_may_stand_twice_for_a_stated_reason() -> None:
    rows = (
        "a,topic,Bank,bench,,,,,,,,b,,,,,expert,,,,\n"
        "b,topic,Geldinstitut,bank,,,Bank,,,,,,,,,,expert,,,,Bank = zwei Dinge | two things\n"
    )
    notes = {
        quad.object.language: quad.object.value
        for quad in table_quads("thesaurus", THESAURUS + rows)
        if quad.predicate.value == SKOS.editorialNote
    }
    assert notes["de"].endswith("steht auch bei einem anderen Begriff: zwei Dinge")
    assert notes["en"].endswith("stands with another concept too: two things")


def test_matches_lead_to_the_other_thesauri() -> None:
    row = "a,topic,Recycling,recycling,,,,,,,,,,,,,expert,,exact:2947;broad:1158,close:7015,\n"
    found = {
        (quad.predicate.value, quad.object.value)
        for quad in table_quads("thesaurus", THESAURUS + row)
        if quad.predicate.value.endswith("Match")
    }
    assert found == {
        (SKOS.exactMatch, "http://eurovoc.europa.eu/2947"),
        (SKOS.broadMatch, "http://eurovoc.europa.eu/1158"),
        (SKOS.closeMatch, "http://www.eionet.europa.eu/gemet/concept/7015"),
    }


def test_target_without_weight_gets_no_confidence() -> None:
    row = "a,topic,Wort,word,,,,,,,,,,,,12.5,expert,,,,\n"
    quads = table_quads("thesaurus", THESAURUS + row)
    assert not any(quad.predicate.value.endswith("confidence") for quad in quads)


def test_text_of_one_target_proves_the_link_to_that_target_only() -> None:
    source = "http://metadata.un.org/sdg/12.5"
    row = f"a,topic,Wort,word,,,,,,,,,,,,12.5:0.9;12.2:0.4,official,{source},,,\n"
    status = {
        quad.subject.value.rsplit("-", 1)[1]: quad.object.value.rsplit("/", 1)[1]
        for quad in table_quads("thesaurus", THESAURUS + row)
        if quad.predicate.value.endswith("reviewStatus")
    }
    assert status == {"12.5": "declared", "12.2": "proposed"}


def test_unknown_shipped_table_is_refused() -> None:
    with pytest.raises(ReferenceTableError, match="colours"):
        reference_quads("colours")


def test_heading_of_two_fields_is_refused() -> None:
    text = "normalized_field,heading,language,layout\ntitle,Titel,de,any\nfield,titel,de,any\n"
    with pytest.raises(ReferenceTableError, match="row 3"):
        read_headings(text)
