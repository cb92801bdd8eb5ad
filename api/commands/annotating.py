"""Show which thesaurus concepts a text names, and link measures and goals to them."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from api.commands.collection import no_collection
from api.commands.given import given_text
from api.commands.options import JsonOption, LanguageOption, open_dataset
from api.output import print_json, print_table, print_text
from kg.errors import BadParameter
from kg.language import Language, Text
from kg.settings import read_settings

# Bytes of one text.
MOST: Final = 16_000_000

_HOW: Final = {"phrase": "Wort", "compound": "Wortteil", "scattered": "verstreut"}


def annotate(
    file: Annotated[
        str, typer.Argument(help="Textdatei, - für Standardeingabe / text file or -.")
    ] = "",
    link: Annotated[
        bool, typer.Option("--link", help="Maßnahmen und Ziele verknüpfen / link the dataset.")
    ] = False,
    unlink: Annotated[
        bool, typer.Option("--unlink", help="Diese Verknüpfungen entfernen / remove the links.")
    ] = False,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Zeigt die Begriffe, die ein Text nennt / show the concepts that a text names.

    Beispiel / example: echo "Kein Einweg, sondern Mehrweg" | kreislaufstadt annotate -
    """
    language: Language = lang or read_settings().language
    if sum((bool(file), link, unlink)) != 1:
        raise BadParameter(
            "annotate",
            file,
            Text("eine Datei, --link oder --unlink", "a file, --link or --unlink"),
        )
    with no_collection():
        if file:
            _show(given_text(file, most=MOST), language, as_json=as_json)
        else:
            _change(language, unlink=unlink, as_json=as_json)


def _show(given: str, language: Language, *, as_json: bool) -> None:
    from kg.matching.annotate import Annotator
    from kg.matching.text import normalise
    from kg.mentions import thesaurus_in

    thesaurus = thesaurus_in(open_dataset())
    text = normalise(given)
    mentions = Annotator(thesaurus).annotate(text)
    names = {
        mention.concept: thesaurus.concepts[mention.concept].name(language) for mention in mentions
    }
    if as_json:
        print_json(
            [
                {
                    "concept": mention.concept,
                    "name": names[mention.concept],
                    "label": mention.label,
                    "start": mention.span.start,
                    "end": mention.span.end,
                    "words": list(mention.words),
                    "how": mention.how,
                    "denied": mention.denied,
                    "weight": mention.weight,
                }
                for mention in mentions
            ]
        )
        return
    german = language == "de"
    rows = [
        (
            names[mention.concept],
            mention.label,
            f"{mention.span.start}–{mention.span.end}",
            " … ".join(mention.words),
            _HOW[mention.how] if german else mention.how,
            ("verneint" if german else "denied") if mention.denied else "",
        )
        for mention in mentions
    ]
    headings = (
        ("Begriff", "Bezeichnung", "Stelle", "Wörter", "Fund", "Aussage")
        if german
        else ("concept", "label", "span", "words", "how", "statement")
    )
    print_table(headings, rows)


def _change(language: Language, *, unlink: bool, as_json: bool) -> None:
    from kg.mentions import link_mentions, unlink_mentions

    change = unlink_mentions if unlink else link_mentions
    done = change(open_dataset())
    if as_json:
        print_json(
            {
                "elements": done.elements,
                "mentions": done.mentions,
                "generation": done.generation.name,
            }
        )
        return
    if language == "de":
        print_text(f"{done.elements} Maßnahmen und Ziele nennen Begriffe: {done.mentions} Links.")
        print_text(f"Stand {done.generation.name} ist veröffentlicht.")
    else:
        print_text(f"{done.elements} measures and goals name concepts: {done.mentions} links.")
        print_text(f"Generation {done.generation.name} is published.")
