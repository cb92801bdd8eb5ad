"""Every IRI of ours answers, in every format, with what is known and where it stands."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib import RDFS, Graph, URIRef

from api.descriptions import INCOMING_LIMIT
from api.graph_files import GraphFiles
from kg.dataset import Dataset
from kg.serving.formats import AnswerFormat
from kg.settings import Settings
from ontology.namespaces import KS, PROVENANCE_GRAPH
from ontology.terms import BASE
from tests.api.town import CONCEPT_GRAPH, MEASURE, SOURCE_GRAPH, publish_town, serving
from tests.api.writers import until
from tests.conftest import turtle

PATH = "/id/05515000/measure/m-1"
FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/trig": RdfFormat.TRIG,
}


def _own_subjects(town: Dataset) -> list[str]:
    quads = town.current().open().engine.quads_for_pattern(None, None, None, None)
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    addresses = {subject.partition("#")[0] for subject in subjects if subject.startswith(BASE)}
    return sorted(addresses | {SOURCE_GRAPH, CONCEPT_GRAPH})


@pytest.mark.parametrize("accept", [*FORMATS, "text/html"])
def test_every_subject_of_ours_answers(town: Dataset, client: httpx.Client, accept: str) -> None:
    asked = _own_subjects(town)
    answers = {
        iri: client.get("/" + iri.removeprefix(BASE), headers={"Accept": accept}) for iri in asked
    }
    assert len(asked) > 10
    assert {i for i, answer in answers.items() if answer.status_code not in (200, 303)} == set()
    wrong = {
        iri
        for iri, answer in answers.items()
        if answer.status_code == 200 and not answer.headers["content-type"].startswith(accept)
    }
    assert wrong == set()


@pytest.mark.parametrize("accept", FORMATS)
def test_all_formats_say_the_same(client: httpx.Client, accept: str) -> None:
    turtle_text = client.get(PATH, headers={"Accept": "text/turtle"}).content
    other = client.get(PATH, headers={"Accept": accept}).content
    said = {(q.subject, q.predicate, q.object) for q in parse(turtle_text, RdfFormat.TURTLE)}
    assert {(q.subject, q.predicate, q.object) for q in parse(other, FORMATS[accept])} == said


def test_a_description_names_what_it_points_to_and_what_refers_to_it(client: httpx.Client) -> None:
    graph = Graph().parse(data=client.get(PATH).text, format="turtle")
    town, plan = URIRef(f"{BASE}id/05515000"), URIRef(f"{BASE}id/05515000/plan/massnahmen")
    assert {str(label) for label in graph.objects(town, RDFS.label)} == {
        "Musterstadt",
        "Sampletown",
    }
    assert (plan, URIRef(KS.hasMeasure), URIRef(MEASURE)) in graph


def test_blank_nodes_are_followed_and_references_are_bounded(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    many = " ".join(f"<urn:r{number}> ks:relatedElement id:hub ." for number in range(300))
    more = turtle(
        f'id:hub ks:hasEvidence [ ks:quote "Satz"@de ; ks:citedIn [ ks:page 3 ] ] . {many}'
    )
    dataset = publish_town(tmp_path_factory.mktemp("hub"), more=more)
    with serving(dataset, Settings()) as server:
        text = httpx.get(f"{server.url}/id/hub", headers={"Accept": "text/turtle"}).text
    assert "Satz" in text
    assert "ks:page 3" in text
    assert text.count("ks:relatedElement") == INCOMING_LIMIT


def test_json_ld_is_compact_and_refers_to_no_remote_context(client: httpx.Client) -> None:
    found = json.loads(client.get(PATH, headers={"Accept": "application/ld+json"}).text)
    assert all(isinstance(base, str) for base in found["@context"].values())
    first = found["@graph"][0]
    assert first["@id"] == "ksi:05515000/measure/m-1"
    assert "ks:Measure" in first["@type"]
    assert first["ks:forMunicipality"] == {"@id": "ksi:05515000"}


def test_the_context_is_served_here_and_has_the_prefixes_of_every_document(
    client: httpx.Client,
) -> None:
    answer = client.get("/context.jsonld")
    context = json.loads(answer.text)["@context"]
    used = json.loads(client.get(PATH + "?format=jsonld").text)["@context"]
    assert answer.headers["content-type"] == "application/ld+json"
    assert used.items() <= context.items()
    tag = {"If-None-Match": answer.headers["etag"]}
    assert client.get("/context.jsonld", headers=tag).status_code == 304


def test_json_written_with_the_context_is_read_as_our_terms(client: httpx.Client) -> None:
    written = json.loads(client.get("/context.jsonld").text) | {
        "id": "ksi:x",
        "type": "Measure",
        "forMunicipality": "ksi:05515000",
    }
    read = {str(quad) for quad in parse(json.dumps(written).encode(), RdfFormat.JSON_LD)}
    assert read == {
        f"<{BASE}id/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KS.Measure}>",
        f"<{BASE}id/x> <{KS.forMunicipality}> <{BASE}id/05515000>",
    }


@pytest.mark.parametrize("accept", ["text/turtle", "text/html"])
def test_the_headers_lead_to_thing_and_formats(client: httpx.Client, accept: str) -> None:
    links = client.get(PATH, headers={"Accept": accept}).headers["link"]
    assert f'<{MEASURE}>; rel="describes"' in links
    assert f'<{PATH}?format=jsonld>; rel="alternate"; type="application/ld+json"' in links
    assert f'<{PATH}?format=html>; rel="alternate"; type="text/html"' in links


def test_a_description_has_an_address_of_its_own(client: httpx.Client) -> None:
    answer = client.get(PATH, headers={"Accept": "application/ld+json"})
    again = client.get(answer.headers["content-location"], headers={"Accept": "image/png"})
    assert again.content == answer.content


@pytest.mark.parametrize("path", [PATH, "/graph/source/05515000/klima", "/ontology", "/catalog"])
def test_a_description_the_client_holds_is_not_sent_again(client: httpx.Client, path: str) -> None:
    tag = client.get(path, headers={"Accept": "text/turtle"}).headers["etag"]
    again = client.get(path, headers={"Accept": "text/turtle", "If-None-Match": tag})
    other = client.get(path, headers={"Accept": "application/ld+json", "If-None-Match": tag})
    assert (again.status_code, other.status_code) == (304, 200)


@pytest.mark.parametrize("accept", FORMATS)
def test_a_named_graph_is_given_whole(town: Dataset, client: httpx.Client, accept: str) -> None:
    answer = client.get("/graph/source/05515000/klima", headers={"Accept": accept})
    held = {_triple(quad) for quad in town.current().open().graph(CONCEPT_GRAPH)}
    read = list(parse(answer.content, FORMATS[accept]))
    about = NamedNode(PROVENANCE_GRAPH)
    assert {_triple(quad) for quad in read if quad.graph_name != about} == held


def _triple(quad: Quad) -> tuple[object, object, object]:
    return quad.subject, quad.predicate, quad.object


def test_a_graph_has_the_same_tag_at_its_own_address_and_by_name(client: httpx.Client) -> None:
    headers = {"Accept": "text/turtle", "Accept-Encoding": "identity"}
    named = client.get("/graphs", params={"graph": CONCEPT_GRAPH}, headers=headers)
    direct = client.get("/graph/source/05515000/klima", headers=headers)
    assert named.headers["etag"] == direct.headers["etag"]


def test_a_graph_too_large_to_be_sorted_has_a_tag_of_its_generation(town: Dataset) -> None:
    with serving(town, Settings(answer_bytes=1024)) as server:
        tag = httpx.get(f"{server.url}/graph/source/05515000/massnahmen").headers["etag"]
    assert tag.startswith(f'W/"{town.current().name}-')


def test_formats_with_graph_names_keep_the_name(client: httpx.Client) -> None:
    text = client.get("/graph/source/05515000/klima?format=nquads").text
    assert all(f"<{CONCEPT_GRAPH}>" in line for line in text.splitlines())


def test_a_graph_that_is_not_there_is_not_found(client: httpx.Client) -> None:
    assert client.get("/graph/source/00000000/nix").status_code == 404


def test_a_graph_nobody_described_leads_people_to_the_page_of_all(client: httpx.Client) -> None:
    answer = client.get("/graph/inferred", headers={"Accept": "text/html", "Accept-Language": "en"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/en/dataset")


def test_a_graph_is_written_once_and_its_files_go_with_the_generation(town: Dataset) -> None:
    async def twice() -> tuple[Path, Path, int]:
        files = GraphFiles(town.current().open())
        first, second = await asyncio.gather(
            files.file(CONCEPT_GRAPH, AnswerFormat.TURTLE),
            files.file(CONCEPT_GRAPH, AnswerFormat.TURTLE),
        )
        return first, second, len(list(first.parent.iterdir()))

    first, second, count = asyncio.run(twice())
    assert (first, count) == (second, 1)

    def is_gone() -> bool:
        # The loop that ended stands in circles of references; its threads may still be ending.
        gc.collect()
        return not first.parent.exists()

    until(is_gone, seconds=30)


def test_files_of_a_server_that_was_killed_are_removed_by_the_next(
    town: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    left = tmp_path / f"kreislaufstadt-graphs-{ended.pid}-x"
    lives = tmp_path / f"kreislaufstadt-graphs-{os.getpid()}-x"
    left.mkdir()
    lives.mkdir()
    files = GraphFiles(town.current().open())
    asyncio.run(files.file(CONCEPT_GRAPH, AnswerFormat.TURTLE))
    assert (left.exists(), lives.exists()) == (False, True)


def test_files_go_when_the_service_lets_go_of_them(
    town: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    files = GraphFiles(town.current().open())
    asyncio.run(files.file(CONCEPT_GRAPH, AnswerFormat.TURTLE))
    assert len(list(tmp_path.iterdir())) == 1
    files.close()
    assert list(tmp_path.iterdir()) == []
