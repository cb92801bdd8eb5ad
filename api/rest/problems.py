"""Describe for OpenAPI how operations fail: problem+json with a stable code (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from api.problems import PROBLEM_MEDIA_TYPE, PROBLEM_TYPE
from api.wording import texts_in

# The code that a status mostly has here; `docs/errors.md` lists all.
_CODES: Final[dict[int, str]] = {
    400: "bad-parameter",
    401: "not-authorised",
    403: "not-allowed",
    404: "unknown-iri",
    406: "not-acceptable",
    413: "body-too-large",
    415: "unsupported-media-type",
    421: "unknown-host",
    422: "invalid-input",
    500: "reason-not-found",
    503: "server-busy",
    504: "query-too-slow",
    507: "answer-too-large",
}


class Problem(BaseModel):
    """Say what went wrong: a stable `code`, a title and a sentence that says what to do."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str


def failing(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the answers for these statuses as FastAPI wants them (its type has `Any`)."""
    texts = texts_in("en")
    described: dict[int | str, dict[str, Any]] = {}
    for status in sorted({*statuses, 406, 421, 422, 503}):
        code = _CODES[status]
        title = texts["problem"][code]
        example = {
            "type": PROBLEM_TYPE + code,
            "title": title,
            "status": status,
            "detail": title + ".",
            "code": code,
        }
        described[status] = {
            "description": f"{HTTPStatus(status).phrase}: {title}",
            "content": {
                PROBLEM_MEDIA_TYPE: {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "example": example,
                }
            },
        }
    return described


LISTED: Final = (400, 504, 507)
