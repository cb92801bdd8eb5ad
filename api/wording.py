"""Read the texts of the pages and error answers, one file per language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from kg.identifiers import expanded
from kg.language import Language

Texts = Mapping[str, Mapping[str, str]]


@cache
def texts_in(language: Language) -> Texts:
    """Return the texts of a language by section and key."""
    content = resources.files("api.texts").joinpath(f"{language}.toml").read_text("utf-8")
    sections: Texts = tomllib.loads(content)
    return sections


@cache
def foreign_labels(language: Language) -> Mapping[str, str]:
    """Return our words for terms of other vocabularies, by IRI."""
    return {expanded(name): words for name, words in texts_in(language)["vocabulary"].items()}
