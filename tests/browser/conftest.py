"""Give the town and its server to the tests of this folder."""

from tests.api.town import client, town, town_server

__all__ = ["client", "town", "town_server"]
