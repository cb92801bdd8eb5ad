"""Say what a bearer token or an account allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from kg.identifiers import parse_ags
from ontology.terms import BASE

# The city of a grant that holds for each of them.
EVERY_CITY: Final = ""


class Role(StrEnum):
    """Name what a person may do.

    An editor loads and changes sources of the city, a reviewer decides on proposed links, an
    admin does both.
    """

    EDITOR = "editor"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def includes(self, needed: Role) -> bool:
        """Tell whether this role may do what another may.

        >>> Role.ADMIN.includes(Role.EDITOR), Role.EDITOR.includes(Role.REVIEWER)
        (True, False)
        """
        return self in (needed, Role.ADMIN)


def holder_iri(key: str) -> str:
    """Return the IRI of who holds a token or account, for provenance of loads and reviews.

    >>> holder_iri("0a1b2c3d")
    'https://w3id.org/kreislaufstadt/id/token/0a1b2c3d'
    """
    return f"{BASE}id/token/{key}"


@dataclass(frozen=True, slots=True)
class Grant:
    """Hold the public part of a token or an account.

    `key` names it in lists and in provenance, `name` says whose it is (best a post or a department,
    no person), `city` is an AGS or `EVERY_CITY`.
    """

    key: str
    name: str
    role: Role
    city: str
    created: datetime
    revoked: datetime | None = None

    def allows(self, role: Role, city: str) -> bool:
        """Tell whether it allows what `role` may do for the sources of a city.

        What belongs to no city (`EVERY_CITY`) is changed only by who may change every city.
        """
        return self.revoked is None and self.role.includes(role) and self.city in (EVERY_CITY, city)


def checked_city(city: str) -> str:
    """Return an AGS or `EVERY_CITY`; anything else is a `BadParameter`."""
    return city if city == EVERY_CITY else parse_ags(city)


def grant_as_row(grant: Grant) -> dict[str, str | None]:
    """Return a grant as it stands in a file."""
    return {
        "key": grant.key,
        "name": grant.name,
        "role": grant.role.value,
        "city": grant.city,
        "created": grant.created.isoformat(),
        "revoked": grant.revoked.isoformat() if grant.revoked else None,
    }


def grant_of_row(row: Mapping[str, str | None]) -> Grant:
    """Return the grant in a row; a row without one raises `KeyError` or `ValueError`."""
    revoked = row["revoked"]
    return Grant(
        key=str(row["key"]),
        name=str(row["name"]),
        role=Role(str(row["role"])),
        city=str(row["city"]),
        created=datetime.fromisoformat(str(row["created"])),
        revoked=datetime.fromisoformat(revoked) if revoked else None,
    )
