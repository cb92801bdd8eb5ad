"""Review proposed links at the command line, with the token of whoever reviews."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal

import typer

from api.commands.collection import no_collection
from api.commands.options import JsonOption, LanguageOption, open_dataset
from api.output import print_json, print_table, print_text
from api.progress import steps
from kg.access import Grant, TokenFile
from kg.dataset import Dataset
from kg.embedded import embedded
from kg.errors import DatasetBusy, NotAuthorised
from kg.identifiers import expanded, parse_ags
from kg.language import Language, Text
from kg.reviewing import Correction, Decision, Journal, Verdict, history
from kg.reviewing.desk import Choice, Desk, Entry, Order
from kg.reviewing.wording import decision_as_json, entry_as_json
from kg.settings import read_settings

app = typer.Typer(
    name="review",
    help="Vorgeschlagene Verknüpfungen prüfen / review proposed links.",
    no_args_is_help=True,
)
LinkArgument = Annotated[str, typer.Argument(help="IRI der Verknüpfung / IRI of the link.")]
ReasonOption = Annotated[str, typer.Option(help="Begründung / reason.")]
StateOption = Annotated[
    str, typer.Option(help="Gesehener Stand, nötig nach einer Prüfung / state seen, to redecide.")
]
LaterOption = Annotated[
    bool, typer.Option("--later", help="Nur festhalten, nicht veröffentlichen / record only.")
]


@app.command("list")
def listed(
    city: Annotated[str, typer.Option(help="AGS, 8 Ziffern / AGS, 8 digits.")] = "",
    status: Annotated[
        Literal["proposed", "confirmed", "rejected", "superseded", "all"],
        typer.Option(help="Prüfstand / review state."),
    ] = "proposed",
    source: Annotated[str, typer.Option(help="IRI des Elements / IRI of the element.")] = "",
    target: Annotated[str, typer.Option(help="IRI des Ziels / IRI of the aim.")] = "",
    most: Annotated[int, typer.Option("--limit", min=1, help="Höchstens / at most.")] = 50,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Zeigt Verknüpfungen, die sichersten zuerst / list links, the surest first.

    Beispiel / example: kreislaufstadt review list --city 05515000 --target sdg:12.5
    """
    language = lang or read_settings().language
    choice = Choice(
        "" if status == "all" else status,
        parse_ags(city) if city else "",
        expanded(source) if source else "",
        expanded(target) if target else "",
    )
    found = _desk(open_dataset()).entries(choice)
    if as_json:
        print_json([entry_as_json(entry, language) for entry in found[:most]])
        return
    headings = ("Verknüpfung", "Sicherheit", "Stärke", "Stand", "Kennung", "Zustand")
    if language == "en":
        headings = ("Link", "Confidence", "Strength", "Status", "IRI", "State")
    print_table(headings, [_row(entry, language) for entry in found[:most]])
    if len(found) > most:
        rest = len(found) - most
        sys.stderr.write(
            Text(f"… und {rest} weitere\n", f"… and {rest} more\n").in_language(language)
        )


@app.command("accept")
def accept(
    link: LinkArgument,
    reason: ReasonOption,
    state: StateOption = "",
    later: LaterOption = False,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Bestätigt eine Verknüpfung; das Token steht in KREISLAUFSTADT_TOKEN / confirm a link.

    Beispiel / example: kreislaufstadt review accept IRI --reason "Steht so im Konzept, S. 12."
    """
    language = lang or read_settings().language
    order = Order(expanded(link), Verdict.ACCEPT, reason, language, state or None)
    _decide(order, later=later, as_json=as_json)


@app.command("reject")
def reject(
    link: LinkArgument,
    reason: ReasonOption,
    state: StateOption = "",
    later: LaterOption = False,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Verwirft eine Verknüpfung; sie wird nicht wieder vorgeschlagen / reject a link.

    Beispiel / example: kreislaufstadt review reject IRI --reason "Gemeint ist Ökostrom."
    """
    language = lang or read_settings().language
    order = Order(expanded(link), Verdict.REJECT, reason, language, state or None)
    _decide(order, later=later, as_json=as_json)


@app.command("correct")
def correct(
    link: LinkArgument,
    reason: ReasonOption,
    target: Annotated[str, typer.Option(help="Richtiges Ziel / right aim.")] = "",
    kind: Annotated[str, typer.Option(help="Richtige Art / right kind.")] = "",
    strength: Annotated[
        int | None, typer.Option(help="Richtige Stärke, -3 bis 3 / right strength.")
    ] = None,
    state: StateOption = "",
    later: LaterOption = False,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Ersetzt eine Verknüpfung durch eine richtige / replace a link by a right one.

    Beispiel / example: kreislaufstadt review correct IRI --target sdg:12.5 --reason "Reparatur."
    """
    language = lang or read_settings().language
    correction = Correction(expanded(target) if target else None, kind or None, strength)
    order = Order(expanded(link), Verdict.CORRECT, reason, language, state or None, correction)
    _decide(order, later=later, as_json=as_json)


@app.command("history")
def told(link: LinkArgument, as_json: JsonOption = False, lang: LanguageOption = None) -> None:
    """Zeigt, wer über eine Verknüpfung wann wie entschied / who decided on a link, when and how.

    Beispiel / example: kreislaufstadt review history IRI
    """
    language = lang or read_settings().language
    dataset = open_dataset()
    found = history(Journal(dataset.root).decisions(), expanded(link))
    seen = dataset.current().reviews
    if as_json:
        print_json(
            [decision_as_json(item, language, published=item.number <= seen) for item in found]
        )
        return
    headings = ("Nr.", "Zeit", "Wer", "Entscheidung", "Begründung")
    if language == "en":
        headings = ("No.", "Time", "Who", "Decision", "Reason")
    print_table(headings, [_told(item, language) for item in found])


@app.command("publish")
def publish(as_json: JsonOption = False, lang: LanguageOption = None) -> None:
    """Veröffentlicht festgehaltene Entscheidungen / publish decisions that were only recorded.

    Beispiel / example: kreislaufstadt review publish
    """
    language = lang or read_settings().language
    generation = _published(open_dataset(), language)
    if as_json:
        print_json({"generation": generation})
        return
    nothing = Text("Es gibt nichts Neues.", "There is nothing new.").in_language(language)
    print_text(generation or nothing)


def _decide(order: Order, *, later: bool, as_json: bool) -> None:
    dataset = open_dataset()
    decision = _desk(dataset).decide(order, _reviewer(dataset), datetime.now(UTC))
    generation = None
    if not later:
        try:
            generation = _published(dataset, order.language)
        except DatasetBusy as error:
            # It is on disk; whoever publishes next takes it along.
            sys.stderr.write(error.text.in_language(order.language) + "\n")
    if as_json:
        shown = decision_as_json(decision, order.language, published=generation is not None)
        print_json({**shown, "generation": generation})
        return
    print_text("  ".join(_told(decision, order.language)))
    if decision.successor is not None:
        print_text(decision.successor.iri)


def _published(dataset: Dataset, language: Language) -> str | None:
    from kg.reviewing.publishing import publish_reviews  # loads the reasoner

    with no_collection(), steps(language) as progress:
        progress.step("Veröffentlichen", "publishing")
        generation = publish_reviews(dataset)
    return None if generation is None else generation.name


def _reviewer(dataset: Dataset) -> Grant:
    grant = TokenFile(dataset.root).find(read_settings().token.get_secret_value())
    if grant is None:
        raise NotAuthorised
    return grant


def _desk(dataset: Dataset) -> Desk:
    generation = dataset.current()
    return Desk(generation, embedded(generation.open()), Journal(dataset.root))


def _row(entry: Entry, language: Language) -> Sequence[str]:
    shown = entry_as_json(entry, language)
    link = entry.link
    return (
        str(shown["label"]) or link.source,
        link.confidence,
        str(link.strength),
        entry.status,
        link.iri,
        entry.state,
    )


def _told(decision: Decision, language: Language) -> Sequence[str]:
    return (
        str(decision.number),
        decision.time.isoformat(timespec="seconds"),
        decision.reviewer.name,
        decision.verdict.words.in_language(language),
        decision.reason,
    )
