"""Make, list and disable the local accounts with which people log in, and change passwords."""

from __future__ import annotations

import getpass
import sys
from datetime import UTC, datetime
from typing import Annotated, Final

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
from kg.access import AccountFile, Grant
from kg.access.accounts import LONGEST_PASSWORD, fresh_password
from kg.errors import BadParameter
from kg.language import Language, Text
from kg.settings import read_settings

app = typer.Typer(
    name="account",
    help="Konten zum Anmelden auf den Seiten / accounts to log in on the pages.",
    no_args_is_help=True,
)
# What is longer is no password but a file by mistake; four bytes are the longest character.
_MOST_BYTES: Final = 4 * LONGEST_PASSWORD + 2
GenerateOption = Annotated[
    bool,
    typer.Option(
        "--generate", help="Passwort erzeugen und einmal zeigen / make one, shown this once."
    ),
]
NameArgument = Annotated[str, typer.Argument(help="Name des Kontos / name of the account.")]


@app.command("create")
def create(
    role: RoleOption,
    name: NameOption,
    city: CityOption = "",
    every_city: EveryCityOption = False,
    generate: GenerateOption = False,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Erstellt ein Konto; das Passwort kommt von der Standardeingabe / make an account.

    Beispiel / example: kreislaufstadt account create --city 05515000 --role reviewer
    --name Umweltamt --generate
    """
    language = lang or read_settings().language
    holds_for, holder = given_city(city, every_city=every_city), given_name(name)
    password = _password(language, generate=generate)
    grant = _accounts().create(holder, password, role, holds_for, datetime.now(UTC))
    _show(
        grant,
        password if generate else "",
        Text("ist angelegt", "was made"),
        language,
        as_json=as_json,
    )


@app.command("list")
def listed(as_json: JsonOption = False, lang: LanguageOption = None) -> None:
    """Zeigt alle Konten, auch die gesperrten / list all accounts, the disabled ones too.

    Beispiel / example: kreislaufstadt account list --json
    """
    show_grants(_accounts().grants(), lang or read_settings().language, as_json=as_json)


@app.command("disable")
def disable(name: NameArgument, as_json: JsonOption = False, lang: LanguageOption = None) -> None:
    """Sperrt ein Konto und beendet seine Anmeldungen sofort / disable an account at once.

    Beispiel / example: kreislaufstadt account disable Umweltamt
    """
    grant = _accounts().disable(name, datetime.now(UTC))
    language = lang or read_settings().language
    _show(grant, "", Text("ist gesperrt", "is disabled"), language, as_json=as_json)


@app.command("password")
def password(
    name: NameArgument,
    generate: GenerateOption = False,
    as_json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Ändert ein Passwort und beendet damit die Anmeldungen / change a password.

    Beispiel / example: kreislaufstadt account password Umweltamt --generate
    """
    language = lang or read_settings().language
    fresh = _password(language, generate=generate)
    grant = _accounts().change_password(name, fresh)
    _show(
        grant,
        fresh if generate else "",
        Text("hat ein neues Passwort", "has a new password"),
        language,
        as_json=as_json,
    )


def _password(language: Language, *, generate: bool) -> str:
    """Return a password: made, typed twice at a terminal, or a line of standard input."""
    if generate:
        return fresh_password()
    if not sys.stdin.isatty():
        line = sys.stdin.buffer.readline(_MOST_BYTES)
        return line.decode("utf-8", "replace").rstrip("\r\n")
    asked = (
        Text("Passwort: ", "Password: "),
        Text("Noch einmal zur Sicherheit: ", "Once more, to be sure: "),
    )
    first, second = (getpass.getpass(text.in_language(language)) for text in asked)
    if first != second:
        raise BadParameter(
            "password", "…", Text("zweimal dasselbe Passwort", "the same password twice")
        )
    return first


def _show(grant: Grant, password: str, outcome: Text, language: Language, *, as_json: bool) -> None:
    if as_json:
        print_json({**grant_as_json(grant), **({"password": password} if password else {})})
        return
    if password:
        sys.stdout.write(password + "\n")
    sys.stderr.write(
        Text(
            f"Konto »{grant.name}« ({grant.role.value}) {outcome.de}.\n",
            f"Account “{grant.name}” ({grant.role.value}) {outcome.en}.\n",
        ).in_language(language)
    )
    if password:
        sys.stderr.write(
            Text(
                "Bitte das Passwort jetzt sicher weitergeben: Gespeichert ist nur sein Hash.\n",
                "Please hand the password on safely now: only its hash is stored.\n",
            ).in_language(language)
        )


def _accounts() -> AccountFile:
    return AccountFile(open_dataset().root)
