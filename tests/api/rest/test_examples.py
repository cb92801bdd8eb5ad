"""Every example in the OpenAPI document was sent to the town and answered just so.

After an intended change: KREISLAUFSTADT_WRITE_EXPECTED=1 pytest tests/api/rest/test_examples.py,
then read the difference.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from api.rest.description import example_of
from api.wording import texts_in
from tests.api.town import AGS, GOAL, MEASURE, TOWN

Example = dict[str, Any]
JSON = "application/json"
ORDER: dict[str, Example] = {
    "checkMeasure": {
        "parameters": {"city": AGS, "lang": "en"},
        "content_type": JSON,
        "body": {"title": "Bauteilbörse", "description": "Gebrauchte Türen werden vermittelt."},
    },
    "getCheckSchema": {"parameters": {}, "answer_type": "application/schema+json"},
    "checkMeasures": {
        "parameters": {"city": AGS, "lang": "de", "format": "csv"},
        "content_type": "text/csv",
        "body": "Nr.;Titel;Beschreibung\n1;Bauteilbörse;Gebrauchte Türen werden vermittelt.\n",
        "answer_type": "text/csv",
    },
    "matchTexts": {
        "parameters": {"lang": "en"},
        "content_type": JSON,
        "body": {"texts": [{"id": "1", "text": "Bauabfall verringern"}], "top": 1},
    },
    "findDuplicates": {
        "parameters": {"city": AGS, "lang": "en"},
        "content_type": JSON,
        "body": {"title": "Bauteilbörse für gebrauchte Türen"},
    },
    "listDuplicates": {"parameters": {"lang": "en", "limit": 1}},
    "listInterfaces": {"parameters": {"status": "confirmed", "lang": "en"}},
    "getInterface": {"parameters": {"key": f"{AGS}/interface/2", "lang": "en"}},
    "listConflicts": {"parameters": {"city": AGS, "lang": "en"}},
    "listMeasures": {"parameters": {"city": AGS, "limit": 1, "lang": "en"}},
    "getMeasure": {"parameters": {"key": f"{AGS}/measure/m-2", "lang": "en"}},
    "listConcepts": {"parameters": {"city": AGS, "limit": 1, "lang": "en"}},
    "getConcept": {"parameters": {"key": f"{AGS}/concept/klima", "lang": "en"}},
    "listAims": {"parameters": {"kind": "concept-goal", "lang": "en"}},
    "getAim": {"parameters": {"key": "sdg:12.5", "lang": "en"}},
    "listIndicators": {"parameters": {"element": MEASURE, "lang": "en"}},
    "getIndicator": {"parameters": {"key": f"{TOWN}/indicator/quote", "lang": "en"}},
    "listGaps": {"parameters": {"kind": "aims-without-measure", "lang": "en"}},
    "explainStatement": {
        "parameters": {"subject": GOAL, "predicate": "a", "object": "ks:Aim", "lang": "en"}
    },
    "listQueries": {"parameters": {}},
    "runQuery": {
        "parameters": {"name": "concepts", "lang": "en"},
        "answer_type": "application/sparql-results+json",
    },
}
# Of a list that grows with other work only the first entries are shown.
SHOWN = {"listQueries": 2}


def _sent(client: httpx.Client, name: str, document: Example) -> httpx.Response:
    path, method, operation = _found(name, document)
    example = ORDER[name]
    query = dict(example["parameters"])
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(query.pop(parameter["name"])))
    headers = {"Content-Type": example["content_type"]} if "body" in example else {}
    body = example.get("body")
    content = body if isinstance(body, str) else json.dumps(body)
    return client.request(
        method, path, params=query, headers=headers, content=content if "body" in example else None
    )


def _found(name: str, document: Example) -> tuple[str, str, Example]:
    return next(
        (path, method, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if operation.get("operationId") == name
    )


def _bare(answer: object) -> object:
    """Return an answer without the names of generation and model, which other changes change."""
    if isinstance(answer, dict):
        hidden = ("generation", "calibration")
        return {key: _bare(value) for key, value in answer.items() if key not in hidden}
    return [_bare(item) for item in answer] if isinstance(answer, list) else answer


@pytest.fixture(scope="module")
def document(rest_server: Any) -> Example:
    found: Example = httpx.get(f"{rest_server.url}/api/v1/openapi.json").json()
    return found


def test_every_operation_has_an_example(document: Example) -> None:
    # Writing has examples beside the code, since an answer to it differs each time.
    without = {
        operation["operationId"]
        for item in document["paths"].values()
        for operation in item.values()
        if not any("example" in kind for kind in _answers(operation))
    }
    assert without == set()
    assert set(texts_in("en")["api_summary"]) == {
        operation["operationId"]
        for item in document["paths"].values()
        for operation in item.values()
    }


def _answers(operation: Example) -> list[Example]:
    good = [told for status, told in operation["responses"].items() if status.startswith("2")]
    return [kind for told in good for kind in told.get("content", {}).values()]


@pytest.mark.parametrize("name", ORDER)
def test_an_example_is_answered_just_so(
    name: str, rest: httpx.Client, document: Example, repository: Path
) -> None:
    answered = _sent(rest, name, document)
    assert answered.status_code == 200, answered.text
    is_json = "json" in answered.headers["content-type"]
    answer = answered.json() if is_json else answered.text
    if isinstance(answer, list):
        answer = answer[: SHOWN[name]]
    kind = ORDER[name].get("answer_type", JSON)
    written = {**ORDER[name], "answer_type": kind, "answer": answer}
    if os.environ.get("KREISLAUFSTADT_WRITE_EXPECTED"):
        path = repository / "api" / "rest" / "examples" / f"{name}.json"
        path.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert answered.headers["content-type"].startswith(kind)
    assert _bare(example_of(name)) == _bare(written)


@pytest.mark.parametrize("name", ORDER)
def test_an_example_fits_its_schema(name: str, document: Example) -> None:
    _, _, operation = _found(name, document)
    for kind, described in operation["responses"]["200"]["content"].items():
        if "example" in described and "json" in kind:
            _valid(described["example"], described["schema"], document)
    for kind, described in operation.get("requestBody", {}).get("content", {}).items():
        if "example" in described and "json" in kind:
            _valid(described["example"], described["schema"], document)


def _valid(value: object, schema: Example, document: Example) -> None:
    whole = {**schema, "components": document["components"]}
    jsonschema.Draft202012Validator(whole).validate(value)


@pytest.mark.parametrize("name", sorted(texts_in("en")["api_summary"]))
def test_an_operation_says_in_both_languages_what_it_does(name: str, document: Example) -> None:
    _, _, operation = _found(name, document)
    for field in ("summary", "description"):
        assert operation[field] != operation[f"x-{field}-de"]
    for parameter in operation.get("parameters", ()):
        assert parameter["description"]
        assert parameter["x-description-de"]


def test_the_document_names_licence_server_and_tags(document: Example) -> None:
    used = {tag for item in document["paths"].values() for o in item.values() for tag in o["tags"]}
    assert document["openapi"].startswith("3.1")
    assert document["info"]["license"]["identifier"] == "Apache-2.0"
    assert document["servers"][0]["url"] == "/"
    assert used <= {tag["name"] for tag in document["tags"]}


def test_every_reference_in_the_document_resolves(document: Example) -> None:
    text = json.dumps(document)
    named = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert named <= set(document["components"]["schemas"])
