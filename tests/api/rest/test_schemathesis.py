"""Requests made from the OpenAPI document: never a 5xx, every answer as the document says."""

from __future__ import annotations

from functools import cache

import hypothesis
import pytest
import schemathesis
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.wording import texts_in
from tests.api.town import RunningServer

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# The same requests every time.
STEADY = hypothesis.settings(
    max_examples=6,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)


@cache
def _operations(url: str) -> dict[str, schemathesis.APIOperation]:
    schema = schemathesis.openapi.from_url(f"{url}/api/v1/openapi.json")
    found = (result.ok() for result in schema.get_all_operations())
    return {item.definition.raw["operationId"]: item for item in found}


@pytest.mark.property
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", sorted(texts_in("en")["api_summary"]))
def test_an_operation_answers_as_described(
    name: str, mode: GenerationMode, rest_server: RunningServer
) -> None:
    operation = _operations(rest_server.url)[name]

    @STEADY
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def answered(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)

    answered()
