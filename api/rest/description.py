"""Describe the interface as OpenAPI 3.1: texts, examples, problems, licence, server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from typing import Any, Final

from fastapi import FastAPI

from api.problems import PROBLEM_MEDIA_TYPE
from api.rest.problems import Problem
from api.wording import texts_in
from kg.fit.schema import report_schema

Document = dict[str, Any]  # OpenAPI is a JSON document
_REF: Final = "#/components/schemas/"
_METHODS: Final = ("get", "post", "put", "patch", "delete")


class DescribedService(FastAPI):
    """Be the application whose OpenAPI document has texts and examples for every operation."""

    def openapi(self) -> Document:
        """Return the OpenAPI document, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = completed(super().openapi())
        return self.openapi_schema


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    """Give path, method and description of every operation, in the document's order."""
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                yield path, method, item[method]


def example_of(operation_id: str) -> Document | None:
    """Return the tried example of an operation, None where there is none."""
    file = resources.files("api.rest.examples").joinpath(f"{operation_id}.json")
    if not file.is_file():
        return None
    found: Document = json.loads(file.read_text("utf-8"))
    return found


def completed(document: Document) -> Document:
    """Return the document with what FastAPI cannot know."""
    texts = texts_in("en")
    document["info"] |= {
        "summary": texts["site"]["claim"],
        "description": texts["api"]["lead"],
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }
    document["servers"] = [{"url": "/", "description": texts["api"]["server"]}]
    document["tags"] = [
        {"name": name, "description": text, "x-description-de": texts_in("de")["api_tag"][name]}
        for name, text in texts["api_tag"].items()
    ]
    schemas: Document = document.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = Problem.model_json_schema()
    schemas |= _report_schemas()
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for _, _, operation in operations(document):
        _complete(operation)
        _show_first(operation, schemas)
    return document


def _show_first(operation: Document, schemas: Document) -> None:
    """Put the first example of a schema where readers look for it, unless there is one."""
    body: Document = operation.get("requestBody", {}).get("content", {})
    for part in (*operation.get("parameters", ()), *body.values()):
        schema: Document = part.get("schema", {})
        schema = schemas.get(schema.get("$ref", "").removeprefix(_REF), schema)
        if "example" not in part and schema.get("examples"):
            part["example"] = schema["examples"][0]


def _complete(operation: Document) -> None:
    name = operation.get("operationId", "")
    for language, prefix in (("en", ""), ("de", "x-")):
        texts = texts_in("de" if language == "de" else "en")
        suffix = "-de" if prefix else ""
        if name in texts["api_summary"]:
            operation[f"{prefix}summary{suffix}"] = texts["api_summary"][name]
            operation[f"{prefix}description{suffix}"] = texts["api_description"][name]
        for parameter in operation.get("parameters", ()):
            text = texts["api_parameter"].get(parameter["name"])
            if text:
                parameter[f"{prefix}description{suffix}"] = text
    responses: Document = operation["responses"]
    failure = {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": f"{_REF}Problem"}}}
    if "HTTPValidationError" in json.dumps(responses.get("422", {})):
        # FastAPI's own answer, in whose place ours is given.
        responses["422"] = {"description": "Unprocessable Entity", "content": failure}
    responses.setdefault("default", {"description": "Any other failure", "content": failure})
    example = example_of(name)
    if example is not None:
        _exemplify(operation, example)
    for described in responses.values():
        described.setdefault("headers", {}).update(_headers())


def _exemplify(operation: Document, example: Document) -> None:
    for parameter in operation.get("parameters", ()):
        given = example["parameters"].get(parameter["name"])
        if given is not None:
            parameter["example"] = given
    if "body" in example:
        body = operation["requestBody"]["content"][example["content_type"]]
        body["example"] = example["body"]
    answer = operation["responses"]["200"]["content"].setdefault(example["answer_type"], {})
    answer["example"] = example["answer"]


def _headers() -> Document:
    return {
        "Content-Language": {
            "description": "Language of the answer",
            "schema": {"type": "string", "enum": ["de", "en"]},
        },
    }


def _report_schemas() -> Document:
    """Return the published schema of the check's answer with its parts as components."""
    text = json.dumps(json.loads(report_schema()))
    schema: Document = json.loads(text.replace("#/$defs/", f"{_REF}FitReport."))
    parts = schema.pop("$defs")
    for name in ("$schema", "$id"):
        schema.pop(name, None)
    return {"FitReport": schema, **{f"FitReport.{name}": part for name, part in parts.items()}}
