"""Give the choices of the fit check form, read from the graph."""

from __future__ import annotations

from dataclasses import dataclass

from api.own_queries import own_query
from kg.labels import short_name
from kg.language import Language
from kg.store import Store, text_of
from ontology.namespaces import KS


@dataclass(frozen=True, slots=True)
class Choice:
    """Hold one choice of a list."""

    iri: str
    label: str

    @property
    def code(self) -> str:
        """Return the last part of the IRI, which is the same in every language."""
        return short_name(self.iri)


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """Hold the lists of the form; an empty one is not shown."""

    value_chains: tuple[Choice, ...]
    r_strategies: tuple[Choice, ...]
    instruments: tuple[Choice, ...]
    actors: tuple[str, ...]


def options_for(store: Store, language: Language) -> CheckOptions:
    """Return the choices in a language: R-strategies by their number, the rest by label."""
    r_strategies = [
        (code, Choice(choice.iri, f"{code} {choice.label}".strip()))
        for code, choice in _choices(store, KS.RStrategy, language)
    ]
    return CheckOptions(
        value_chains=_by_label(_choices(store, KS.ValueChain, language)),
        r_strategies=tuple(choice for _, choice in sorted(r_strategies, key=lambda pair: pair[0])),
        instruments=_by_label(_choices(store, KS.InstrumentType, language)),
        actors=_by_name(_choices(store, KS.AdministrativeUnit, language)),
    )


def _choices(store: Store, kind: str, language: Language) -> list[tuple[str, Choice]]:
    query = own_query("choices", {"class": kind}, language=language)
    return [
        (text_of(row.get("code")), Choice(row["choice"].value, row["label"].value))
        for row in store.select(query)
    ]


def _by_label(choices: list[tuple[str, Choice]]) -> tuple[Choice, ...]:
    found = {choice for _, choice in choices}
    return tuple(sorted(found, key=lambda choice: (choice.label.casefold(), choice.iri)))


def _by_name(choices: list[tuple[str, Choice]]) -> tuple[str, ...]:
    return tuple(sorted({choice.label for _, choice in choices}, key=str.casefold))
