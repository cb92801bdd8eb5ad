"""Say who may write what: tokens and accounts with a role, for one municipality or all of them."""

from kg.access.accounts import Account, AccountFile
from kg.access.grants import EVERY_CITY, Grant, Role, holder_iri
from kg.access.graphs import city_of_graph, demand_graph, demand_statements
from kg.access.tokens import TokenFile

__all__ = [
    "EVERY_CITY",
    "Account",
    "AccountFile",
    "Grant",
    "Role",
    "TokenFile",
    "city_of_graph",
    "demand_graph",
    "demand_statements",
    "holder_iri",
]
