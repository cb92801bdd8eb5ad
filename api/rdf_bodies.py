"""Read RDF that a request carries: by its media type, nothing fetched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from starlette.datastructures import UploadFile
from starlette.requests import Request

from api.form_fields import utf8_text
from api.refusals import UnsupportedMediaType
from kg.editing.frames import Payload
from kg.errors import BadRdf, UnreadableFile
from kg.language import Text
from loaders.archives import refuse_document_type
from loaders.files import SourceFile
from loaders.rdf import refuse_remote_context

MULTIPART: Final = "multipart/form-data"
RDF_TYPES: Final[Mapping[str, str]] = {
    "text/turtle": "TURTLE",
    "application/turtle": "TURTLE",
    "application/x-turtle": "TURTLE",
    "application/n-triples": "N_TRIPLES",
    "application/ld+json": "JSON_LD",
    "application/rdf+xml": "RDF_XML",
}
_SHOWN: Final = ("text/turtle", "application/n-triples", "application/ld+json")
SUPPORTED: Final = (*_SHOWN, "application/rdf+xml")
_PARTS: Final = 20


async def payloads_of(request: Request, base: str) -> tuple[Payload, ...]:
    """Return the bodies of a request, whose length is bound; `base` is what relative IRIs start at.

    Raises:
        UnsupportedMediaType: a body is of another kind.
        BadRdf: it declares a document type, refers to a remote context, or is no such RDF.
    """
    if _media_type(request.headers.get("content-type", "")) != MULTIPART:
        content = await request.body()
        return (_payload(request.headers.get("content-type", ""), content, base),)
    found = []
    async with request.form(max_files=_PARTS, max_fields=_PARTS) as form:
        for _, part in form.multi_items():
            if isinstance(part, UploadFile):
                kind = part.content_type or ""
                found.append(_payload(kind, await part.read(), base))
            else:
                found.append(_payload("text/turtle", part.encode(), base))
    if not found:
        raise _malformed()
    return tuple(found)


def _payload(content_type: str, content: bytes, base: str) -> Payload:
    name = RDF_TYPES.get(_media_type(content_type))
    if name is None:
        raise UnsupportedMediaType(SUPPORTED)
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        if name == "RDF_XML":
            refuse_document_type(SourceFile("body.rdf", content), content)
        else:
            utf8_text(content)
        if name == "JSON_LD":
            refuse_remote_context(SourceFile("body.jsonld", content))
    except UnreadableFile as error:
        raise BadRdf(error.reason) from error
    except json.JSONDecodeError as error:
        raise _malformed() from error
    return Payload(name, base, content)


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _malformed() -> BadRdf:
    return BadRdf(
        Text(
            "ist beschädigt oder unvollständig. Bitte noch einmal senden.",
            "is damaged or incomplete. Please send it again.",
        )
    )
