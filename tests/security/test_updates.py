"""No update reaches out, crashes the service, or writes what its token may not."""

from __future__ import annotations

import concurrent.futures
import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from kg.editing.evaluation import difference_of
from kg.editing.frames import EditKind, GraphEdit
from kg.editing.outline import Operation, Using, outline_of
from kg.errors import ForbiddenQuery, GraphNotNamed, QueryTooSlow
from kg.serving.limits import ServingLimits
from ontology.namespaces import (
    INFERRED_GRAPH,
    KS,
    ONTOLOGY_GRAPH,
    PROPOSED_GRAPH,
    PROVENANCE_GRAPH,
    REVIEWED_GRAPH,
    reference_graph,
    scheme,
    source_graph,
)
from tests.api.town import AGS, MEASURE, SOURCE_GRAPH, TOWN, publish_town
from tests.api.writable_town import NEIGHBOUR, TURTLE, UPDATE, WritableTown

LIMITS = ServingLimits(query_bytes=1 << 20)
OWN = source_graph(AGS, "eigen")
THEIRS = source_graph(NEIGHBOUR, "fremd")
DATA = "{ <urn:hostile> <urn:p> 1 }"
INTO_OWN = f"INSERT DATA {{ GRAPH <{OWN}> {DATA} }}"


def update(client: httpx.Client, text: str) -> httpx.Response:
    return client.post("/sparql", content=text.encode(), headers={"Content-Type": UPDATE})


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <file:///etc/passwd> INTO GRAPH <urn:g>",
        "LOAD SILENT <http://127.0.0.1:1/>",
        f"LOADSILENT<http://127.0.0.1:1/>INTO GRAPH<{OWN}>",
        f"{INTO_OWN} ; # LOAD\nLOAD <http://127.0.0.1:1/>",
        f"INSERT {{ GRAPH <{OWN}> {{ ?s ?p ?o }} }} WHERE {{ SERVICE <http://x/> {{ ?s ?p ?o }} }}",
        f"INSERT {{ GRAPH <{OWN}> {{ ?s ?p ?o }} }} WHERE {{ SERVICESILENT<http://x/> {{}} }}",
        "INSERT DATA { GRAPH <urn:g> { " + "[ <urn:p> " * 101 + "1" + " ]" * 101 + " } }",
        f"DELETE {{ ?s ?p ?o }} WHERE {'{' * 3000}{'}' * 3000}",
        f"INSERT {{ GRAPH <{OWN}> {{ ?s ?p ?o }} }} WHERE {{ "
        + " ".join(f"?s{n} <urn:p> ?o{n} ." for n in range(201))
        + " }",
        INTO_OWN + " " * LIMITS.query_bytes,
    ],
)
def test_reaching_out_and_what_the_engine_chokes_on_is_refused(text: str) -> None:
    with pytest.raises(ForbiddenQuery):
        outline_of(text, LIMITS, Using())


@pytest.mark.parametrize(
    "text",
    [
        f"INSERT DATA {{ GRAPH <{OWN}> {{ <urn:a> <urn:p> 'LOAD <x> SERVICE <y>' }} }}",
        f"INSERT DATA {{ GRAPH <{OWN}> {{ <urn:CLEAR%20ALL> <urn:p> <urn:USING> }} }} # CLEAR ALL",
        f"INSERT DATA {{ GRAPH <{OWN}> {{ "
        + " ".join(f"<urn:s{n}> <urn:p> {n} ." for n in range(5000))
        + " } }",
    ],
    ids=["words in strings", "words in names", "much data"],
)
def test_words_in_data_and_much_data_are_harmless(text: str) -> None:
    assert [operation.is_data for operation in outline_of(text, LIMITS, Using())] == [True]


@pytest.mark.parametrize(
    "text",
    [
        f"INSERT DATA {DATA}",
        f"INSERT DATA {{ GRAPH <{OWN}> {DATA} <urn:a> <urn:p> 1 }}",
        f"INSERT {DATA} WHERE {{}}",
        "DELETE { ?s ?p ?o } INSERT { ?s ?p 2 } WHERE { ?s ?p ?o }",
        "CLEAR DEFAULT",
        "CLEARALL",
        "DROP SILENT NAMED",
        "drop all",
        f"MOVE <{OWN}> TO DEFAULT",
        f"COPY SILENT GRAPH <{OWN}> TO DEFAULT",
        f"ADD <{OWN}> TODEFAULT",
        f"MOVE DEFAULT TO <{OWN}>",
        f"{INTO_OWN} ; PREFIX a: <urn:a#> CLEAR ALL",
    ],
)
def test_the_union_of_all_graphs_is_not_written(text: str) -> None:
    with pytest.raises(GraphNotNamed):
        outline_of(text, LIMITS, Using())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(
            (f"INSERT DATA {{ GRAPH <{graph}> {DATA} }}", "graph-protected")
            for graph in (
                ONTOLOGY_GRAPH,
                reference_graph("sdg_targets"),
                INFERRED_GRAPH,
                PROPOSED_GRAPH,
                PROVENANCE_GRAPH,
                REVIEWED_GRAPH,
                "https://w3id.org/kreislaufstadt/graph/eigener",
                f"https://w3id.org/kreislaufstadt/graph/source/{AGS}",
                f"{OWN}/weiter",
                OWN.replace("eigen", "%2e%2e/"),
            )
        ),
        (f"INSERT DATA {{ GRAPH <{THEIRS}> {DATA} }}", "not-allowed"),
        (f"INSERT DATA {{ GRAPH <urn:elsewhere> {DATA} }}", "not-allowed"),
        (f"COPY <{SOURCE_GRAPH}> TO <{THEIRS}>", "not-allowed"),
        (f"MOVE <{ONTOLOGY_GRAPH}> TO <{OWN}>", "graph-protected"),
        (f"DROP GRAPH <{ONTOLOGY_GRAPH}>", "graph-protected"),
        ("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "graph-protected"),
        ("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }", "graph-protected"),
        (
            f"INSERT {{ GRAPH ?g {DATA} }} WHERE"
            f" {{ BIND(IRI(CONCAT(STR(<{ONTOLOGY_GRAPH}>), '')) AS ?g) }}",
            "graph-protected",
        ),
        (
            f"WITH <{ONTOLOGY_GRAPH}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
            "graph-protected",
        ),
        (f"DELETE WHERE {{ <{MEASURE}> a <{KS.Element}> }}", "graph-protected"),
        (
            f"INSERT DATA {{ GRAPH <{OWN}>"
            f" {{ <{TOWN}/i> <{KS.reviewStatus}> <{scheme('review-status', 'confirmed')}> }} }}",
            "graph-protected",
        ),
        (
            f"INSERT DATA {{ GRAPH <{OWN}>"
            f" {{ <{TOWN.replace(AGS, NEIGHBOUR)}/measure/1> <urn:p> 1 }} }}",
            "not-allowed",
        ),
    ],
)
def test_no_trick_writes_what_is_not_the_editors(
    writable_town: WritableTown, editor: httpx.Client, text: str, code: str
) -> None:
    before = writable_town.dataset.current().name
    answer = update(editor, text)
    assert (answer.status_code, answer.json()["code"]) == (403, code)
    assert writable_town.dataset.current().name == before


def test_the_refusal_names_the_graph_and_the_way(editor: httpx.Client) -> None:
    answer = update(editor, f"INSERT DATA {{ GRAPH <{REVIEWED_GRAPH}> {DATA} }}")
    assert answer.json()["graph"] == REVIEWED_GRAPH
    assert "kreislaufstadt review" in answer.json()["detail"]


@pytest.mark.parametrize("who", ["reviewer", "neighbour", ""])
def test_who_may_not_edit_the_town_writes_nothing(writable_town: WritableTown, who: str) -> None:
    token = getattr(writable_town, who) if who else "ks_00000000_" + "A" * 43
    with writable_town.client(token) as client:
        for answer in (
            update(client, INTO_OWN),
            client.put(
                "/graphs", params={"graph": OWN}, content="", headers={"Content-Type": TURTLE}
            ),
            client.delete("/graphs", params={"graph": SOURCE_GRAPH}),
        ):
            assert answer.status_code == (403 if who else 401)


def test_an_admin_writes_graphs_of_no_municipality(
    writable_town: WritableTown, admin: httpx.Client
) -> None:
    assert update(admin, f"INSERT DATA {{ GRAPH <urn:elsewhere> {DATA} }}").status_code == 204
    assert update(admin, "DROP GRAPH <urn:elsewhere>").status_code == 204
    assert not writable_town.ask("ASK { <urn:hostile> ?p ?o }")


def test_deleting_from_the_union_deletes_where_it_stands(
    writable_town: WritableTown, editor: httpx.Client
) -> None:
    two = source_graph(AGS, "zwei")
    for graph in (OWN, two):
        assert update(editor, f"INSERT DATA {{ GRAPH <{graph}> {DATA} }}").is_success
    assert update(editor, "DELETE WHERE { <urn:hostile> ?p ?o }").status_code == 204
    assert not writable_town.ask("ASK { <urn:hostile> ?p ?o }")


ENDLESS = (
    f"INSERT {{ GRAPH <{OWN}> {{ ?a <urn:p> ?n }} }} WHERE"
    " { SELECT ?a (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?q }"
    " GROUP BY ?a }"
)
HUGE = f"INSERT {{ GRAPH <{OWN}> {{ ?a ?e ?i }} }} WHERE {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }}"


def test_an_endless_update_is_killed_at_its_deadline(tmp_path: Path) -> None:
    dataset, limits = publish_town(tmp_path), ServingLimits(query_seconds=1.5)
    edit = GraphEdit(EditKind.UPDATE, text=ENDLESS, operations=(Operation(ENDLESS, False),))
    with pytest.raises(QueryTooSlow):
        difference_of(edit, dataset.current().directory / "store", limits)


def test_nobody_waits_for_an_update(
    writable_town: WritableTown, editor: httpx.Client, anybody: httpx.Client
) -> None:
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        writing = pool.submit(update, editor, HUGE)
        while not writing.done():
            assert anybody.get("/healthz").status_code == 200
    assert writing.result().status_code in (503, 504, 507)
    assert writable_town.ask(f"ASK {{ <{MEASURE}> ?p ?o }}")


def test_a_second_writer_is_asked_to_wait(
    writable_town: WritableTown, editor: httpx.Client
) -> None:
    with writable_town.dataset.next_draft():
        answer = update(editor, INTO_OWN)
    assert (answer.status_code, answer.json()["code"]) == (503, "dataset-busy")
    assert int(answer.headers["retry-after"]) > 0


# --- bodies

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:u#">'
    '<rdf:Description rdf:about="urn:a"><u:p>&b;</u:p></rdf:Description></rdf:RDF>'
)
REMOTE = '{"@context": "http://127.0.0.1:1/context", "@id": "urn:a", "urn:p": 1}'


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/rdf+xml", LAUGHS),
        ("application/ld+json", REMOTE),
        ("application/ld+json", '{"@context": {"@import": "http://127.0.0.1:1/"}}'),
        ("application/ld+json", "[" * 100_000),
        ("text/turtle", "<urn:a> <urn:p> " + "[ <urn:p> " * 200_000),
        ("text/turtle", "@prefix : <urn:a> . :a :b"),
        ("application/n-triples", "<relative> <urn:p> 1 ."),
    ],
    ids=["laughs", "remote", "import", "deep JSON", "deep Turtle", "cut off", "relative"],
)
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_hostile_body_is_a_bad_request(
    editor: httpx.Client, method: str, kind: str, body: str
) -> None:
    content = body[:900_000].encode()
    answer = editor.request(
        method, "/graphs", params={"graph": OWN}, content=content, headers={"Content-Type": kind}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-rdf")


def test_bytes_that_are_no_utf8_are_refused(editor: httpx.Client) -> None:
    headers = {"Content-Type": TURTLE}
    body = "<urn:a> <urn:p> 'ü' .".encode("latin-1")
    answer = editor.put("/graphs", params={"graph": OWN}, content=body, headers=headers)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (gzip.compress(b" " * 100_001), 413),
        (gzip.compress(b" " * 60_000) + gzip.compress(b" " * 60_000), 400),
        (gzip.compress(b"#" * 100_000_000), 413),
        (gzip.compress(b"<urn:a> <urn:p> 1 .")[:-9], 400),
        (b"no gzip", 400),
    ],
    ids=["one over", "two members", "bomb", "cut off", "not packed"],
)
def test_a_packed_body_is_bound_while_it_is_unpacked(
    editor: httpx.Client, body: bytes, status: int
) -> None:
    headers = {"Content-Type": TURTLE, "Content-Encoding": "gzip"}
    answer = editor.put("/graphs", params={"graph": OWN}, content=body, headers=headers)
    assert answer.status_code == status


def test_another_packing_is_not_understood(editor: httpx.Client) -> None:
    headers = {"Content-Type": TURTLE, "Content-Encoding": "zstd"}
    answer = editor.put("/graphs", params={"graph": OWN}, content=b"x", headers=headers)
    assert answer.status_code == 415


# --- a killed server

WRITE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from kg.access import Grant, Role
from kg.dataset import Dataset
from kg.editing.applying import Writer, carry_out
from kg.editing.frames import EditKind, GraphEdit
from kg.editing.outline import Using, outline_of
from kg.serving.limits import ServingLimits
dataset, now = Dataset(Path(sys.argv[1])), datetime.now(UTC)
writer = Writer(Grant("0a", "x", Role.ADMIN, "", now), ServingLimits(), lambda *_: None)
for number in range(1000):
    text = f"DELETE WHERE {{ <urn:c> <urn:p> ?o }} ; INSERT DATA {{ GRAPH <urn:g> {{"
    text += "".join(f"<urn:c> <urn:p> {number * 10 + part} . " for part in range(3)) + "} }"
    parts = outline_of(text, ServingLimits(), Using())
    edit = GraphEdit(EditKind.UPDATE, text=text, operations=parts)
    carry_out(dataset, edit, writer, now)
    print(number, flush=True)
"""


def test_a_killed_server_leaves_whole_updates_and_every_acknowledged_one(tmp_path: Path) -> None:
    dataset = publish_town(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    acknowledged = [int(process.stdout.readline()) for _ in range(3)][-1]
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGKILL)
    acknowledged = max([acknowledged, *(int(line) for line in process.stdout)])
    process.stdout.close()
    process.wait()
    store = dataset.current().open()
    found = sorted(int(row["o"].value) for row in store.select("SELECT ?o { <urn:c> ?p ?o }"))
    assert [number - found[0] for number in found] == [0, 1, 2]
    assert found[0] // 10 in (acknowledged, acknowledged + 1)
    with dataset.next_draft():
        pass
