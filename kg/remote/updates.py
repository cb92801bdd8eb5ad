"""Write updates in the way that every engine takes."""

from __future__ import annotations

from kg.serving.tokens import Kind, Token, tokens_of


def with_blank_nodes(update: str) -> str:
    r"""Return an update in which `INSERT DATA` with blank nodes is `INSERT … WHERE {}`.

    Both mean the same, one fresh node for each label; Virtuoso refuses the first.

    >>> with_blank_nodes("INSERT DATA { _:a <urn:p> 1 }")
    'INSERT  { _:a <urn:p> 1 } WHERE {}'
    >>> with_blank_nodes("INSERT DATA { <urn:s> <urn:p> '_:a' }")
    "INSERT DATA { <urn:s> <urn:p> '_:a' }"
    """
    tokens = list(tokens_of(update))
    cuts: list[tuple[int, int, str]] = []
    for place, token in enumerate(tokens[:-2]):
        is_insert = token.kind is Kind.WORD and token.text.upper() == "INSERT"
        if not is_insert or tokens[place + 1].text.upper() != "DATA":
            continue
        inside = _block(tokens[place + 2 :])
        if any(found.kind is Kind.BLANK or found.text == "[" for found in inside):
            data, end = tokens[place + 1], inside[-1].start + 1
            cuts += [(data.start, data.start + len(data.text), ""), (end, end, " WHERE {}")]
    for start, end, text in reversed(cuts):
        update = update[:start] + text + update[end:]
    return update


def _block(tokens: list[Token]) -> list[Token]:
    """Return the tokens from the first brace to the one that closes it."""
    depth = 0
    for place, token in enumerate(tokens):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth == 0:
            return tokens[: place + 1]
    return tokens
