"""Say where a remote engine takes queries, updates and whole graphs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs, unquote, urljoin, urlsplit, urlunsplit

from kg.errors import SettingInvalid

SCHEMES: Final = ("sparql+http", "sparql+https")
_EXPECTED: Final = (
    "expected sparql+http://[user:password@]host[:port]/path[?update=/path&graphs=/path]"
)


@dataclass(frozen=True, slots=True)
class RemoteAddress:
    """Hold the URLs of one engine, none of them with credentials.

    `graphs` is the Graph Store Protocol's URL for indirect identification, "" where graphs are
    written by updates instead.
    """

    query: str
    update: str
    graphs: str = ""
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def of_setting(cls, text: str) -> RemoteAddress:
        """Return the address that a `sparql+http://…` or `sparql+https://…` setting names.

        The path is that of queries. The other two follow from it for an Oxigraph server (no path
        or `…/query`) and for Virtuoso (`…/sparql`); for other engines they are named as `update`
        and `graphs` after the question mark.

        Raises:
            SettingInvalid: It is no such address.

        >>> RemoteAddress.of_setting("sparql+http://127.0.0.1:7878").graphs
        'http://127.0.0.1:7878/store'
        >>> RemoteAddress.of_setting("sparql+http://a:b@c/sparql").update
        'http://c/sparql-auth'
        >>> RemoteAddress.of_setting("sparql+http://c/ds/query?graphs=/ds/data").graphs
        'http://c/ds/data'
        """
        parts = urlsplit(text)
        try:
            host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise SettingInvalid("KREISLAUFSTADT_STORE", _EXPECTED) from error
        if parts.scheme not in SCHEMES or not host or parts.fragment:
            raise SettingInvalid("KREISLAUFSTADT_STORE", _EXPECTED)
        named = parse_qs(parts.query)
        if named.keys() - {"update", "graphs"}:
            raise SettingInvalid("KREISLAUFSTADT_STORE", _EXPECTED)
        bare = f"[{host}]" if ":" in host else host
        place = bare if port is None else f"{bare}:{port}"
        path, update, graphs = _paths(parts.path)
        query = urlunsplit((parts.scheme.removeprefix("sparql+"), place, path, "", ""))
        return cls(
            query,
            urljoin(query, named.get("update", [update])[-1]),
            urljoin(query, found) if (found := named.get("graphs", [graphs])[-1]) else "",
            unquote(parts.username or ""),
            unquote(parts.password or ""),
        )


def _paths(path: str) -> tuple[str, str, str]:
    """Return the paths of queries, updates and graphs that belong to the path given."""
    if path in ("", "/"):
        return "/query", "/update", "/store"
    if path.endswith("/query"):
        start = path.removesuffix("query")
        return path, f"{start}update", f"{start}store"
    if path.endswith("/sparql"):
        return path, f"{path}-auth", f"{path}-graph-crud-auth"
    return path, path, ""
