"""The doors on a dataset in a remote engine: the same answers, the same limits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from kg.fit.check import check
from kg.fit.index import FitIndex
from kg.fit.measure import read_measure
from kg.remote import RemoteAddress, RemoteDataset, RemoteStore
from kg.settings import Settings
from ontology.reference import reference_quads
from tests.api.town import AGS, MEASURE, SOURCE_GRAPH, publish_town, serving
from tests.conftest import turtle
from tests.engines.fixtures import ENGINES, clear, oxigraph, virtuoso
from tests.engines.servers import Engine

__all__ = ["oxigraph", "virtuoso"]

# All but the thesaurus, which alone is half of the example city.
TABLES = ("sdg_goals", "sdg_targets", "instruments", "r_strategies", "value_chains")
OTHERS = "https://example.org/others"


@pytest.fixture(scope="module", params=ENGINES)
def remote(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """Give a client of a server with an empty directory, beside data of others in the engine."""
    engine: Engine = request.getfixturevalue(request.param)
    clear(engine.setting)
    address = RemoteAddress.of_setting(engine.setting)
    RemoteStore(address).put_graph(OTHERS, turtle("<urn:o> rdfs:label 'fremd' ."))
    folder = tmp_path_factory.mktemp("remote")
    publish_town(folder, dataset=RemoteDataset(folder / "writer", address))
    settings = Settings(query_seconds=1.5, answer_bytes=200_000, queries_at_once=4)
    with ExitStack() as opened:
        opened.callback(RemoteStore(address).delete_graph, OTHERS)
        server = opened.enter_context(serving(RemoteDataset(folder / "reader", address), settings))
        yield opened.enter_context(httpx.Client(base_url=server.url, timeout=20))


def _csv(client: httpx.Client, query: str, **parameters: str) -> list[str]:
    given = {"query": query, **parameters}
    answer = client.post("/sparql", data=given, headers={"Accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    return answer.text.splitlines()[1:]


def test_it_is_ready_with_the_published_generation(remote: httpx.Client, tmp_path: Path) -> None:
    local = publish_town(tmp_path).current().name
    assert remote.get("/readyz").json() == {"status": "ready", "generation": local}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o FILTER(!STRENDS(STR(?p), 'ns#value')) }",
        "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o }"
        " FILTER(!STRENDS(STR(?g), 'published')) } GROUP BY ?g ORDER BY ?g",
        f"SELECT ?p ?o WHERE {{ <{MEASURE}> ?p ?o }} ORDER BY ?p STR(?o)",
        "SELECT (COUNT(*) AS ?n) FROM <$> WHERE { ?s ?p ?o }".replace("$", SOURCE_GRAPH),
        f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{SOURCE_GRAPH}> {{ ?s ?p ?o }} }}",
    ],
    ids=["all", "by-graph", "thing", "from", "graph"],
)
def test_a_query_has_the_answer_of_the_embedded_engine(
    remote: httpx.Client, client: httpx.Client, query: str
) -> None:
    assert _csv(remote, query) == _csv(client, query)


def test_default_graph_uri_narrows_a_query(remote: httpx.Client, client: httpx.Client) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    narrowed = {"default-graph-uri": SOURCE_GRAPH}
    assert _csv(remote, query, **narrowed) == _csv(client, query, **narrowed)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?o WHERE { <urn:o> ?p ?o }",
        "SELECT ?o FROM <$> WHERE { <urn:o> ?p ?o }".replace("$", OTHERS),
        "PREFIX e: <https://example.org/> SELECT ?o FROM e:others WHERE { <urn:o> ?p ?o }",
        f"SELECT ?o WHERE {{ GRAPH <{OTHERS}> {{ <urn:o> ?p ?o }} }}",
        f"SELECT ?o WHERE {{ VALUES ?g {{ <{OTHERS}> }} GRAPH ?g {{ <urn:o> ?p ?o }} }}",
        "SELECT ?o FROM NAMED <$> { GRAPH ?g { <urn:o> ?p ?o } }".replace("$", OTHERS),
        "SELECT ?o WHERE { GRAPH ?g { <urn:o> ?p ?o } }",
    ],
    ids=["union", "from", "prefixed", "graph", "values", "from-named", "any-graph"],
)
def test_what_others_keep_in_the_engine_is_out_of_reach(remote: httpx.Client, query: str) -> None:
    assert _csv(remote, query) == []


def test_default_graph_uri_does_not_reach_what_others_keep(remote: httpx.Client) -> None:
    query = "SELECT ?o WHERE { <urn:o> ?p ?o }"
    assert _csv(remote, query, **{"default-graph-uri": OTHERS}) == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT ?x WHERE {", 400),
        ('DEFINE get:soft "replacing" SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }', 400),
        ("DEFINE sql:log-enable 2 INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }", 400),
        ("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }", 403),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403),
        ("SELECT (<bif:sys_stat>('x') AS ?x) {}", 403),
        ("PREFIX b: <b> SELECT (b:if:sys_stat('x') AS ?x) {}", 403),
        (r"SELECT (<\u0073ql:user>() AS ?x) {}", 403),
        ("SELECT * { ?s ?p ?o OPTION(TRANSITIVE) }", 400),
        ("SELECT * { " + "{" * 300 + "}" * 300 + " }", 403),
    ],
)
def test_what_is_not_standard_never_leaves(remote: httpx.Client, query: str, status: int) -> None:
    answer = remote.post("/sparql", data={"query": query})
    assert answer.status_code == status


def test_a_query_over_the_deadline_is_given_up(remote: httpx.Client) -> None:
    numbers = " ".join(map(str, range(60)))
    query = "ASK { " + "".join(f"VALUES ?v{place} {{ {numbers} }} " for place in range(5))
    answer = remote.post("/sparql", data={"query": query + "FILTER(?v0 + ?v4 < 0) }"})
    assert answer.status_code == 504
    assert _csv(remote, "SELECT ?one { VALUES ?one { 1 } }") == ["1"]


def test_an_answer_over_the_limit_is_refused(remote: httpx.Client) -> None:
    part = f"GRAPH <{SOURCE_GRAPH}> {{ ?a$ ?b$ ?c$ }}"
    query = f"SELECT * {{ {part.replace('$', '1')} {part.replace('$', '2')} }}"
    assert remote.post("/sparql", data={"query": query}).status_code == 507


@pytest.mark.parametrize("accept", ["text/turtle", "application/n-triples", "application/ld+json"])
def test_triples_come_in_each_format(remote: httpx.Client, accept: str) -> None:
    query = f"CONSTRUCT {{ <{MEASURE}> ?p ?o }} WHERE {{ <{MEASURE}> ?p ?o }}"
    answer = remote.post("/sparql", data={"query": query}, headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    form = RdfFormat.from_media_type(accept)
    assert form is not None
    assert len(list(parse(answer.content, format=form))) > 5


def test_a_truth_value_is_one_on_every_engine(remote: httpx.Client) -> None:
    query = f"ASK {{ <{MEASURE}> ?p ?o }}"
    assert remote.get("/sparql", params={"query": query}).json()["boolean"] is True


@pytest.mark.parametrize("path", ["/de/", "/en/", f"/id/{AGS}", f"/id/{AGS}/measure/m-1"])
def test_pages_are_those_of_the_embedded_engine(
    remote: httpx.Client, client: httpx.Client, path: str
) -> None:
    headers = {"Accept": "text/html"}
    assert remote.get(path, headers=headers).text == client.get(path, headers=headers).text


@pytest.mark.parametrize("name", ENGINES)
def test_a_check_gives_the_verdicts_of_the_embedded_engine(
    request: pytest.FixtureRequest, name: str, tmp_path: Path, repository: Path
) -> None:
    engine: Engine = request.getfixturevalue(name)
    clear(engine.setting)
    city = (repository / "tests/kg/fit/city.trig").read_bytes()
    dataset = RemoteDataset(tmp_path, RemoteAddress.of_setting(engine.setting))
    with dataset.fresh_draft() as draft:
        draft.store.engine.extend(parse(city, format=RdfFormat.TRIG))
        for table in TABLES:
            draft.store.engine.extend(reference_quads(table))
        dataset.publish(draft)
    measure = read_measure("Reparatur von Fahrrädern im Quartier")
    found = [
        check(measure, FitIndex.build(store, generation="x"), language="de", city="99999999")
        for store in (draft.store, dataset.current().open())
    ]
    assert found[0].as_json() == found[1].as_json()
