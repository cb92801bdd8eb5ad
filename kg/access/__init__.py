"""Say who may write what: bearer tokens with a role, for one municipality or all of them."""

from kg.access.grants import EVERY_CITY, Grant, Role
from kg.access.tokens import TokenFile

__all__ = ["EVERY_CITY", "Grant", "Role", "TokenFile"]
