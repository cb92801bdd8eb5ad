"""The dataset is a row of immutable generations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import Quad

from kg.dataset import Dataset
from kg.errors import DatasetBroken, DatasetBusy, NoDataset
from kg.sources import SourceRecord
from ontology.namespaces import INFERRED_GRAPH, PROVENANCE_GRAPH
from tests.conftest import turtle

GRAPH = "https://example.org/graph/a"


def record(graph: str = GRAPH) -> SourceRecord:
    return SourceRecord(graph, "rdf", "Probe", "sample", "probe.ttl", "0" * 64)


def quads(word: str) -> list[Quad]:
    return turtle(f'id:a rdfs:label "{word}"@de .')


def publish(dataset: Dataset, word: str, graph: str = GRAPH) -> str:
    with dataset.fresh_draft() as draft:
        draft.put_source(record(graph), quads(word))
        return dataset.publish(draft).name


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return Dataset(tmp_path / "data", kept=2)


def labels(dataset: Dataset) -> set[str]:
    store = dataset.current().open()
    return {row["o"].value for row in store.select("SELECT ?o { ?s ?p ?o }")}


def test_a_directory_without_a_generation_says_so(dataset: Dataset) -> None:
    with pytest.raises(NoDataset, match="kreislaufstadt build"):
        dataset.current()


def test_the_same_content_gives_the_same_generation(dataset: Dataset, tmp_path: Path) -> None:
    first = publish(dataset, "Reparatur")
    second = publish(Dataset(tmp_path / "elsewhere"), "Reparatur")
    assert first == second


def test_other_content_gives_another_generation(dataset: Dataset) -> None:
    assert publish(dataset, "Reparatur") != publish(dataset, "Recycling")


def test_the_time_of_loading_does_not_change_the_generation(
    dataset: Dataset, tmp_path: Path
) -> None:
    first = publish(dataset, "Reparatur")
    other = Dataset(tmp_path / "elsewhere")
    with other.fresh_draft() as draft:
        draft.put_source(record(), quads("Reparatur"))
        draft.store.put_graph(PROVENANCE_GRAPH, turtle('id:a dcterms:date "2026-11-22" .'))
        assert other.publish(draft).name == first


def test_loading_again_replaces_the_source(dataset: Dataset) -> None:
    publish(dataset, "alt")
    with dataset.next_draft() as draft:
        draft.put_source(record(), quads("neu"))
        dataset.publish(draft)
    assert labels(dataset) == {"neu"}


def test_another_source_stays_when_one_is_loaded(dataset: Dataset) -> None:
    publish(dataset, "eins")
    with dataset.next_draft() as draft:
        draft.put_source(record("https://example.org/graph/b"), quads("zwei"))
        dataset.publish(draft)
    assert labels(dataset) == {"eins", "zwei"}


def test_a_draft_that_is_not_published_changes_nothing(dataset: Dataset) -> None:
    publish(dataset, "alt")
    with dataset.next_draft() as draft:
        draft.put_source(record(), quads("neu"))
    assert labels(dataset) == {"alt"}


def test_what_is_derived_does_not_enter_the_next_draft(dataset: Dataset) -> None:
    with dataset.fresh_draft() as draft:
        draft.put_source(record(), quads("a"))
        draft.store.put_graph(INFERRED_GRAPH, quads("inferred"))
        dataset.publish(draft)
    with dataset.next_draft() as draft:
        assert draft.store.graph_names() == [GRAPH]


def test_a_second_writer_is_told_to_wait(dataset: Dataset) -> None:
    with dataset.fresh_draft(), pytest.raises(DatasetBusy), dataset.fresh_draft():
        pass


def test_an_open_reader_keeps_its_generation(dataset: Dataset) -> None:
    publish(dataset, "alt")
    reader = dataset.current().open()
    for word in ("b", "c", "d"):
        publish(dataset, word)
    assert [row["o"].value for row in reader.select("SELECT ?o { ?s ?p ?o }")] == ["alt"]


def test_old_generations_are_forgotten(dataset: Dataset) -> None:
    for word in ("a", "b", "c", "d"):
        publish(dataset, word)
    assert len(list((dataset.root / "generations").iterdir())) == 2


def test_a_left_over_of_a_killed_writer_is_no_obstacle(dataset: Dataset) -> None:
    name = publish(dataset, "a")
    left_over = dataset.root / "generations" / f"{name}.new"
    left_over.mkdir()
    (left_over / "junk").write_text("x")
    (dataset.root / "generations" / name / "manifest.json").unlink()
    assert publish(dataset, "a") == name
    assert labels(dataset) == {"a"}


def test_a_broken_manifest_is_named(dataset: Dataset) -> None:
    name = publish(dataset, "a")
    (dataset.root / "generations" / name / "manifest.json").write_text("{", "utf-8")
    with pytest.raises(DatasetBroken, match=name):
        dataset.current()


def test_a_generation_of_another_format_is_refused(dataset: Dataset) -> None:
    name = publish(dataset, "a")
    path = dataset.root / "generations" / name / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(manifest | {"format": 99}), "utf-8")
    with pytest.raises(DatasetBroken, match="format 99"):
        dataset.current()


def test_the_sources_come_back_as_they_were_given(dataset: Dataset) -> None:
    publish(dataset, "a")
    assert dataset.current().source(GRAPH) == record()
