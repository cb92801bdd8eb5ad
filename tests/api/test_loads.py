"""Files are loaded over HTTP as jobs, by who may, within their city, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from api.jobs.store import Job, JobStore
from kg.settings import Settings
from tests.api.town import AGS, MEASURE
from tests.api.writers import OTHER, Writers, add_reference, until, writing
from tests.kg.reviewing.conftest import LINK

PATH = "/api/v1/loads"
LIST = (
    "Nr.;Titel;Beschreibung;SDG\n"
    "M 7;Leihladen;Werkzeug wird verliehen statt gekauft.;12.5\n"
    "M 8;Reparaturtreff;Defekte Geräte werden repariert.;99.9\n"
)
FOREIGN = f"https://w3id.org/kreislaufstadt/id/{OTHER}/measure/1"
CONFIRMED = "<https://w3id.org/kreislaufstadt/scheme/review-status/confirmed>"
STATUS = "<https://w3id.org/kreislaufstadt/ontology#reviewStatus>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"


@pytest.fixture(scope="module")
def town(few_concepts: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writers]:
    root = tmp_path_factory.mktemp("loads") / "data"
    limits = Settings(data=root, file_bytes=200_000, body_bytes=1024)
    with writing(root, limits, prepare=add_reference) as writers:
        yield writers


def send(
    town: Writers,
    content: str = LIST,
    who: str = "editor",
    *,
    name: str = "liste.csv",
    **fields: str,
) -> httpx.Response:
    data = {"kind": "measures", "city": AGS, **fields}
    files = {"file": (name, content.encode())}
    headers = town.headers.get(who, {})
    return town.client.post(PATH, data=data, files=files, headers=headers)


def ended(town: Writers, answer: httpx.Response, lang: str = "de") -> dict[str, object]:
    place = answer.headers["location"]
    headers = town.headers["admin"]

    def told() -> dict[str, object]:
        found = town.client.get(place, params={"lang": lang}, headers=headers).json()
        assert isinstance(found, dict)
        return found

    until(lambda: told()["state"] not in ("queued", "running"))
    return told()


def test_a_load_is_followed_to_its_end_and_tells_what_load_prints(town: Writers) -> None:
    answer = send(town, who="admin", name="eigene.csv")
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    german, english = ended(town, answer), ended(town, answer, "en")
    assert (german["state"], german["error"]) == ("done", None)
    result = german["result"]
    assert isinstance(result, dict)
    assert (result["loaded"]["measures"], result["generation"]) == (
        2,
        town.dataset.current().name,
    )
    findings = [english["findings"], german["findings"]]
    rows = [[item["row"] for item in found if "99.9" in item["value"]] for found in findings]  # type: ignore[attr-defined]  # JSON
    assert rows == [[3], [3]]
    assert findings[0] != findings[1]


def test_a_source_remembers_with_which_token_it_was_loaded(town: Writers) -> None:
    key = town.headers["admin"]["Authorization"].split("_")[1]
    known = {source.file: source.loaded_by for source in town.dataset.current().sources}
    assert (known["eigene.csv"], known["massnahmen.xlsx"]) == (key, "")


@pytest.mark.parametrize(
    ("who", "fields", "status"),
    [
        ("nobody", {}, 401),
        ("reviewer", {}, 403),
        ("elsewhere", {}, 403),
        ("editor", {"city": OTHER}, 403),
        ("editor", {"city": "Bonn"}, 400),
        ("editor", {"kind": "sdg"}, 400),
        ("editor", {"columns": "[1]"}, 400),
        ("editor", {"name": "x" * 70_000}, 400),
    ],
)
def test_a_load_that_may_not_be_is_refused_before_it_is_kept(
    town: Writers, who: str, fields: dict[str, str], status: int
) -> None:
    before = len(JobStore(town.dataset.root).all())
    assert send(town, who=who, **fields).status_code == status
    assert len(JobStore(town.dataset.root).all()) == before


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (f'<{FOREIGN}> {LABEL} "Fremd"@de .', "not-allowed"),
        (f'<http://metadata.un.org/sdg/12.5> {LABEL} "Anders"@de .', "not-allowed"),
        (f"<{LINK}> {STATUS} {CONFIRMED} .", "not-allowed"),
        ("<urn:a> <urn:b", "unreadable-file"),
    ],
    ids=["another city", "reference data", "a confirmation", "no RDF"],
)
def test_a_source_beyond_its_city_changes_nothing(town: Writers, content: str, code: str) -> None:
    before = town.dataset.current().name
    told = ended(town, send(town, content, kind="rdf", name="fremd.ttl"))
    error = told["error"]
    assert isinstance(error, dict)
    assert (told["state"], error["code"]) == ("failed", code)
    assert town.dataset.current().name == before


def test_a_broken_rule_is_told_with_its_place(town: Writers) -> None:
    bare = f"<{MEASURE}x> a <https://w3id.org/kreislaufstadt/ontology#Measure> ."
    told = ended(town, send(town, bare, kind="rdf", name="bare.ttl"), "en")
    error, findings = told["error"], told["findings"]
    assert isinstance(error, dict)
    assert isinstance(findings, list)
    assert error["code"] == "shape-violated"
    assert {item["file"] for item in findings if item["severity"] == "violation"} == {"bare.ttl"}


def test_a_file_over_its_limit_is_refused_and_one_over_the_body_limit_is_not(
    town: Writers,
) -> None:
    assert send(town, "x" * 300_000).status_code == 413
    longer = "<urn:a> <urn:b " + "x" * 2000
    assert send(town, longer, kind="rdf", name="lang.ttl").status_code == 202


def test_only_editors_of_the_city_see_a_load(town: Writers) -> None:
    place = send(town, "<urn:a", kind="rdf", name="geheim.ttl").headers["location"]
    seen = {
        who: town.client.get(place, headers=town.headers.get(who, {})).status_code
        for who in ("editor", "admin", "reviewer", "elsewhere", "nobody")
    }
    assert seen == {"editor": 200, "admin": 200, "reviewer": 403, "elsewhere": 403, "nobody": 401}
    listed = town.client.get("/api/v1/jobs", headers=town.headers["elsewhere"]).json()
    assert listed == {"items": []}


def test_a_load_can_be_cancelled_and_then_never_counts(town: Writers) -> None:
    first, second = send(town, name="erste.csv"), send(town, name="zweite.csv")
    headers = town.headers["editor"]
    for answer in (second, first):
        cancelled = town.client.delete(answer.headers["location"], headers=headers)
        if cancelled.status_code == 200:
            assert cancelled.json()["state"] == "cancelled"
    assert ended(town, second)["state"] == "cancelled"
    again = town.client.delete(second.headers["location"], headers=headers)
    assert (again.status_code, again.json()["code"]) == (409, "job-ended")
    assert not any("zweite" in source.graph for source in town.dataset.current().sources)


@pytest.mark.parametrize("job", ["0" * 16, "..", "%2e%2e%2ftokens.json", "x"])
def test_an_unknown_load_is_not_found(town: Writers, job: str) -> None:
    answer = town.client.get(f"/api/v1/jobs/{job}", headers=town.headers["admin"])
    assert answer.status_code == 404


def test_no_file_name_leads_out_of_the_directory(tmp_path: Path) -> None:
    now = datetime.now(UTC).isoformat()
    store = JobStore(tmp_path)
    with (tmp_path / "content").open("w+b") as content:
        job = Job("", "a", "measures", AGS, "..\\..\\/etc/passwd", "", {}, now)
        kept = store.create(job, content)
    path = store.upload(kept)
    assert (path.name, tmp_path / "jobs" in path.parents) == ("passwd", True)


def test_loads_queue_in_their_order(tmp_path: Path) -> None:
    store = JobStore(tmp_path)
    with (tmp_path / "content").open("w+b") as content:
        made = [
            store.create(
                Job("", "a", "rdf", AGS, "a.ttl", "", {}, f"2026-11-23T12:00:0{n}"), content
            )
            for n in (2, 1)
        ]
    assert store.following() == made[1]
