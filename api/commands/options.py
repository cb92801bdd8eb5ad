"""Hold the options that commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.dataset import Dataset
from kg.engines import dataset_of
from kg.language import Language
from kg.settings import read_settings

LanguageOption = Annotated[
    Language | None, typer.Option("--lang", help="Sprache der Antwort / language: de, en.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON für Programme / JSON for machines.")]


def open_dataset() -> Dataset:
    """Return the dataset that the settings name."""
    return dataset_of(read_settings())
