"""Bring sources into the dataset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from api.commands.collection import no_collection
from api.commands.options import JsonOption, LanguageOption, open_dataset
from api.output import print_findings, print_json, print_text
from api.progress import steps
from kg.errors import BadParameter, ShapeViolated
from kg.identifiers import parse_ags
from kg.language import Language, Text
from kg.settings import read_settings

if TYPE_CHECKING:
    from kg.building import Built
    from kg.sources import Loaded

_THINGS = {
    "actors": "Akteure",
    "components": "Bausteine",
    "fields": "Handlungsfelder",
    "goals": "Ziele",
    "indicators": "Indikatoren",
    "interfaces": "Schnittstellen",
    "measures": "Maßnahmen",
    "short titles": "Kurztitel",
    "targets": "Unterziele",
    "triples": "Aussagen",
    "values": "Werte",
}
_REMARKS = {
    "dropped": "ausgelassen",
    "note": "Hinweise",
    "violation": "Regelverstöße",
    "warning": "unvollständig",
}

KindOption = Literal["measures", "concept", "strategy", "indicators", "rdf", "sdg"]


def build(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Ordner einer Stadt mit stadt.yaml / a city's folder with stadt.yaml."),
    ] = None,
    if_changed: Annotated[
        bool, typer.Option("--if-changed", help="Nur bei Änderungen / only after changes.")
    ] = False,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Baut den Datenbestand aus Referenzdaten und den Quellen eines Ordners / build the dataset.

    Beispiel / example: kreislaufstadt build examples/muenster
    """
    from kg import building  # what reads, reasons and matches is loaded only when it is needed
    from loaders.city import read_city

    settings = read_settings()
    language = lang or settings.language
    dataset = open_dataset()
    stamp = building.inputs_checksum(folder)
    if if_changed and building.is_current(dataset, stamp):
        print_text("Datenbestand ist aktuell." if language == "de" else "The dataset is current.")
        return
    with no_collection(), steps(language) as progress:
        loaded = read_city(folder, settings, progress.count) if folder is not None else []
        built = _published(
            lambda: building.build(dataset, loaded, datetime.now(UTC), step=progress.step),
            language,
        )
    building.remember_inputs(dataset, stamp)
    _report(built, loaded, language, as_json=as_json)


def load(
    files: Annotated[list[Path], typer.Argument(help="Dateien oder Ordner / files or folders.")],
    kind: Annotated[KindOption, typer.Option("--as", help="Was darin steht / what they hold.")],
    city: Annotated[str, typer.Option(help="AGS, 8 Ziffern / AGS, 8 digits.")] = "",
    name: Annotated[
        str, typer.Option(help="Name der Quelle statt des Dateinamens / name of the source.")
    ] = "",
    column: Annotated[
        list[str] | None,
        typer.Option("--map", help="Überschrift=Feld, mehrfach / heading=field, repeatable."),
    ] = None,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Lädt Quellen in den Datenbestand; ein Fehler ändert nichts / load sources, all or nothing.

    Beispiel / example: kreislaufstadt load massnahmen.xlsx --as measures --city 05515000
    """
    from api.loading import LoadOrder, load_files  # loads reader, reasoner and matcher

    settings = read_settings()
    language = lang or settings.language
    if kind != "sdg" and not city:
        raise BadParameter("--city", "", Text("der AGS der Kommune", "the municipality's AGS"))
    ags = parse_ags(city) if city else None
    dataset = open_dataset()
    order = LoadOrder(files, kind, ags, name or None, dict(_column(text) for text in column or ()))
    with no_collection(), steps(language) as progress:
        loaded, publish = load_files(
            dataset,
            order,
            settings,
            datetime.now(UTC),
            step=progress.step,
            progress=progress.count,
        )
        built = _published(publish, language)
    _report(built, loaded, language, as_json=as_json)


def _column(text: str) -> tuple[str, str]:
    heading, sign, meaning = text.partition("=")
    if not sign:
        raise BadParameter("--map", text, Text("Überschrift=Feld", "heading=field"))
    return heading.strip(), meaning.strip()


def _published(publish: Callable[[], Built], language: Language) -> Built:
    try:
        return publish()
    except ShapeViolated as error:
        print_findings(error.findings, language)
        raise


def _report(built: Built, loaded: Sequence[Loaded], language: Language, *, as_json: bool) -> None:
    if as_json:
        from api.loading import loaded_as_json

        print_json(loaded_as_json(built, loaded, language))
        return
    print_findings(built.findings, language)
    german = language == "de"
    for item in loaded:
        counts = ", ".join(
            f"{count} {_THINGS.get(kind, kind) if german else kind}"
            for kind, count in sorted(item.counts.items())
        )
        line = (
            f"{item.record.file}: {item.read} gelesen"
            if german
            else f"{item.record.file}: {item.read} read"
        )
        print_text(f"{line}; {counts}")
    notes = Counter(item.severity.value for item in built.findings)
    told = ", ".join(
        f"{count} {_REMARKS.get(kind, kind) if german else kind}"
        for kind, count in sorted(notes.items())
    )
    told = told or "–"
    drawn = len(built.closure.quads)
    if german:
        print_text(
            f"Befunde: {told}. Geschlossen: {drawn} Aussagen. Vorschläge: {built.proposals}."
        )
        print_text(f"Stand {built.generation.name} ist veröffentlicht.")
    else:
        print_text(f"Findings: {told}. Inferred: {drawn} statements. Proposals: {built.proposals}.")
        print_text(f"Generation {built.generation.name} is published.")
