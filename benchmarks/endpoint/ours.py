"""Serve the dataset that the settings name, without the index for checks, which is not measured."""

from __future__ import annotations

from api.server import run_server
from kg.dataset import Generation
from kg.embedded import EmbeddedStore
from kg.settings import read_settings


class NoFit:
    """Have nothing to load; nobody asks for a check here."""

    def warm(self) -> None:
        """Load nothing."""


def no_fit(_: EmbeddedStore, __: Generation) -> NoFit:
    return NoFit()


if __name__ == "__main__":
    run_server(read_settings(), build_fit=no_fit)
