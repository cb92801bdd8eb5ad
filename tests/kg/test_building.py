"""A build publishes all or nothing, and remembers what it was built from."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg import building
from kg.access import Grant, Role
from kg.building import Built
from kg.dataset import Dataset, Draft
from kg.embedded import EmbeddedStore
from kg.errors import BadParameter, NoDataset, ShapeViolated
from kg.findings import Place
from kg.language import Text
from kg.matching.thesaurus import Thesaurus
from kg.matching.unchanged import says_the_same
from kg.reviewing import Journal, Verdict
from kg.reviewing.desk import Choice, Desk, Order
from kg.sources import Loaded, SourceRecord
from ontology.namespaces import INFERRED_GRAPH, PROPOSED_GRAPH, REVIEWED_GRAPH, source_graph
from tests.conftest import turtle
from tests.remembering import forget

pytestmark = pytest.mark.usefixtures("few_concepts")

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CITY = "https://w3id.org/kreislaufstadt/id/05515000"
GRAPH = source_graph("05515000", "probe")
TOWN = f"""
<{CITY}> a ks:Municipality ; ks:ags "05515000" ; rdfs:label "Münster"@de .
<{CITY}/document/probe> a ks:MunicipalConcept ; rdfs:label "Abfallkonzept"@de ;
  ks:forMunicipality <{CITY}> ; ks:setsAim <{CITY}/goal/1> ;
  ks:conceptType <https://w3id.org/kreislaufstadt/scheme/concept-type/abfallwirtschaftskonzept> ;
  dcterms:source <https://example.org/konzept> .
<{CITY}/goal/1> a ks:Goal ; rdfs:label "Abfälle vermeiden und wiederverwenden"@de ;
  dcterms:identifier "1" ; dcterms:source <https://example.org/konzept> .
<{CITY}/document/plan> a ks:ActionPlan ; rdfs:label "Plan"@de ; ks:forMunicipality <{CITY}> ;
  ks:hasMeasure <{CITY}/measure/1> ; dcterms:source <https://example.org/plan> .
<{CITY}/measure/1> a ks:Measure ; rdfs:label "Repair-Café mit Reparaturbonus"@de ;
  dcterms:description "Defekte Geräte werden repariert statt weggeworfen."@de ;
  dcterms:identifier "1" .
"""


def source(text: str, graph: str = GRAPH) -> Loaded:
    record = SourceRecord(graph, "rdf", "Probe", "sample", "probe.ttl", "0" * 64, "05515000")
    place = {f"{CITY}/measure/1": Place("probe.ttl", row=12)}
    return Loaded(record, turtle(text), 1, {"measures": 1}, places=place)


def quiet(_german: str, _english: str) -> None:
    """Take a step's name and say nothing."""


def build(dataset: Dataset, text: str = TOWN) -> Built:
    return building.build(dataset, [source(text)], NOON, step=quiet)


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return Dataset(tmp_path / "data")


@pytest.fixture(scope="module")
def built_once(few_concepts: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("built") / "data"
    with pytest.MonkeyPatch.context() as patch:
        forget(patch)
        build(Dataset(root))
    return root


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Dataset:
    """Give a dataset of one's own that holds the town already."""
    return Dataset(Path(shutil.copytree(built_once, tmp_path / "built")))


@pytest.fixture
def small(dataset: Dataset) -> Dataset:
    """Give a dataset that holds no more than the town's name."""
    with dataset.fresh_draft() as draft:
        loaded = source(f"<{CITY}> rdfs:label 'Münster'@de .")
        draft.put_source(replace(loaded.record, at="2026-11-22T12:00:00Z"), loaded.quads)
        dataset.publish(draft)
    return dataset


def test_a_build_holds_reference_source_inferred_and_proposed(built: Dataset) -> None:
    names = built.current().open().graph_names()
    wanted = {GRAPH, INFERRED_GRAPH, PROPOSED_GRAPH}
    assert wanted <= set(names)
    assert any("/graph/reference/sdg_targets" in name for name in names)


def test_a_repair_measure_is_proposed_for_waste_prevention(built: Dataset) -> None:
    store = built.current().open()
    assert store.ask(
        "PREFIX ks: <https://w3id.org/kreislaufstadt/ontology#>"
        f"ASK {{ GRAPH <{PROPOSED_GRAPH}> {{ ?i ks:interfaceSource <{CITY}/measure/1> ;"
        " ks:interfaceTarget <http://metadata.un.org/sdg/12.5> ; ks:hasEvidence ?e } }"
    )


def test_a_proposal_supports_nothing(built: Dataset) -> None:
    store = built.current().open()
    assert not store.ask(
        "PREFIX ks: <https://w3id.org/kreislaufstadt/ontology#> ASK { ?x ks:supportsAim ?y }"
    )


@pytest.mark.usefixtures("afresh")
def test_the_same_sources_give_the_same_generation(built: Dataset, dataset: Dataset) -> None:
    assert build(dataset).generation.name == built.current().name


def test_a_violation_publishes_nothing_and_tells_the_place(dataset: Dataset) -> None:
    broken = TOWN.replace('rdfs:label "Repair-Café mit Reparaturbonus"@de ;', "")
    with pytest.raises(ShapeViolated) as caught:
        build(dataset, broken)
    assert [f.place.row for f in caught.value.findings if f.severity == "violation"] == [12]
    with pytest.raises(NoDataset):
        dataset.current()


def test_a_failed_addition_leaves_the_dataset_as_it_was(built: Dataset) -> None:
    before = built.current().name
    broken = TOWN.replace('rdfs:label "Repair-Café mit Reparaturbonus"@de ;', "")
    with pytest.raises(ShapeViolated):
        building.add(built, [source(broken)], NOON, step=quiet)
    assert built.current().name == before


def test_an_addition_replaces_the_source_of_the_same_name(built: Dataset) -> None:
    changed = TOWN.replace("Repair-Café mit Reparaturbonus", "Leihladen")
    store = building.add(built, [source(changed)], NOON, step=quiet).generation.open()
    labels = {row["l"].value for row in store.select(f"SELECT ?l {{ <{CITY}/measure/1> ?p ?l }}")}
    assert "Leihladen" in labels
    assert "Repair-Café mit Reparaturbonus" not in labels


def test_an_addition_draws_the_conclusions_of_a_fresh_build(
    built: Dataset, dataset: Dataset
) -> None:
    changed = TOWN.replace("ks:setsAim", "ks:hasComponent")
    anew = build(dataset, changed).generation.open().graph(INFERRED_GRAPH)
    added = building.add(built, [source(changed)], NOON, step=quiet).generation
    assert set(added.open().graph(INFERRED_GRAPH)) == set(anew)
    assert added.rules


def review_first_proposal(dataset: Dataset) -> str:
    generation = dataset.current()
    desk = Desk(generation, generation.open(), Journal(dataset.root))
    link = desk.entries(Choice())[0].link.iri
    reviewer = Grant("aaaaaaaa", "Umweltamt", Role.REVIEWER, "05515000", NOON)
    desk.decide(Order(link, Verdict.REJECT, "Passt nicht.", "de"), reviewer, NOON)
    return link


@pytest.mark.parametrize("anew", [building.build, building.add], ids=["build", "load"])
def test_reviews_outlive_a_build_and_a_load_and_are_not_proposed_again(
    built: Dataset, anew: Callable[..., Built]
) -> None:
    link = NamedNode(review_first_proposal(built))
    store = anew(built, [source(TOWN)], NOON, step=quiet).generation.open()
    assert link in {quad.subject for quad in store.graph(REVIEWED_GRAPH)}
    assert link not in {quad.subject for quad in store.graph(PROPOSED_GRAPH)}


@pytest.mark.parametrize(
    ("statement", "is_same"),
    [
        ("<urn:a> rdfs:label 'a' .", True),
        ("<urn:a> ks:confidence 0.5 ; dcterms:source <urn:b> .", True),
        ("ksc:probe skos:altLabel 'anders'@de .", False),
        ("<urn:a> a ks:ThesaurusConcept .", False),
        ("<urn:link> ks:confidence 0.5 .", False),
        ("<urn:a> ks:linkSource ksc:probe .", False),
    ],
)
def test_a_thesaurus_is_read_again_when_a_change_can_be_about_it(
    statement: str, is_same: bool
) -> None:
    held = turtle(
        "ksc:probe a ks:ThesaurusConcept ; skos:prefLabel 'Probe'@de ."
        "<urn:link> ks:linkSource ksc:probe ; ks:linkTarget sdg:12.5 ."
    )
    thesaurus = Thesaurus.read(EmbeddedStore.in_memory(held))
    changed = turtle(statement)
    store = EmbeddedStore.in_memory([*held, *changed])
    assert says_the_same(thesaurus, changed, store.engine) is is_same
    if is_same:
        assert Thesaurus.read(store) == thesaurus


def test_nothing_can_be_added_before_a_build(dataset: Dataset) -> None:
    with pytest.raises(NoDataset):
        building.add(dataset, [source(TOWN)], NOON, step=quiet)


def test_provenance_names_file_checksum_and_time(built: Dataset) -> None:
    store = built.current().open()
    facts = {
        row["p"].value.rsplit("/", 1)[-1]: row["o"].value
        for row in store.select(f"SELECT ?p ?o {{ <{GRAPH}> ?p ?o }}")
    }
    assert facts["source"] == "probe.ttl"
    assert facts["identifier"] == "sha256:" + "0" * 64
    assert store.ask(f'ASK {{ <{GRAPH}#load> ?p ?t FILTER(STR(?t) = "2026-11-22T12:00:00Z") }}')


def test_a_source_keeps_the_time_at_which_it_entered(small: Dataset) -> None:
    later = datetime(2026, 11, 23, 8, tzinfo=UTC)
    other = source_graph("05515000", "andere")
    store = building.add(
        small, [source("<urn:a> rdfs:label 'a' .", other)], later, step=quiet
    ).generation.open()
    times = {
        str(row["g"].value): row["t"].value
        for row in store.select(
            "PREFIX prov: <http://www.w3.org/ns/prov#>"
            "SELECT ?g ?t { ?g prov:wasGeneratedBy ?load . ?load prov:endedAtTime ?t }"
        )
    }
    assert (times[GRAPH], times[other]) == ("2026-11-22T12:00:00Z", "2026-11-23T08:00:00Z")


def test_an_edit_that_raises_leaves_the_dataset_as_it_was(small: Dataset) -> None:
    def edit(draft: Draft) -> list[Loaded]:
        draft.remove_source(GRAPH)
        raise BadParameter("graph", GRAPH, Text("ein anderer", "another one"))

    before = small.current().name
    with pytest.raises(BadParameter):
        building.change(small, edit, NOON, step=quiet)
    assert (small.current().name, bool(small.current().open().graph(GRAPH))) == (before, True)


def test_an_edit_that_does_nothing_publishes_nothing(small: Dataset) -> None:
    before = small.current()
    assert building.change(small, lambda _: [], NOON, step=quiet).generation == before


def test_a_graph_without_a_record_can_be_put(small: Dataset) -> None:
    def edit(draft: Draft) -> list[Loaded]:
        draft.put_graph(REVIEWED_GRAPH, turtle("<urn:a> rdfs:label 'a' ."))
        return []

    generation = building.change(small, edit, NOON, step=quiet).generation
    assert len(generation.open().graph(REVIEWED_GRAPH)) == 1


def test_a_source_without_a_statement_makes_another_generation(small: Dataset) -> None:
    nothing = source("", source_graph("05515000", "leer"))
    before = small.current().name
    after = building.add(small, [nothing], NOON, step=quiet).generation
    assert after.name != before
    assert after.source(nothing.record.graph) is not None


def test_changed_inputs_are_noticed(built: Dataset, tmp_path: Path) -> None:
    folder = tmp_path / "stadt"
    folder.mkdir()
    (folder / "a.yaml").write_text("a: 1", "utf-8")
    building.remember_inputs(built, building.inputs_checksum(folder))
    assert building.is_current(built, building.inputs_checksum(folder))
    (folder / "a.yaml").write_text("a: 2", "utf-8")
    assert not building.is_current(built, building.inputs_checksum(folder))


def test_without_a_dataset_nothing_is_current(dataset: Dataset) -> None:
    assert not building.is_current(dataset, building.inputs_checksum(None))
