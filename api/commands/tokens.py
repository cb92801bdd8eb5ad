"""Make, list and end the tokens with which people write."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from api.commands.options import JsonOption, LanguageOption, open_dataset
from api.output import print_json, print_table
from kg.access import EVERY_CITY, Grant, Role, TokenFile
from kg.errors import BadParameter
from kg.language import Language, Text
from kg.settings import read_settings

app = typer.Typer(
    name="token",
    help="Zugriffstoken für Änderungen / access tokens for changes.",
    no_args_is_help=True,
)
_LONGEST_NAME = 120


@app.command("create")
def create(
    role: Annotated[Role, typer.Option(help="Was es erlaubt / what it allows.")],
    name: Annotated[
        str, typer.Option(help="Wem es gehört, etwa ein Amt / whose it is, such as an office.")
    ],
    city: Annotated[str, typer.Option(help="AGS, 8 Ziffern / AGS, 8 digits.")] = "",
    every_city: Annotated[
        bool, typer.Option("--every-city", help="Für alle Kommunen / for all municipalities.")
    ] = False,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Erstellt ein Zugriffstoken und zeigt es dieses eine Mal / make a token, shown this once.

    Beispiel / example: kreislaufstadt token create --city 05515000 --role editor --name Umweltamt
    """
    language = lang or read_settings().language
    if bool(city) == every_city:
        raise BadParameter(
            "--city",
            city,
            Text("ein AGS oder --every-city, nicht beides", "an AGS or --every-city, not both"),
        )
    grant, token = _tokens().create(
        _name(name), role, EVERY_CITY if every_city else city, datetime.now(UTC)
    )
    if as_json:
        print_json({**_as_json(grant), "token": token})
        return
    sys.stdout.write(token + "\n")
    sys.stderr.write(
        Text(
            f"Zugriffstoken {grant.key} für »{grant.name}« ({grant.role.value}). Bitte jetzt sicher"
            " ablegen: Gespeichert ist nur seine Prüfsumme.\n",
            f"Access token {grant.key} for “{grant.name}” ({grant.role.value}). Please keep it safe"
            " now: only its checksum is stored.\n",
        ).in_language(language)
    )


@app.command("list")
def listed(as_json: JsonOption = False, lang: LanguageOption = None) -> None:
    """Zeigt alle Zugriffstoken, auch die beendeten / list all tokens, the ended ones too.

    Beispiel / example: kreislaufstadt token list --json
    """
    language: Language = lang or read_settings().language
    grants = _tokens().grants()
    if as_json:
        print_json([_as_json(grant) for grant in grants])
        return
    headings = (
        ("Schlüssel", "Name", "Rolle", "Kommune", "Erstellt", "Beendet")
        if language == "de"
        else ("Key", "Name", "Role", "Municipality", "Created", "Revoked")
    )
    every = Text("alle", "all").in_language(language)
    print_table(
        headings,
        [
            (
                grant.key,
                grant.name,
                grant.role.value,
                grant.city or every,
                grant.created.date().isoformat(),
                grant.revoked.date().isoformat() if grant.revoked else "",
            )
            for grant in grants
        ],
    )


@app.command("revoke")
def revoke(
    key: Annotated[str, typer.Argument(help="Schlüssel aus der Liste / key from the list.")],
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Beendet ein Zugriffstoken, sofort auch im laufenden Dienst / end a token at once.

    Beispiel / example: kreislaufstadt token revoke 0a1b2c3d
    """
    language = lang or read_settings().language
    grant = _tokens().revoke(key, datetime.now(UTC))
    if as_json:
        print_json(_as_json(grant))
        return
    sys.stderr.write(
        Text(
            f"Zugriffstoken {grant.key} (»{grant.name}«) ist beendet.\n",
            f"Access token {grant.key} (“{grant.name}”) has ended.\n",
        ).in_language(language)
    )


def _tokens() -> TokenFile:
    return TokenFile(open_dataset().root)


def _name(text: str) -> str:
    """Return a name that may stand in provenance; a mail address may not."""
    name = " ".join(text.split())
    if not name or len(name) > _LONGEST_NAME or "@" in name or not name.isprintable():
        raise BadParameter(
            "--name",
            text,
            Text("der Name einer Stelle, ohne Mailadresse", "the name of a body, no mail address"),
        )
    return name


def _as_json(grant: Grant) -> dict[str, str | None]:
    return {
        "key": grant.key,
        "name": grant.name,
        "role": grant.role.value,
        "city": grant.city or None,
        "created": grant.created.isoformat(),
        "revoked": grant.revoked.isoformat() if grant.revoked else None,
    }
