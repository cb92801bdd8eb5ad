"""Bind values into the queries behind the pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from kg.language import Language
from kg.stored import bound
from queries import StoredQuery, parse_query


@cache
def _read(name: str) -> StoredQuery:
    text = resources.files("api.queries").joinpath(f"{name}.rq").read_text("utf-8")
    return parse_query(name, text)


def own_query(
    name: str, values: Mapping[str, str] | None = None, *, language: Language = "de"
) -> str:
    """Return the SPARQL of a query behind a page; a bad value is a `BadParameter`.

    >>> own_query("description", {"thing": "http://metadata.un.org/sdg/12"}).splitlines()[-1]
    'DESCRIBE <http://metadata.un.org/sdg/12>'
    """
    return bound(_read(name), {**(values or {}), "language": language})
