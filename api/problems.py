"""Answer every failure with one shape: problem+json for programs (RFC 9457), a page for people."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.pages.rendering import render_problem
from api.readers import reader_language, wants_page
from api.refusals import BodyTooLarge, NamedRefusal, NotAcceptable, UnsupportedMediaType
from api.wording import texts_in
from kg import errors
from kg.errors import KreislaufstadtError, UserError
from kg.language import Language
from kg.serving.failures import MalformedQuery

_LOG = logging.getLogger(__name__)

PROBLEM_TYPE: Final = "https://w3id.org/kreislaufstadt/problem/"
PROBLEM_MEDIA_TYPE: Final = "application/problem+json"
RETRY_SECONDS: Final = 2

STATUS: Final[Mapping[type[KreislaufstadtError], HTTPStatus]] = {
    errors.UnreadableFile: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.UnknownIri: HTTPStatus.NOT_FOUND,
    errors.UnknownStatement: HTTPStatus.NOT_FOUND,
    errors.UnknownName: HTTPStatus.NOT_FOUND,
    errors.BadParameter: HTTPStatus.BAD_REQUEST,
    errors.BadEncoding: HTTPStatus.BAD_REQUEST,
    errors.BadQuery: HTTPStatus.BAD_REQUEST,
    errors.ForbiddenQuery: HTTPStatus.FORBIDDEN,
    errors.BadMeasure: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.BackupRefused: HTTPStatus.CONFLICT,
    errors.BackupBroken: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.NotAuthorised: HTTPStatus.UNAUTHORIZED,
    errors.NotAllowed: HTTPStatus.FORBIDDEN,
    errors.LoginNeeded: HTTPStatus.UNAUTHORIZED,
    errors.TooManyAttempts: HTTPStatus.TOO_MANY_REQUESTS,
    errors.FormRefused: HTTPStatus.FORBIDDEN,
    errors.ReviewOutdated: HTTPStatus.CONFLICT,
    errors.SecondPersonNeeded: HTTPStatus.CONFLICT,
    errors.UnknownJob: HTTPStatus.NOT_FOUND,
    errors.JobEnded: HTTPStatus.CONFLICT,
    errors.JobInterrupted: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.GraphProtected: HTTPStatus.FORBIDDEN,
    errors.GraphNotNamed: HTTPStatus.FORBIDDEN,
    errors.GraphChanged: HTTPStatus.PRECONDITION_FAILED,
    errors.BadRdf: HTTPStatus.BAD_REQUEST,
    errors.ShapeViolated: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.NothingLoaded: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.ReferenceInvalid: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.NoDataset: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.SettingInvalid: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.QueryTooSlow: HTTPStatus.GATEWAY_TIMEOUT,
    errors.AnswerTooLarge: HTTPStatus.INSUFFICIENT_STORAGE,
    errors.TooManyRows: HTTPStatus.INSUFFICIENT_STORAGE,
    errors.TooManyQueries: HTTPStatus.TOO_MANY_REQUESTS,
    errors.WorkerDied: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.ReasonNotFound: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.DatasetBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.DatasetBroken: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.RecordBroken: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.ModelBroken: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.ServerBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.PrintingFailed: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.RemoteFailed: HTTPStatus.BAD_GATEWAY,
}
# What only the protocol knows; the sentences are in the texts under [http].
_HTTP_CODES: Final[Mapping[int, str]] = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    413: "body-too-large",
    415: "unsupported-media-type",
    421: "unknown-host",
    422: "invalid-input",
    500: "internal-error",
}


def status_of(error: KreislaufstadtError) -> HTTPStatus:
    """Return the HTTP status of an error; a subclass has that of the class it refines."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    is_users = isinstance(error, UserError)
    return HTTPStatus.BAD_REQUEST if is_users else HTTPStatus.INTERNAL_SERVER_ERROR


def problem(
    request: Request,
    status: int,
    code: str,
    detail: str,
    *,
    members: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return one failure for a program or a person; `members` are extra fields of the object."""
    language = reader_language(request)
    title = texts_in(language)["problem"].get(code, HTTPStatus(status).phrase)
    if wants_page(request):
        page = render_problem(request, language, status=status, title=title, detail=detail)
        page.headers.update(headers or {})
        return page
    content = {
        "type": PROBLEM_TYPE + code,
        "title": title,
        "status": int(status),
        "detail": detail,
        "code": code,
        **(members or {}),
    }
    return JSONResponse(
        content,
        status_code=status,
        media_type=PROBLEM_MEDIA_TYPE,
        headers={
            "Content-Language": language,
            "Vary": "Accept, Accept-Language",
            **(headers or {}),
        },
    )


async def _of_ours(request: Request, error: Exception) -> Response:
    if not isinstance(error, KreislaufstadtError):
        raise error
    status = status_of(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _LOG.warning("%s: %s", error.code, error)
    members: dict[str, object] = {}
    if isinstance(error, MalformedQuery) and error.line is not None:
        members = {"line": error.line, "column": error.column}
    members |= _members_of_graph(error, reader_language(request))
    headers = {}
    if status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS):
        headers["Retry-After"] = str(RETRY_SECONDS)
    if isinstance(error, errors.TooManyAttempts):
        headers["Retry-After"] = str(error.retry_seconds)
    if status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="Kreislaufstadt"'
    detail = error.text.in_language(reader_language(request))
    return problem(request, status, error.code, detail, members=members, headers=headers)


def _members_of_graph(error: KreislaufstadtError, language: Language) -> dict[str, object]:
    """Return what an error about a graph tells a program besides its sentence."""
    if isinstance(error, errors.ShapeViolated):
        return {"findings": [finding.as_json(language) for finding in error.findings]}
    if isinstance(error, errors.GraphProtected):
        return {"graph": error.graph}
    if isinstance(error, errors.BadRdf) and error.line is not None:
        return {"line": error.line, "column": error.column}
    return {}


async def _of_http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return http_problem(request, error)


def http_problem(request: Request, error: HTTPException) -> Response:
    """Return the answer to a request that failed by the rules of HTTP alone."""
    code = _HTTP_CODES.get(error.status_code, "bad-request")
    values: dict[str, object] = {"path": request.url.path, "method": request.method}
    if isinstance(error, NamedRefusal):
        code = error.code
        values.update(error.values)
    sentence = texts_in(reader_language(request))["http"][code]
    members: dict[str, object] = {}
    if isinstance(error, BodyTooLarge):
        values["limit"] = error.limit_bytes
    if isinstance(error, NotAcceptable):
        members["available"] = list(error.available)
        values["available"] = ", ".join(error.available)
    if isinstance(error, UnsupportedMediaType):
        members["supported"] = list(error.supported)
        values["supported"] = ", ".join(error.supported)
    return problem(
        request,
        error.status_code,
        code,
        sentence.format_map(values),
        members=members,
        headers=error.headers,
    )


async def _of_validation(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    fields = [
        {"field": ".".join(str(part) for part in item["loc"][1:]), "reason": item["msg"]}
        for item in error.errors()
    ]
    named = ", ".join(sorted({field["field"] for field in fields if field["field"]}))
    sentence = texts_in(reader_language(request))["http"]["invalid-input"]
    return problem(
        request,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "invalid-input",
        sentence.format_map({"fields": named or "–"}),
        members={"errors": fields},
    )


async def _of_anything(request: Request, _: Exception) -> Response:
    # The server logs the traceback; the outside learns nothing of it.
    sentence = texts_in(reader_language(request))["http"]["internal-error"]
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "internal-error", sentence)


async def answer_failure(request: Request, error: KreislaufstadtError | HTTPException) -> Response:
    """Return the answer to a failure that was caught before the handlers of the application."""
    if isinstance(error, KreislaufstadtError):
        return await _of_ours(request, error)
    return http_problem(request, error)


def install_handlers(app: FastAPI) -> None:
    """Let an application answer every failure with a problem."""
    app.add_exception_handler(KreislaufstadtError, _of_ours)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(Exception, _of_anything)
