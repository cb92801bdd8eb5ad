"""Show the interface for programs: the OpenAPI document as a page, without scripts."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from api.pages.rendering import render_page
from api.problems import PROBLEM_MEDIA_TYPE
from api.rest.description import Document, operations
from api.wording import texts_in
from kg.language import Language

_SHOWN_LINES: Final = 40
_FORM: Final = "multipart/form-data"
# What `kreislaufstadt token create` printed.
_TOKEN: Final = "ks_…"  # noqa: S105 (a place to fill in)
_PLACES: Final = ("path", "query", "header")


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """Hold one parameter of an operation for a reader."""

    name: str
    place: str
    is_required: bool
    type: str
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """Hold one answer of an operation: status, formats, meaning."""

    status: str
    formats: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class OperationView:
    """Hold an operation for a reader, with a command to try and what it answers."""

    id: str
    tag: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[ParameterRow, ...]
    bodies: tuple[str, ...]
    answers: tuple[AnswerRow, ...]
    command: str
    answer: str
    is_shortened: bool


async def api_page(request: Request, language: Language) -> Response:
    """Return the page about the interface, in the order of the OpenAPI document."""
    app: FastAPI = request.app
    document = app.openapi()
    base = f"{request.url.scheme}://{request.url.netloc}"
    views = [
        _view(path, method, operation, language, base)
        for path, method, operation in operations(document)
    ]
    tags = list(dict.fromkeys(view.tag for view in views))
    names = texts_in(language)["api_tag"]
    groups = [(tag, names.get(tag, tag), [v for v in views if v.tag == tag]) for tag in tags]
    values = {"version": document["info"]["version"], "groups": groups}
    return render_page("api", language, values)


def _view(
    path: str, method: str, operation: Document, language: Language, base: str
) -> OperationView:
    parameters = operation.get("parameters", [])
    body: Document = operation.get("requestBody", {}).get("content", {})
    good = next(code for code in operation["responses"] if code.startswith("2"))
    text, is_shortened = _shown(_example(operation["responses"][good]))
    return OperationView(
        id=operation.get("operationId", f"{method}-{path}"),
        tag=next(iter(operation.get("tags", ())), ""),
        method=method.upper(),
        path=path,
        summary=_said(operation, "summary", language),
        description=_said(operation, "description", language),
        parameters=tuple(
            _row(parameter, language) for parameter in parameters if parameter["in"] in _PLACES
        ),
        bodies=tuple(body),
        answers=tuple(_answers(operation["responses"], language)),
        command=_command(
            base + path, method, parameters, body, needs_token="401" in operation["responses"]
        ),
        answer=text,
        is_shortened=is_shortened,
    )


def _said(part: Mapping[str, Any], name: str, language: Language) -> str:
    german = part.get(f"x-{name}-de", "") if language == "de" else ""
    return str(german or part.get(name, ""))


def _row(parameter: Document, language: Language) -> ParameterRow:
    return ParameterRow(
        parameter["name"],
        texts_in(language)["api"][parameter["in"]],
        bool(parameter.get("required")),
        _type(parameter.get("schema", {})),
        _said(parameter, "description", language),
        str(parameter.get("example", "")),
    )


def _type(schema: Document) -> str:
    """Return the kind of a value: its choices, else its type with its bounds."""
    for part in (schema, *schema.get("anyOf", ())):
        if "enum" in part:
            return " | ".join(str(choice) for choice in part["enum"])
    kind = str(schema.get("type", ""))
    if "minimum" in schema and "maximum" in schema:
        return f"{kind} {schema['minimum']}–{schema['maximum']}"
    return kind


def _answers(responses: Document, language: Language) -> Iterator[AnswerRow]:
    texts = texts_in(language)
    for status, described in responses.items():
        content: Document = described.get("content", {})
        problem: Document = content.get(PROBLEM_MEDIA_TYPE, {}).get("example", {})
        code = problem.get("code", "")
        words = texts["problem"].get(code, texts["api"]["unchanged"])
        if status.startswith("2"):
            words = texts["api"]["success"]
        shown = texts["api"]["any"] if status == "default" else status
        yield AnswerRow(shown, tuple(content), f"{words} ({code})" if code else words)


def _example(response: Document) -> object:
    for described in response.get("content", {}).values():
        if "example" in described:
            return described["example"]
    return None


def _shown(example: object) -> tuple[str, bool]:
    if example is None:
        return "", False
    text = (
        example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=1)
    )
    lines = text.splitlines()
    return "\n".join(lines[:_SHOWN_LINES]), len(lines) > _SHOWN_LINES


def _field(name: str, schema: Document) -> list[str]:
    """Return how curl sends a field of a form; one without an example is left out."""
    if "example" not in schema:
        return []
    sign = "@" if schema.get("format") == "binary" else ""
    return ["-F", f"{name}={sign}{schema['example']}"]


def _command(
    address: str, method: str, parameters: list[Document], body: Document, *, needs_token: bool
) -> str:
    """Return the curl command that sends the example of an operation."""
    query = []
    for parameter in parameters:
        example = parameter.get("example")
        if example is None:
            continue
        if parameter["in"] == "path":
            address = address.replace(f"{{{parameter['name']}}}", quote(str(example), safe="/:"))
        elif parameter["in"] == "query":
            query.append((parameter["name"], str(example)))
    if query:
        address += "?" + urlencode(query)
    words = ["curl", "-s"]
    if needs_token:
        words += ["-H", f"Authorization: Bearer {_TOKEN}"]
    for kind, described in body.items():
        if kind == _FORM:
            fields: Document = described["schema"]["properties"]
            words += [part for field in fields.items() for part in _field(*field)]
        if "example" in described:
            given = described["example"]
            text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
            words += ["-H", f"Content-Type: {kind}", "--data-binary", text]
    if method not in ("get", "post"):
        words += ["-X", method.upper()]
    return shlex.join([*words, address])
