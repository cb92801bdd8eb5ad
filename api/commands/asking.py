"""Ask the graph: stored queries, query files, interfaces, and the network's analysis."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from api.commands.options import JsonOption, LanguageOption, open_dataset
from api.output import print_json, print_table, print_text, table_as_csv
from kg.errors import BadParameter
from kg.language import Language, Text
from kg.settings import read_settings
from kg.stored import Table, bound, run_select, stored_query
from queries import catalogue, competency_catalogue


def query(
    name: Annotated[
        str | None,
        typer.Argument(help="Name einer Abfrage oder .rq-Datei / name of a query or .rq file."),
    ] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", help="name=wert / name=value; mehrfach möglich.")
    ] = None,
    endpoint: Annotated[
        str, typer.Option(help="Statt des eigenen Datenbestands: SPARQL-Endpunkt / endpoint URL.")
    ] = "",
    form: Annotated[
        Literal["table", "csv", "json"], typer.Option("--format", help="Ausgabeform / output form.")
    ] = "table",
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Führt eine gespeicherte Abfrage aus; ohne Namen: die Liste / run a stored query or list them.

    Kompetenzfragen heißen CQ01, CQ02 … / competency questions are named CQ01, CQ02 …
    Beispiel / example: kreislaufstadt query r-ladder --lang en
    """
    language = lang or read_settings().language
    if name is None:
        _print_catalogue(language, as_json=as_json)
        return
    values = dict(_parameter(text) for text in param or ())
    if name.endswith(".rq"):
        sparql = Path(name).read_text("utf-8")
    else:
        sparql = bound(stored_query(name), {"language": language, **values})
    _print_answer(_answer(sparql, endpoint), "json" if as_json else form)


def _answer(sparql: str, endpoint: str) -> Table:
    if endpoint:
        from kg.remote import RemoteEndpoint  # loaded only when a remote endpoint is asked for

        return RemoteEndpoint(endpoint).select(sparql)
    return run_select(open_dataset().current().open(), sparql)


def _parameter(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise BadParameter("--param", text, Text("name=wert", "name=value"))
    return name.strip(), value


def _print_catalogue(language: Language, *, as_json: bool) -> None:
    german = language == "de"
    rows = [
        (
            item.name,
            item.title_de if german else item.title_en,
            item.question_de if german else item.question_en,
            ", ".join(f"{p.name}:{p.type}" + ("" if p.required else "?") for p in item.parameters),
        )
        for item in (*catalogue().values(), *competency_catalogue().values())
    ]
    keys = ("name", "title", "question", "parameters")
    if as_json:
        print_json([dict(zip(keys, row, strict=True)) for row in rows])
        return
    headings = ("Name", "Titel", "Frage", "Parameter") if german else keys
    print_table(headings, rows)


def _print_answer(table: Table, form: str) -> None:
    if form == "json":
        print_json(table.records())
    elif form == "csv":
        print_text(table_as_csv(table))
    else:
        rows = [["" if term is None else term.value for term in row] for row in table.rows]
        print_table(table.columns, rows)


def interfaces(
    strategy: Annotated[
        str, typer.Option(help="IRI der Strategie; ohne: alle / IRI of the strategy; else all.")
    ] = "",
    details: Annotated[
        bool, typer.Option("--list", help="Jede Schnittstelle / every single interface.")
    ] = False,
    form: Annotated[
        Literal["table", "csv", "json"], typer.Option("--format", help="Ausgabeform / output form.")
    ] = "table",
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Zeigt die Schnittstellen der Kreislaufstrategie mit den Konzepten / show the interfaces.

    Beispiel / example: kreislaufstadt interfaces --list --format csv
    """
    language = lang or read_settings().language
    values = {"language": language} | ({"strategy": strategy} if strategy else {})
    name = "interfaces-list" if details else "interfaces-by-concept"
    sparql = bound(stored_query(name), values)
    _print_answer(_answer(sparql, ""), "json" if as_json else form)


def analysis(as_json: JsonOption = False, lang: LanguageOption = None) -> None:
    """Zeigt verbindende Ziele, einzige Stützen, Konflikte, Lücken / bridges, lone supports, gaps.

    Beispiel / example: kreislaufstadt analyse --json
    """
    from kg.analysis import analyse  # networkx is loaded only here

    language = lang or read_settings().language
    found = analyse(open_dataset().current().open(), language)
    if as_json:
        print_json(asdict(found))
        return
    german = language == "de"
    open_state = "ungeprüft" if german else "not reviewed"
    print_text("Ziele, die Konzepte verbinden" if german else "Aims that join concepts")
    print_table(
        ("Ziel", "Konzepte", "Zwischenlage") if german else ("Aim", "Concepts", "Betweenness"),
        [(item.label, str(item.concepts), f"{item.betweenness:.3f}") for item in found.bridges],
    )
    print_text("\nZiele mit nur einer Maßnahme" if german else "\nGoals with a single measure")
    print_table(
        ("Ziel", "Maßnahme", "Stand") if german else ("Goal", "Measure", "State"),
        [
            (item.goal_label, item.measure_label, open_state if item.proposed else "")
            for item in found.sole_supports
        ],
    )
    print_text("\nZielkonflikte" if german else "\nConflicts of goals")
    print_table(
        ("Ziel", "unterstützt", "behindert") if german else ("Aim", "supported by", "hindered by"),
        [(c.aim_label, c.supporter_label, c.opponent_label) for c in found.conflicts],
    )
    print_text("\nZiele ohne jede Verknüpfung" if german else "\nGoals without any link")
    print_table(("Ziel" if german else "Goal",), [(label,) for _, label in found.unconnected_goals])
