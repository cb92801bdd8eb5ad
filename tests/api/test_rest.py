"""The doors for programs under `/api/v1`, and how they fail."""

from __future__ import annotations

import httpx
import jsonschema
import pytest

import queries
from api import problems
from api.wording import texts_in
from kg import errors
from kg.errors import KreislaufstadtError, ServiceError, UserError
from tests.api.town import MEASURE


def test_a_measure_is_checked_from_json(client: httpx.Client) -> None:
    answer = client.post("/api/v1/check?lang=en", json={"title": "Bauteilbörse"})
    content = answer.json()
    assert answer.status_code == 200
    assert content["summary"] == "It serves three aims."
    assert {item["verdict"] for item in content["verdicts"]} == {"supports", "conflicts"}


def test_the_answer_follows_the_schema_that_the_service_gives(client: httpx.Client) -> None:
    schema = client.get("/api/v1/check/schema")
    assert schema.headers["content-type"].startswith("application/schema+json")
    report = client.post("/api/v1/check", json={"title": "Bauteilbörse"}).json()
    jsonschema.Draft202012Validator(schema.json()).validate(report)


def test_a_measure_is_checked_from_plain_text(client: httpx.Client) -> None:
    headers = {"Content-Type": "text/plain"}
    text = "Bauteilbörse\nGebrauchte Türen vermitteln"
    content = client.post("/api/v1/check", content=text, headers=headers).json()
    assert content["measure"]["title"] == "Bauteilbörse"
    assert content["summary"] == "Die Maßnahme dient drei Zielen."


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{}", 422),
        ("[1]", 422),
        ("{", 422),
        ('{"title": ""}', 422),
        ('{"titel": "x", "nichts": 1}', 422),
        ("[" * 20_000, 422),
    ],
)
def test_an_unusable_measure_is_refused(client: httpx.Client, body: str, status: int) -> None:
    headers = {"Content-Type": "application/json"}
    answer = client.post("/api/v1/check", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, "bad-measure")


def test_a_conclusion_is_explained_down_to_its_source(client: httpx.Client) -> None:
    asked = {"subject": MEASURE, "predicate": "a", "object": "ks:Element", "lang": "en"}
    content = client.get("/api/v1/explain", params=asked).json()
    assert content["state"] == "inferred"
    assert content["rule"]["name"] == "cax-sco ks:Measure ks:Element"
    (premise,) = content["premises"]
    assert premise["state"] == "stated"
    assert [stater["file"] for stater in premise["stated_by"]] == ["massnahmen.xlsx"]


@pytest.mark.parametrize(
    ("predicate", "status", "code"),
    [("ks:supportsAim", 404, "unknown-statement"), ("no iri", 400, "bad-parameter")],
)
def test_what_cannot_be_explained_is_said(
    client: httpx.Client, predicate: str, status: int, code: str
) -> None:
    asked = {"subject": MEASURE, "predicate": predicate, "object": "sdg:12.5"}
    answer = client.get("/api/v1/explain", params=asked)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_strange_city_is_a_bad_parameter(client: httpx.Client) -> None:
    answer = client.post("/api/v1/check?city=Bonn", json={"title": "x"})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-parameter")


def test_a_check_needs_a_known_kind_of_body(client: httpx.Client) -> None:
    answer = client.post("/api/v1/check", content=b"x", headers={"Content-Type": "image/png"})
    assert answer.status_code == 415


def test_the_stored_queries_are_listed(client: httpx.Client) -> None:
    names = [query["name"] for query in client.get("/api/v1/queries").json()]
    assert names == [*queries.catalogue(), *queries.competency_catalogue()]


def test_a_stored_query_answers_with_values(client: httpx.Client) -> None:
    answer = client.get("/api/v1/query/measures?city=05515000&lang=en").json()
    labels = [row["measure_label"]["value"] for row in answer["results"]["bindings"]]
    assert labels == ["Building parts exchange"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/query/nothing", 404, "unknown-name"),
        ("/api/v1/query/measures?city=x", 400, "bad-parameter"),
        ("/api/v1/query/measures?what=x", 400, "bad-parameter"),
        ("/api/v1/nothing", 404, "not-found"),
    ],
)
def test_a_wrong_address_is_a_problem(
    client: httpx.Client, path: str, status: int, code: str
) -> None:
    answer = client.get(path)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_problem_has_the_fields_of_rfc_9457(client: httpx.Client) -> None:
    content = client.get("/api/v1/nothing", headers={"Accept-Language": "en"}).json()
    assert content["type"] == "https://w3id.org/kreislaufstadt/problem/not-found"
    assert (content["title"], content["status"]) == ("Page not found", 404)
    assert "/api/v1/nothing" in content["detail"]


def test_a_problem_speaks_the_readers_language(client: httpx.Client) -> None:
    german = client.get("/nichts", headers={"Accept-Language": "de"}).json()
    assert german["title"] == "Seite nicht gefunden"


def test_the_description_of_the_interface_names_every_door(client: httpx.Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {"/api/v1/check", "/api/v1/queries", "/api/v1/query/{name}"} <= set(paths)


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_no_page_of_the_framework_is_served(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def _leaves() -> list[type[KreislaufstadtError]]:
    named = [getattr(errors, name) for name in dir(errors)]
    kinds = [kind for kind in named if isinstance(kind, type) and issubclass(kind, Exception)]
    return [
        kind
        for kind in kinds
        if issubclass(kind, KreislaufstadtError)
        and kind not in (KreislaufstadtError, UserError, ServiceError)
    ]


def test_every_error_has_a_status_of_its_kind() -> None:
    for kind in _leaves():
        assert kind in problems.STATUS, kind
        is_users = issubclass(kind, UserError) and kind not in (
            errors.NoDataset,
            errors.ReferenceInvalid,
            errors.SettingInvalid,
        )
        assert (problems.STATUS[kind] < 500) is is_users


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_error_has_a_title(language: str) -> None:
    titles = texts_in("de" if language == "de" else "en")["problem"]
    assert {kind.code for kind in _leaves()} <= set(titles)
