"""Give the town with a strategy to the tests of this folder."""

from tests.api.interfaces_town import circular, circular_server

__all__ = ["circular", "circular_server"]
