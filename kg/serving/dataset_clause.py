"""Read the FROM clauses of a query."""

from __future__ import annotations

from urllib.parse import urljoin

from kg.serving.tokens import Kind, Token, tokens_of


def graphs_named_in(query: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the graphs of FROM and of FROM NAMED.

    >>> graphs_named_in("PREFIX g: <urn:g:> SELECT * FROM <urn:a> FROM NAMED g:b { ?s ?p ?o }")
    (('urn:a',), ('urn:g:b',))
    """
    base, prefixes = "", dict[str, str]()
    default: list[str] = []
    named: list[str] = []
    tokens = list(tokens_of(query))
    for place, token in enumerate(tokens):
        following = tokens[place + 1 : place + 3]
        word = token.text.upper() if token.kind is Kind.WORD else ""
        if word == "BASE" and following:
            base = _iri(following[0], base, prefixes)
        elif word == "PREFIX" and len(following) == 2:
            prefixes[following[0].text] = _iri(following[1], base, prefixes)
        elif word == "FROM" and following:
            is_named = following[0].text.upper() == "NAMED" and len(following) == 2
            iri = _iri(following[is_named], base, prefixes)
            (named if is_named else default).append(iri)
        elif token.text == "{":
            break
    return tuple(default), tuple(named)


def _iri(token: Token, base: str, prefixes: dict[str, str]) -> str:
    if token.kind is Kind.IRI:
        iri = token.text[1:-1]
        return urljoin(base, iri) if base else iri
    prefix, _, local = token.text.partition(":")
    return prefixes.get(f"{prefix}:", "") + local.replace("\\", "")
