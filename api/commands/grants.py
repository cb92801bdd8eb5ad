"""Read and show what tokens and accounts have in common: whose they are and what they allow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

import typer

from api.output import print_json, print_table
from kg.access import EVERY_CITY, Grant, Role
from kg.errors import BadParameter
from kg.language import Language, Text

LONGEST_NAME: Final = 120
RoleOption = Annotated[Role, typer.Option(help="Was es erlaubt / what it allows.")]
NameOption = Annotated[
    str, typer.Option(help="Wem es gehört, etwa ein Amt / whose it is, such as an office.")
]
CityOption = Annotated[str, typer.Option(help="AGS, 8 Ziffern / AGS, 8 digits.")]
EveryCityOption = Annotated[
    bool, typer.Option("--every-city", help="Für alle Kommunen / for all municipalities.")
]


def given_city(city: str, *, every_city: bool) -> str:
    """Return the AGS that was given, or `EVERY_CITY`; one of both has to be."""
    if bool(city) == every_city:
        raise BadParameter(
            "--city",
            city,
            Text("ein AGS oder --every-city, nicht beides", "an AGS or --every-city, not both"),
        )
    return EVERY_CITY if every_city else city


def given_name(text: str) -> str:
    """Return a name that may stand in provenance; a mail address may not."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or "@" in name or not name.isprintable():
        raise BadParameter(
            "--name",
            text,
            Text("der Name einer Stelle, ohne Mailadresse", "the name of a body, no mail address"),
        )
    return name


def show_grants(grants: Sequence[Grant], language: Language, *, as_json: bool) -> None:
    """Print grants as a table, or as JSON."""
    if as_json:
        print_json([grant_as_json(grant) for grant in grants])
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


def grant_as_json(grant: Grant) -> dict[str, str | None]:
    """Return a grant for programs."""
    return {
        "key": grant.key,
        "name": grant.name,
        "role": grant.role.value,
        "city": grant.city or None,
        "created": grant.created.isoformat(),
        "revoked": grant.revoked.isoformat() if grant.revoked else None,
    }
