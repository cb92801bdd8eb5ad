"""Send answers with language, generation, checksum and links to the next part of a list."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from urllib.parse import urlencode

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.rest.asking import Asked
from kg.language import Language


def answer(
    request: Request,
    body: BaseModel | Mapping[str, object],
    *,
    generation: str,
    language: Language,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a JSON answer; 304 without a body where the client has this very answer."""
    content = body.model_dump(mode="json") if isinstance(body, BaseModel) else dict(body)
    made = JSONResponse(content)
    return told(request, made, generation=generation, language=language, headers=headers)


def told(
    request: Request,
    made: Response,
    *,
    generation: str,
    language: Language,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the answer with its language, generation and checksum, or 304."""
    etag = f'"{hashlib.sha256(bytes(made.body)).hexdigest()[:24]}"'
    known = {
        "Content-Language": language,
        "Kreislaufstadt-Generation": generation,
        "Vary": "Accept, Accept-Language",
        **(headers or {}),
    }
    if request.method == "GET":
        known |= {"ETag": etag, "Cache-Control": "no-cache"}
        wanted = [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]
        if etag in wanted or f"W/{etag}" in wanted or "*" in wanted:
            return Response(status_code=304, headers=known)
    made.headers.update(known)
    return made


def page_links(asked: Asked, total: int) -> dict[str, str]:
    """Return the `Link` header to the parts before and after this one (RFC 8288), if any."""
    steps = {}
    if asked.offset + asked.limit < total:
        steps["next"] = asked.offset + asked.limit
    if asked.offset > 0:
        steps["prev"] = max(asked.offset - asked.limit, 0)
    kept = [
        (name, value)
        for name, value in asked.request.query_params.multi_items()
        if name not in ("limit", "offset")
    ]
    path = asked.request.url.path
    links = [
        f"<{path}?{urlencode([*kept, ('limit', str(asked.limit)), ('offset', str(offset))])}>;"
        f' rel="{name}"'
        for name, offset in steps.items()
    ]
    return {"Link": ", ".join(links)} if links else {}
