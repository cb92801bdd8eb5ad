"""Give the answer to a list as a file, or as a link that holds the file itself."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from starlette.responses import Response

from api.pages.check.downloads import FILE_NAME
from api.rest.batch import CSV, XLSX
from api.rest.batch_tables import BatchAnswer, as_csv, as_xlsx


@dataclass(frozen=True, slots=True)
class ListForm:
    """Hold how a list is written: its suffix, media type and writer."""

    suffix: str
    media_type: str
    write: Callable[[BatchAnswer], bytes]


@dataclass(frozen=True, slots=True)
class FileLink:
    """Hold a link that needs no server: the name of the file and its content as an address."""

    suffix: str
    name: str
    address: str


WHOLE: Final[Mapping[str, ListForm]] = {
    "xlsx": ListForm("xlsx", XLSX, as_xlsx),
    "csv": ListForm("csv", f"{CSV}; charset=utf-8", partial(as_csv, part="verdicts")),
}
# One row a measure: small enough to stand in the page.
_OVERVIEW: Final = (
    ListForm("xlsx", XLSX, partial(as_xlsx, parts=("measures", "findings"))),
    ListForm("csv", f"{CSV};charset=utf-8", partial(as_csv, part="measures")),
)


def list_file(answer: BatchAnswer, form: ListForm) -> Response:
    """Return the answer with all grounds as a file that the browser saves."""
    return Response(
        form.write(answer),
        media_type=form.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{file_name(answer, form)}"',
            "Content-Language": answer.language,
        },
    )


def file_name(answer: BatchAnswer, form: ListForm) -> str:
    """Return the name under which the browser saves a file."""
    return f"{FILE_NAME.in_language(answer.language)}.{form.suffix}"


def overview_links(answer: BatchAnswer) -> list[FileLink]:
    """Return links to the overview; nothing has to be kept or checked again for them."""
    return [
        FileLink(form.suffix, file_name(answer, form), data_address(form, answer))
        for form in _OVERVIEW
    ]


def data_address(form: ListForm, answer: BatchAnswer) -> str:
    """Return the file as an address that holds it (RFC 2397)."""
    kind = form.media_type.replace(" ", "")
    return f"data:{kind};base64,{b64encode(form.write(answer)).decode('ascii')}"
