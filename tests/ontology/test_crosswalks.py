"""Crosswalks are complete SSSOM, agree with the graph, and state no fact but declared alignment."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest
import yaml
from pyoxigraph import Quad

from ontology.crosswalk_ends import ends
from ontology.crosswalk_files import COLUMNS, EXTENSIONS, Crosswalk, read_crosswalk
from ontology.errors import ReferenceTableError
from ontology.namespaces import KS, RDF, RDFS, SKOS, SSSOM, scheme, sdg
from ontology.reference import all_reference_quads, ontology_quads, reference_quads, table_quads
from ontology.tables import shipped_crosswalks, shipped_table, table_file

NAMES = shipped_crosswalks()
SAMPLE = "crosswalk-taxonomy-esrs"


@pytest.fixture(scope="module")
def crosswalks() -> list[Crosswalk]:
    return [read_crosswalk(name, shipped_table(name)) for name in NAMES]


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    return [quad for name in NAMES for quad in reference_quads(name)]


def _objects(quads: list[Quad], predicate: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate.value == predicate:
            found.setdefault(quad.subject.value, set()).add(quad.object.value)
    return found


def test_there_is_a_set_for_every_pair_of_frames() -> None:
    assert [name.removeprefix("crosswalk-") for name in NAMES] == [
        "esrs-sdg",
        "indicator-un",
        "instrument-type-sdg",
        "r-strategy-esrs",
        "r-strategy-taxonomy",
        "taxonomy-esrs",
        "taxonomy-sdg",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_head_is_complete_and_free_to_use(name: str) -> None:
    text = shipped_table(name)
    head = yaml.safe_load("\n".join(x[1:] for x in text.splitlines() if x.startswith("#")))
    assert head["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert {entry["slot_name"] for entry in head["extension_definitions"]} == set(EXTENSIONS)
    assert {"curie_map", "mapping_set_id", "mapping_set_version"} <= set(head)
    assert {"mapping_set_title", "mapping_set_title_de"} <= set(head)


@pytest.mark.parametrize("name", NAMES)
def test_file_is_plain_text_that_every_reader_of_the_standard_takes(name: str) -> None:
    raw = files("ontology").joinpath("reference", table_file(name)).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw


def test_every_row_says_who_why_when_and_how_sure(crosswalks: list[Crosswalk]) -> None:
    for crosswalk in crosswalks:
        for row in crosswalk.rows:
            assert all(row.text(column) for column in COLUMNS)
            assert 0 < float(row.text("confidence")) <= 1
            assert row.text("comment") != row.text("comment_de")


def test_labels_in_the_rows_are_those_of_the_graph() -> None:
    labels: dict[tuple[str, str | None], str] = {}
    for quad in [*all_reference_quads(), *ontology_quads()]:
        if quad.predicate.value in {RDFS.label, SKOS.prefLabel}:
            labels[quad.subject.value, getattr(quad.object, "language", None)] = quad.object.value
    for iri, end in ends().items():
        assert (labels[iri, "de"], labels[iri, "en"]) == (end.german, end.english)


def test_no_pair_is_stated_twice_in_the_reference_tables(quads: list[Quad]) -> None:
    everything = all_reference_quads()
    source, target = _objects(everything, KS.linkSource), _objects(everything, KS.linkTarget)
    pairs = Counter(frozenset(source[link] | target[link]) for link in source)
    own = {quad.subject.value for quad in quads if quad.object.value == KS.ReferenceLink}
    assert [link for link in own if pairs[frozenset(source[link] | target[link])] != 1] == []


def test_only_rows_with_a_source_are_declared(crosswalks: list[Crosswalk]) -> None:
    states = [
        (row.text("review_status"), bool(row.text("source")))
        for crosswalk in crosswalks
        for row in crosswalk.rows
    ]
    assert Counter(states) == {("proposed", False): 267, ("declared", True): 20}


def test_row_is_a_link_in_our_terms_and_a_mapping_in_those_of_the_standard(
    quads: list[Quad],
) -> None:
    node = scheme("reference-link", "taxonomy-esrs-taxonomie-4-esrs-e5")
    subject, target = (scheme("framework-aim", code) for code in ("taxonomie-4", "esrs-e5"))
    assert _objects(quads, RDF.type)[node] == {KS.ReferenceLink, SSSOM.Mapping}
    for source_term, target_term in (
        (KS.linkSource, KS.linkTarget),
        (SSSOM.subject_id, SSSOM.object_id),
    ):
        assert _objects(quads, source_term)[node] == {subject}
        assert _objects(quads, target_term)[node] == {target}
    assert _objects(quads, SSSOM.predicate_id)[node] == {SKOS.closeMatch}
    assert node in _objects(quads, SSSOM.mappings)[scheme("crosswalk", "taxonomy-esrs")]


def test_row_never_becomes_a_fact_but_for_an_indicator_that_is_the_uns_own(
    quads: list[Quad],
) -> None:
    node = scheme("reference-link", "")
    facts = {q.predicate.value for q in quads if not q.subject.value.startswith(node)}
    about_the_set = {RDF.type, RDFS.label, SKOS.prefLabel, SSSOM.mappings}
    assert {term for term in facts if term.startswith(KS.base)} == {KS.alignsWithSdgIndicator}
    assert about_the_set <= facts
    assert {q.predicate.value for q in quads} & {KS.correspondsTo, SKOS.closeMatch} == set()
    aligned = _objects(quads, KS.alignsWithSdgIndicator)
    assert len(aligned) == 7
    assert aligned[scheme("indicator", "sdg-12.2.1")] == {sdg("C200202")}


def test_un_indicator_is_no_target_of_a_reference_link(quads: list[Quad]) -> None:
    rows = _objects(reference_quads("crosswalk-indicator-un"), RDF.type)
    kinds = {frozenset(kinds) for iri, kinds in rows.items() if "/reference-link/" in iri}
    assert kinds == {frozenset({KS.Link, SSSOM.Mapping})}


def _changed(old: str, new: str) -> str:
    text = shipped_table(SAMPLE)
    assert old in text
    return text.replace(old, new, 1)


BROKEN = {
    "head that is no YAML": ("#curie_map:", "#: : [", "bad-header", ""),
    "no title": ("#mapping_set_title:", "#title:", "bad-header", "mapping_set_title"),
    "no prefixes": ("#curie_map:", "#map:", "bad-header", "curie_map"),
    "slot not defined": ("slot_name: strength", "slot_name: x", "bad-header", "strength"),
    "other address": ("crosswalk/taxonomy-esrs", "crosswalk/x", "bad-header", "mapping_set_id"),
    "unknown prefix": ("\taim:taxonomie-1", "\tgoal:taxonomie-1", "unknown-code", "subject_id"),
    "no such thing": ("\taim:taxonomie-1", "\taim:taxonomie-9", "unknown-code", "subject_id"),
    "key of no link": ("\nlink:", "\naim:", "unknown-code", "record_id"),
    "other label": ("\tClimate change\t", "\tClimate\t", "label-differs", "object_label"),
    "both sides the same": ("\taim:esrs-e1", "\taim:taxonomie-1", "duplicate-id", "object_id"),
    "pair twice": ("\taim:taxonomie-2", "\taim:taxonomie-1", "duplicate-id", "object_id"),
    "unknown predicate": ("skos:broadMatch", "skos:related", "unknown-code", "predicate_id"),
    "unknown justification": (
        "\tsemapv:Manual",
        "\tsemapv:X",
        "unknown-code",
        "mapping_justification",
    ),
    "confidence above one": ("\t0.9\t", "\t1.9\t", "bad-number", "confidence"),
    "declared without source": ("\tproposed\t", "\tdeclared\t", "missing-source", "source"),
    "source without declaration": (
        "\tproposed\t\t",
        "\tproposed\thttps://example.org/\t",
        "unknown-code",
        "source",
    ),
    "confirmed by nobody": ("\tproposed\t", "\tconfirmed\t", "empty-cell", "reviewer_label"),
    "day that does not exist": ("2026-11-22", "2026-11-31", "bad-date", "mapping_date"),
}


@pytest.mark.parametrize("case", BROKEN, ids=list(BROKEN))
def test_broken_crosswalk_names_the_place(case: str) -> None:
    old, new, code, column = BROKEN[case]
    with pytest.raises(ReferenceTableError) as caught:
        table_quads(SAMPLE, _changed(old, new))
    error = caught.value
    assert (error.table, error.code, error.column) == (SAMPLE, code, column)
    assert error.fix.endswith(".")


def test_file_without_a_head_is_refused() -> None:
    with pytest.raises(ReferenceTableError, match="the head is missing"):
        table_quads(SAMPLE, "record_id\tsubject_id\n")


def test_error_names_the_row_as_a_spreadsheet_counts_it() -> None:
    text = _changed("\t0.9\t", "\t1.9\t")
    with pytest.raises(ReferenceTableError) as caught:
        table_quads(SAMPLE, text)
    assert "\t1.9\t" in text.splitlines()[caught.value.row - 1]


def test_pair_turned_around_is_the_same_pair() -> None:
    text = shipped_table(SAMPLE)
    row = next(line for line in text.splitlines() if line.startswith("link:")).split("\t")
    heading = next(line for line in text.splitlines() if line.startswith("record_id")).split("\t")
    turned = dict(zip(heading, row, strict=True))
    for end in ("id", "label", "label_de"):
        turned[f"subject_{end}"], turned[f"object_{end}"] = (
            turned[f"object_{end}"],
            turned[f"subject_{end}"],
        )
    turned["record_id"] = "link:another"
    with pytest.raises(ReferenceTableError, match="already connects these two"):
        table_quads(SAMPLE, text + "\t".join(turned.values()) + "\n")


def test_row_that_ends_at_no_aim_is_to_be_turned_around() -> None:
    text = shipped_table("crosswalk-indicator-un").replace("sdg:C110601", "indicator:kom-bio", 1)
    label = "City waste collected and properly handled"
    text = text.replace(label, "Separately collected bio-waste per capita", 1)
    german = ends()[sdg("C110601")].german
    text = text.replace(german, ends()[scheme("indicator", "kom-bio")].german, 1)
    with pytest.raises(ReferenceTableError, match="Swap subject and object"):
        table_quads("crosswalk-indicator-un", text)


def test_confirmed_row_names_its_reviewer() -> None:
    text = _changed("\tKreislaufstadt\t\t", "\tKreislaufstadt\tUmweltamt\t")
    text = text.replace("\tproposed\t", "\tconfirmed\t", 1)
    quads = table_quads(SAMPLE, text)
    assert {q.object.value for q in quads if q.predicate.value == SSSOM.reviewer_label} == {
        "Umweltamt"
    }
