"""Publishing to a remote engine: whole or busy, resumed after a death, read from anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyoxigraph import Quad

from kg.dataset import Dataset
from kg.errors import DatasetBusy, ForbiddenQuery, NoDataset, RemoteFailed
from kg.remote import RemoteAddress, RemoteDataset, RemoteStore, published
from kg.remote.mark import Mark, State
from kg.remote.published import PublishedStore
from kg.store import every_quad
from tests.api.town import SOURCE_GRAPH, publish_town
from tests.conftest import turtle
from tests.engines.fixtures import ENGINES, engine, oxigraph, virtuoso
from tests.engines.servers import Engine

__all__ = ["engine", "oxigraph", "virtuoso"]

EVERY = pytest.mark.parametrize("engine", ENGINES, indirect=True)
STOCK = pytest.mark.parametrize("engine", ENGINES[:1], indirect=True)
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
MORE = turtle("<urn:a> rdfs:label 'Noch etwas'@de .")


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "WAITING_SECONDS", 0.0)


def _dataset(engine: Engine, root: Path) -> RemoteDataset:
    return RemoteDataset(root, RemoteAddress.of_setting(engine.setting))


def _mark(engine: Engine) -> Mark:
    return Mark(RemoteStore(RemoteAddress.of_setting(engine.setting)).endpoint)


def _published(engine: Engine, root: Path, more: list[Quad] | None = None) -> RemoteDataset:
    dataset = _dataset(engine, root)
    publish_town(root, dataset=dataset, more=more)
    return dataset


class _Counted:
    """Count the graphs that are put, and fail at one of them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, fails_at: int = 0) -> None:
        self.names: list[str] = []
        put = RemoteStore.put_graph

        def counted(store: RemoteStore, name: str, quads: Iterable[Quad]) -> None:
            self.names.append(name)
            if len(self.names) == fails_at:
                raise RemoteFailed("engine", "died")
            put(store, name, quads)

        monkeypatch.setattr(RemoteStore, "put_graph", counted)


@EVERY
def test_a_machine_with_an_empty_directory_reads_what_was_published(
    engine: Engine, tmp_path: Path
) -> None:
    local = publish_town(tmp_path / "local").current()
    _published(engine, tmp_path / "writer")
    found = _dataset(engine, tmp_path / "reader").current()
    assert (found.name, found.sources, found.rules) == (local.name, local.sources, local.rules)
    assert Counter(map(str, every_quad(found.open()))) == Counter(
        map(str, every_quad(local.open()))
    )


@EVERY
def test_an_engine_without_a_publication_has_no_dataset(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(NoDataset):
        _dataset(engine, tmp_path).current()


@EVERY
def test_readers_are_told_busy_while_graphs_are_replaced(engine: Engine, tmp_path: Path) -> None:
    dataset = _published(engine, tmp_path)
    store, name = dataset.current().open(), dataset.current().name
    writing = State("next", name, "another", datetime(2026, 1, 1, tzinfo=UTC))
    assert _mark(engine).claim(State(name), writing)
    with pytest.raises(DatasetBusy):
        store.select(COUNT)
    with pytest.raises(DatasetBusy):
        dataset.current()


@EVERY
def test_only_one_of_two_claims_on_a_state_succeeds(engine: Engine, tmp_path: Path) -> None:
    name = _published(engine, tmp_path).current().name
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert _mark(engine).claim(State(name), State("x", name, "first", now))
    assert not _mark(engine).claim(State(name), State("x", name, "second", now))


@EVERY
def test_a_publication_that_died_is_finished_by_the_next(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        died = _Counted(patch, fails_at=3)
        with pytest.raises(RemoteFailed):
            _published(engine, tmp_path)
    with pytest.raises(DatasetBusy):
        _dataset(engine, tmp_path).current()
    resumed = _Counted(monkeypatch)
    dataset = _published(engine, tmp_path)
    assert set(resumed.names).isdisjoint(died.names[:2])
    local = publish_town(tmp_path / "local").current()
    assert len(dataset.current().open()) == len(local.open())


@STOCK
def test_a_failed_publication_leaves_the_directory_as_it_was(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = _published(engine, tmp_path).current().name
    _Counted(monkeypatch, fails_at=1)
    with pytest.raises(RemoteFailed):
        _published(engine, tmp_path, MORE)
    assert Dataset(tmp_path).current().name == name


@EVERY
def test_only_graphs_that_changed_are_put_again(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _published(engine, tmp_path)
    again = _Counted(monkeypatch)
    _published(engine, tmp_path, MORE)
    assert again.names == [SOURCE_GRAPH]


@STOCK
def test_publishing_the_same_again_writes_nothing(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _published(engine, tmp_path)
    again = _Counted(monkeypatch)
    _published(engine, tmp_path)
    assert again.names == []


@STOCK
def test_a_graph_that_the_next_generation_lacks_is_removed(engine: Engine, tmp_path: Path) -> None:
    dataset = _published(engine, tmp_path)
    with dataset.next_draft() as draft:
        draft.remove_source(SOURCE_GRAPH)
        dataset.publish(draft)
    assert SOURCE_GRAPH not in dataset.current().open().graph_names()


@EVERY
def test_a_draft_on_another_machine_starts_from_what_the_engine_holds(
    engine: Engine, tmp_path: Path
) -> None:
    _published(engine, tmp_path / "first")
    second = _dataset(engine, tmp_path / "second")
    with second.next_draft() as draft:
        assert SOURCE_GRAPH in draft.store.graph_names()
        assert [record.file for record in draft.sources] == ["klima.docx", "massnahmen.xlsx"]


@STOCK
@pytest.mark.parametrize(("minutes", "may"), [(14, False), (16, True)])
def test_a_writer_elsewhere_is_respected_until_it_is_silent_for_a_quarter_of_an_hour(
    engine: Engine, tmp_path: Path, minutes: int, may: bool
) -> None:
    name = _published(engine, tmp_path / "first").current().name
    since = datetime(2026, 1, 1, tzinfo=UTC)
    assert _mark(engine).claim(State(name), State("next", name, "another", since))
    later = RemoteDataset(
        tmp_path / "first",
        RemoteAddress.of_setting(engine.setting),
        now=lambda: since + timedelta(minutes=minutes),
    )
    if may:
        assert publish_town(tmp_path, dataset=later).current().name == name
        return
    with pytest.raises(DatasetBusy):
        publish_town(tmp_path, dataset=later)


@EVERY
def test_a_store_opened_on_a_generation_does_not_answer_from_the_next(
    engine: Engine, tmp_path: Path
) -> None:
    store = _published(engine, tmp_path).current().open()
    _published(engine, tmp_path, MORE)
    with pytest.raises(DatasetBusy):
        store.select(COUNT)


@STOCK
def test_an_answer_read_during_a_publication_is_read_again(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = _published(engine, tmp_path)
    store = PublishedStore(dataset.published)
    before = len(store)
    calls = []

    def interrupted(remote: RemoteStore) -> int:
        found = len(remote)
        if not calls:
            _published(engine, tmp_path, MORE)
        calls.append(found)
        return found

    monkeypatch.setattr(published, "WAITING_SECONDS", 5.0)
    assert store._read(interrupted) == before + 1
    assert calls == [before, before + 1]


@STOCK
def test_pages_go_on_to_the_next_generation_by_themselves(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = _published(engine, tmp_path)
    store = dataset.reading(dataset.current())
    before = len(store)
    _published(engine, tmp_path, MORE)
    monkeypatch.setattr(published, "WAITING_SECONDS", 5.0)
    assert len(store) == before + 1


@EVERY
def test_what_others_keep_in_the_engine_is_not_read(engine: Engine, tmp_path: Path) -> None:
    foreign = RemoteStore(RemoteAddress.of_setting(engine.setting))
    foreign.put_graph("https://example.org/others", turtle("<urn:o> rdfs:label 'fremd' ."))
    try:
        store = _published(engine, tmp_path).current().open()
        assert not store.ask("ASK { <urn:o> ?p ?o }")
    finally:
        foreign.delete_graph("https://example.org/others")


@STOCK
def test_an_engine_that_says_yes_and_stores_nothing_is_found_out(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RemoteStore, "put_graph", lambda *_: None)
    with pytest.raises(RemoteFailed, match=r"0 of \d+ triples"):
        _published(engine, tmp_path)


@STOCK
def test_a_published_generation_is_not_written_to(engine: Engine, tmp_path: Path) -> None:
    store = _published(engine, tmp_path).current().open()
    with pytest.raises(ForbiddenQuery):
        store.put_graph(SOURCE_GRAPH, MORE)
    with pytest.raises(ForbiddenQuery):
        store.delete_graph(SOURCE_GRAPH)
    with pytest.raises(ForbiddenQuery):
        store.update("CLEAR ALL")


def test_a_dead_engine_is_named_without_its_password(tmp_path: Path) -> None:
    address = RemoteAddress.of_setting("sparql+http://dba:verysecret@127.0.0.1:9/sparql")
    with pytest.raises(RemoteFailed, match=r"http://127\.0\.0\.1:9/sparql") as caught:
        RemoteDataset(tmp_path, address).current()
    assert "verysecret" not in f"{caught.value}{address!r}"
