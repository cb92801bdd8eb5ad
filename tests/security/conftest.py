"""Give the town and its server to the tests of this folder."""

from tests.api.town import client, town, town_server
from tests.api.writable_town import admin, anybody, editor, writable_town

__all__ = [
    "admin",
    "anybody",
    "client",
    "editor",
    "town",
    "town_server",
    "writable_town",
]
