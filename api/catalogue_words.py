"""Word the entries of the catalogue in German and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kg.language import Text

Entry = Literal["catalogue", "city", "reference", "derived", "service"]


@dataclass(frozen=True, slots=True)
class Described:
    """Hold the words of an entry."""

    title: Text
    description: Text
    keywords: tuple[Text, ...] = ()


_ENTRIES: Final[Mapping[Entry, Described]] = {
    "catalogue": Described(
        Text("Kreislaufstadt: Datenkatalog", "Kreislaufstadt: data catalogue"),
        Text(
            "Wissensgraph kommunaler Kreislaufwirtschaft: Maßnahmen, Ziele beschlossener Konzepte,"
            " Nachhaltigkeitsziele und ihre Verknüpfungen.",
            "Knowledge graph of municipal circular economy: measures, goals of adopted concepts,"
            " sustainable development goals and the links between them.",
        ),
    ),
    "city": Described(
        Text(
            "Kreislaufwirtschaft und Konzepte: {name}",
            "Circular economy and concepts: {name}",
        ),
        Text(
            "Konzepte, Ziele, Maßnahmen und Indikatoren von {name} als verknüpfte Daten, jede"
            " Quelle in einem eigenen Graphen.",
            "Concepts, goals, measures and indicators of {name} as linked data, each source in a"
            " graph of its own.",
        ),
        (
            Text("Kreislaufwirtschaft", "circular economy"),
            Text("Nachhaltigkeitsziele", "sustainable development goals"),
            Text("Maßnahmen", "measures"),
            Text("{name}", "{name}"),
        ),
    ),
    "reference": Described(
        Text("Ontologie und Referenztabellen", "Ontology and reference tables"),
        Text(
            "Begriffe der Kreislaufwirtschaft, SDG-Unterziele, Instrumente, Rahmenwerke und ihre"
            " Entsprechungen.",
            "Terms of the circular economy, SDG targets, instruments, frameworks and how they"
            " correspond.",
        ),
        (
            Text("Ontologie", "ontology"),
            Text("Kreislaufwirtschaft", "circular economy"),
        ),
    ),
    "derived": Described(
        Text("Schlüsse, Vorschläge und Herkunft", "Conclusions, proposals and provenance"),
        Text(
            "Was Regeln folgern, was die Software vorschlägt und was Menschen geprüft haben;"
            " Vorschläge sind keine Tatsachen.",
            "What rules conclude, what the software proposes and what people reviewed; proposals"
            " are not facts.",
        ),
        (Text("Herkunft", "provenance"),),
    ),
    "service": Described(
        Text("SPARQL-Zugang", "SPARQL endpoint"),
        Text(
            "Abfragen über alle Graphen nach dem SPARQL-1.1-Protokoll.",
            "Queries over all graphs by the SPARQL 1.1 Protocol.",
        ),
    ),
}


def words_of(entry: Entry, name: str) -> Described:
    """Return the words of an entry with a name filled in.

    >>> words_of("city", "Münster").title.en
    'Circular economy and concepts: Münster'
    """
    words = _ENTRIES[entry]
    return Described(
        _filled(words.title, name),
        _filled(words.description, name),
        tuple(_filled(keyword, name) for keyword in words.keywords),
    )


def _filled(text: Text, name: str) -> Text:
    return Text(text.de.replace("{name}", name), text.en.replace("{name}", name))
