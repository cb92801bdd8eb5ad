"""Describe answers in the OpenAPI document by examples."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from api.problems import PROBLEM_MEDIA_TYPE, PROBLEM_TYPE

# The shape in which FastAPI takes responses; it has no narrower type.
Responses = dict[int | str, dict[str, Any]]


def shown(example: Mapping[str, object], status: int = 200) -> Responses:
    """Return the description of one answer as JSON."""
    phrase = HTTPStatus(status).phrase
    return {status: {"description": phrase, "content": {"application/json": {"example": example}}}}


def problems(*statuses: int) -> Responses:
    """Return the descriptions of failures, all of the shape of RFC 9457."""
    return {status: _problem(HTTPStatus(status)) for status in statuses}


def _problem(status: HTTPStatus) -> dict[str, Any]:
    example = {
        "type": f"{PROBLEM_TYPE}code",
        "title": status.phrase,
        "status": int(status),
        "detail": "…",
        "code": "code",
    }
    return {"description": status.phrase, "content": {PROBLEM_MEDIA_TYPE: {"example": example}}}
