"""Read the texts of the pages and error answers from the message catalogues of each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from babel.messages.pofile import read_po

from kg.identifiers import expanded
from kg.language import Language

Texts = Mapping[str, Mapping[str, str]]


@cache
def texts_in(language: Language) -> Texts:
    """Return the texts of a language by section (the message's context) and key (its id).

    One catalogue is one part of the site; a section stands in one of them.

    Raises:
        ValueError: A section stands in two catalogues, or a catalogue is damaged.
    """
    texts: dict[str, dict[str, str]] = {}
    folder = resources.files("api.texts").joinpath(language)
    for entry in sorted(folder.iterdir(), key=lambda found: found.name):
        if not entry.name.endswith(".po"):
            continue
        found: dict[str, dict[str, str]] = {}
        with entry.open("rb") as content:
            for message in read_po(content, locale=language, abort_invalid=True):
                if message.id:
                    section = found.setdefault(str(message.context), {})
                    section[str(message.id)] = str(message.string)
        if twice := texts.keys() & found.keys():
            raise ValueError(f"{entry.name}: {sorted(twice)} stands in another catalogue too")
        texts |= found
    return texts


@cache
def foreign_labels(language: Language) -> Mapping[str, str]:
    """Return our words for terms of other vocabularies, by IRI."""
    return {expanded(name): words for name, words in texts_in(language)["vocabulary"].items()}
