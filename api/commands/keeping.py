"""Keep a dataset in a file and bring it back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import JsonOption, LanguageOption, open_dataset
from api.output import print_json, print_text
from kg.settings import read_settings


def backup(
    file: Annotated[Path, typer.Argument(help="Neue Datei, etwa sicherung.tar.gz / new file.")],
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Sichert Datenbestand, Prüfungen und Token in eine Datei / write all of it to one file.

    Beispiel / example: kreislaufstadt backup sicherung.tar.gz
    """
    from kg.backup import write_backup

    written = write_backup(open_dataset(), file, datetime.now(UTC))
    size = file.stat().st_size
    if as_json:
        print_json(
            {
                "file": file.name,
                "bytes": size,
                "generation": written.generation,
                "created": written.created,
                "members": sorted(written.members),
            }
        )
    elif (lang or read_settings().language) == "de":
        print_text(f"Stand {written.generation} ist in {file.name} gesichert ({size} Bytes).")
    else:
        print_text(f"Generation {written.generation} is kept in {file.name} ({size} bytes).")


def restore(
    file: Annotated[Path, typer.Argument(help="Datei von »backup« / a file of “backup”.")],
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Stellt eine Sicherung in einem leeren Ordner wieder her / restore into an empty directory.

    Beispiel / example: KREISLAUFSTADT_DATA=neu kreislaufstadt restore sicherung.tar.gz
    """
    from kg.backup import restore_backup

    generation = restore_backup(file, open_dataset())
    if as_json:
        print_json({"file": file.name, "generation": generation.name})
    elif (lang or read_settings().language) == "de":
        print_text(f"Stand {generation.name} ist wiederhergestellt.")
    else:
        print_text(f"Generation {generation.name} is restored.")
