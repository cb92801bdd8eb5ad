"""Give the answer of a check as a file: for word processors, spreadsheets and programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from starlette.responses import Response

from api.pages.check.document import as_docx
from api.pages.cities import City
from api.rest.batch import XLSX
from api.rest.batch_tables import BatchAnswer, as_xlsx
from kg.findings import Place
from kg.fit.measure import MeasureInput
from kg.fit.report import FitReport
from kg.fit.sentence import name_of
from kg.language import Text
from loaders.measure_inputs import ListedMeasure

_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILE_NAME: Final = Text("kreislaufstadt-pruefung", "kreislaufstadt-check")


@dataclass(frozen=True, slots=True)
class Form:
    """Hold how a file is written: its suffix, media type and writer."""

    suffix: str
    media_type: str
    write: Callable[[FitReport, str], bytes]


def download(report: FitReport, form: Form, city: City | None) -> Response:
    """Return a report as a file that the browser saves."""
    name = f"{FILE_NAME.in_language(report.language)}.{form.suffix}"
    return Response(
        form.write(report, city.name if city else ""),
        media_type=form.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Language": report.language,
        },
    )


def _docx(report: FitReport, city: str) -> bytes:
    return as_docx(report, city, datetime.now(UTC))


def _json(report: FitReport, _: str) -> bytes:
    """Return the bytes that `check --format json` prints."""
    text = json.dumps(report.as_json(), ensure_ascii=False, indent=2, sort_keys=True)
    return f"{text}\n".encode()


def _xlsx(report: FitReport, _: str) -> bytes:
    """Return the workbook of a list with one entry."""
    measure = MeasureInput.model_validate(report.measure)
    entry = ListedMeasure(Place(""), measure.number, name_of(report), measure)
    answer = BatchAnswer("", report.generation, report.language, ((entry, report),), ())
    return as_xlsx(answer)


FORMS: Final[Mapping[str, Form]] = {
    "docx": Form("docx", _DOCX, _docx),
    "xlsx": Form("xlsx", XLSX, _xlsx),
    "json": Form("json", "application/json", _json),
}
