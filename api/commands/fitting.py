"""Check measures against aims and rank texts."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from api.commands.collection import no_collection
from api.commands.given import given_text
from api.commands.options import JsonOption, LanguageOption, open_dataset
from api.output import print_json, print_text
from kg.errors import UnreadableFile
from kg.fit.measure import BYTES, read_measure
from kg.identifiers import parse_ags
from kg.language import Language, Text
from kg.settings import read_settings


def check(
    file: Annotated[
        str, typer.Argument(help="Datei mit der Maßnahme, - für Standardeingabe / file or -.")
    ],
    city: Annotated[str, typer.Option(help="AGS, 8 Ziffern / AGS, 8 digits.")] = "",
    form: Annotated[
        Literal["text", "json", "html", "csv"],
        typer.Option("--format", help="Ausgabeform / output form."),
    ] = "text",
    all_aims: Annotated[
        bool, typer.Option("--all", help="Jedes Ziel, auch ohne Befund / every aim.")
    ] = False,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Prüft, wie eine Maßnahme zu Konzepten und SDG passt / check how a measure fits.

    Beispiel / example: echo "Mehrweg auf Festen" | kreislaufstadt check - --city 05515000
    """
    from kg.fit.check import check as check_fit  # numpy and the model load only here
    from kg.fit.index import FitIndex

    language: Language = lang or read_settings().language
    ags = parse_ags(city) if city else None
    measure = read_measure(
        given_text(file, most=BYTES), name="" if file == "-" else Path(file).name
    )
    generation = open_dataset().current()
    with no_collection():
        index = FitIndex.of_generation(generation, generation.open())
        report = check_fit(measure, index, language=language, city=ags, all_aims=all_aims)
    match "json" if as_json else form:
        case "json":
            print_json(report.as_json())
        case "csv":
            from kg.fit.csv import as_csv

            print_text(as_csv(report))
        case "html":
            from api.pages.report_file import report_document

            print_text(report_document(report, language))
        case "text":
            from kg.fit.text import as_text

            print_text(as_text(report))


def match(
    source: Annotated[Path, typer.Option("--in", help="JSON-Zeilen mit id und text / JSON lines.")],
    out: Annotated[Path, typer.Option("--out", help="Ergebnis, JSON-Zeilen / answers.")],
    against: Annotated[
        str, typer.Option(help="sdg oder Datei mit goal_id, goal_text / sdg or a file of goals.")
    ] = "sdg",
    top: Annotated[int, typer.Option(min=1, max=500, help="So viele Ziele je Text.")] = 10,
    lang: LanguageOption = None,
) -> None:
    """Ordnet Texten SDG-Unterziele oder gegebene Ziele zu / rank texts against SDGs or goals.

    Beispiel / example: kreislaufstadt match --in texte.jsonl --out ergebnis.jsonl --top 5
    """
    from api.commands.matchers import read_matcher
    from kg.matching.batch import Lines, goal_rows, rank_against_goals, rank_against_sdg, text_rows

    matcher, model = read_matcher()
    lines = Lines(matcher, model, lang or read_settings().language, top)
    rows = text_rows(_lines_of(source))
    if against == "sdg":
        answers = rank_against_sdg(rows, lines)
    else:
        answers = rank_against_goals(rows, goal_rows(_lines_of(Path(against))), lines)
    count = 0
    written = out.with_name(out.name + ".new")
    with written.open("w", encoding="utf-8", newline="\n") as stream:
        for answer in answers:
            stream.write(json.dumps(answer, ensure_ascii=False, sort_keys=True) + "\n")
            count += 1
    written.replace(out)
    sys.stderr.write(f"{count} → {out}\n")


def _lines_of(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            path.name,
            Text(
                "Die Datei fehlt oder ist kein UTF-8-Text.",
                "The file is missing or is not UTF-8 text.",
            ),
        ) from error
