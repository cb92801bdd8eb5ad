"""Read the texts of the pages and error answers, one file per language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from kg.language import Language

Texts = Mapping[str, Mapping[str, str]]


@cache
def texts_in(language: Language) -> Texts:
    """Return the texts of a language by section and key."""
    content = resources.files("api.texts").joinpath(f"{language}.toml").read_text("utf-8")
    sections: Texts = tomllib.loads(content)
    return sections
