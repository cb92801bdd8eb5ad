"""Say why a statement holds."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.options import JsonOption, LanguageOption, open_dataset
from api.output import print_json, print_text
from api.wording import foreign_labels, texts_in
from kg.settings import read_settings


def explain(
    subject: Annotated[str, typer.Argument(help="IRI oder Präfixform / IRI or prefixed name.")],
    predicate: Annotated[str, typer.Argument(help="z. B. / e.g. ks:supportsAim; a = rdf:type.")],
    value: Annotated[
        str, typer.Argument(metavar="OBJECT", help="IRI oder Präfixform / IRI or prefixed name.")
    ],
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Begründet eine Aussage bis zu den Quellen / explain a statement down to its sources.

    Beispiel / example: kreislaufstadt explain sdg:12.5 a ks:Aim --lang en
    """
    from kg.explaining import explained, statement_of  # the rules are compiled only here

    language = lang or read_settings().language
    generation = open_dataset().current()
    statement = statement_of(subject, predicate, value)
    found = explained(generation, statement, language, foreign=foreign_labels(language))
    if as_json:
        print_json(found.as_json())
        return
    words = texts_in(language)["explanation"]
    for depth, step in found.lines():
        indent = "  " * depth
        print_text(f"{indent}{step.sentence()} [{words[step.state]}]")
        if step.rule:
            print_text(f"{indent}  {words['rule']} {step.rule}: {step.rule_text}")
        for stater in step.stated_by:
            place = " ".join(part for part in (stater.file, stater.place) if part)
            print_text(f"{indent}  {words['source']} {stater.title}{place and f' ({place})'}")
