"""Make, list and end the tokens with which people write."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from api.commands.grants import (
    CityOption,
    EveryCityOption,
    NameOption,
    RoleOption,
    given_city,
    given_name,
    grant_as_json,
    show_grants,
)
from api.commands.options import JsonOption, LanguageOption, open_dataset
from api.output import print_json
from kg.access import TokenFile
from kg.language import Text
from kg.settings import read_settings

app = typer.Typer(
    name="token",
    help="Zugriffstoken für Änderungen / access tokens for changes.",
    no_args_is_help=True,
)


@app.command("create")
def create(
    role: RoleOption,
    name: NameOption,
    city: CityOption = "",
    every_city: EveryCityOption = False,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Erstellt ein Zugriffstoken und zeigt es dieses eine Mal / make a token, shown this once.

    Beispiel / example: kreislaufstadt token create --city 05515000 --role editor --name Umweltamt
    """
    language = lang or read_settings().language
    holds_for = given_city(city, every_city=every_city)
    grant, token = _tokens().create(given_name(name), role, holds_for, datetime.now(UTC))
    if as_json:
        print_json({**grant_as_json(grant), "token": token})
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
    show_grants(_tokens().grants(), lang or read_settings().language, as_json=as_json)


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
        print_json(grant_as_json(grant))
        return
    sys.stderr.write(
        Text(
            f"Zugriffstoken {grant.key} (»{grant.name}«) ist beendet.\n",
            f"Access token {grant.key} (“{grant.name}”) has ended.\n",
        ).in_language(language)
    )


def _tokens() -> TokenFile:
    return TokenFile(open_dataset().root)
