"""Read a list of measures as inputs of the fit check, each with its place and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import BadMeasure, UnreadableFile
from kg.findings import Findings, Place, Severity
from kg.fit.measure import MeasureInput, measure_of
from kg.language import Text
from loaders.context import LoadContext
from loaders.entries import prepared
from loaders.files import SourceFile
from loaders.measures import nothing_found
from loaders.records import Record
from loaders.tables import read_table

# Fields of the check with the fields of a list that say the same.
_SAID_BY: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "number": ("code",),
    "description": ("description",),
    "responsible": ("responsible",),
    "status": ("status",),
    "instruments": ("instrument",),
    "r_strategies": ("r_strategies",),
    "fields": ("value_chain", "field"),
    "indicators": ("indicators",),
    "aims": ("goal_ref", "sdg"),
    "source": ("source",),
}
_PERIOD = ("time_text", "start_year", "end_year")
_USED = frozenset({name for names in _SAID_BY.values() for name in names} | set(_PERIOD))


@dataclass(frozen=True, slots=True)
class ListedMeasure:
    """Hold one entry of a list; `measure` is None where a finding says why it cannot be checked."""

    place: Place
    number: str
    title: str
    measure: MeasureInput | None


def read_measure_inputs(
    file: SourceFile, context: LoadContext, findings: Findings, *, most: int
) -> list[ListedMeasure]:
    """Return the entries of a list of measures in its order; findings tell all that is not used.

    Raises:
        UnreadableFile: The file is broken, of another kind, or has more than `most` entries.
        NothingLoaded: The file holds no measures.
    """
    records = read_table(file, "measures", context, findings).records
    if not records:
        raise nothing_found(file, findings)
    if len(records) > most:
        raise UnreadableFile(
            file.name,
            Text(
                f"enthält {len(records)} Maßnahmen, erlaubt sind {most}. Bitte die Liste teilen"
                " oder die Grenze KREISLAUFSTADT_BATCH_ROWS anheben.",
                f"holds {len(records)} measures, {most} are allowed. Please split the list or"
                " raise the limit KREISLAUFSTADT_BATCH_ROWS.",
            ),
        )
    _tell_unused(records, findings)
    return [_listed(prepared(record, findings), findings) for record in records]


def _listed(record: Record, findings: Findings) -> ListedMeasure:
    given: dict[str, object] = {
        field: "; ".join(text for name in names if (text := record.text(name)))
        for field, names in _SAID_BY.items()
    }
    years = "–".join(text for name in _PERIOD[1:] if (text := record.text(name)))
    given["period"] = record.text("time_text") or years
    measure: MeasureInput | None = None
    try:
        measure = measure_of({field: text for field, text in given.items() if text})
    except BadMeasure as error:
        findings.add(
            Severity.DROPPED,
            "not-checked",
            record.place,
            error.text,
            fix=Text(
                "Die Angabe in der Liste berichtigen und noch einmal senden.",
                "Correct the value in the list and send it again.",
            ),
            value=record.text("title"),
        )
    return ListedMeasure(record.place, record.text("code"), record.text("title"), measure)


def _tell_unused(records: Sequence[Record], findings: Findings) -> None:
    """Name once each known column that the check makes no use of."""
    seen: set[str] = set()
    for record in records:
        for name in record.values:
            if name not in _USED and name not in seen:
                seen.add(name)
                place = record.place_of(name)
                findings.add(
                    Severity.NOTE,
                    "not-used",
                    Place(place.file, place.sheet, column=place.column or name),
                    Text(
                        "Die Prüfung verwendet diese Spalte nicht.",
                        "The check makes no use of this column.",
                    ),
                    fix=Text(
                        "Nichts zu tun; was für die Prüfung zählt, gehört in die Beschreibung.",
                        "Nothing to do; what matters for the check belongs into the description.",
                    ),
                    value=place.column or name,
                )
